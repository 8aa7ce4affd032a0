//! Owns what is found in the guide's own bands alone.

use rust_decimal::Decimal;

use super::names::{CountryBands, OwnBand, listed, listed_countries};
use super::{Finding, FindingKind};
use crate::pay::comparison::Comparison;
use crate::pay::money::Period;
use crate::pay::words::capitalised;
use crate::pay::{Basis, Country, Level};

pub(super) fn findings<'a>(
    comparison: &Comparison<'a>,
    all: &[CountryBands<'_, 'a>],
) -> Vec<Finding<'a>> {
    let mut found: Vec<Finding<'a>> = Vec::new();
    let meetings: Vec<(&'a Country, Vec<Meeting<'a>>)> =
        all.iter().map(|own| (own.country, meetings(comparison, own))).collect();
    found.extend(meetings.iter().filter_map(|(country, met)| overlap(country, met)));
    found.extend(meetings.iter().filter_map(|(country, met)| gap(country, met)));
    found.extend(open_tops(comparison, all));
    found.extend(unlike_bases(all));
    found.extend(comparison.levels.iter().filter_map(|level| unlike_years(all, level)));
    found
}

/// How the bands of two neighbouring levels meet.
pub(super) struct Meeting<'a> {
    pub(super) lower: &'a Level,
    pub(super) upper: &'a Level,
    pub(super) overlaps: bool,
    /// "between £60K and £75K".
    between: String,
}

/// Where neighbouring bands of a country overlap or leave a gap. Two levels are neighbours when no
/// band of that country lies between them, chosen or not: a level that the reader has left out
/// is no gap. An open top leaves no gap, since nobody knows where it ends.
pub(super) fn meetings<'a>(
    comparison: &Comparison<'a>,
    own: &CountryBands<'_, 'a>,
) -> Vec<Meeting<'a>> {
    let month = comparison.selection.period == Period::Month;
    let suffix = if month { " a month" } else { "" };
    let place = |level: &Level| own.country.bands.iter().position(|band| band.level == level.id);
    own.bands
        .windows(2)
        .filter_map(|pair| {
            let (lower, upper) = (&pair[0], &pair[1]);
            // What the view cannot show, it has nothing to say of.
            if lower.row.shown.is_none() || upper.row.shown.is_none() {
                return None;
            }
            if place(lower.level)? + 1 != place(upper.level)? {
                return None;
            }
            let end = lower.range.high?;
            let (from, to, overlaps) = overlap_or_gap(lower, upper, end)?;
            let between =
                format!("between {} and {}{suffix}", lower.amount(from), lower.amount(to));
            Some(Meeting { lower: lower.level, upper: upper.level, overlaps, between })
        })
        .collect()
}

fn overlap_or_gap(
    lower: &OwnBand<'_, '_>,
    upper: &OwnBand<'_, '_>,
    end: Decimal,
) -> Option<(Decimal, Decimal, bool)> {
    if end < upper.range.low {
        return (!lower.range.is_open()).then_some((end, upper.range.low, false));
    }
    let from = lower.range.low.max(upper.range.low);
    let to = upper.range.high.map_or(end, |high| high.min(end));
    (from < to).then_some((from, to, true))
}

fn of_meetings<'a>(
    kind: FindingKind,
    country: &'a Country,
    met: &[&Meeting<'a>],
    text: String,
) -> Finding<'a> {
    let mut levels: Vec<&'a Level> = Vec::new();
    for level in met.iter().flat_map(|meeting| [meeting.lower, meeting.upper]) {
        if !levels.contains(&level) {
            levels.push(level);
        }
    }
    Finding { kind, countries: vec![country], levels, text }
}

fn overlap<'a>(country: &'a Country, met: &[Meeting<'a>]) -> Option<Finding<'a>> {
    let met: Vec<&Meeting> = met.iter().filter(|meeting| meeting.overlaps).collect();
    let parts: Vec<String> = met
        .iter()
        .enumerate()
        .map(|(index, meeting)| {
            let verb = if index == 0 { " overlap" } else { "" };
            let (lower, upper) = (meeting.lower.in_sentence(), meeting.upper.in_sentence());
            format!("{lower} and {upper}{verb} {}", meeting.between)
        })
        .collect();
    if parts.is_empty() {
        return None;
    }
    // A comma before "and", since each part has an "and" of its own.
    let text = format!("In {} {}.", country.in_sentence, parts.join(", and "));
    Some(of_meetings(FindingKind::Overlap, country, &met, text))
}

fn gap<'a>(country: &'a Country, met: &[Meeting<'a>]) -> Option<Finding<'a>> {
    let met: Vec<&Meeting> = met.iter().filter(|meeting| !meeting.overlaps).collect();
    let parts: Vec<String> = met
        .iter()
        .map(|meeting| {
            let (lower, upper) = (meeting.lower.in_sentence(), meeting.upper.in_sentence());
            format!("{}, where {lower} ends and {upper} begins", meeting.between)
        })
        .collect();
    if parts.is_empty() {
        return None;
    }
    let text = format!("In {} nothing is said {}.", country.in_sentence, parts.join(", or "));
    Some(of_meetings(FindingKind::Gap, country, &met, text))
}

fn open_tops<'a>(comparison: &Comparison<'a>, all: &[CountryBands<'_, 'a>]) -> Option<Finding<'a>> {
    let mut levels: Vec<&'a Level> = Vec::new();
    let mut countries: Vec<&'a Country> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    let mut everywhere = true;
    for level in &comparison.levels {
        let with_band = || all.iter().filter_map(|own| Some((own.country, own.of(level)?)));
        let open: Vec<&'a Country> = with_band()
            .filter(|(_, band)| band.row.original.is_open())
            .map(|(country, _)| country)
            .collect();
        if open.is_empty() {
            continue;
        }
        let in_all = open.len() == with_band().count();
        everywhere &= in_all;
        parts.push(if in_all {
            level.in_sentence()
        } else {
            format!("{} in {}", level.in_sentence(), listed_countries(&open))
        });
        levels.push(level);
        countries.extend(open);
    }
    countries.sort_by(|a, b| a.name.cmp(&b.name));
    countries.dedup_by(|a, b| a.code == b.code);
    let what = listed(parts);
    let text = match countries.as_slice() {
        [] => return None,
        [one] if everywhere => {
            format!(
                "In {} the top of {what} is open: more is paid than is stated.",
                one.in_sentence
            )
        }
        _ if everywhere => {
            format!("The top of {what} is open in every country: more is paid than is stated.")
        }
        _ => format!("The top is open at {what}: more is paid than is stated."),
    };
    Some(Finding { kind: FindingKind::OpenTop, countries, levels, text })
}

fn unlike_bases<'a>(all: &[CountryBands<'_, 'a>]) -> Option<Finding<'a>> {
    let bands: Vec<(&'a Country, OwnBand<'_, 'a>)> =
        all.iter().flat_map(|own| own.bands.iter().map(|band| (own.country, *band))).collect();
    let with = |basis: Basis| -> Vec<&(&'a Country, OwnBand<'_, 'a>)> {
        bands.iter().filter(|(_, band)| band.row.basis == basis).collect()
    };
    let (base, total) = (with(Basis::Base), with(Basis::Total));
    let stated = base.len() + total.len();
    let one_kind = base.is_empty() || total.is_empty();
    if stated == 0 || (one_kind && stated == bands.len()) {
        return None;
    }
    let names = |some: &[&(&'a Country, OwnBand<'_, 'a>)]| {
        listed(some.iter().map(|(_, band)| super::names::place(band.row)).collect())
    };
    let text = if one_kind {
        let some = if base.is_empty() { &total } else { &base };
        let (say, they) = if stated == 1 { ("says", "it counts") } else { ("say", "they count") };
        let (is, it) = if stated == 1 { ("is", "it") } else { ("are", "they") };
        let what = described(some);
        format!(
            "Only {} {say} what {they} ({what}), so {it} {is} not like for like with the rest.",
            names(some)
        )
    } else {
        let silent = if stated < bands.len() { "; the rest do not say" } else { "" };
        format!(
            "Total compensation stands beside base pay, which is not like for like: {} count{} \
             the first, {} the second{silent}.",
            names(&total),
            if total.len() == 1 { "s" } else { "" },
            names(&base),
        )
    };
    let mut countries: Vec<&'a Country> = Vec::new();
    let mut levels: Vec<&'a Level> = Vec::new();
    for (country, band) in base.iter().chain(&total) {
        if !countries.iter().any(|known| known.code == country.code) {
            countries.push(country);
        }
        if !levels.contains(&band.level) {
            levels.push(band.level);
        }
    }
    Some(Finding { kind: FindingKind::UnlikeBasis, countries, levels, text })
}

/// "total compensation, includes equity and bonuses"; the note only when it is of all.
fn described(some: &[&(&Country, OwnBand<'_, '_>)]) -> String {
    let basis = some.first().map_or(Basis::NotStated, |(_, band)| band.row.basis).text();
    match some {
        [(_, one)] => match one.row.basis_note {
            Some(note) => format!("{basis}, {note}"),
            None => basis.to_owned(),
        },
        _ => basis.to_owned(),
    }
}

fn unlike_years<'a>(all: &[CountryBands<'_, 'a>], level: &'a Level) -> Option<Finding<'a>> {
    let stated: Vec<(&'a Country, String)> = all
        .iter()
        .filter_map(|own| Some((own.country, own.of(level)?.row.years.text()?)))
        .collect();
    let first = &stated.first()?.1;
    if stated.iter().all(|(_, years)| years == first) {
        return None;
    }
    let parts = stated
        .iter()
        .map(|(country, years)| format!("{years} in {}", country.in_sentence))
        .collect();
    let countries = stated.iter().map(|(country, _)| *country).collect();
    let text = format!(
        "{} does not stand for the same experience everywhere: {}.",
        capitalised(&level.name),
        listed(parts)
    );
    Some(Finding { kind: FindingKind::UnlikeYears, countries, levels: vec![level], text })
}
