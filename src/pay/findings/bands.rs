//! Owns what is found in the guide's own bands alone: overlaps, gaps, open tops, unlike bases and
//! unlike years.

use super::names::{listed, listed_countries, people};
use super::own_bands::{CountryBands, OwnBand};
use super::{Finding, FindingKind};
use crate::pay::comparison::{Comparison, Row};
use crate::pay::{Basis, Country, Level};
use crate::text::sentence::capitalised;

/// All that is found in the bands of the chosen countries.
pub(super) fn findings<'a>(
    comparison: &Comparison<'a>,
    all: &[CountryBands<'_, 'a>],
) -> Vec<Finding<'a>> {
    let mut found: Vec<Finding<'a>> = Vec::new();
    found.extend(all.iter().filter_map(|own| overlaps_or_gaps(own, true)));
    found.extend(all.iter().filter_map(|own| overlaps_or_gaps(own, false)));
    found.extend(open_tops(comparison, all));
    found.extend(unlike_bases(all));
    found.extend(comparison.levels.iter().filter_map(|level| unlike_years(all, level)));
    found
}

/// Where bands of neighbouring levels overlap, or where they leave gaps, in one sentence.
fn overlaps_or_gaps<'a>(own: &CountryBands<'_, 'a>, overlaps: bool) -> Option<Finding<'a>> {
    let found: Vec<_> =
        own.boundaries.iter().filter(|boundary| boundary.overlaps == overlaps).collect();
    if found.is_empty() {
        return None;
    }
    let parts = found.iter().enumerate().map(|(index, boundary)| {
        let [lower, upper] = boundary.levels().map(Level::in_sentence);
        let between = boundary.between();
        match (overlaps, index) {
            (true, 0) => format!("{lower} and {upper} overlap {between}"),
            (true, _) => format!("{lower} and {upper} {between}"),
            (false, _) => format!("{between}, where {lower} ends and {upper} begins"),
        }
    });
    let parts: Vec<String> = parts.collect();
    let country = &own.country.in_sentence;
    // A comma before "and" and "or", since each part has an "and" of its own.
    let (kind, text) = if overlaps {
        (FindingKind::Overlap, format!("In {country} {}.", parts.join(", and ")))
    } else {
        (FindingKind::Gap, format!("In {country} nothing is said {}.", parts.join(", or ")))
    };
    let levels = found.iter().flat_map(|boundary| boundary.levels());
    Some(Finding::new(kind, [own.country], levels, text))
}

fn open_tops<'a>(comparison: &Comparison<'a>, all: &[CountryBands<'_, 'a>]) -> Option<Finding<'a>> {
    let mut levels: Vec<&'a Level> = Vec::new();
    let mut countries: Vec<&'a Country> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    let mut everywhere = true;
    for level in &comparison.levels {
        let bands = || all.iter().filter_map(|own| own.of_level(level));
        let open = bands().filter(|band| band.row.original.is_open());
        let open: Vec<&'a Country> = open.map(|band| band.row.country).collect();
        if open.is_empty() {
            continue;
        }
        let in_all = open.len() == bands().count();
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
    let bands: Vec<&OwnBand<'_, 'a>> = all.iter().flat_map(|own| &own.bands).collect();
    let with = |basis: Basis| -> Vec<&OwnBand<'_, 'a>> {
        bands.iter().copied().filter(|band| band.row.basis == basis).collect()
    };
    let (base, total) = (with(Basis::Base), with(Basis::Total));
    let stated = base.len() + total.len();
    let one_kind = base.is_empty() || total.is_empty();
    if stated == 0 || (one_kind && stated == bands.len()) {
        return None;
    }
    let names =
        |some: &[&OwnBand<'_, 'a>]| listed(some.iter().map(|band| people(band.row)).collect());
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
        let unstated = if stated < bands.len() { "; the rest do not say" } else { "" };
        format!(
            "Total compensation stands beside base pay, which is not like for like: {} count{} \
             the first, {} the second{unstated}.",
            names(&total),
            if total.len() == 1 { "s" } else { "" },
            names(&base),
        )
    };
    let countries = base.iter().chain(&total).map(|band| band.row.country);
    let levels = base.iter().chain(&total).map(|band| band.level);
    Some(Finding::new(FindingKind::UnlikeBasis, countries, levels, text))
}

/// "total compensation, includes equity and bonuses"; the note only when it is of all.
fn described(some: &[&OwnBand<'_, '_>]) -> String {
    let basis = some.first().map_or(Basis::NotStated, |band| band.row.basis).text();
    match some {
        [OwnBand { row: Row { basis_note: Some(note), .. }, .. }] => format!("{basis}, {note}"),
        _ => basis.to_owned(),
    }
}

fn unlike_years<'a>(all: &[CountryBands<'_, 'a>], level: &'a Level) -> Option<Finding<'a>> {
    let stated: Vec<(&'a Country, String)> = all
        .iter()
        .filter_map(|own| Some((own.country, own.of_level(level)?.row.years.text()?)))
        .collect();
    let first = &stated.first()?.1;
    if stated.iter().all(|(_, years)| years == first) {
        return None;
    }
    let parts = stated
        .iter()
        .map(|(country, years)| format!("{years} in {}", country.in_sentence))
        .collect();
    let countries = stated.iter().map(|(country, _)| *country);
    let text = format!(
        "{} does not stand for the same experience everywhere: {}.",
        capitalised(&level.name),
        listed(parts)
    );
    Some(Finding::new(FindingKind::UnlikeYears, countries, [level], text))
}
