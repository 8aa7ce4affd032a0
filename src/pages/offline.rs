//! Owns the page that is shown without a connection in place of one that this browser has no copy
//! of. The worker writes into it which pages it has. The submodule holds the guide as one file.

pub(super) mod single_file;

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
