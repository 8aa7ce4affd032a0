//! Owns the finding that another source disagrees with the guide's own band.
//!
//! A source **disagrees twofold** with the guide's band when all of this holds, in local gross pay
//! a year whatever the view:
//! - it is of the same country, and of the same level or of exactly the years of experience that
//!   the band states; not of one city, and not of a neighbouring occupation;
//! - its low end is at least twice, or at most half, the band's low end; or the same of their
//!   stated high ends, unless the lower of the two is open; or its median is at most half the
//!   band's low end, or at least twice its high end when that is not open.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::own_bands::{CountryBands, OwnBand};
use super::{Finding, FindingKind};
use crate::pay::comparison::{Comparison, Row, RowScope};
use crate::pay::{Figures, Range, Years};

pub(super) fn findings<'a>(
    comparison: &Comparison<'a>,
    all: &[CountryBands<'_, 'a>],
) -> Vec<Finding<'a>> {
    let by_country: HashMap<&str, &CountryBands<'_, 'a>> =
        all.iter().map(|own| (own.country.code.as_str(), own)).collect();
    comparison
        .rows()
        .filter_map(|row| disagreement(&by_country.get(row.country.code.as_str())?.bands, row))
        .collect()
}

fn disagreement<'a>(bands: &[OwnBand<'_, 'a>], row: &Row<'a>) -> Option<Finding<'a>> {
    if row.own || row.city.is_some() || row.occupation.is_some() {
        return None;
    }
    let band = bands.iter().find(|band| is_of_same_people(band, row))?;
    let Figures::Range(own) = band.row.original else { return None };
    let ends = disagreeing_ends(&own, &row.original);
    if ends.is_empty() {
        return None;
    }
    // What the view cannot show is written as its source gives it, and the sentence says so.
    let (own_text, other_text, form) = match (&band.row.shown, &row.shown) {
        (Some(own), Some(other)) => (own.short(), other.short(), ""),
        _ => (band.row.original_text(), row.original_text(), ", as the sources give them"),
    };
    let years = match row.scope {
        RowScope::Years(years) => years.text().map(|text| format!(", {text}")).unwrap_or_default(),
        RowScope::Level(_) | RowScope::AllLevels => String::new(),
    };
    let text = format!(
        "For {} in {} this guide says {own_text} and {} ({}{years}) {other_text}: at least a \
         twofold difference {}{form}.",
        band.level.in_sentence(),
        row.country.in_sentence,
        row.source.publisher,
        row.as_of,
        ends.join(" and "),
    );
    Some(Finding::new(FindingKind::Disagreement, [row.country], [band.level], text))
}

fn is_of_same_people(band: &OwnBand<'_, '_>, row: &Row<'_>) -> bool {
    match row.scope {
        RowScope::Level(level) => level.id == band.level.id,
        RowScope::Years(years) => matches!(years, Years::Span { .. }) && years == band.row.years,
        RowScope::AllLevels => false,
    }
}

fn disagreeing_ends(own: &Range, other: &Figures) -> Vec<&'static str> {
    let mut ends = Vec::new();
    if let Figures::Range(other) = other {
        if is_twofold(own.low, other.low) {
            ends.push("at the low end");
        }
        if let (Some(a), Some(b)) = (own.high, other.high) {
            let lower_is_open = if a < b { own.open } else { other.open };
            if is_twofold(a, b) && !lower_is_open {
                ends.push("at the top");
            }
        }
    } else if let Some(median) = other.median() {
        let below = median <= own.low && is_twofold(own.low, median);
        let above =
            own.high.is_some_and(|high| !own.open && median >= high && is_twofold(high, median));
        if below || above {
            ends.push("between its median and the band");
        }
    }
    ends
}

/// Whether one is at least twice the other.
fn is_twofold(a: Decimal, b: Decimal) -> bool {
    let (less, more) = (a.min(b), a.max(b));
    less.checked_add(less).is_some_and(|twice| more >= twice)
}
