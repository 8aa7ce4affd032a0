//! Owns `feed.xml`: what changed, with the value before and the value now, as Atom.

use std::collections::HashMap;
use std::fmt::Write as _;

use askama::filters::{Html, escape};
use atom_syndication::{
    Category, Content as Text, Entry, Feed, FixedDateTime, Generator, Link, Person,
};
use http::StatusCode;
use jiff::civil::Date;

use super::super::headers::{CachePolicy, Kind};
use super::super::resource::Draft;
use crate::address::{self, Urls};
use crate::content::Content;
use crate::content::document::Target;
use crate::content::tables::changes::Change;

/// The year in which names of this kind were first given out, which a tag URI must say.
const NAMED_SINCE: &str = "2026";
const ENTRIES: usize = 50;

/// The feed of changes, newest first. Its addresses are absolute: without a base URL they are those
/// of this machine.
pub(in crate::site) fn feed(content: &Content, urls: &Urls, port: u16) -> (String, Draft) {
    let site = &content.site;
    let home = urls.absolute_or_local(address::HOME, port);
    let this = urls.absolute_or_local(address::FEED, port);
    let host = home.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let base = urls.base_path();
    let newest = content.changes.iter().map(|change| change.date).max().unwrap_or(site.date);
    let mut seen: HashMap<String, usize> = HashMap::new();
    // From the oldest on, so that a name does not depend on what comes later.
    let mut entries: Vec<Entry> = content
        .changes
        .iter()
        .rev()
        .map(|change| {
            let name = name(change);
            let times = seen.entry(name.clone()).or_default();
            *times += 1;
            let again = if *times > 1 { format!("-{times}") } else { String::new() };
            let id = format!("tag:{host},{}:{base}/changes/{name}{again}", change.date);
            entry(change, id, urls, port)
        })
        .collect();
    entries.reverse();
    entries.truncate(ENTRIES);
    let feed = Feed {
        title: format!("{}: what changed", site.short_title).into(),
        subtitle: Some(site.description.clone().into()),
        id: format!("tag:{host},{NAMED_SINCE}:{base}/changes"),
        updated: midnight(newest),
        authors: vec![Person { name: site.author.clone(), ..Person::default() }],
        rights: Some(site.licence.text.clone().into()),
        generator: Some(Generator { value: "career-guide".to_owned(), ..Generator::default() }),
        links: vec![
            link("self", &this, Some("application/atom+xml")),
            link("alternate", &home, Some("text/html")),
        ],
        lang: Some(site.language.clone()),
        entries,
        ..Feed::default()
    };
    let draft = Draft {
        status: StatusCode::OK,
        kind: Kind::Data,
        content_type: "application/atom+xml",
        policy: CachePolicy::Hour,
        body: feed.to_string().into(),
    };
    (address::FEED.to_owned(), draft)
}

fn entry(change: &Change, id: String, urls: &Urls, port: u16) -> Entry {
    let address = match &change.link {
        Some(Target::External(address)) => address.clone(),
        Some(target) => {
            urls.absolute_or_local(&target.path().unwrap_or_else(|| address::HOME.to_owned()), port)
        }
        None => urls.absolute_or_local(address::HOME, port),
    };
    let mut html = String::new();
    for (label, text) in [("Was: ", &change.old), ("Now: ", &change.new), ("", &change.why)] {
        // Neither escaping nor writing to a string can fail.
        let Ok(text) = escape(text, Html);
        let _ = write!(html, "<p>{label}{text}</p>");
    }
    Entry {
        title: format!("{}: {} became {}", change.what, change.old, change.new).into(),
        id,
        updated: midnight(change.date),
        published: Some(midnight(change.date)),
        links: vec![link("alternate", &address, None)],
        categories: vec![Category {
            term: change.edition.clone(),
            label: Some(format!("Edition {}", change.edition)),
            ..Category::default()
        }],
        content: Some(Text {
            value: Some(html),
            content_type: Some("html".to_owned()),
            ..Text::default()
        }),
        ..Entry::default()
    }
}

/// A name of the change that stays, whatever else is recorded: of what it says.
fn name(change: &Change) -> String {
    let Change { what, old, new, .. } = change;
    let hash = blake3::hash(format!("{what}\n{old}\n{new}").as_bytes()).to_hex();
    hash[..12].to_owned()
}

fn link(rel: &str, href: &str, media_type: Option<&str>) -> Link {
    Link {
        rel: rel.to_owned(),
        href: href.to_owned(),
        mime_type: media_type.map(str::to_owned),
        ..Link::default()
    }
}

/// Changes have a day and no hour.
fn midnight(date: Date) -> FixedDateTime {
    format!("{date}T00:00:00Z").parse().unwrap_or_default()
}
