//! Owns `changes.toml`.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::dates::past_day;
use super::guide_files::GuideFiles;
use crate::content::diagnostics::{Code, suggest};
use crate::content::directives::LoadedData;
use crate::content::document::Target;
use crate::content::figures::figures;
use crate::content::links;
use crate::content::reader::{Located, Table};

/// A recorded change of a figure or fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The edition that brought it.
    pub edition: String,
    /// When.
    pub date: Date,
    /// Of what.
    pub what: String,
    /// The value before.
    pub old: String,
    /// The value now.
    pub new: String,
    /// The reason.
    pub why: String,
    /// Where it is read.
    pub link: Option<Target>,
    /// The figure's own name: "salaries/in/mid/low".
    pub figure: Option<String>,
}

const FILE: &str = "changes.toml";

/// All changes, newest first.
pub(in crate::content) fn read(
    guide: &GuideFiles<'_>,
    index: &links::Index<'_>,
    known: &LoadedData<'_>,
) -> Vec<Change> {
    let existing = figures(known.salaries, known.statistics, known.certifications);
    let existing = existing.into_iter().map(|figure| figure.name).collect();
    let change = |item: &Table<'_>| {
        let link = item.optional_text_at("link");
        let link = link.and_then(|link| index.resolve(FILE, &item.file, &link.value, link.at));
        Change {
            edition: item.text("edition"),
            date: past_day(item, "date", guide.edition).unwrap_or_default(),
            what: item.text("what"),
            old: item.text("old"),
            new: item.text("new"),
            why: item.text("why"),
            link,
            figure: figure(item, &existing, known),
        }
    };
    let changes = guide.read(FILE, |table| table.each("change", change));
    let mut changes = changes.unwrap_or_default();
    changes.sort_by_key(|change| std::cmp::Reverse(change.date));
    changes
}

/// The figure's own name, checked to be one; of a figure that was removed, checked to be gone.
fn figure(item: &Table<'_>, existing: &BTreeSet<String>, known: &LoadedData<'_>) -> Option<String> {
    let removed = item.flag("removed");
    let Some(Located { value: name, at }) = item.optional_text_at("figure") else {
        if removed {
            item.missing("figure", "\"…\"");
        }
        return None;
    };
    let error = |message: String| item.file.error(Code::UnknownFigure, at, message);
    let parts: Vec<&str> = name.split('/').collect();
    let kind = parts.first().copied().unwrap_or_default();
    let Some((_, lengths, names)) = KINDS.iter().find(|(known, ..)| *known == kind) else {
        error(format!("`{name}` is not the name of a figure"))
            .suggest(kind, KINDS.iter().map(|(kind, ..)| *kind));
        return Some(name);
    };
    let file = match parts[..] {
        ["salaries" | "statistics" | "take-home", id, ..] => format!("{kind}/{id}.toml"),
        _ => format!("{kind}.toml"),
    };
    if !lengths.contains(&parts.len()) || parts.contains(&"") {
        error(format!("`{name}` is not the name of a figure")).help(format!("write {names}"));
    } else if !known.is_broken(&file) && existing.contains(&name) == removed {
        if removed {
            error(format!("the figure `{name}` is still there")).help("take `removed` away");
        } else {
            let near = existing.iter().map(String::as_str);
            let near = near.filter(|other| other.starts_with(&format!("{kind}/")));
            let near = suggest(&name, near).unwrap_or_else(|| format!("write {names}"));
            error(format!("there is no figure `{name}`"))
                .help(format!("{near}; when the figure is gone, add `removed = true`"));
        }
    }
    Some(name)
}

/// How names of figures begin, how many parts they have, and how they are written.
const KINDS: [(&str, RangeInclusive<usize>, &str); 6] = [
    (
        "salaries",
        4..=5,
        "salaries/<country>/<level>/low, or high, or salaries/<country>/<source>/<whom>/<what>",
    ),
    ("statistics", 4..=4, "statistics/<table>/<row>/<column>"),
    ("exchange-rates", 2..=2, "exchange-rates/<currency>"),
    ("purchasing-power", 2..=2, "purchasing-power/<currency>"),
    ("take-home", 3..=3, "take-home/<country>/<rule>"),
    ("certifications", 3..=3, "certifications/<id>/status, or price"),
];
