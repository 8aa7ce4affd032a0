//! Owns what lets a reader keep the guide: the file to download, and the worker by which pages that
//! were read once are there without a connection. The entry points are [`file`], [`worker`] and
//! [`offline`].

use std::collections::BTreeMap;

use bytes::Bytes;
use http::StatusCode;
use http::header::{self, HeaderName, HeaderValue};
use serde::Serialize;

use super::BuildError;
use super::assets::Asset;
use super::headers::{CachePolicy, Kind};
use super::resource::Draft;
use crate::address;
use crate::digest::Digester;
use crate::pages::{self, Shared};

/// Pages that are kept from the start: the first, the guide, and what is shown for all others.
const PAGES: [&str; 3] = [address::HOME, address::WHOLE_GUIDE, address::OFFLINE];

/// What the worker does, before which its data stands.
const SCRIPT: &str = include_str!("keeping/worker.js");

// SECURITY: a worker lives by its own policy, not by that of a page. It fetches from this site and
// does nothing else; every page keeps the policy it came with.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/// Headers that something has beside those of its kind.
pub(super) type Extra = Vec<(HeaderName, HeaderValue)>;

/// What the worker must know.
#[derive(Serialize)]
struct Data<'a> {
    /// The path under which the site is mounted, "" or "/careers".
    base: &'a str,
    /// Another for each edition, and whenever a page differs.
    version: String,
    /// Addresses of what is kept from the start.
    core: Vec<String>,
    /// Address of the style sheet for the line above a copy.
    style: &'a str,
}

/// The page without a connection.
pub(super) fn offline(shared: &Shared<'_>) -> Result<(String, Draft), BuildError> {
    let html = pages::offline(shared).map_err(failed(address::OFFLINE))?;
    Ok((address::OFFLINE.to_owned(), Draft::page(html)))
}

/// The whole guide as one file.
pub(super) fn file(
    shared: &Shared<'_>,
    assets: &[Asset],
) -> Result<(String, Draft, Extra), BuildError> {
    let style = assets.iter().find(|asset| asset.name == pages::KEPT_STYLE);
    let style = style.and_then(|asset| std::str::from_utf8(&asset.body).ok()).unwrap_or_default();
    let kept = pages::kept(shared, style).map_err(failed(address::GUIDE_FILE))?;
    let name = format!("attachment; filename=\"{}\"", file_name(&shared.content.site.edition));
    let policy = format!("{}; frame-ancestors 'none'", kept.policy);
    Ok((
        address::GUIDE_FILE.to_owned(),
        Draft::page(kept.html),
        vec![
            value(header::CONTENT_SECURITY_POLICY, policy),
            value(header::CONTENT_DISPOSITION, name),
        ],
    ))
}

/// The worker, whose version is that of all drafts.
pub(super) fn worker(
    shared: &Shared<'_>,
    drafts: &[(String, Draft)],
) -> Result<(String, Draft, Extra), BuildError> {
    let dressing = ["css/", "js/", "img/favicon"];
    let data = Data {
        base: shared.urls.base_path(),
        version: format!("{} {}", shared.content.site.edition, hash(drafts)),
        core: PAGES
            .iter()
            .map(|path| shared.urls.path(path))
            .chain(
                shared
                    .assets
                    .iter()
                    .filter(|(name, _)| dressing.iter().any(|start| name.starts_with(start)))
                    .map(|(_, href)| href.to_owned()),
            )
            .collect(),
        style: shared.assets.href("css/keep.css"),
    };
    let script = format!("const GUIDE = {};\n{SCRIPT}", serde_json::to_string(&data)?);
    let draft = Draft {
        status: StatusCode::OK,
        kind: Kind::Asset,
        content_type: "text/javascript; charset=utf-8",
        policy: CachePolicy::Revalidate,
        body: Bytes::from(script),
    };
    let policy = value(header::CONTENT_SECURITY_POLICY, WORKER_POLICY.to_owned());
    Ok((address::SERVICE_WORKER.to_owned(), draft, vec![policy]))
}

/// Of everything that is sent, in whatever order it was made.
fn hash(drafts: &[(String, Draft)]) -> String {
    let bodies: BTreeMap<&str, &Bytes> =
        drafts.iter().map(|(path, draft)| (path.as_str(), &draft.body)).collect();
    let mut digester = Digester::default();
    for (path, body) in bodies {
        digester.add(path.as_bytes());
        digester.add(body);
    }
    digester.finish().hex(10)
}

/// Of letters that every file system takes.
fn file_name(edition: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let edition: String = edition.chars().map(plain).collect();
    format!("guide-{}.html", edition.trim_matches(['.', '-']))
}

fn value(name: HeaderName, text: String) -> (HeaderName, HeaderValue) {
    let value = HeaderValue::try_from(text);
    (name, value.unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'")))
}

fn failed(path: &'static str) -> impl FnOnce(askama::Error) -> BuildError {
    move |source| BuildError::Page { path: path.to_owned(), source }
}
