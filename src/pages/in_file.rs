//! Owns the pages that only a copy of the site made of files has: in the place of one that answers
//! questions, and in the place of a redirect.

use askama::Template;

use super::Shared;
use super::layout::Layout;

#[derive(Template)]
#[template(path = "needs_server.html")]
struct NeedsServer<'a> {
    layout: Layout<'a>,
    title: &'a str,
}

#[derive(Template)]
#[template(path = "moved.html")]
struct Moved<'a> {
    language: &'a str,
    canonical: Option<String>,
    href: &'a str,
}

/// A page in the place of the one at `path`, which needs the program to answer.
pub fn needs_server(shared: &Shared<'_>, path: &str, title: &str) -> Result<String, askama::Error> {
    let description = "This page needs the program that made the site.";
    let layout = Layout::new(*shared, path, title, title, description).unlisted();
    NeedsServer { layout, title }.render()
}

/// A page that sends its reader on to `href`, an address as the site writes them.
pub fn moved(shared: &Shared<'_>, href: &str) -> Result<String, askama::Error> {
    let below = href.strip_prefix(shared.urls.base_path()).filter(|path| path.starts_with('/'));
    let canonical = below.and_then(|path| shared.urls.absolute(path));
    Moved { language: &shared.content.site.language, canonical, href }.render()
}
