//! Owns the page that holds all sections, for printing and for reading without a connection. The
//! entry point is [`guide`]; the file to download is made of the same [`WholeGuide`].

use askama::Template;

use super::layout::{Day, Layout, MenuEntry, Sheet};
use super::renderer::{GuideSection, Mode, Renderer};
use super::{Shared, document};
use crate::address::{self, AWAY};
use crate::content::Section;
use crate::content::document::Heading;

#[derive(Template)]
#[template(path = "guide.html")]
struct View<'a> {
    layout: Layout<'a>,
    guide: WholeGuide<'a>,
}

/// All sections, one after the other.
pub fn guide(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let site = &shared.content.site;
    View {
        layout: Layout::new(*shared, address::WHOLE_GUIDE, &site.title, "Guide", &site.description)
            .in_menu(MenuEntry::Guide, true)
            .with_sheet(Sheet::WholeGuide),
        guide: WholeGuide::new(*shared, Mode::WholeGuide)?,
    }
    .render()
}

/// All sections, rendered in their order. Ids are prefixed by their section, and links between
/// sections stay on the page.
pub(super) struct WholeGuide<'a> {
    pub(super) parts: Vec<Part<'a>>,
    pub(super) minutes: usize,
    pub(super) notes: String,
}

/// One of the sections.
pub(super) struct Part<'a> {
    pub(super) section: &'a Section,
    /// Ids of the section from when it had other names.
    pub(super) earlier_names: Vec<&'a str>,
    /// The address of its own page; none in a file of a site whose host is not known.
    pub(super) href: Option<String>,
    pub(super) headings: Vec<&'a Heading>,
    pub(super) checked: Day,
    pub(super) text: String,
}

impl<'a> WholeGuide<'a> {
    /// `mode` is that of the page or that of the file.
    pub(super) fn new(
        shared: Shared<'a>,
        mode: fn(GuideSection<'a>) -> Mode<'a>,
    ) -> Result<Self, askama::Error> {
        let mut renderer = Renderer::new(shared);
        let mut parts = Vec::with_capacity(shared.content.sections.len());
        for section in &shared.content.sections {
            let on_page = GuideSection::new(shared.content, &section.id);
            renderer.begin_section(mode(on_page.clone()));
            parts.push(Part {
                section,
                earlier_names: on_page.earlier_names,
                href: Some(shared.urls.path(&address::section(&section.id)))
                    .filter(|href| !href.starts_with(AWAY)),
                headings: section.page.document.main_headings(),
                checked: section.page.checked.into(),
                text: document::to_html(&mut renderer, &section.page.document)?,
            });
        }
        Ok(Self {
            parts,
            minutes: shared.content.sections.iter().map(|s| s.page.reading_minutes()).sum(),
            notes: renderer.notes.render()?,
        })
    }
}
