//! Owns the headline of a view: several candidates, the most informative first, of which the first
//! that is short enough is taken.

use rust_decimal::Decimal;

use super::names::short_name;
use super::own_bands::{CountryBands, OwnBand};
use crate::pay::comparison::{Comparison, Pay};
use crate::pay::money::Period;
use crate::pay::{Country, Level};
use crate::text::sentence::{capitalised, list};

/// Letters of a headline; it is longer only when every candidate is.
const MAX_LETTERS: usize = 90;

pub(super) fn headline(comparison: &Comparison<'_>, own_bands: &[CountryBands<'_, '_>]) -> String {
    let shown: Vec<_> = own_bands.iter().filter(|own| own.shown().next().is_some()).collect();
    let candidates = match shown.as_slice() {
        [] => vec![nothing(comparison)],
        [one] => one_country(comparison, one),
        several if comparison.shares_axis() => in_one_denomination(comparison, several),
        several => in_local_currencies(comparison, several),
    };
    let fits = |text: &&String| text.chars().count() <= MAX_LETTERS;
    let shortest = || candidates.iter().min_by_key(|text| text.chars().count());
    candidates.iter().find(fits).or_else(shortest).cloned().unwrap_or_default()
}

fn nothing(comparison: &Comparison<'_>) -> String {
    if comparison.rows().any(|row| row.shown.is_some()) {
        "The guide has no bands of its own here; other sources do".to_owned()
    } else if comparison.rows().next().is_some() {
        "These figures cannot be shown as chosen; they stand below as they are known".to_owned()
    } else {
        "There are no pay figures for this choice".to_owned()
    }
}

/// "Monthly take-home pay", "Take-home entry pay", "Entry pay"; begins a sentence.
fn pay(comparison: &Comparison<'_>, level: Option<&Level>) -> String {
    let mut words: Vec<String> = Vec::new();
    if comparison.selection.period == Period::Month {
        words.push("monthly".to_owned());
    }
    if comparison.selection.pay == Pay::Net {
        words.push("take-home".to_owned());
    }
    words.extend(level.map(Level::in_sentence));
    words.push("pay".to_owned());
    capitalised(&words.join(" "))
}

/// The end of a country's pay: "£130K+", or "₹35L+" when only a low end is known.
fn top(band: &OwnBand<'_, '_>) -> String {
    let end = band.amount(band.range.max());
    if band.range.is_open() { format!("{end}+") } else { end }
}

fn one_country(comparison: &Comparison<'_>, own: &CountryBands<'_, '_>) -> Vec<String> {
    let names = [own.country.in_sentence.clone(), short_name(own.country)];
    let shown: Vec<_> = own.shown().collect();
    let text = |name: String| match shown.as_slice() {
        [one] => format!("{} in {name}: {}", pay(comparison, Some(one.level)), one.text()),
        [first, .., last] => format!(
            "{} in {name} goes from {} at {} to {} at {}",
            pay(comparison, None),
            first.amount(first.range.low),
            first.level.in_sentence(),
            top(last),
            last.level.in_sentence(),
        ),
        [] => String::new(),
    };
    names.into_iter().map(text).collect()
}

/// Where pay at one level starts, from the highest to the lowest: the first level of which two
/// countries or more have a band.
fn in_one_denomination(
    comparison: &Comparison<'_>,
    shown: &[&CountryBands<'_, '_>],
) -> Vec<String> {
    let of_level = |level: &Level| {
        let mut starts: Vec<(Decimal, String, &Country)> = shown
            .iter()
            .filter_map(|own| {
                let band = own.shown_of_level(level)?;
                Some((band.range.low, band.amount(band.range.low), own.country))
            })
            .collect();
        starts.sort_by_key(|start| std::cmp::Reverse(start.0));
        starts
    };
    let found = comparison
        .levels
        .iter()
        .map(|level| (*level, of_level(level)))
        .find(|(_, starts)| starts.len() > 1);
    let Some((level, starts)) = found else {
        return in_local_currencies(comparison, shown);
    };
    let subject = pay(comparison, Some(level));
    let mut candidates = Vec::new();
    if starts.len() <= 3 {
        let parts: Vec<String> = starts
            .iter()
            .map(|(_, amount, country)| format!("{amount} in {}", short_name(country)))
            .collect();
        candidates.push(format!("{subject} starts at {}", list(&parts)));
    }
    if let ([(_, most, highest), ..], [.., (_, least, lowest)]) = (&*starts, &*starts) {
        candidates.push(format!(
            "{subject} starts highest in {} ({most}) and lowest in {} ({least})",
            short_name(highest),
            short_name(lowest),
        ));
        let count = starts.len();
        candidates
            .push(format!("{subject} starts between {least} and {most} in {count} countries"));
    }
    candidates
}

/// Amounts in different currencies cannot be compared, but overlaps and gaps can.
fn in_local_currencies(
    comparison: &Comparison<'_>,
    shown: &[&CountryBands<'_, '_>],
) -> Vec<String> {
    let mut candidates = Vec::new();
    if let [level] = comparison.levels.as_slice() {
        let parts: Vec<String> = shown
            .iter()
            .flat_map(|own| own.shown().map(move |band| (band, own.country)))
            .map(|(band, country)| format!("{} in {}", band.text(), short_name(country)))
            .collect();
        candidates.push(format!("{}: {}", pay(comparison, Some(level)), parts.join(", ")));
    } else {
        let (overlaps, gaps) = (with_boundary(shown, true), with_boundary(shown, false));
        let named = |countries: &[&Country]| {
            list(&countries.iter().map(|country| short_name(country)).collect::<Vec<_>>())
        };
        let counted = |countries: &[&Country]| match countries {
            [one] => short_name(one),
            several => format!("{} countries", several.len()),
        };
        let open = open_level(comparison, shown)
            .map(|level| format!("; {} tops are open", level.in_sentence()))
            .unwrap_or_default();
        for place in [&named as &dyn Fn(&[&Country]) -> String, &counted] {
            let shape = match (overlaps.as_slice(), gaps.as_slice()) {
                ([], []) => continue,
                (some, []) => format!("Levels overlap in {}", place(some)),
                ([], some) => format!("Levels leave gaps in {}", place(some)),
                (over, apart) => {
                    format!("Levels overlap in {} and leave gaps in {}", place(over), place(apart))
                }
            };
            candidates.push(format!("{shape}{open}"));
            candidates.push(shape);
        }
    }
    let own = if comparison.shares_axis() { "" } else { ", each in its own currency" };
    candidates.push(format!("{} in {} countries{own}", pay(comparison, None), shown.len()));
    candidates
}

/// The countries in which neighbouring levels overlap, or those in which they leave gaps.
fn with_boundary<'a>(shown: &[&CountryBands<'_, 'a>], overlaps: bool) -> Vec<&'a Country> {
    let has = |own: &CountryBands<'_, 'a>| {
        own.boundaries.iter().any(|boundary| boundary.overlaps == overlaps)
    };
    shown.iter().filter(|own| has(own)).map(|own| own.country).collect()
}

/// The one level with open tops, when they are open in every country.
fn open_level<'a>(
    comparison: &Comparison<'a>,
    shown: &[&CountryBands<'_, 'a>],
) -> Option<&'a Level> {
    let tops = |level: &Level| {
        let bands = shown.iter().filter_map(|own| own.shown_of_level(level));
        bands.map(|band| band.row.original.is_open()).collect::<Vec<_>>()
    };
    let mut open = comparison
        .levels
        .iter()
        .map(|level| (*level, tops(level)))
        .filter(|(_, tops)| tops.contains(&true));
    let (level, tops) = open.next()?;
    (open.next().is_none() && !tops.contains(&false)).then_some(level)
}
