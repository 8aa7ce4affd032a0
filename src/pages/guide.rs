//! Owns the page that holds all sections, for printing and reading without a connection. Ids are
//! prefixed by their section, and links between sections stay on the page.

pub(super) mod kept;

use askama::Template;

use super::Shared;
use super::fragments::{Renderer, earlier_names};
use super::layout::{Day, Layout, Place, Sheet};
use super::section::listed;
use crate::address::{self, AWAY};
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
    /// Its own page, unless nobody knows where that is.
    href: Option<String>,
    headings: Vec<&'a Heading>,
    checked: Day,
    text: String,
}

/// All sections, one after the other.
pub fn guide(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let whole = Whole::new(Renderer::new(*shared))?;
    let site = &shared.content.site;
    View {
        layout: Layout::new(*shared, address::WHOLE_GUIDE, &site.title, "Guide", &site.description)
            .at(Place::Guide, true)
            .dressed(Sheet::Whole),
        minutes: whole.minutes,
        parts: whole.parts,
        notes: whole.notes,
    }
    .render()
}

/// What the page and the file have in common.
struct Whole<'a> {
    parts: Vec<Part<'a>>,
    minutes: usize,
    notes: String,
}

impl<'a> Whole<'a> {
    /// All sections, rendered in their order.
    fn new(mut renderer: Renderer<'a>) -> Result<Self, askama::Error> {
        let shared = renderer.shared;
        let mut parts = Vec::with_capacity(shared.content.sections.len());
        for section in &shared.content.sections {
            renderer.enter(&section.id);
            parts.push(Part {
                section,
                formerly: earlier_names(shared.content, &section.id),
                href: Some(shared.urls.path(&address::section(&section.id)))
                    .filter(|href| !href.starts_with(AWAY)),
                headings: listed(&section.page.document),
                checked: section.page.checked.into(),
                text: renderer.document(&section.page.document)?,
            });
        }
        Ok(Self {
            parts,
            minutes: shared.content.sections.iter().map(|s| s.page.reading_minutes()).sum(),
            notes: renderer.notes.render()?,
        })
    }
}
