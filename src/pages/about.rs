//! Owns the page about the guide.

use askama::Template;

use super::layout::{Day, Layout};
use super::renderer::Renderer;
use super::{Shared, document};
use crate::address;
use crate::content::document::Page;

#[derive(Template)]
#[template(path = "about.html")]
struct View<'a> {
    layout: Layout<'a>,
    page: &'a Page,
    checked: Day,
    text: String,
    notes: String,
}

/// Who writes the guide, how figures are chosen, how to report a wrong one.
pub fn about(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let page = &shared.content.about;
    let mut renderer = Renderer::new(*shared);
    let text = document::to_html(&mut renderer, &page.document)?;
    View {
        layout: Layout::new(*shared, address::ABOUT, &page.title, &page.nav, &page.description),
        page,
        checked: page.checked.into(),
        text,
        notes: renderer.notes.render()?,
    }
    .render()
}
