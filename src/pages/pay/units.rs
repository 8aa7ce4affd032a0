//! Owns the units of amounts in words: what a group of rows is in, and what letters such as L mean.

use rust_decimal::Decimal;

use crate::pages::amounts::number;
use crate::pay::comparison::Group;
use crate::pay::{Country, SalaryData};

/// What the amounts of a group are in: "rupees a year, take-home"; none when they are in several
/// currencies.
pub(in crate::pages) fn group_units(group: &Group<'_>) -> Option<String> {
    let mut shown = group.rows.iter().filter_map(|row| row.shown.as_ref());
    let first = shown.next()?;
    if shown.any(|other| other.denomination != first.denomination) {
        return None;
    }
    let net = if first.net { ", take-home" } else { "" };
    Some(format!("{} {}{net}", first.denomination.plural(), first.period.spoken()))
}

/// "L = lakh = 100,000": of the units in which bands of these countries are written, those that
/// readers elsewhere may not know.
pub(in crate::pages) fn unit_explanations(
    data: &SalaryData,
    countries: &[&Country],
) -> Vec<String> {
    let mut explanations = Vec::new();
    for currency in &data.currencies {
        let shown = countries.iter().filter(|country| country.currency == currency.code);
        let largest = shown
            .flat_map(|country| &country.bands)
            .map(|band| band.range.high.unwrap_or(band.range.low))
            .max();
        for unit in &currency.units {
            if largest < Some(unit.value) || is_power_of_thousand(unit.value) {
                continue;
            }
            explanations.push(format!("{} = {} = {}", unit.suffix, unit.word, number(unit.value)));
        }
    }
    explanations
}

/// Thousands and millions are known to every reader.
fn is_power_of_thousand(value: Decimal) -> bool {
    let thousand = Decimal::ONE_THOUSAND;
    let mut power = thousand;
    while power < value {
        let Some(next) = power.checked_mul(thousand) else { return false };
        power = next;
    }
    power == value
}
