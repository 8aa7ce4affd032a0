//! What readers ask of the shipped guide, and what answers them.

use super::*;
use crate::address::{AssetUrls, Urls};
use crate::content::Content;
use crate::content::source::Source;

/// The addresses that answer, the best first.
fn answers(queries: &[&str]) -> Vec<Vec<String>> {
    let content = Content::load(&Source::Embedded).unwrap_or_else(|problems| panic!("{problems}"));
    let (urls, assets) = (Urls::new(None), AssetUrls::default());
    let shared = Shared { content: &content, urls: &urls, assets: &assets };
    let finder = Finder::new(shared);
    let show = |query: &&str| {
        let found = finder.find(query);
        let hits = found.hits.iter().filter_map(|hit| {
            let shown = finder.entry_text(shared, hit.entry)?;
            if std::env::var_os("CAREER_GUIDE_SHOW").is_some() {
                eprintln!(
                    "{query}: {:.2} {} {:?} {:?}",
                    hit.score, shown.href, shown.trail, shown.name
                );
            }
            Some(shown.href)
        });
        hits.collect()
    };
    queries.iter().map(show).collect()
}

#[test]
fn what_readers_ask_is_answered_first() {
    let asked = [
        ("pay", "/guide/salaries"),
        ("salary", "/guide/salaries"),
        ("cert", "/guide/certifications"),
        ("k8s", "/guide/skills#mlops"),
        ("kuberntes", "/guide/skills#mlops"),
        ("job ads", "/guide/skills#advertisements"),
        ("pyton", "/guide/skills#python"),
        ("salry india", "/salaries/in"),
        ("how much do they earn in the UK", "/salaries/gb"),
        ("hyderabad", "/salaries/in"),
        ("how long does it take", "/#time"),
        ("tensorflow certificate", "/guide/certifications#tf-developer"),
        ("take home", "/guide/salaries#take-home"),
        ("missing semester", "/guide/getting-started#resources"),
        ("glassdoor", "/sources#glassdoor-coursera"),
        ("reasons not", "/guide/getting-started#reasons-not-to"),
        ("वेतन", "/guide/salaries"),
        ("हैदराबाद", "/salaries/in"),
        ("पाइथन", "/guide/skills#python"),
    ];
    let queries: Vec<&str> = asked.iter().map(|(query, _)| *query).collect();
    let wrong: Vec<String> = answers(&queries)
        .iter()
        .zip(asked)
        .filter(|(found, (_, first))| found.first().map(String::as_str) != Some(*first))
        .map(|(found, (query, first))| {
            format!("{query}: {:?}, not {first}", found.iter().take(4).collect::<Vec<_>>())
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn data_that_directives_place_is_found_where_it_stands() {
    let content = Content::load(&Source::Embedded).unwrap_or_else(|problems| panic!("{problems}"));
    let (urls, assets) = (Urls::new(None), AssetUrls::default());
    let shared = Shared { content: &content, urls: &urls, assets: &assets };
    let finder = Finder::new(shared);
    let find = |query: &str, href: &str| {
        finder
            .find(query)
            .hits
            .iter()
            .filter_map(|hit| finder.entry_text(shared, hit.entry))
            .find(|shown| shown.href == href)
            .unwrap_or_else(|| panic!("{query} does not find {href}"))
    };
    let table = find("advertisements observability", "/guide/skills#advertisements");
    assert!(table.body.contains("Observability: "), "{}", table.body);
    let inline = find("docker", "/guide/skills#mlops");
    assert!(inline.body.contains("% name Docker"), "{}", inline.body);
    assert!(!inline.body.contains('\u{E000}'));
    find("pune", "/guide/salaries#by-country");
}

#[test]
fn every_word_of_a_heading_finds_that_heading_even_with_two_letters_that_changed_places() {
    let content = Content::load(&Source::Embedded).unwrap_or_else(|problems| panic!("{problems}"));
    let (urls, assets) = (Urls::new(None), AssetUrls::default());
    let shared = Shared { content: &content, urls: &urls, assets: &assets };
    let finder = Finder::new(shared);
    let entries = || (0..).map_while(|entry| Some((entry, finder.entry_text(shared, entry)?)));
    let all: Vec<String> = entries()
        .flat_map(|(_, shown)| [shown.name.into_owned(), shown.body.into_owned()])
        .collect();
    let all = all.join(" ").to_lowercase();
    let (mut asked, mut slips, mut missed) = (0, 0, Vec::new());
    for (entry, shown) in entries() {
        for word in shown.name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            asked += 1;
            let finds = |typed: &str| finder.find(typed).hits.iter().any(|hit| hit.entry == entry);
            if !finds(word) {
                missed.push(format!("{word} does not find {}", shown.href));
            }
            let letters: Vec<char> = word.chars().collect();
            if letters.len() >= 8 {
                let (at, mut typed) = (asked % (letters.len() - 1), letters.clone());
                typed.swap(at, at + 1);
                let typed: String = typed.into_iter().collect();
                slips += usize::from(typed != word);
                // What is a word as well is no slip: "summarise" for "summaries".
                if !finds(&typed) && !all.contains(&typed.to_lowercase()) {
                    missed.push(format!("{typed} does not find {}", shown.href));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(asked > 500 && slips > 100, "{asked} words, {slips} slips");
}

proptest::proptest! {
    #![proptest_config(crate::testing::cases(60, 400))]
    #[test]
    fn whatever_is_asked_stands_on_the_page_escaped(
        query in r#"(<zq|zq>|"zq|'|&|pay|salry|[a-z]{1,6}|\PC| ){1,30}"#
    ) {
        thread_local!(static GUIDE: (Content, Finder) = {
            let content = Content::load(&Source::Embedded).unwrap();
            let (urls, assets) = (Urls::new(None), AssetUrls::default());
            let finder =
                Finder::new(Shared { content: &content, urls: &urls, assets: &assets });
            (content, finder)
        });
        GUIDE.with(|(content, finder)| {
            let (urls, assets) = (Urls::new(None), AssetUrls::default());
            let shared = Shared { content, urls: &urls, assets: &assets };
            let html = search(&shared, Some((finder, &query))).unwrap();
            proptest::prop_assert!(!html.contains("<zq") && !html.contains("zq>"));
            proptest::prop_assert!(!html.contains("\"\"zq"));
            proptest::prop_assert!(html.trim_end().ends_with("</html>"));
            Ok(())
        })?;
    }
}
