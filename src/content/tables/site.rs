//! Owns the reading of `site.toml` and `redirects.toml`.

use jiff::civil::Date;

use super::guide_files::GuideFiles;
use crate::content::diagnostics::{Code, FileText};
use crate::content::href::{self, Link};
use crate::content::links;
use crate::content::reader::{Located, Table};

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

/// The words shown on each kind of callout.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names are those of the Markdown notation")]
pub struct Callouts {
    pub note: String,
    pub tip: String,
    pub important: String,
    pub warning: String,
    pub caution: String,
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
    let callouts = table.optional_table("callouts");
    let language = table.optional_text_at("language");
    if let Some(language) = &language
        && !language.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        table
            .file
            .error(Code::BadId, language.at, format!("`{}` is not a language tag", language.value))
            .help("write a BCP 47 tag: en-GB");
    }
    let sections = table.texts("sections");
    if sections.is_empty() {
        table.missing("sections", "[\"overview\"]");
    }
    let date = table.date("date").map(|value| Located { value, at: table.place_of("date") });
    let small = table.optional_count("small_sample_below").map_or(100, |count| count.value);
    let site = SiteInfo {
        short_title: table.optional_text("short_title").unwrap_or_else(|| title.clone()),
        title,
        career: table.text("career"),
        description: table.text("description"),
        language: language.map_or("en".to_owned(), |l| l.value),
        edition: table.text("edition"),
        date: date.as_ref().map_or_else(Date::default, |date| date.value),
        author: table.text("author"),
        licence: link(&table, "licence", "name", "url"),
        report: link(&table, "report", "text", "url"),
        callouts: words(callouts.as_ref()),
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

/// The words on callouts: those of the site, or the plain English ones.
fn words(table: Option<&Table<'_>>) -> Callouts {
    let mut callouts = Callouts::default();
    let Some(table) = table else { return callouts };
    let words = [
        ("note", &mut callouts.note),
        ("tip", &mut callouts.tip),
        ("important", &mut callouts.important),
        ("warning", &mut callouts.warning),
        ("caution", &mut callouts.caution),
    ];
    for (key, word) in words {
        if let Some(text) = table.optional_text(key) {
            *word = text;
        }
    }
    table.finish();
    callouts
}

impl Default for Callouts {
    fn default() -> Self {
        let [note, tip, important, warning, caution] =
            ["Note", "Tip", "Important", "Warning", "Caution"].map(str::to_owned);
        Self { note, tip, important, warning, caution }
    }
}

/// `redirects.toml`: old paths and where they lead, with the file and the place of each.
pub(in crate::content) fn redirects<'a>(
    guide: &GuideFiles<'a>,
    index: &links::Index<'_>,
) -> Vec<(FileText<'a>, Located<Redirect>)> {
    let Some(file) = guide.file("redirects.toml") else { return Vec::new() };
    let table = Table::parse(file);
    let list = table.optional_table("redirects").map(|list| list.named_texts());
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
