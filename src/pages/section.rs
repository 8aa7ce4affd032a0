//! Owns the page of one section.

use askama::Template;

use super::fragments::Renderer;
use super::layout::{Day, Layout, Place};
use super::lists::Neighbourhood;
use super::{Shared, structured};
use crate::address;
use crate::content::Section;
use crate::content::document::{Document, Heading, Page};

#[derive(Template)]
#[template(path = "section.html")]
struct View<'a> {
    layout: Layout<'a>,
    page: &'a Page,
    number: usize,
    checked: Day,
    contents: Neighbourhood<'a>,
    /// Headings of the second level, each with how many stand below it.
    headings: Vec<&'a Heading>,
    text: String,
    notes: String,
    previous: Option<(&'a Section, String)>,
    following: Option<(&'a Section, String)>,
}

/// The page of a section, by its place in the reading order.
pub fn section(shared: &Shared<'_>, index: usize) -> Result<String, askama::Error> {
    let sections = &shared.content.sections;
    let section = &sections[index];
    let page = &section.page;
    let path = address::section(&section.id);
    let link = |other: Option<usize>| {
        let section = sections.get(other?)?;
        Some((section, shared.urls.path(&address::section(&section.id))))
    };
    let mut renderer = Renderer::new(*shared);
    let text = renderer.document(&page.document)?;
    View {
        layout: Layout::new(*shared, &path, &page.title, &page.nav, &page.description)
            .at(Place::Guide, false)
            .below("Guide", address::WHOLE_GUIDE)
            .text_at(&format!("{path}.md"))
            .about([structured::article(*shared, &path, page)]),
        page,
        number: index + 1,
        checked: page.checked.into(),
        contents: Neighbourhood::around(*shared, index),
        headings: listed(&page.document),
        text,
        notes: renderer.notes.render()?,
        previous: link(index.checked_sub(1)),
        following: link(Some(index + 1)),
    }
    .render()
}

/// The headings that a page's own contents list.
pub(super) fn listed(document: &Document) -> Vec<&Heading> {
    document.headings.iter().filter(|heading| heading.level == 2).collect()
}
