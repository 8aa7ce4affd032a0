//! Owns the table of the comparison page: every row that is shown, with its source.

use std::borrow::Cow;

use crate::pages::pay::group_units;
use crate::pay::comparison::{Comparison, DisplayFigures, Group, Heading, Row};
use crate::pay::{Basis, Sample};

/// Rows under one heading.
#[derive(Debug)]
pub(super) struct TableGroup<'c> {
    pub(super) heading: String,
    pub(super) rows: Vec<TableRow<'c>>,
}

/// One row of the table, with the words that only stand here.
#[derive(Debug)]
pub(super) struct TableRow<'c> {
    pub(super) row: &'c Row<'c>,
    pub(super) label: Cow<'c, str>,
    /// Years of the level.
    pub(super) years: Option<String>,
    pub(super) pay: String,
    /// As the source gives it, where that is something else.
    pub(super) original: Option<String>,
}

impl<'c> TableGroup<'c> {
    /// The groups of a comparison that have rows.
    pub(super) fn of(comparison: &'c Comparison<'_>) -> Vec<Self> {
        comparison
            .groups
            .iter()
            .filter(|group| !group.rows.is_empty())
            .map(|group| Self {
                heading: match group_units(group) {
                    Some(units) => format!("{}, {units}", group.heading.text()),
                    None => group.heading.text().to_owned(),
                },
                rows: group.rows.iter().map(|row| TableRow::new(group, row)).collect(),
            })
            .collect()
    }
}

impl<'c> TableRow<'c> {
    fn new(group: &Group<'_>, row: &'c Row<'c>) -> Self {
        Self {
            row,
            label: match group.heading {
                Heading::Country(_) => row.label(),
                Heading::Level(_) => Cow::Borrowed(&row.country.name),
                Heading::AllLevels => format!("{}, {}", row.country.name, row.label()).into(),
            },
            years: row.own.then(|| row.years.text()).flatten(),
            pay: row.shown.as_ref().map_or("not shown".to_owned(), DisplayFigures::text),
            original: row.is_changed().then(|| row.original_text()),
        }
    }

    /// What the row is about beside its label.
    pub(super) fn about(&self) -> impl Iterator<Item = &'c str> {
        [self.row.title, self.row.city, self.row.occupation].into_iter().flatten()
    }

    /// What the amounts count; begins a cell.
    pub(super) fn basis(&self) -> &'static str {
        match (self.row.basis, self.row.basis_note) {
            (Basis::NotStated, None) => "Not stated",
            (basis, _) => basis.text(),
        }
    }

    /// Notes and what is missing.
    pub(super) fn notes(&self) -> impl Iterator<Item = &'c str> {
        self.row.note.into_iter().chain(self.row.missing.iter().map(|missing| &*missing.text))
    }

    pub(super) fn sample(&self) -> Cow<'c, str> {
        match self.row.sample {
            Sample::Size(_) => format!("sample of {}", self.row.sample.text()).into(),
            Sample::Words(words) => Cow::Borrowed(words),
            Sample::NotStated => Cow::Borrowed("sample not stated"),
        }
    }
}
