//! Owns `feed.xml`: what changed, with the value before and the value now, as Atom (RFC 4287).

use std::collections::HashMap;
use std::fmt::Write as _;

use askama::Template;
use askama::filters::{Html, escape};
use jiff::civil::Date;

use super::super::placed::BuildError;
use super::super::resource::Draft;
use crate::address::{self, Urls};
use crate::content::document::Target;
use crate::content::tables::changes::Change;
use crate::content::{Content, SiteInfo};
use crate::digest::Digest;

/// A tag URI (RFC 4151) names a year in which its maker had the host. This is the year of the first
/// feed. It must never change, or readers would take the feed for another.
const TAG_YEAR: &str = "2026";
/// Newer entries push out older ones.
const MAX_ENTRIES: usize = 50;

#[derive(Template)]
#[template(path = "feed.xml", config = "templates/askama.toml")]
struct Feed<'a> {
    site: &'a SiteInfo,
    id: String,
    updated: Date,
    own: String,
    home: String,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    change: &'a Change,
    id: String,
    address: String,
    html: String,
}

/// The feed of changes, newest first. Its addresses are absolute: without a base URL they are those
/// of this machine.
pub(in crate::site) fn feed(
    content: &Content,
    urls: &Urls,
    port: u16,
) -> Result<(String, Draft), BuildError> {
    let site = &content.site;
    let home = urls.absolute_or_local(address::HOME, port);
    let host = home.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let base = urls.base_path();
    let newest = content.changes.iter().map(|change| change.date).max();
    let mut seen: HashMap<String, usize> = HashMap::new();
    // From the oldest on, so that an id does not depend on what is recorded later.
    let mut entries: Vec<Entry<'_>> = content
        .changes
        .iter()
        .rev()
        .map(|change| {
            let name = name(change);
            let times = seen.entry(name.clone()).or_default();
            *times += 1;
            let again = if *times > 1 { format!("-{times}") } else { String::new() };
            let id = format!("tag:{host},{}:{base}/changes/{name}{again}", change.date);
            let address = match &change.link {
                Some(Target::External(address)) => address.clone(),
                other => {
                    let path = other.as_ref().and_then(Target::path);
                    urls.absolute_or_local(path.as_deref().unwrap_or(address::HOME), port)
                }
            };
            Entry { change, id, address, html: html(change) }
        })
        .collect();
    entries.reverse();
    entries.truncate(MAX_ENTRIES);
    let feed = Feed {
        site,
        id: format!("tag:{host},{TAG_YEAR}:{base}/changes"),
        updated: newest.unwrap_or(site.date),
        own: urls.absolute_or_local(address::FEED, port),
        home,
        entries,
    };
    let body = feed.render().map_err(BuildError::page(address::FEED))?;
    let draft = Draft::data("application/atom+xml", body);
    Ok((address::FEED.to_owned(), draft))
}

fn html(change: &Change) -> String {
    let mut html = String::new();
    for (label, text) in [("Was: ", &change.old), ("Now: ", &change.new), ("", &change.why)] {
        // Neither escaping nor writing to a string can fail.
        let Ok(text) = escape(text, Html);
        let _ = write!(html, "<p>{label}{text}</p>");
    }
    html
}

/// The end of an id: a hash of the change, so that it stays the same whatever else is recorded.
fn name(change: &Change) -> String {
    let Change { what, old, new, .. } = change;
    Digest::of(format!("{what}\n{old}\n{new}").as_bytes()).hex(12)
}
