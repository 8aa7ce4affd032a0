//! Owns the page that is shown without a connection instead of one that was never visited. The
//! worker that keeps pages writes into it which ones it has.

use askama::Template;

use super::Shared;
use super::layout::Layout;
use crate::address;

#[derive(Template)]
#[template(path = "offline.html")]
struct View<'a> {
    layout: Layout<'a>,
}

/// The page without a connection.
pub fn offline(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let title = "There is no connection";
    let about = "This page has not been read on this device before.";
    View {
        layout: Layout::new(*shared, address::OFFLINE, title, "No connection", about).unlisted(),
    }
    .render()
}
