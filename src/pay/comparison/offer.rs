//! Owns the reader's own figure: its take-home pay, and where it falls in the guide's bands.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::convert::{ConversionPlan, conversion_between, convert_for_period};
use super::{
    Group, Offer, OfferInCountry, OfferNet, OfferPosition, Pay, Position, Row, RowScope, Selection,
};
use crate::pay::money::Currency;
use crate::pay::{Figures, Level, SalaryData};
use crate::text::sentence::{capitalised, list};

/// Marks the figure on every row of the guide's own bands, and sums up each country.
pub(super) fn locate<'a>(
    data: &'a SalaryData,
    selection: &Selection,
    plans: &[ConversionPlan<'a>],
    groups: &mut [Group<'a>],
) -> Option<Offer<'a>> {
    let gross = selection.offer?;
    let currency = data.currency(selection.offer_currency.as_ref()?.as_str())?;
    let mut offer = Offer { gross, currency, net: None, problem: None, by_country: Vec::new() };
    let amount = match selection.pay {
        Pay::Gross => gross,
        Pay::Net => match net_of_offer(gross, currency, plans) {
            Ok(net) => offer.net.insert(net).take_home.net,
            Err(problem) => {
                offer.problem = Some(problem);
                return Some(offer);
            }
        },
    };
    let mut bands: HashMap<&str, Vec<&mut Row<'a>>> = HashMap::new();
    for row in groups.iter_mut().flat_map(|group| &mut group.rows).filter(|row| row.own) {
        bands.entry(row.country.code.as_str()).or_default().push(row);
    }
    for plan in plans {
        // A view without factors at all shows no figures either.
        if plan.conversion.is_err() {
            continue;
        }
        let conversion = conversion_between(data, currency, plan.denomination);
        let in_view = conversion.and_then(|conversion| {
            let with = conversion.as_ref();
            let amount = convert_for_period(amount, with, plan.denomination, plan.period)?;
            Ok((amount, conversion))
        });
        match in_view {
            Ok((amount, conversion)) => {
                let bands = bands.get_mut(plan.country.code.as_str());
                let text = bands.map(|bands| mark_bands(amount, bands)).unwrap_or_default();
                if !text.is_empty() {
                    let (country, denomination) = (plan.country, plan.denomination);
                    offer.by_country.push(OfferInCountry {
                        country,
                        amount,
                        denomination,
                        approximate: conversion.is_some(),
                        conversion,
                        text,
                    });
                }
            }
            Err(missing) => offer.problem = offer.problem.or(Some(sentence(&missing.text))),
        }
    }
    Some(offer)
}

/// By the rules of the one chosen country whose currency it is.
fn net_of_offer<'a>(
    gross: Decimal,
    currency: &Currency,
    plans: &[ConversionPlan<'a>],
) -> Result<OfferNet<'a>, String> {
    let paying: Vec<&ConversionPlan<'a>> =
        plans.iter().filter(|plan| plan.currency.code == currency.code).collect();
    let plan = match paying.as_slice() {
        [] => {
            return Err(format!(
                "None of the chosen countries pays in {}, so the take-home pay of your figure is \
                 not computed.",
                currency.plural
            ));
        }
        [one] => *one,
        several => {
            let names: Vec<String> =
                several.iter().map(|plan| plan.country.in_sentence.clone()).collect();
            return Err(format!(
                "{} pay in {}: choose one of them to see the take-home pay of your figure.",
                capitalised(&list(&names)),
                currency.plural
            ));
        }
    };
    let rules = match &plan.net {
        Some(Ok(rules)) => *rules,
        Some(Err(missing)) => return Err(sentence(&missing.text)),
        None => return Err("Take-home pay is not chosen.".to_owned()),
    };
    let take_home = rules
        .net_to(gross, currency.decimals)
        .map_err(|error| format!("The take-home pay of your figure is not computed: {error}."))?;
    Ok(OfferNet { country: plan.country, rules, take_home })
}

fn sentence(text: &str) -> String {
    format!("{}.", capitalised(text))
}

/// Marks the bands of one country, and says in words where the amount falls among them.
fn mark_bands<'a>(amount: Decimal, bands: &mut [&mut Row<'a>]) -> String {
    let mut found: Vec<(Position, &'a Level, bool)> = Vec::new();
    for row in bands {
        if let Some((level, position, at_low)) = position_in_band(amount, row) {
            let text = position_words(position, level, at_low, false);
            row.offer = Some(OfferPosition { amount, position, text });
            found.push((position, level, at_low));
        }
    }
    // Of the bands wholly below or above the amount only the nearest are named.
    let last_above = found.iter().rposition(|(position, ..)| *position == Position::Above);
    let first_below = found.iter().position(|(position, ..)| *position == Position::Below);
    let mut inside = false;
    let mut parts: Vec<String> = Vec::new();
    for (index, &(position, level, at_low)) in found.iter().enumerate() {
        let is_named = match position {
            Position::Above => last_above == Some(index),
            Position::Below => first_below == Some(index),
            Position::Within | Position::AboveLow | Position::AboveStated => true,
        };
        if is_named {
            parts.push(position_words(position, level, at_low, inside));
        }
        inside |= position == Position::Within;
    }
    parts.join(", ")
}

/// The level of the band, where in it the amount falls, and whether that is exactly its low end.
fn position_in_band<'a>(amount: Decimal, row: &Row<'a>) -> Option<(&'a Level, Position, bool)> {
    let RowScope::Level(level) = row.scope else { return None };
    let Figures::Range(range) = row.shown.as_ref()?.figures else { return None };
    let position = match range.high {
        _ if amount < range.low => Position::Below,
        None => Position::AboveLow,
        Some(high) if amount <= high => Position::Within,
        Some(_) if range.open => Position::AboveStated,
        Some(_) => Position::Above,
    };
    Some((level, position, amount == range.low))
}

/// Inside a second band the amount is described by that band's low end, which the reader has just
/// passed, because "within" has been said of the first.
fn position_words(position: Position, level: &Level, at_low: bool, inside_already: bool) -> String {
    let level = level.in_sentence();
    match position {
        Position::Below => format!("below {level}"),
        Position::Within | Position::AboveLow if at_low => format!("at {level}'s low end"),
        Position::Within if !inside_already => format!("within {level}"),
        Position::Within | Position::AboveLow => format!("above {level}'s low end"),
        Position::AboveStated => format!("above {level}'s stated top"),
        Position::Above => format!("above {level}"),
    }
}
