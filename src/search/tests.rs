//! Search by itself: small indexes, random queries.

use proptest::prelude::*;

use super::*;
use crate::testing::cases;

/// Entries as (name, context, body).
const ENTRIES: [(&str, &str, &str); 8] = [
    ("Lamps", "", "How lamps are trimmed and lit, and what each costs a keeper."),
    ("Trimming the wick", "Lamps", "A lamp smokes when its wick is long. Trim it at dusk."),
    ("Oil and its price", "Lamps", "Colza oil burns bright. The certificate of its seller counts."),
    ("Storms", "", "Wind, fog, and the horn. A keeper earns more for each night of storm."),
    ("The foghorn", "Storms", "Compressed air, a reed, and patience. Zoë wrote the manual."),
    ("Pay of a keeper", "Work", "Salaries follow the fog. See the advertisements in the Gazette."),
    ("दीपस्तंभ का वेतन", "Work", "हिन्दी में: रखवाले का वेतन कोहरे के साथ बढ़ता है।"),
    ("Getting in", "Work", "Nobody is born to it. A kubernetes is a helmsman, and no keeper."),
];

fn index_of(entries: &[(&str, &str, &str)], synonyms: &[&[&str]]) -> Index {
    let texts = entries.iter().map(|(name, context, body)| Text {
        name,
        alias: "",
        context,
        body,
        weight: 1.0,
    });
    let groups: Vec<Vec<String>> =
        synonyms.iter().map(|group| group.iter().map(ToString::to_string).collect()).collect();
    Index::build(texts, &groups)
}

fn index() -> Index {
    index_of(
        &ENTRIES,
        &[
            &["pay", "wage", "salaries"],
            &["kubernetes", "k8s"],
            &["job ads", "advertisements"],
            &["foghorn", "fog signal"],
        ],
    )
}

fn names(index: &Index, query: &str) -> Vec<&'static str> {
    index.find(query).hits.iter().map(|hit| ENTRIES[hit.entry].0).collect()
}

fn with_marks(pieces: &Pieces<'_>) -> String {
    let mut out = String::new();
    for piece in &pieces.pieces {
        let mark = if piece.is_match { "*" } else { "" };
        out.extend([mark, piece.text, mark]);
    }
    out
}

#[test]
fn a_word_in_a_name_ranks_above_the_word_in_a_text() {
    let index = index();
    assert_eq!(names(&index, "storm")[0], "Storms");
    assert_eq!(names(&index, "lamp")[0], "Lamps");
    assert_eq!(names(&index, "wick")[0], "Trimming the wick");
}

#[test]
fn entries_with_all_words_rank_above_entries_with_some() {
    let index = index();
    let found = index.find("keeper fog");
    assert!(found.hits[0].has_all_words);
    assert_eq!(ENTRIES[found.hits[0].entry].0, "Pay of a keeper");
    assert!(found.hits.iter().any(|hit| !hit.has_all_words), "but some are an answer too");
}

#[test]
fn misspelt_words_are_found_and_reported() {
    let index = index();
    for (slip, right, name) in [
        ("wikc", "wick", "Trimming the wick"),
        ("strorms", "storms", "Storms"),
        ("foghron", "foghorn", "The foghorn"),
        ("certifcate", "certificate", "Oil and its price"),
        ("kubrenets", "kubernetes", "Getting in"),
    ] {
        let found = index.find(slip);
        assert_eq!(ENTRIES[found.hits[0].entry].0, name, "{slip}");
        assert_eq!(found.corrected, [(slip.to_owned(), right.to_owned())]);
    }
    assert!(index.find("oli").hits.is_empty(), "three letters are too near to everything");
    assert!(index.find("wick").corrected.is_empty());
}

#[test]
fn a_word_with_a_misspelt_ending_is_found_though_its_beginning_is_a_word() {
    let index =
        index_of(&[("To learn", "", ""), ("Learning it", "", ""), ("A light", "", "")], &[]);
    let entries = |query: &str| -> Vec<usize> {
        let mut hits: Vec<usize> = index.find(query).hits.iter().map(|hit| hit.entry).collect();
        hits.sort_unstable();
        hits
    };
    assert_eq!(entries("learnign"), [0, 1]);
    assert_eq!(entries("learnign it"), [1], "of all words, the others are noise");
    assert_eq!(entries("learned"), [0], "that is a form and no slip");
}

#[test]
fn the_last_word_may_be_unfinished() {
    let index = index();
    assert_eq!(names(&index, "trimming the wi")[0], "Trimming the wick");
    assert_eq!(names(&index, "fogh")[0], "The foghorn");
    assert!(
        index.find("compr reed").hits.iter().all(|hit| !hit.has_all_words),
        "not of the others"
    );
}

#[test]
fn a_synonym_is_found_even_misspelt_or_of_several_words() {
    let index = index();
    assert_eq!(names(&index, "wage")[0], "Pay of a keeper");
    assert_eq!(names(&index, "k8s"), ["Getting in"]);
    assert_eq!(names(&index, "job ads"), ["Pay of a keeper"]);
    assert_eq!(names(&index, "advertisments"), ["Pay of a keeper"]);
    assert_eq!(names(&index, "fog signal")[0], "The foghorn");
    assert_eq!(names(&index, "wages keeper")[0], "Pay of a keeper");
}

#[test]
fn any_script_and_any_spelling_is_found() {
    let index = index();
    assert_eq!(names(&index, "वेतन")[0], "दीपस्तंभ का वेतन");
    assert_eq!(names(&index, "दीपस्तभं")[0], "दीपस्तंभ का वेतन", "two signs that changed places");
    for spelling in ["zoe", "ZOË", "Zoe\u{308}"] {
        assert_eq!(names(&index, spelling), ["The foghorn"], "{spelling}");
    }
}

#[test]
fn every_match_is_marked() {
    let index = index();
    let marked = |query: &str| {
        let found = index.find(query);
        let (name, _, body) = ENTRIES[found.hits[0].entry];
        (with_marks(&found.marked(name)), with_marks(&found.snippet(body)))
    };
    assert_eq!(marked("foghron").0, "The *foghorn*");
    assert!(marked("job ads").1.contains("*advertisements*"));
    assert!(marked("वेतन").0.contains("*वेतन*"));
    assert!(marked("zoe").1.contains("*Zoë*"));
    assert!(marked("trim").1.contains("*Trim* it"));
}

#[test]
fn a_snippet_is_the_part_that_answers_best() {
    let filler = "Nothing is said here of what was asked for. ".repeat(40);
    let body =
        format!("{filler}The horn is old. The horn and the reed are oiled on Sunday. {filler}");
    let index = index_of(&[("A", "", &body)], &[]);
    let found = index.find("reed horn");
    let snippet = found.snippet(&body);
    assert!(snippet.truncated_start && snippet.truncated_end);
    let text = with_marks(&snippet);
    assert!(text.contains("*horn*") && text.contains("*reed*"), "{text}");
    assert!(text.chars().count() < 230, "{text}");
    assert!(text.starts_with("The *horn* is old."), "{text}");
}

#[test]
fn when_nothing_answers_the_nearest_names_are_offered() {
    let index = index();
    let found = index.find("triming-wheel");
    assert!(!found.hits.is_empty() || !found.suggestions.is_empty());
    let found = index.find("stormwind");
    assert!(found.hits.is_empty());
    assert_eq!(ENTRIES[found.suggestions[0]].0, "Storms");
    assert!(index.find("xylophone").suggestions.is_empty());
}

#[test]
fn a_query_without_words_differs_from_one_without_results() {
    let index = index();
    for nothing in ["", "   ", "?!", "…—“”", "\u{200D}"] {
        let found = index.find(nothing);
        assert!(!found.has_words && found.hits.is_empty(), "{nothing:?}");
    }
    assert!(index.find("xylophone").has_words);
    assert!(Index::build([], &[]).find("anything").hits.is_empty());
}

#[test]
fn a_long_query_is_cut_and_marked_as_cut() {
    let index = index();
    let found = index.find(&"lamp ".repeat(100_000));
    assert!(found.is_truncated && !found.hits.is_empty());
    assert!(found.searched_for.chars().count() <= 200);
    let found = index.find("a b c d e f g h i j k l lamp");
    assert!(found.is_truncated);
    assert_eq!(found.searched_for, "a b c d e f g h i j k l");
    assert!(!index.find("lamp, wick").is_truncated);
}

#[test]
fn the_order_of_results_does_not_change() {
    let entries: Vec<(String, &str)> =
        (0..300).map(|number| (format!("Lamp {number}"), "A lamp.")).collect();
    let entries: Vec<(&str, &str, &str)> =
        entries.iter().map(|(name, body)| (name.as_str(), "", *body)).collect();
    let order = |query: &str| -> Vec<usize> {
        index_of(&entries, &[]).find(query).hits.iter().map(|hit| hit.entry).collect()
    };
    let first = order("lamp");
    assert_eq!(first, order("lamp"));
    assert!(first.is_sorted(), "entries of equal score come in their own order");
}

/// Words like those of the index, and any text.
fn random_query() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z0-9 ]{0,60}",
        "(lamp|wick|fog|storm|keeper|k8s|job ads|pay|[a-z]{1,3}| |\"|<b>|&){0,40}",
        "[\u{900}-\u{97f} ]{0,80}",
        "[\u{300}-\u{36f}a\u{200d}\u{4e00}]{0,200}",
        ".{0,400}",
        r"[\\/.*+?^$()|\[\]{}'-]{0,80}",
    ]
}

/// A word with one mistake: a letter too many, too few, another, or two that changed places.
fn with_slip(word: &str, kind: u8, at: usize, letter: char) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = at % (letters.len() - 1);
    match kind {
        0 => letters.insert(at, letter),
        1 => drop(letters.remove(at)),
        2 => letters[at] = letter,
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// Names, contexts and bodies of any script; few letters, so that words come again.
fn texts() -> impl Strategy<Value = Vec<[String; 3]>> {
    let text = || {
        prop_oneof![
            "([a-d]{1,4}[ -.]){0,14}",
            "([a-eA-Eßéİς]{1,9} ?){0,8}",
            "([\u{900}-\u{97f}\u{200d}]{1,6} ?){0,8}",
            "[\u{300}-\u{36f}a\u{4e00}-\u{4e05}ｶ。]{0,60}",
            any::<String>(),
            "\\PC{0,300}",
        ]
    };
    prop::collection::vec([text(), text(), text()], 0..12)
}

fn index_of_texts(texts: &[[String; 3]], synonyms: &[Vec<String>]) -> Index {
    let texts = texts.iter().map(|[name, context, body]| Text {
        name,
        alias: context,
        context,
        body,
        weight: 1.0,
    });
    Index::build(texts, synonyms)
}

/// What must hold of the answer to any query. `text_of` gives the name and body of an entry.
fn assert_sound<'t>(index: &Index, query: &str, text_of: impl Fn(usize) -> (&'t str, &'t str)) {
    let joined =
        |pieces: &Pieces<'_>| -> String { pieces.pieces.iter().map(|piece| piece.text).collect() };
    let found = index.find(query);
    assert!(query.contains(&found.searched_for) && found.searched_for.chars().count() <= 200);
    assert!(found.hits.iter().all(|hit| hit.score.is_finite() && hit.score > 0.0));
    let hits = found.hits.iter().map(|hit| hit.entry);
    for entry in hits.chain(found.suggestions.iter().copied()) {
        let (name, body) = text_of(entry);
        assert_eq!(joined(&found.marked(name)), name);
        let snippet = found.snippet(body);
        let part = joined(&snippet);
        assert!(body.contains(&part));
        assert!(snippet.truncated_start || body.starts_with(&part));
        assert!(snippet.truncated_end || body.ends_with(&part));
    }
    assert_eq!(index.find(&found.searched_for).hits, found.hits);
}

proptest! {
    #![proptest_config(cases(60, 400))]

    #[test]
    fn every_word_of_a_name_finds_that_name(texts in texts()) {
        let index = index_of_texts(&texts, &[]);
        for (entry, [name, ..]) in texts.iter().enumerate() {
            for (place, _) in words::words(name) {
                let word = &name[place];
                let found = index.find(word);
                // A name may be longer than a query may be.
                prop_assert!(
                    found.is_truncated || found.hits.iter().any(|hit| hit.entry == entry && hit.has_all_words),
                    "{word:?} does not find {name:?}"
                );
            }
        }
    }

    #[test]
    fn any_texts_are_indexed_and_any_query_of_them_is_answered(
        texts in texts(),
        synonyms in prop::collection::vec(prop::collection::vec("\\PC{0,12}|[a-d ]{1,9}", 0..4), 0..4),
        query in random_query(),
    ) {
        let index = index_of_texts(&texts, &synonyms);
        let of_texts = texts.iter().flatten().cloned();
        for query in std::iter::once(query).chain(of_texts) {
            assert_sound(&index, &query, |entry| (&texts[entry][0], &texts[entry][2]));
        }
    }

    #[test]
    fn a_long_word_with_one_mistake_is_found(
        names in prop::collection::vec("[a-z]{8,23}|[a-c]{8,12}|[αβγд-з]{8,16}", 1..40),
        (which, kind, at) in (any::<prop::sample::Index>(), 0_u8..4, any::<usize>()),
        letter in "[a-cαд]",
    ) {
        let name = which.get(&names);
        let typed = with_slip(name, kind, at, letter.chars().next().unwrap());
        let texts: Vec<[String; 3]> =
            names.iter().map(|name| [name.clone(), String::new(), String::new()]).collect();
        let found = index_of_texts(&texts, &[]).find(&typed);
        let finds = found.hits.iter().any(|hit| texts[hit.entry][0] == *name);
        let is_beginning = names.iter().any(|name| name.starts_with(&typed));
        prop_assert!(finds || is_beginning, "{typed} does not find {name}");
    }
}

proptest! {
    #![proptest_config(cases(1_000, 10_000))]
    #[test]
    fn any_query_gets_few_sound_results(query in random_query()) {
        thread_local!(static INDEX: Index = index());
        INDEX.with(|index| assert_sound(index, &query, |entry| (ENTRIES[entry].0, ENTRIES[entry].2)));
    }
}
