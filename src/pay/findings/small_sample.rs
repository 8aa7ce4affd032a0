//! Owns what is found of small samples.

use super::names::{listed, people};
use super::{Finding, FindingKind};
use crate::pay::Figures;
use crate::pay::comparison::{Comparison, Row, RowScope};

/// One finding for each source, of all its rows whose sample is small.
pub(super) fn findings<'a>(comparison: &Comparison<'a>) -> Vec<Finding<'a>> {
    let mut sources: Vec<(&str, Vec<&Row<'a>>)> = Vec::new();
    for row in comparison.rows().filter(|row| row.small_sample) {
        let id = row.source.id.as_str();
        match sources.iter_mut().find(|(known, _)| *known == id) {
            Some((_, rows)) => rows.push(row),
            None => sources.push((id, vec![row])),
        }
    }
    sources.into_iter().filter_map(|(_, rows)| small_sample(&rows)).collect()
}

fn small_sample<'a>(rows: &[&Row<'a>]) -> Option<Finding<'a>> {
    let publisher = &rows.first()?.source.publisher;
    let parts = rows
        .iter()
        .map(|row| {
            let hidden =
                if matches!(row.original, Figures::Withheld(_)) { ", not shown" } else { "" };
            format!("{} ({}{hidden})", people(row), row.sample.text())
        })
        .collect();
    let text = format!("Small samples of {publisher}: {}.", listed(parts));
    let countries = rows.iter().map(|row| row.country);
    let levels = rows.iter().filter_map(|row| match row.scope {
        RowScope::Level(level) => Some(level),
        RowScope::Years(_) | RowScope::AllLevels => None,
    });
    Some(Finding::new(FindingKind::SmallSample, countries, levels, text))
}
