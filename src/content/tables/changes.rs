//! Owns `changes.toml`.

use jiff::civil::Date;

use super::super::diagnostics::{Code, suggest};
use super::super::directives::Known;
use super::super::links;
use super::super::reader::{At, Table};
use super::{Reading, past_day};
use crate::content::document::Target;

/// A recorded change of a figure or fact.
#[derive(Clone, Debug)]
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

/// All changes, newest first.
pub(in crate::content) fn read(
    reading: &Reading<'_>,
    index: &links::Index<'_>,
    known: &Known<'_>,
) -> Vec<Change> {
    let Some(file) = reading.file("changes.toml") else { return Vec::new() };
    let table = Table::parse(file);
    let mut changes: Vec<Change> = table
        .tables("change")
        .iter()
        .filter_map(|item| {
            let link = item.optional_text("link").and_then(|link| {
                index.resolve("changes.toml", &file, &link.value, link.span.clone())
            });
            let change = Change {
                edition: item.text("edition"),
                date: past_day(item, "date", reading.edition)?,
                what: item.text("what"),
                old: item.text("old"),
                new: item.text("new"),
                why: item.text("why"),
                link,
                figure: figure(item, known),
            };
            item.finish();
            Some(change)
        })
        .collect();
    table.finish();
    changes.sort_by_key(|change| std::cmp::Reverse(change.date));
    changes
}

/// The figure's own name, checked to be one.
fn figure(item: &Table<'_>, known: &Known<'_>) -> Option<String> {
    let At { value: name, span } = item.optional_text("figure")?;
    let error = |message: String, help: Option<String>| {
        item.file.error(Code::UnknownFigure, span.clone(), message, help);
    };
    let parts: Vec<&str> = name.split('/').collect();
    let table = parts.first().copied().unwrap_or_default();
    let Some((_, names)) = KINDS.iter().find(|(kind, _)| *kind == table) else {
        let help = suggest(table, KINDS.iter().map(|(kind, _)| *kind));
        error(format!("`{name}` is not the name of a figure"), help);
        return Some(name);
    };
    let data = known.salaries;
    let exists = match parts[..] {
        ["salaries", country, level, "low" | "high"] => data
            .country(country)
            .is_some_and(|country| country.bands.iter().any(|band| band.level == *level)),
        ["statistics", id, row, column] => {
            known.statistics.iter().any(|table| table.id == id && table.cell(row, column).is_some())
        }
        ["exchange-rates", code] => data.rates.as_ref().is_some_and(|rates| rates.has(code)),
        ["purchasing-power", code] => {
            data.purchasing_power.as_ref().is_some_and(|power| power.factor(code).is_some())
        }
        _ => {
            error(format!("`{name}` is not the name of a figure"), Some(format!("write {names}")));
            return Some(name);
        }
    };
    let file = match parts[..] {
        ["salaries" | "statistics", id, ..] => format!("{table}/{id}.toml"),
        _ => format!("{table}.toml"),
    };
    if !exists && !known.is_broken(&file) {
        let help = "look for a slip in the name, or leave the key out when the figure is gone";
        error(format!("there is no figure `{name}`"), Some(help.to_owned()));
    }
    Some(name)
}

const KINDS: [(&str, &str); 4] = [
    ("salaries", "salaries/<country>/<level>/low, or high"),
    ("statistics", "statistics/<table>/<row>/<column>"),
    ("exchange-rates", "exchange-rates/<currency>"),
    ("purchasing-power", "purchasing-power/<currency>"),
];
