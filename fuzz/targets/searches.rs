//! Owns what readers may type into the search of the shipped guide.

use std::sync::{Arc, LazyLock};

use career_guide::search::{Hit, Index, Pieces, Text};
use career_guide::server::App;
use http::{Request, StatusCode};
use url::form_urlencoded;

use super::html::assert_sound;
use super::{APP, ask_of, text};

/// Results on a page, and in all.
const SHOWN: usize = 24;
const FOUND: usize = 200;
/// Letters of a query that are searched for, and of a snippet with the little that would be left.
const ASKED: usize = 200;
const SNIPPET: usize = 190 + 20;
/// The page without its results, and with the longest of them.
const PAGE: usize = 48 * 1024;

/// Every text of the guide by its heading: name, context, body.
static INDEX: LazyLock<(Vec<[&str; 3]>, Index)> = LazyLock::new(|| {
    let content = APP.0.content();
    let mut texts = Vec::new();
    for section in &content.sections {
        let page = &section.page;
        texts.push([page.title.as_str(), "", page.document.intro.text.as_str()]);
        for heading in &page.document.headings {
            texts.push([&heading.text, &page.title, &heading.body.text]);
        }
    }
    let read = |[name, context, body]: &[&'static str; 3]| Text {
        name,
        alias: "",
        context,
        body,
        weight: 1.0,
    };
    let index = Index::build(texts.iter().map(read), &content.synonyms);
    (texts, index)
});

/// A server of its own for the same site, so that other targets do not wait for it.
static SEARCHED: LazyLock<App> = LazyLock::new(|| App::new(Arc::clone(&APP.0)));

/// A query, whatever it is: results are few, in order, and each once; every snippet is a part of
/// its text; `searched_for` finds the same; the page is sound.
pub fn search(data: &[u8]) {
    let query = String::from_utf8_lossy(data);
    let (texts, index) = &*INDEX;
    let found = index.find(&query);
    assert!(found.searched_for.chars().count() <= ASKED);
    assert!(query.contains(&found.searched_for));
    assert!(found.hits.len() <= FOUND && found.suggestions.len() <= 4);
    assert!(found.hits.is_empty() || found.suggestions.is_empty());
    assert!(found.has_words || (found.hits.is_empty() && found.corrected.is_empty()));
    let in_order =
        |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)).is_lt();
    assert!(found.hits.is_sorted_by(in_order), "{:?}", found.hits);
    for hit in &found.hits {
        assert!(hit.score.is_finite() && hit.score > 0.0);
        let [name, _, body] = texts[hit.entry];
        let marked = found.marked(name);
        assert_eq!(assert_pieces(&marked), name);
        assert!(!marked.truncated_start && !marked.truncated_end);
        let snippet = found.snippet(body);
        let part = assert_pieces(&snippet);
        assert!(body.contains(&part) && part.chars().count() <= SNIPPET, "{part:?}");
        assert!(snippet.truncated_start || body.starts_with(&part));
        assert!(snippet.truncated_end || body.ends_with(&part));
    }
    for entry in &found.suggestions {
        assert!(*entry < texts.len());
    }
    let again = index.find(&found.searched_for);
    assert!(!again.is_truncated, "{:?}", found.searched_for);
    assert_eq!(again.hits, found.hits, "{:?}", found.searched_for);

    let typed: String = form_urlencoded::byte_serialize(data).collect();
    let answer = ask_of(&SEARCHED, Request::get(format!("/search?q={typed}")));
    // A target longer than an address may be is refused before it is looked at.
    if answer.status() == StatusCode::URI_TOO_LONG {
        return;
    }
    assert_eq!(answer.status(), StatusCode::OK, "{query:?}");
    let page = text(answer);
    assert_sound(&page);
    assert!(page.matches("class=\"hit\"").count() <= SHOWN);
    assert!(page.len() <= PAGE, "{} bytes for {query:?}", page.len());
}

/// The joined text of pieces. None may be empty, and of two neighbours one must be marked.
fn assert_pieces(pieces: &Pieces<'_>) -> String {
    assert!(pieces.pieces.iter().all(|piece| !piece.text.is_empty()));
    assert!(pieces.pieces.windows(2).all(|pair| pair[0].is_match || pair[1].is_match));
    pieces.pieces.iter().map(|piece| piece.text).collect()
}
