//! Owns `llms.txt`: a list of the texts for programs that read text, with their addresses as Markdown
//! and as data.

use std::fmt::Write as _;

use super::super::resource::Draft;
use crate::address::{self, Urls};
use crate::content::Content;
use crate::date::spell_date;

/// A line of the list: path, title, and what it is, if the title does not say so.
type Line = (String, String, String);

/// The list of what there is. Addresses are absolute where the base URL is known.
pub(in crate::site) fn llms(content: &Content, urls: &Urls) -> (String, Draft) {
    let site = &content.site;
    let mut text = format!(
        "# {}\n\n> {}\n\nEdition {} of {}, by {}, under {}. Every figure has its source and its \
         date beside it. Ranges have no midpoint, and an open top (“+”) is open.\n",
        site.title,
        site.description,
        site.edition,
        spell_date(site.date),
        site.author,
        site.licence.text
    );
    let lists = [("Guide", guide(content)), ("Pay", pay(content)), ("Optional", optional(content))];
    for (heading, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {heading}\n\n");
        for (path, title, about) in lines {
            let at = urls.absolute_or_path(&path);
            let about = if about.is_empty() { about } else { format!(": {about}") };
            let _ = writeln!(text, "- [{title}]({at}){about}");
        }
    }
    let draft = Draft::data("text/plain; charset=utf-8", text);
    (address::LLMS.to_owned(), draft)
}

fn guide(content: &Content) -> Vec<Line> {
    let sections = content.sections.iter();
    let line = |section: &crate::content::Section| {
        let page = &section.page;
        (address::section_markdown(&section.id), page.title.clone(), page.description.clone())
    };
    sections.map(line).collect()
}

fn pay(content: &Content) -> Vec<Line> {
    let countries = &content.salaries.countries;
    if countries.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<Line> = countries
        .iter()
        .map(|country| {
            let path = address::country_table(&country.code);
            (path, format!("Pay in {}", country.in_sentence), country.insight.clone())
        })
        .collect();
    lines.extend([
        line(address::PAY_TABLES, "All tables of pay", "JSON"),
        line(address::COMPARE_JSON, "The comparison", "JSON; takes the query of the page /compare"),
        line(address::COMPARE_CSV, "The same rows", "CSV"),
        line(address::OPENAPI, "How to ask for tables", "OpenAPI"),
    ]);
    lines
}

fn optional(content: &Content) -> Vec<Line> {
    vec![
        line(address::FEED, "What changed", "Atom, with the value before and the value now"),
        line(address::SOURCES, "All sources", ""),
        line(address::ABOUT, &content.about.title, &content.about.description),
    ]
}

fn line(path: &str, title: &str, about: &str) -> Line {
    (path.to_owned(), title.to_owned(), about.to_owned())
}
