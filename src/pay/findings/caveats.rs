//! Owns the warnings that apply to just one view.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::names::{listed, listed_countries, people};
use crate::date::spell_date;
use crate::pay::comparison::{
    Adjust, Comparison, Conversion, DisplayCurrency, Missing, MissingKind, Pay, Row,
};
use crate::pay::take_home::TakeHomeRules;
use crate::pay::{Basis, Country};
use crate::text::sentence::{capitalised, list};

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Caveat {
    /// What it is about.
    pub kind: CaveatKind,
    /// One or more whole sentences.
    pub text: String,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaveatKind {
    /// Something chosen cannot be shown.
    Missing,
    /// Pay of unlike bases stands side by side.
    Basis,
    /// By which rules net figures are computed.
    TakeHome,
    /// With which rates amounts are converted.
    Rates,
    /// How rough purchasing power is.
    PurchasingPower,
    /// Rates, factors or rules are old.
    Stale,
}

/// The warnings that apply to this view; those about age only when `today` is given.
pub fn caveats(comparison: &Comparison<'_>, today: Option<Date>) -> Vec<Caveat> {
    let mut texts: Vec<(CaveatKind, String)> = Vec::new();
    let mut add = |kind, some: Vec<String>| texts.extend(some.into_iter().map(|text| (kind, text)));
    add(CaveatKind::Missing, missing(comparison));
    add(CaveatKind::Basis, basis(comparison).into_iter().collect());
    add(CaveatKind::TakeHome, take_home(comparison));
    add(CaveatKind::Rates, rates(comparison).into_iter().collect());
    add(CaveatKind::PurchasingPower, purchasing_power(comparison).into_iter().collect());
    if let Some(today) = today {
        add(CaveatKind::Stale, stale(comparison, today));
    }
    texts.into_iter().map(|(kind, text)| Caveat { kind, text }).collect()
}

/// One sentence a reason, with the countries that it is about.
fn missing(comparison: &Comparison<'_>) -> Vec<String> {
    let mut reasons: Vec<(&Missing, Vec<&Country>)> = Vec::new();
    for row in comparison.rows() {
        for missing in &row.missing {
            if matches!(missing.kind, MissingKind::Withheld | MissingKind::OpenTop) {
                continue;
            }
            // Countries without rules share one sentence; every other reason says all in its text.
            let same = |known: &Missing| match missing.kind {
                MissingKind::TakeHomeRules => known.kind == missing.kind,
                _ => known == missing,
            };
            match reasons.iter_mut().find(|(known, _)| same(known)) {
                Some((_, countries)) => {
                    if countries.iter().all(|known| known.code != row.country.code) {
                        countries.push(row.country);
                    }
                }
                None => reasons.push((missing, vec![row.country])),
            }
        }
    }
    let mut sentences: Vec<String> = reasons
        .into_iter()
        .map(|(missing, countries)| {
            if missing.kind == MissingKind::TakeHomeRules {
                return format!(
                    "There are no take-home rules for {}.",
                    listed_countries(&countries)
                );
            }
            let names = countries.iter().map(|country| country.name.clone()).collect();
            format!("{}: {}.", listed(names), missing.text)
        })
        .collect();
    let with_rows: HashSet<&str> = comparison.rows().map(|row| row.country.code.as_str()).collect();
    let without_rows: Vec<&Country> = comparison
        .countries
        .iter()
        .filter(|country| !with_rows.contains(country.code.as_str()))
        .copied()
        .collect();
    if !without_rows.is_empty() {
        let names = listed_countries(&without_rows);
        sentences.push(format!("Nothing is known of {names} for this choice."));
    }
    sentences
}

/// Base pay, total compensation and pay whose basis is not stated, when two of them are shown.
fn basis(comparison: &Comparison<'_>) -> Option<String> {
    let with = |basis: Basis| -> Vec<&Row<'_>> {
        comparison.rows().filter(|row| row.shown.is_some() && row.basis == basis).collect()
    };
    let (base, total, unstated) = (with(Basis::Base), with(Basis::Total), with(Basis::NotStated));
    let kinds = [&base, &total, &unstated].iter().filter(|rows| !rows.is_empty()).count();
    if kinds < 2 {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for (rows, basis) in [(&total, Basis::Total), (&base, Basis::Base)] {
        if !rows.is_empty() {
            let mut names: Vec<String> = rows.iter().map(|row| named(row)).collect();
            names.dedup();
            parts.push(format!("{} for {}", basis.text(), listed(names)));
        }
    }
    if !unstated.is_empty() {
        parts.push("pay whose basis is not stated".to_owned());
    }
    Some(format!("Not like for like: {} stand side by side.", list(&parts)))
}

fn named(row: &Row<'_>) -> String {
    if row.own { people(row) } else { format!("{} ({})", people(row), row.source.publisher) }
}

fn take_home(comparison: &Comparison<'_>) -> Vec<String> {
    if comparison.selection.pay != Pay::Net {
        return Vec::new();
    }
    let mut sentences: Vec<String> = comparison
        .rules
        .iter()
        .filter_map(|rules| {
            let country = comparison.data.country(rules.country.as_str())?;
            Some(rules_in_words(rules, country))
        })
        .collect();
    let net = || comparison.rows().filter(|row| row.rules.is_some());
    if net().any(|row| row.original.is_open()) {
        sentences.push(
            "An open top has no net: the net of what is stated is shown, and the top stays open."
                .to_owned(),
        );
    }
    if net().any(|row| row.basis == Basis::Total) {
        sentences.push(
            "Of total compensation the net is computed as if all of it were salary, which stock \
             and bonuses may not be."
                .to_owned(),
        );
    }
    sentences
}

/// "Take-home pay in the United States: tax year 2026, before state tax, for a single employee,
/// without pension contributions."
fn rules_in_words(rules: &TakeHomeRules, country: &Country) -> String {
    let mut parts = vec![format!("tax year {}", rules.tax_year)];
    parts.extend(rules.caption.clone());
    if !rules.applies_to.is_empty() {
        parts.push(format!("for {}", rules.applies_to));
    }
    let omits = if rules.omits.is_empty() {
        String::new()
    } else {
        format!("; left out: {}", list(&rules.omits))
    };
    format!("Take-home pay in {}: {}{omits}.", country.in_sentence, parts.join(", "))
}

fn rates(comparison: &Comparison<'_>) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut date = None;
    let of_offer = comparison.offer.iter().flat_map(|offer| &offer.by_country);
    let conversions =
        comparison.rows().map(|row| row.conversion).chain(of_offer.map(|place| place.conversion));
    for conversion in conversions.flatten() {
        if let Conversion::Exchange { rate, as_of } = conversion {
            let line = format!("1 {} = {} {}", rate.from, rate.value, rate.to);
            if !lines.contains(&line) {
                lines.push(line);
            }
            date = Some(as_of);
        }
    }
    let source = comparison
        .data
        .rates
        .as_ref()
        .and_then(|rates| comparison.data.source(rates.source.as_str()))
        .map(|source| format!(", {}", source.publisher))
        .unwrap_or_default();
    let note = comparison.data.rates.as_ref().and_then(|rates| rates.note.as_deref());
    let note = note.map(|note| format!(" {}", sentence(note))).unwrap_or_default();
    Some(format!("Converted at {} ({}{source}).{note}", listed(lines), date?))
}

fn purchasing_power(comparison: &Comparison<'_>) -> Option<String> {
    if comparison.selection.adjust != Adjust::PurchasingPower {
        return None;
    }
    let power = comparison.data.purchasing_power.as_ref()?;
    let mut factors: Vec<String> = Vec::new();
    for row in comparison.rows() {
        if let Some(Conversion::PurchasingPower { factor, .. }) = row.conversion {
            let line = format!("{factor} for {}", row.currency.plural);
            if !factors.contains(&line) {
                factors.push(line);
            }
        }
    }
    let factors =
        if factors.is_empty() { String::new() } else { format!(" ({})", listed(factors)) };
    let no_currency = match comparison.selection.currency {
        DisplayCurrency::Local => "",
        DisplayCurrency::Of(_) => ", so the display currency does not apply",
    };
    Some(format!(
        "By purchasing power: amounts are divided by their {} factor{factors} and shown as {}\
         {no_currency}. {}",
        power.year,
        power.unit_name,
        sentence(&power.note),
    ))
}

fn stale(comparison: &Comparison<'_>, today: Date) -> Vec<String> {
    let mut sentences = Vec::new();
    let converted = |wanted: fn(&Conversion<'_>) -> bool| {
        comparison.rows().any(|row| row.conversion.as_ref().is_some_and(wanted))
    };
    if let Some(rates) = comparison.data.rates.as_ref().filter(|rates| rates.is_stale(today))
        && converted(|conversion| matches!(conversion, Conversion::Exchange { .. }))
    {
        sentences.push(format!(
            "The exchange rates are old: those of {} were to hold until {}.",
            rates.as_of,
            spell_date(rates.holds_until)
        ));
    }
    let power = comparison.data.purchasing_power.as_ref();
    if let Some(power) = power.filter(|power| power.is_stale(today))
        && converted(|conversion| matches!(conversion, Conversion::PurchasingPower { .. }))
    {
        sentences.push(format!(
            "The purchasing-power factors are old: those of {} were to hold until {}.",
            power.year,
            spell_date(power.holds_until)
        ));
    }
    for rules in comparison.rules.iter().filter(|rules| rules.is_stale(today)) {
        if let Some(country) = comparison.data.country(rules.country.as_str()) {
            sentences.push(format!(
                "The take-home rules of {} for {} are old: they held until {}.",
                country.in_sentence,
                rules.tax_year,
                spell_date(rules.holds_until)
            ));
        }
    }
    sentences
}

/// A note of the content as a sentence of its own.
fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{stop}", capitalised(text))
}
