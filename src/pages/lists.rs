//! Owns the lists that directives show: sections, changes, resources, places. One function each.

use askama::Template;

use super::layout::Day;
use super::renderer::Renderer;
use crate::address;
use crate::content::Section;
use crate::content::document::Target;
use crate::content::tables::changes::Change;
use crate::content::tables::resources::Resource;
use crate::pay::Country;

#[derive(Template)]
#[template(path = "_partials/sections.html")]
struct Sections<'a> {
    rows: Vec<(&'a Section, String)>,
}

/// The numbered contents of the guide, a line each.
pub(super) fn sections(page: &Renderer<'_>) -> askama::Result<String> {
    let rows = page.shared.content.sections.iter();
    let href = |section: &Section| page.href(&Target::Section(section.id.clone(), None));
    Sections { rows: rows.map(|section| (section, href(section))).collect() }.render()
}

#[derive(Template)]
#[template(path = "_partials/changes.html")]
struct Changes<'a> {
    rows: Vec<(&'a Change, Day, Option<String>)>,
}

/// The latest changes: what it was, what it is, and why.
pub(super) fn changes(page: &Renderer<'_>, count: usize) -> askama::Result<String> {
    let rows = page.shared.content.changes.iter().take(count).map(|change| {
        (change, Day::from(change.date), change.link.as_ref().map(|link| page.href(link)))
    });
    Changes { rows: rows.collect() }.render()
}

#[derive(Template)]
#[template(path = "_partials/resources.html")]
struct Resources<'a> {
    list: Vec<&'a Resource>,
}

/// Things to learn from: those named, in that order, or all.
pub(super) fn resources(page: &Renderer<'_>, ids: &[String]) -> askama::Result<String> {
    let content = page.shared.content;
    let list = if ids.is_empty() {
        content.resources.iter().collect()
    } else {
        ids.iter().filter_map(|id| content.resource(id)).collect()
    };
    Resources { list }.render()
}

/// A resource's title, linked, inside a sentence.
pub(super) fn resource_link(page: &Renderer<'_>, id: &str) -> askama::Result<String> {
    #[derive(Template)]
    #[template(source = "<a href=\"{{ url }}\">{{ title }}</a>", ext = "html")]
    struct Name<'n> {
        url: &'n str,
        title: &'n str,
    }
    match page.shared.content.resource(id) {
        Some(Resource { url, title, .. }) => Name { url, title }.render(),
        None => Ok(String::new()),
    }
}

#[derive(Template)]
#[template(path = "_partials/places.html")]
struct Places<'a> {
    rows: Vec<(&'a Country, String)>,
}

/// For each country its strongest cities and what is particular about pay there.
pub(super) fn places(page: &Renderer<'_>) -> askama::Result<String> {
    let countries = page.shared.content.salaries.countries.iter();
    let href = |country: &Country| page.shared.urls.path(&address::country(&country.code));
    Places { rows: countries.map(|country| (country, href(country))).collect() }.render()
}
