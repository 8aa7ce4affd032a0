//! Owns what a reader has without a connection: the service worker, and the page that it shows for
//! one that was not read before. The entry points are [`worker`] and [`page`].
//!
//! The worker asks the network first and stores what it answers: pages that were read, the guide and
//! their assets, never a view with the reader's own figure and never what programs read. When the
//! network does not answer, it puts a line above the stored copy with the edition and the date that
//! stand in the footer of that page, so that nobody takes an old figure for a new one.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{self, HeaderValue};
use serde::Serialize;

use super::headers::{CachePolicy, Kind};
use super::placed::{BuildError, Placed, PlacedWithHeaders};
use super::resource::Draft;
use crate::address;
use crate::digest::Digester;
use crate::pages::{self, Shared};

/// Pages that the worker stores before anybody has read them: the first, the guide, and what is
/// shown for all others.
const STORED_FIRST: [&str; 3] = [address::HOME, address::WHOLE_GUIDE, address::OFFLINE];

/// What the worker does; its data stands before it. It is sent as it is, not as an asset, because
/// a worker acts only below its own address, which must not change.
const SCRIPT: &str = include_str!("../../static/js/worker.js");

// SECURITY: a worker lives by its own policy, not by that of a page. It fetches from this site and
// does nothing else; every page keeps the policy it came with.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/// What the worker must know.
#[derive(Serialize)]
struct Data<'a> {
    /// The path under which the site is mounted, "" or "/careers".
    base: &'a str,
    /// Another for each edition, and whenever a page differs.
    version: String,
    /// Addresses of what is stored before anybody has asked for it.
    core: Vec<String>,
    /// Address of the style sheet for the line above a copy.
    style: &'a str,
}

/// The page for what was not read before.
pub(super) fn page(shared: &Shared<'_>) -> Result<Placed, BuildError> {
    let html = pages::offline(shared).map_err(BuildError::page(address::OFFLINE))?;
    Ok((address::OFFLINE.to_owned(), Draft::page(html)))
}

/// The worker. Its version is a hash of all drafts: a browser takes the worker for a new one, and
/// stores everything anew, when any page differs.
pub(super) fn worker(
    shared: &Shared<'_>,
    drafts: &[Placed],
) -> Result<PlacedWithHeaders, BuildError> {
    let needed_by_pages = ["css/", "js/", "img/favicon"];
    let data = Data {
        base: shared.urls.base_path(),
        version: format!("{} {}", shared.content.site.edition, hash(drafts)),
        core: STORED_FIRST
            .iter()
            .map(|path| shared.urls.path(path))
            .chain(
                shared
                    .assets
                    .iter()
                    .filter(|(name, _)| needed_by_pages.iter().any(|start| name.starts_with(start)))
                    .map(|(_, href)| href.to_owned()),
            )
            .collect(),
        style: shared.assets.href("css/keep.css"),
    };
    let script = format!("const GUIDE = {};\n{SCRIPT}", serde_json::to_string(&data)?);
    let kind = "text/javascript; charset=utf-8";
    let draft = Draft::new(Kind::Asset, kind, CachePolicy::Revalidate, script);
    let policy = (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER_POLICY));
    Ok((address::SERVICE_WORKER.to_owned(), draft, vec![policy]))
}

/// Of everything that is sent, in whatever order it was made.
fn hash(drafts: &[Placed]) -> String {
    let bodies: BTreeMap<&str, &Bytes> =
        drafts.iter().map(|(path, draft)| (path.as_str(), &draft.body)).collect();
    let mut digester = Digester::default();
    for (path, body) in bodies {
        digester.add(path.as_bytes());
        digester.add(body);
    }
    digester.finish().hex(10)
}
