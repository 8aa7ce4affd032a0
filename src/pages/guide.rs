//! Owns the page that holds all sections, for printing and reading without a connection. Ids are
//! prefixed by their section, and links between sections stay on the page.

use askama::Template;

use super::Shared;
use super::fragments::{Renderer, earlier_names};
use super::layout::{Day, Layout, Place, Sheet};
use super::section::listed;
use crate::content::Section;
use crate::content::document::Heading;

#[derive(Template)]
#[template(path = "guide.html")]
struct View<'a> {
    layout: Layout<'a>,
    parts: Vec<Part<'a>>,
    minutes: usize,
    notes: String,
}

struct Part<'a> {
    section: &'a Section,
    /// Ids of the section from when it had other names.
    formerly: Vec<&'a str>,
    href: String,
    headings: Vec<&'a Heading>,
    checked: Day,
    text: String,
}

/// All sections, one after the other.
pub fn guide(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let mut renderer = Renderer::new(*shared);
    let mut parts = Vec::with_capacity(shared.content.sections.len());
    for section in &shared.content.sections {
        renderer.enter(&section.id);
        parts.push(Part {
            section,
            formerly: earlier_names(shared.content, &section.id),
            href: shared.urls.path(&format!("/guide/{}", section.id)),
            headings: listed(&section.page.document),
            checked: section.page.checked.into(),
            text: renderer.document(&section.page.document)?,
        });
    }
    let site = &shared.content.site;
    View {
        layout: Layout::new(*shared, "/guide", &site.title, "Guide", &site.description)
            .at(Place::Guide, true)
            .dressed(renderer.sheets.iter().copied().chain([Sheet::Whole])),
        minutes: shared.content.sections.iter().map(|s| s.page.reading_minutes()).sum(),
        parts,
        notes: renderer.notes.render()?,
    }
    .render()
}
