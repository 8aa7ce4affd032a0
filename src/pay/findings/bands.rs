//! Owns what is found in the guide's own bands alone: overlaps, gaps, open tops, unlike bases and
//! unlike years.

use super::names::{listed, listed_countries, people};
use super::own_bands::{Boundary, CountryBands, OwnBand};
use super::{Finding, FindingKind};
use crate::pay::comparison::Comparison;
use crate::pay::{Basis, Country, Level};
use crate::text::sentence::capitalised;

/// All that is found in the bands of the chosen countries.
pub(super) fn findings<'a>(
    comparison: &Comparison<'a>,
    all: &[CountryBands<'_, 'a>],
) -> Vec<Finding<'a>> {
    let mut found: Vec<Finding<'a>> = Vec::new();
    found.extend(all.iter().filter_map(overlap));
    found.extend(all.iter().filter_map(gap));
    found.extend(open_tops(comparison, all));
    found.extend(unlike_bases(all));
    found.extend(comparison.levels.iter().filter_map(|level| unlike_years(all, level)));
    found
}

fn of_boundaries<'a>(
    kind: FindingKind,
    country: &'a Country,
    boundaries: &[&Boundary<'_, 'a>],
    text: String,
) -> Finding<'a> {
    let mut levels: Vec<&'a Level> = Vec::new();
    for level in boundaries.iter().flat_map(|boundary| boundary.levels()) {
        if !levels.contains(&level) {
            levels.push(level);
        }
    }
    Finding { kind, countries: vec![country], levels, text }
}

fn overlap<'a>(own: &CountryBands<'_, 'a>) -> Option<Finding<'a>> {
    let overlaps: Vec<_> = own.boundaries.iter().filter(|boundary| boundary.overlaps).collect();
    let parts: Vec<String> = overlaps
        .iter()
        .enumerate()
        .map(|(index, boundary)| {
            let verb = if index == 0 { " overlap" } else { "" };
            let [lower, upper] = boundary.levels().map(Level::in_sentence);
            format!("{lower} and {upper}{verb} {}", boundary.between())
        })
        .collect();
    if parts.is_empty() {
        return None;
    }
    // A comma before "and", since each part has an "and" of its own.
    let text = format!("In {} {}.", own.country.in_sentence, parts.join(", and "));
    Some(of_boundaries(FindingKind::Overlap, own.country, &overlaps, text))
}

fn gap<'a>(own: &CountryBands<'_, 'a>) -> Option<Finding<'a>> {
    let gaps: Vec<_> = own.boundaries.iter().filter(|boundary| !boundary.overlaps).collect();
    let parts: Vec<String> = gaps
        .iter()
        .map(|boundary| {
            let [lower, upper] = boundary.levels().map(Level::in_sentence);
            format!("{}, where {lower} ends and {upper} begins", boundary.between())
        })
        .collect();
    if parts.is_empty() {
        return None;
    }
    let text = format!("In {} nothing is said {}.", own.country.in_sentence, parts.join(", or "));
    Some(of_boundaries(FindingKind::Gap, own.country, &gaps, text))
}

fn open_tops<'a>(comparison: &Comparison<'a>, all: &[CountryBands<'_, 'a>]) -> Option<Finding<'a>> {
    let mut levels: Vec<&'a Level> = Vec::new();
    let mut countries: Vec<&'a Country> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    let mut everywhere = true;
    for level in &comparison.levels {
        let with_band = || all.iter().filter_map(|own| Some((own.country, own.of_level(level)?)));
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
        listed(some.iter().map(|(_, band)| people(band.row)).collect())
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
    let countries = stated.iter().map(|(country, _)| *country).collect();
    let text = format!(
        "{} does not stand for the same experience everywhere: {}.",
        capitalised(&level.name),
        listed(parts)
    );
    Some(Finding { kind: FindingKind::UnlikeYears, countries, levels: vec![level], text })
}
