//! Owns the page of one section.

mod nearby;

use askama::Template;

use super::layout::{Day, Layout, MenuEntry};
use super::renderer::Renderer;
use super::{Shared, document, json_ld};
use crate::address;
use crate::content::Section;
use crate::content::document::{Heading, Page};
use nearby::NearbySections;

#[derive(Template)]
#[template(path = "section.html")]
struct View<'a> {
    layout: Layout<'a>,
    page: &'a Page,
    number: usize,
    checked: Day,
    contents: NearbySections<'a>,
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
    let text = document::to_html(&mut renderer, &page.document)?;
    View {
        layout: Layout::new(*shared, &path, &page.title, &page.nav, &page.description)
            .in_menu(MenuEntry::Guide, false)
            .with_parent("Guide", address::WHOLE_GUIDE)
            .for_article(&format!("{path}.md"))
            .about([json_ld::article(*shared, &path, page)]),
        page,
        number: index + 1,
        checked: page.checked.into(),
        contents: NearbySections::around(*shared, index),
        headings: page.document.main_headings(),
        text,
        notes: renderer.notes.render()?,
        previous: link(index.checked_sub(1)),
        following: link(Some(index + 1)),
    }
    .render()
}
