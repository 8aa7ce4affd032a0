//! Owns the pages that only an export has: in the place of the search, which needs the program, and
//! in the place of a redirect.

use askama::Template;

use super::Shared;
use super::layout::{Layout, MenuEntry, Sheet};
use crate::address;

#[derive(Template)]
#[template(path = "search_in_export.html")]
struct SearchInExport<'a> {
    layout: Layout<'a>,
}

#[derive(Template)]
#[template(path = "moved.html")]
struct Moved<'a> {
    language: &'a str,
    canonical: Option<String>,
    href: &'a str,
}

/// The page at `/search` of an export: it says that it cannot answer, to readers and to the script
/// that looks for results there.
pub fn search_in_export(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let description = "This copy of the site cannot answer questions.";
    let layout = Layout::new(*shared, address::SEARCH, "Search", "Search", description)
        .in_menu(MenuEntry::Search, true)
        .with_sheet(Sheet::Search)
        .unlisted();
    SearchInExport { layout }.render()
}

/// A page that sends its reader on to `href`, an address with the base path.
pub fn moved(shared: &Shared<'_>, href: &str) -> Result<String, askama::Error> {
    let below = href.strip_prefix(shared.urls.base_path()).filter(|path| path.starts_with('/'));
    let canonical = below.and_then(|path| shared.urls.absolute(path));
    Moved { language: &shared.content.site.language, canonical, href }.render()
}
