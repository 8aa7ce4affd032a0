//! Owns the reading of `site.toml` and `redirects.toml`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::guide_files::GuideFiles;
use crate::content::diagnostics::{Code, FileText};
use crate::content::href::{self, Link};
use crate::content::links;
use crate::content::reader::{Located, Table, Value};

/// `site.toml`.
#[derive(Clone, Debug)]
pub struct SiteInfo {
    /// The full title of the guide.
    pub title: String,
    /// For the header and tabs.
    pub short_title: String,
    /// The career in the singular, inside sentences.
    pub career: String,
    /// For previews and search engines.
    pub description: String,
    /// BCP 47: "en-GB".
    pub language: String,
    /// Edition of the data: "2026.11".
    pub edition: String,
    /// The date of that edition.
    pub date: Date,
    /// Who writes the guide.
    pub author: String,
    /// The licence of the text: its name and address.
    pub licence: Link,
    /// How to report a wrong figure.
    pub report: Link,
    /// The words shown on each kind of callout.
    pub callouts: Callouts,
    /// Samples smaller than this are labelled small.
    pub small_sample_below: u32,
}

/// The words shown on callouts, by the kind that Markdown names.
#[derive(Clone, Debug)]
pub struct Callouts(BTreeMap<&'static str, String>);

impl Callouts {
    /// The words of the site, or the plain English ones.
    fn read(table: Option<&Table<'_>>) -> Self {
        let english = [
            ("note", "Note"),
            ("tip", "Tip"),
            ("important", "Important"),
            ("warning", "Warning"),
            ("caution", "Caution"),
        ];
        let word = |kind| table.and_then(|table| table.optional_text(kind));
        let words =
            english.map(|(kind, plain)| (kind, word(kind).unwrap_or_else(|| plain.to_owned())));
        Self(words.into())
    }

    /// The word on a kind of callout: "note".
    pub(in crate::content) fn word(&self, kind: &str) -> &str {
        self.0.get(kind).map_or("", String::as_str)
    }
}

/// An old address and where it leads now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// A path from the root of the site: "/guide/pay".
    pub from: String,
    /// A path from the root of the site, perhaps with an anchor, or an http(s) address.
    pub to: String,
}

/// What `site.toml` says, with the places that others need.
pub(in crate::content) struct Site {
    pub(in crate::content) info: SiteInfo,
    /// In reading order.
    pub(in crate::content) sections: Vec<Located<String>>,
    /// The date of the edition; none when it cannot be read.
    pub(in crate::content) date: Option<Located<Date>>,
}

/// `site.toml`; none when there is no such file. What it lacks is reported.
pub(in crate::content) fn read(guide: &GuideFiles<'_>) -> Option<Site> {
    let table = guide.table("site.toml")?;
    let title = table.text("title");
    let callouts = table.within("callouts", |table| Callouts::read(Some(table)));
    let language = table.optional_text("language");
    if let Some(language) = &language
        && !language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        table
            .error(Code::BadId, "language", format!("`{language}` is not a language tag"))
            .help("write a BCP 47 tag: en-GB");
    }
    let sections = table.texts("sections");
    if sections.is_empty() {
        table.missing("sections", "[\"overview\"]");
    }
    let date = table.date("date").map(|value| Located { value, at: table.place_of("date") });
    let small = table.optional_count("small_sample_below").unwrap_or(100);
    let site = SiteInfo {
        short_title: table.optional_text("short_title").unwrap_or_else(|| title.clone()),
        title,
        career: table.text("career"),
        description: table.text("description"),
        language: language.unwrap_or_else(|| "en".to_owned()),
        edition: table.text("edition"),
        date: date.as_ref().map_or_else(Date::default, |date| date.value),
        author: table.text("author"),
        licence: link(&table, "licence", "name", "url"),
        report: link(&table, "report", "text", "url"),
        callouts: callouts.unwrap_or_default(),
        small_sample_below: small,
    };
    table.check_drawn(&["title", "short_title", "career", "description", "edition"]);
    table.finish();
    Some(Site { info: site, sections, date })
}

fn link(table: &Table<'_>, key: &'static str, text: &'static str, url: &'static str) -> Link {
    table.within(key, |item| href::link(item, text, url)).unwrap_or_else(|| {
        table.missing(key, &format!("{{ {text} = \"…\", {url} = \"https://…\" }}"));
        Link { text: String::new(), href: String::new() }
    })
}

impl Default for Callouts {
    fn default() -> Self {
        Self::read(None)
    }
}

/// `redirects.toml`: old paths and where they lead, with the file and the place of each.
pub(in crate::content) fn redirects<'a>(
    guide: &GuideFiles<'a>,
    index: &links::Index<'_>,
) -> Vec<(FileText<'a>, Located<Redirect>)> {
    let Some(file) = guide.file("redirects.toml") else { return Vec::new() };
    let table = Table::parse(file);
    let list = table.optional_table("redirects").map(|list| list.named(Value::text));
    table.finish();
    let redirects = list.into_iter().flatten().filter_map(|(from, to)| {
        if !href::check_redirected_path(&file, &from) {
            return None;
        }
        let target = index.resolve("redirects.toml", &file, &to.value, to.at)?;
        let Some(path) = target.path().filter(|path| !path.starts_with("mailto:")) else {
            file.error(Code::LinkScheme, to.at, "a redirect leads to a page")
                .help("write a path from the root, or https://");
            return None;
        };
        let redirect = Redirect { from: from.value, to: path };
        Some((file, Located { value: redirect, at: from.at }))
    });
    redirects.collect()
}
