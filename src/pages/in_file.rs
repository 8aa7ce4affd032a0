//! Owns the pages that only a copy of the site made of files has: in the place of one that answers
//! questions, and in the place of a redirect.

use askama::Template;

use super::Shared;
use super::layout::{Layout, Place, Sheet};
use crate::address;

#[derive(Template)]
#[template(path = "search_in_file.html")]
struct SearchInFile<'a> {
    layout: Layout<'a>,
}

#[derive(Template)]
#[template(path = "moved.html")]
struct Moved<'a> {
    language: &'a str,
    canonical: Option<String>,
    href: &'a str,
}

/// The page at `/search` of a copy that is made of files: it says that it cannot answer, to readers
/// and to the script that looks for results there.
pub fn search_in_file(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let description = "This copy of the site cannot answer questions.";
    let layout = Layout::new(*shared, address::SEARCH, "Search", "Search", description)
        .at(Place::Search, true)
        .dressed(Sheet::Search)
        .unlisted();
    SearchInFile { layout }.render()
}

/// A page that sends its reader on to `href`, an address as the site writes them.
pub fn moved(shared: &Shared<'_>, href: &str) -> Result<String, askama::Error> {
    let below = href.strip_prefix(shared.urls.base_path()).filter(|path| path.starts_with('/'));
    let canonical = below.and_then(|path| shared.urls.absolute(path));
    Moved { language: &shared.content.site.language, canonical, href }.render()
}
