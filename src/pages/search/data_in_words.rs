//! Owns the words of data that directives place, so that it is found where it stands. The entry
//! point is [`text_with_data`].

use std::borrow::Cow;
use std::fmt::Write as _;

use super::super::amounts;
use crate::content::Content;
use crate::content::directives::Directive;
use crate::content::document::PlainText;
use crate::content::tables::statistics::{Statistic, Unit};
use crate::text::sentence::list;

/// A text with its data in words.
pub(super) fn text_with_data<'a>(content: &'a Content, text: &'a PlainText) -> Cow<'a, str> {
    if text.data.is_empty() {
        return Cow::from(text.text.trim_end());
    }
    let mut out = String::with_capacity(text.text.len() * 2);
    let mut at = 0;
    for (place, directive) in &text.data {
        out.push_str(&text.text[at..*place]);
        out.push_str(&in_words(content, directive));
        at = *place;
    }
    out.push_str(&text.text[at..]);
    out.truncate(out.trim_end().len());
    out.into()
}

fn in_words(content: &Content, directive: &Directive) -> String {
    let data = &content.salaries;
    let found = match directive {
        Directive::Pay(country, level) => data.country(country.as_str()).and_then(|country| {
            let band = country.bands.iter().find(|band| band.level == *level)?;
            Some(data.currency(country.currency.as_str())?.compact_range(&band.range))
        }),
        Directive::Stat { statistic, row, column } => {
            content.statistic(statistic).and_then(|table| cell(content, table, row, column))
        }
        Directive::Cert(id) => content.certification(id).map(|found| found.name.clone()),
        Directive::Resource(id) => content.resource(id).map(|found| found.title.clone()),
        Directive::Phase(id) => content.roadmap.phase(id).map(|(_, phase)| {
            let steps: Vec<&str> = phase.steps.iter().map(|step| &*step.text).collect();
            steps.join(". ")
        }),
        Directive::StatTable(id) | Directive::StatChart(id) => {
            content.statistic(id).map(|table| whole(content, table))
        }
        Directive::PayPlaces => {
            let places = data.countries.iter();
            let places: Vec<String> = places
                .map(|c| format!("{}: {}. {} ", c.name, list(&c.cities), c.insight))
                .collect();
            Some(places.concat())
        }
        // These are entries of their own, or say nothing that one would look for.
        Directive::Cite(_)
        | Directive::PayChart(_)
        | Directive::PayTable(_)
        | Directive::PayFindings
        | Directive::Certifications(_)
        | Directive::Resources(_)
        | Directive::Picture(_)
        | Directive::Route(_)
        | Directive::Sections
        | Directive::Changes(_) => None,
    };
    found.unwrap_or_default()
}

fn cell(content: &Content, table: &Statistic, row: &str, column: &str) -> Option<String> {
    let (_, column, cell) = table.cell(row, column)?;
    let mut text = amounts::cell(cell, column, &content.salaries);
    if let Unit::Named(unit) = &column.unit {
        let _ = write!(text, " {unit}");
    }
    Some(text)
}

/// "Title. Row: 41, 12. Other row: 3."
fn whole(content: &Content, table: &Statistic) -> String {
    let mut out = format!("{}.", table.title);
    for row in &table.rows {
        let cells = row.cells.iter().zip(&table.columns).filter_map(|(cell, column)| {
            Some(amounts::cell(cell.as_ref()?, column, &content.salaries))
        });
        let cells: Vec<String> = cells.collect();
        let _ = write!(out, " {}: {}.", row.label, cells.join(", "));
    }
    out.push(' ');
    out
}
