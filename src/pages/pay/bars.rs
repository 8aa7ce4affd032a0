//! Owns the way from the rows of a comparison to bars. Every chart of pay is made of these: those of
//! the comparison, of the guide and its countries, of the home page and of preview cards.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::years_and_basis;
use crate::draw::chart::{self, Axis, Mark, Marker, Tone};
use crate::pay::comparison::{Comparison, DisplayFigures, Group, Heading, Row, RowScope};
use crate::pay::money::Denomination;
use crate::pay::{Figures, Level, Range, Sample};

/// The rows of a group and what they are measured against.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Bars {
    pub(in crate::pages) rows: Vec<chart::Row>,
    pub(in crate::pages) axis: Axis,
}

/// Where bars are shown, which decides what is said beside them and whether they share an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Context {
    /// In a comparison: a table below has what bands count, and all charts whose amounts are in one
    /// currency share an axis.
    Comparison,
    /// In a text about the guide's own bands: what they count is said at each, and each country has
    /// an axis of its own.
    OwnBands,
}

/// The bars of a comparison, in the order of its groups; none for a group without rows.
pub(in crate::pages) fn of_groups(
    comparison: &Comparison<'_>,
    context: Context,
) -> Vec<Option<Bars>> {
    let bands = stated_bands(comparison);
    let rows: Vec<Vec<chart::Row>> = comparison
        .groups
        .iter()
        .map(|group| {
            group.rows.iter().map(|row| bar(comparison, &bands, group, row, context)).collect()
        })
        .collect();
    let shared = (context == Context::Comparison && comparison.shares_axis())
        .then(|| chart::reach(rows.iter().flatten()));
    comparison
        .groups
        .iter()
        .zip(rows)
        .map(|(group, rows)| {
            let first = group.rows.first()?;
            let denomination = first
                .shown
                .as_ref()
                .map_or(Denomination::Currency(first.currency), |shown| shown.denomination);
            let axis = Axis::nice(shared.unwrap_or_else(|| chart::reach(&rows)), |at| {
                denomination.compact(Decimal::try_from(at).unwrap_or_default().normalize())
            });
            Some(Bars { rows, axis })
        })
        .collect()
}

/// The bars of a group in words, for those who listen: each of the guide's own bands. A table has
/// the rest.
pub(in crate::pages) fn in_words(group: &Group<'_>, separator: &str) -> String {
    let mut summary = String::new();
    for row in group.rows.iter().filter(|row| row.own) {
        let Some(shown) = &row.shown else { continue };
        summary.push_str(if summary.is_empty() { "" } else { separator });
        summary.push_str(&own_caption(group, row));
        summary.push_str(": ");
        shown.push_spoken(&mut summary);
    }
    if !summary.is_empty() {
        summary.push('.');
    }
    summary
}

/// The guide's own bands with a stated top, by the code of their country.
type Bands<'c> = HashMap<&'c str, Vec<(&'c Row<'c>, Decimal, Decimal)>>;

/// Gathered in one pass, since a guide may have many countries.
fn stated_bands<'c>(comparison: &'c Comparison<'_>) -> Bands<'c> {
    let mut bands = Bands::new();
    for row in comparison.rows().filter(|row| row.own) {
        if let Some(DisplayFigures { figures: Figures::Range(range), .. }) = &row.shown
            && let Some(high) = range.high
        {
            bands.entry(row.country.code.as_str()).or_default().push((row, range.low, high));
        }
    }
    bands
}

fn bar(
    comparison: &Comparison<'_>,
    bands: &Bands<'_>,
    group: &Group<'_>,
    row: &Row<'_>,
    context: Context,
) -> chart::Row {
    let of = u8::try_from(comparison.data.levels.len()).unwrap_or(u8::MAX);
    let step = match row.scope {
        RowScope::Level(level) if row.own => comparison
            .data
            .levels
            .iter()
            .position(|known| known.id == level.id)
            .and_then(|index| u8::try_from(index + 1).ok()),
        _ => None,
    };
    chart::Row {
        caption: if row.own {
            own_caption(group, row).into_owned()
        } else {
            other_caption(group, row)
        },
        detail: detail(row, context),
        value_label: row.shown.as_ref().map_or(String::new(), value_label),
        mark: mark(bands, row),
        tone: step.map_or(Tone::Thin, |n| Tone::Step { n, of }),
        marker: row.offer.as_ref().and_then(|place| {
            let shown = row.shown.as_ref()?;
            Some(Marker {
                at: place.amount.to_f64()?,
                label: format!("you: {}", shown.short_amount(place.amount)),
            })
        }),
    }
}

/// A band in full, of percentiles the median alone: the table has them all.
fn value_label(shown: &DisplayFigures<'_>) -> String {
    match (&shown.figures, shown.figures.median()) {
        (Figures::Percentiles(_), Some(median)) => {
            format!("median {}", shown.short_amount(median))
        }
        _ => shown.short(),
    }
}

/// What tells a row of the guide's own from the others of its group.
fn own_caption<'a>(group: &Group<'_>, row: &Row<'a>) -> Cow<'a, str> {
    match group.heading {
        Heading::Country(_) => row.label(),
        Heading::Level(_) | Heading::AllLevels => Cow::Borrowed(&row.country.name),
    }
}

/// What tells a row of another source from the others of its group.
fn other_caption(group: &Group<'_>, row: &Row<'_>) -> String {
    let mut name = row.source.publisher.clone();
    let mut add = |part: &str| {
        name.push_str(", ");
        name.push_str(part);
    };
    if !matches!(group.heading, Heading::Country(_)) {
        add(&row.country.short);
    }
    match (row.city.or(row.occupation), row.scope) {
        (Some(narrower), _) => add(narrower),
        // It stands under the band of its level.
        (None, RowScope::Level(level)) if has_band(group, level) => {}
        (None, RowScope::AllLevels) => add("all levels"),
        (None, _) => add(&row.label()),
    }
    name
}

fn has_band(group: &Group<'_>, level: &Level) -> bool {
    group
        .rows
        .iter()
        .any(|row| matches!(row.scope, RowScope::Level(of) if row.own && of.id == level.id))
}

/// The small print of a row: years and basis of a band, the sample of another source.
fn detail(row: &Row<'_>, context: Context) -> Option<String> {
    if row.own {
        return match context {
            Context::Comparison => row.years.text(),
            Context::OwnBands => {
                let details = years_and_basis(row.years, row.basis, row.basis_note);
                (!details.is_empty()).then(|| details.join(", "))
            }
        };
    }
    let sample = row.sample.text();
    Some(match row.sample {
        Sample::Size(_) if row.small_sample => format!("only {sample}"),
        Sample::Size(_) => format!("of {sample}"),
        Sample::Words(_) => sample,
        Sample::NotStated => return None,
    })
}

fn mark(bands: &Bands<'_>, row: &Row<'_>) -> Mark {
    let Some(shown) = &row.shown else {
        let why = row.missing.first().map_or("no figure", |missing| missing.text.as_str());
        return Mark::Nothing(why.to_owned());
    };
    let point = |amount: Option<Decimal>| amount.and_then(|amount| amount.to_f64());
    match &shown.figures {
        Figures::Range(range) => Mark::Band {
            low: point(Some(range.low)).unwrap_or(0.0),
            high: point(range.high),
            open: range.is_open(),
            overlaps: if row.own { overlaps(bands, row, range) } else { Vec::new() },
        },
        Figures::Percentiles(five) => Mark::Percentiles {
            p10: point(five.p10),
            p25: point(five.p25),
            p50: point(five.p50),
            p75: point(five.p75),
            p90: point(five.p90),
        },
        Figures::Median(median) => Mark::Point(point(Some(*median)).unwrap_or(0.0)),
        Figures::Withheld(why) => Mark::Nothing(why.clone()),
    }
}

/// What a band shares with the stated parts of the other bands of its country. A band that is equal
/// to it is another band and overlaps it whole, so that bands are told apart by their place in memory
/// and not by their ends.
fn overlaps(bands: &Bands<'_>, row: &Row<'_>, range: &Range) -> Vec<(f64, f64)> {
    let Some(high) = range.high else { return Vec::new() };
    bands
        .get(row.country.code.as_str())
        .into_iter()
        .flatten()
        .filter(|(other, ..)| !std::ptr::eq(*other, row))
        .map(|(_, other_low, other_high)| (range.low.max(*other_low), high.min(*other_high)))
        .filter(|(low, high)| low < high)
        .filter_map(|(low, high)| Some((low.to_f64()?, high.to_f64()?)))
        .collect()
}
