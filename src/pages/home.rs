//! Owns the home page.

use askama::Template;

use super::layout::{Day, Layout};
use super::pay::{self, CountrySummary};
use super::renderer::Renderer;
use super::{Shared, document, json_ld};
use crate::address;
use crate::content::document::{Heading, Page};

#[derive(Template)]
#[template(path = "home.html")]
struct View<'a> {
    layout: Layout<'a>,
    page: &'a Page,
    /// The title, and what stands after its colon.
    title: (&'a str, Option<&'a str>),
    checked: Day,
    /// The first section and its address.
    first: Option<(&'a str, String)>,
    headings: Vec<&'a Heading>,
    pay: Vec<CountrySummary<'a>>,
    /// The first and the last step of the career.
    steps: Option<(String, String)>,
    /// What its source says of the bands.
    caveat: Option<&'a str>,
    text: String,
    notes: String,
}

/// Most countries in the first view.
const COUNTRIES: usize = 5;

/// What the guide is, what it holds, and where to begin.
pub fn home(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let page = &shared.content.home;
    let mut renderer = Renderer::new(*shared);
    let text = document::to_html(&mut renderer, &page.document)?;
    let site = &shared.content.site;
    let data = &shared.content.salaries;
    View {
        layout: Layout::new(*shared, address::HOME, &page.title, &page.nav, &site.description)
            .for_home(&page.title)
            .about([json_ld::website(*shared)]),
        page,
        title: match page.title.split_once(": ") {
            Some((title, more)) => (title, Some(more)),
            None => (&page.title, None),
        },
        checked: page.checked.into(),
        first: shared.content.sections.first().map(|section| {
            (section.page.nav.as_str(), shared.urls.path(&address::section(&section.id)))
        }),
        headings: page.document.main_headings(),
        pay: pay::summaries(*shared, COUNTRIES),
        steps: data
            .levels
            .first()
            .zip(data.levels.last())
            .map(|(first, last)| (first.in_sentence(), last.in_sentence())),
        caveat: data
            .countries
            .iter()
            .find_map(|country| data.source(country.bands.first()?.source.as_str()))
            .and_then(|source| source.note.as_deref()),
        text,
        notes: renderer.notes.render()?,
    }
    .render()
}
