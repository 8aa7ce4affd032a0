//! Owns the page that answers a search. The entry point is [`search`]; what can be found stands in
//! [`entries`]. The dialog of other pages takes its results out of this page, so that there is one
//! template, one order and one address to cache.

mod data_in_words;
mod entries;
mod entry_text;
mod finder;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use askama::Template;

use super::Shared;
use super::layout::{Layout, MenuEntry, Sheet};
use crate::address;
use crate::search::Pieces;
pub use finder::Finder;

/// Most results on the page. After so many, another word helps more than further results.
const MAX_RESULTS: usize = 24;
/// Most sections offered where there are no results.
const MAX_SECTIONS: usize = 12;

#[derive(Template)]
#[template(path = "search.html")]
struct View<'a> {
    layout: Layout<'a>,
    action: String,
    /// What stands in the field.
    query: &'a str,
    heading: Option<String>,
    /// What a reader should know of the answer.
    remarks: Vec<String>,
    results: Vec<SearchResult<'a>>,
    /// Names and addresses of entries whose names are like what was asked.
    near: Vec<(Cow<'a, str>, String)>,
    /// Where to begin instead: name, address, what it is.
    sections: Vec<(&'a str, String, &'a str)>,
}

/// A result as the page shows it, with what matched marked.
struct SearchResult<'a> {
    href: String,
    trail: Vec<&'a str>,
    name: String,
    text: String,
}

#[derive(Template)]
#[template(
    source = "{% if pieces.truncated_start %}… {% endif %}{% for piece in pieces.pieces %}{% if piece.is_match %}<mark>{{ piece.text }}</mark>{% else %}{{ piece.text }}{% endif %}{% endfor %}{% if pieces.truncated_end %} …{% endif %}",
    ext = "html"
)]
struct Marked<'p> {
    pieces: Pieces<'p>,
}

/// The answer to a query, by all that can be found; without one, how to search and where else to begin.
pub fn search(
    shared: &Shared<'_>,
    asked: Option<(&Finder, &str)>,
) -> Result<String, askama::Error> {
    let content = shared.content;
    let asked = asked.filter(|(_, query)| !query.trim().is_empty());
    let query = asked.map(|(_, query)| query.trim());
    let found = asked.map(|(finder, query)| finder.find(query)).unwrap_or_default();
    let text_of = |entry| asked.and_then(|(finder, _)| finder.entry_text(*shared, entry));
    let mut results = Vec::new();
    for hit in found.hits.iter().take(MAX_RESULTS) {
        let Some(entry) = text_of(hit.entry) else { continue };
        results.push(SearchResult {
            name: Marked { pieces: found.marked(&entry.name) }.render()?,
            text: Marked { pieces: found.snippet(&entry.body) }.render()?,
            href: entry.href,
            trail: entry.trail,
        });
    }
    let mut remarks = Vec::new();
    if found.is_truncated {
        remarks.push(format!(
            "That was long: only its beginning was searched for, “{}”.",
            found.searched_for
        ));
    }
    for (typed, taken) in &found.corrected {
        remarks.push(format!("“{typed}” stands nowhere in the guide, so this is for “{taken}”."));
    }
    if !found.hits.is_empty() && !found.hits.iter().any(|hit| hit.has_all_words) {
        remarks.push("Nothing holds all of these words. This holds some of them.".to_owned());
    }
    let near = found.suggestions.iter().filter_map(|entry| text_of(*entry));
    let near = near.map(|entry| (entry.name, entry.href));
    let heading = query.map(|query| {
        if found.has_words {
            format!("{} for “{}”", result_count(found.hits.len()), found.searched_for)
        } else {
            format!("There is no word in “{}”", query.chars().take(60).collect::<String>())
        }
    });
    if results.len() < found.hits.len() {
        remarks.push(format!("The first {} are shown.", results.len()));
    }
    let title = match (&heading, query) {
        (Some(_), Some(_)) if found.has_words => format!("“{}” · Search", found.searched_for),
        _ => "Search".to_owned(),
    };
    let description = format!("Search the {}.", content.site.title);
    View {
        layout: Layout::new(*shared, address::SEARCH, &title, "Search", &description)
            .in_menu(MenuEntry::Search, true)
            .with_sheet(Sheet::Search)
            .unlisted(),
        action: shared.urls.path(address::SEARCH),
        query: query.map_or("", |_| found.searched_for.as_str()),
        heading,
        remarks,
        near: near.collect(),
        sections: if results.is_empty() { sections(*shared) } else { Vec::new() },
        results,
    }
    .render()
}

fn sections(shared: Shared<'_>) -> Vec<(&str, String, &str)> {
    let sections = shared.content.sections.iter().take(MAX_SECTIONS);
    let href = |id| shared.urls.path(&address::section(id));
    sections
        .map(|section| {
            let page = &section.page;
            (page.nav.as_str(), href(&section.id), page.description.as_str())
        })
        .collect()
}

/// "Nothing", "One result", "Twelve results", "31 results".
fn result_count(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
        "Eleven", "Twelve",
    ];
    match WORDS.get(number) {
        Some(word) if number == 1 => format!("{word} result"),
        Some(word) => format!("{word} results"),
        None => format!("{number} results"),
    }
}
