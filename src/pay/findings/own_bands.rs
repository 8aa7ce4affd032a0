//! Owns the guide's own bands as a view shows them, by country, and where they overlap or leave gaps.
//! The entry point is [`own_bands`].

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::pay::comparison::{Comparison, DisplayFigures, Row, RowScope};
use crate::pay::money::Period;
use crate::pay::{Country, Figures, Level, Range};

/// One of the guide's own bands: converted, or as its source gives it when the view cannot show it.
#[derive(Clone, Copy)]
pub(super) struct OwnBand<'c, 'a> {
    pub(super) row: &'c Row<'a>,
    pub(super) level: &'a Level,
    pub(super) range: Range,
}

impl OwnBand<'_, '_> {
    /// "£60K", "≈£45.4K".
    pub(super) fn amount(&self, amount: Decimal) -> String {
        match &self.row.shown {
            Some(shown) => shown.short_amount(amount),
            None => self.row.currency.compact(amount),
        }
    }

    /// "£85K–£130K+".
    pub(super) fn text(&self) -> String {
        self.row.shown.as_ref().map_or_else(|| self.row.original_text(), DisplayFigures::short)
    }
}

/// The guide's own bands of one country in this view, from the first level upwards.
pub(super) struct CountryBands<'c, 'a> {
    pub(super) country: &'a Country,
    pub(super) bands: Vec<OwnBand<'c, 'a>>,
    /// Where neighbouring bands overlap or leave a gap.
    pub(super) boundaries: Vec<Boundary<'c, 'a>>,
}

impl<'c, 'a> CountryBands<'c, 'a> {
    /// Those that the view can show.
    pub(super) fn shown(&self) -> impl Iterator<Item = &OwnBand<'c, 'a>> {
        self.bands.iter().filter(|band| band.row.shown.is_some())
    }

    /// The band of a level, if the view can show it.
    pub(super) fn shown_of_level(&self, level: &Level) -> Option<&OwnBand<'c, 'a>> {
        self.shown().find(|band| band.level.id == level.id)
    }

    /// The band of a level.
    pub(super) fn of_level(&self, level: &Level) -> Option<&OwnBand<'c, 'a>> {
        self.bands.iter().find(|band| band.level.id == level.id)
    }
}

/// The guide's own bands of every chosen country; a country without any has an empty list. One
/// pass over the rows, since a guide may have many countries.
pub(super) fn own_bands<'c, 'a>(comparison: &'c Comparison<'a>) -> Vec<CountryBands<'c, 'a>> {
    let mut all: Vec<CountryBands<'c, 'a>> = comparison
        .countries
        .iter()
        .map(|country| CountryBands { country, bands: Vec::new(), boundaries: Vec::new() })
        .collect();
    let indices: HashMap<&str, usize> = comparison
        .countries
        .iter()
        .enumerate()
        .map(|(index, country)| (country.code.as_str(), index))
        .collect();
    for row in comparison.rows().filter(|row| row.own) {
        let index = indices.get(row.country.code.as_str());
        let bands = index.and_then(|index| all.get_mut(*index));
        let figures = row.shown.as_ref().map_or(&row.original, |shown| &shown.figures);
        if let (Some(bands), RowScope::Level(level), Figures::Range(range)) =
            (bands, row.scope, figures)
        {
            bands.bands.push(OwnBand { row, level, range: *range });
        }
    }
    for own in &mut all {
        own.boundaries = boundaries(own);
    }
    all
}

/// The amounts between the bands of two neighbouring levels: those that both hold, or those that
/// neither does.
pub(super) struct Boundary<'c, 'a> {
    lower: OwnBand<'c, 'a>,
    upper: OwnBand<'c, 'a>,
    pub(super) overlaps: bool,
    from: Decimal,
    to: Decimal,
}

impl<'a> Boundary<'_, 'a> {
    /// The two levels, the lower one first.
    pub(super) fn levels(&self) -> [&'a Level; 2] {
        [self.lower.level, self.upper.level]
    }

    /// "between £60K and £75K".
    pub(super) fn between(&self) -> String {
        let monthly =
            self.lower.row.shown.as_ref().is_some_and(|shown| shown.period == Period::Month);
        let suffix = if monthly { " a month" } else { "" };
        let (from, to) = (self.lower.amount(self.from), self.upper.amount(self.to));
        format!("between {from} and {to}{suffix}")
    }
}

/// Two levels are neighbours when no band of that country lies between them, chosen or not: a level
/// that the reader has left out is no gap. An open top leaves no gap, because it is not known where it
/// ends. Nothing is said of bands that the view cannot show.
fn boundaries<'c, 'a>(own: &CountryBands<'c, 'a>) -> Vec<Boundary<'c, 'a>> {
    let step = |level: &Level| own.country.bands.iter().position(|band| band.level == level.id);
    let pairs = own.bands.iter().zip(own.bands.iter().skip(1));
    pairs
        .filter(|(lower, upper)| lower.row.shown.is_some() && upper.row.shown.is_some())
        .filter(|(lower, upper)| step(upper.level) == step(lower.level).map(|step| step + 1))
        .filter_map(|(lower, upper)| {
            let (from, to, overlaps) = overlap_or_gap(lower, upper)?;
            Some(Boundary { lower: *lower, upper: *upper, overlaps, from, to })
        })
        .collect()
}

/// From where to where, and whether it is an overlap; none when the bands just touch.
fn overlap_or_gap(
    lower: &OwnBand<'_, '_>,
    upper: &OwnBand<'_, '_>,
) -> Option<(Decimal, Decimal, bool)> {
    let end = lower.range.high?;
    if end < upper.range.low {
        return (!lower.range.is_open()).then_some((end, upper.range.low, false));
    }
    let from = lower.range.low.max(upper.range.low);
    let to = upper.range.high.map_or(end, |high| high.min(end));
    (from < to).then_some((from, to, true))
}
