//! Owns the pages that say that something is not there or went wrong.

use askama::Template;
use percent_encoding::percent_decode_str;

use super::Shared;
use super::layout::{Layout, Sheet};
use crate::address;

#[derive(Template)]
#[template(path = "not_found.html")]
struct NotFound<'a> {
    layout: Layout<'a>,
    path: &'a str,
    /// Titles and addresses.
    suggestions: &'a [(String, String)],
    sections: Vec<(&'a str, String)>,
    action: String,
    /// What the address was about, for the search.
    query: String,
}

/// Most sections listed on the page for what does not exist.
const MAX_SECTIONS: usize = 12;

/// What to read instead of a page that does not exist: `suggestions` are titles and addresses.
/// Without a path it is the page of an export for whatever address is asked for.
pub fn not_found(
    shared: &Shared<'_>,
    path: &str,
    suggestions: &[(String, String)],
) -> Result<String, askama::Error> {
    let title = "There is no page here";
    let sections = shared.content.sections.iter().take(MAX_SECTIONS).map(|section| {
        (section.page.nav.as_str(), shared.urls.path(&address::section(&section.id)))
    });
    NotFound {
        layout: Layout::new(*shared, address::HOME, title, "Not found", title)
            .with_sheet(Sheet::Search)
            .unlisted(),
        path,
        suggestions,
        sections: sections.collect(),
        action: shared.urls.path(address::SEARCH),
        query: search_words(path),
    }
    .render()
}

/// "storm lamps" of `/guide/storm_lamps.html`: the words to search for instead. Only the last part
/// of a path names what was wanted, and only letters and digits are words.
fn search_words(path: &str) -> String {
    const MAX_CHARS: usize = 60;
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let last = decoded.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain = stem.replace(|c: char| !c.is_alphanumeric(), " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(MAX_CHARS).collect()
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Failure<'a> {
    layout: Layout<'a>,
    status: u16,
    title: &'a str,
    message: &'a str,
}

/// A request that cannot be answered: what happened, in words that help.
pub fn failure(
    shared: &Shared<'_>,
    status: u16,
    title: &str,
    message: &str,
) -> Result<String, askama::Error> {
    Failure {
        layout: Layout::new(*shared, address::HOME, title, title, message).unlisted(),
        status,
        title,
        message,
    }
    .render()
}
