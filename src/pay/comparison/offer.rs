//! Owns the reader's own figure: its take-home pay, and where it falls in the guide's bands.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::lens::{Lens, conversion, converted};
use super::{
    Group, Offer, OfferNet, OfferPlace, OfferSummary, Pay, Place, Row, RowScope, Selection,
};
use crate::pay::money::Currency;
use crate::pay::words::list;
use crate::pay::{Figures, Level, SalaryData};

/// Marks the figure on every row of the guide's own bands, and sums up each country.
pub(super) fn place<'a>(
    data: &'a SalaryData,
    selection: &Selection,
    lenses: &[Lens<'a>],
    groups: &mut [Group<'a>],
) -> Option<Offer<'a>> {
    let gross = selection.offer?;
    let currency = data.currency(selection.offer_currency.as_ref()?.as_str())?;
    let mut offer = Offer { gross, currency, net: None, problem: None, places: Vec::new() };
    let amount = match selection.pay {
        Pay::Gross => gross,
        Pay::Net => match net(gross, currency, lenses) {
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
    for lens in lenses {
        // A view without factors at all shows no figures either.
        if lens.conversion.is_err() {
            continue;
        }
        let step = conversion(data, currency, lens.denomination);
        let in_view = step.and_then(|step| {
            let amount = converted(amount, step.as_ref(), lens.denomination, lens.period)?;
            Ok((amount, step))
        });
        match in_view {
            Ok((amount, conversion)) => {
                let bands = bands.get_mut(lens.country.code.as_str());
                let text = bands.map(|bands| mark(amount, bands)).unwrap_or_default();
                if !text.is_empty() {
                    let (country, denomination) = (lens.country, lens.denomination);
                    offer.places.push(OfferSummary {
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
fn net<'a>(
    gross: Decimal,
    currency: &Currency,
    lenses: &[Lens<'a>],
) -> Result<OfferNet<'a>, String> {
    let payers: Vec<&Lens<'a>> =
        lenses.iter().filter(|lens| lens.currency.code == currency.code).collect();
    let lens = match payers.as_slice() {
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
                several.iter().map(|lens| lens.country.in_sentence.clone()).collect();
            return Err(format!(
                "{} pay in {}: choose one of them to see the take-home pay of your figure.",
                crate::pay::words::capitalised(&list(&names)),
                currency.plural
            ));
        }
    };
    let rules = match &lens.net {
        Some(Ok(rules)) => *rules,
        Some(Err(missing)) => return Err(sentence(&missing.text)),
        None => return Err("Take-home pay is not chosen.".to_owned()),
    };
    let take_home = rules
        .net_to(gross, currency.decimals)
        .map_err(|error| format!("The take-home pay of your figure is not computed: {error}."))?;
    Ok(OfferNet { country: lens.country, rules, take_home })
}

fn sentence(text: &str) -> String {
    format!("{}.", crate::pay::words::capitalised(text))
}

/// Marks the bands of one country, and says in words where the amount falls among them.
fn mark<'a>(amount: Decimal, bands: &mut [&mut Row<'a>]) -> String {
    let mut found: Vec<(Place, &'a Level, bool)> = Vec::new();
    for row in bands {
        if let Some((level, place, at_low)) = find(amount, row) {
            row.offer =
                Some(OfferPlace { amount, place, text: words(place, level, at_low, false) });
            found.push((place, level, at_low));
        }
    }
    // Of the bands that it is clear of, only the nearest tell anything.
    let last_above = found.iter().rposition(|(place, ..)| *place == Place::Above);
    let first_below = found.iter().position(|(place, ..)| *place == Place::Below);
    let mut inside = false;
    let mut parts: Vec<String> = Vec::new();
    for (index, &(place, level, at_low)) in found.iter().enumerate() {
        let told = match place {
            Place::Above => last_above == Some(index),
            Place::Below => first_below == Some(index),
            Place::Within | Place::AboveLow | Place::AboveStated => true,
        };
        if told {
            parts.push(words(place, level, at_low, inside));
        }
        inside |= place == Place::Within;
    }
    parts.join(", ")
}

fn find<'a>(amount: Decimal, row: &Row<'a>) -> Option<(&'a Level, Place, bool)> {
    let RowScope::Level(level) = row.scope else { return None };
    let Figures::Range(range) = row.shown.as_ref()?.figures else { return None };
    let place = match range.high {
        _ if amount < range.low => Place::Below,
        None => Place::AboveLow,
        Some(high) if amount <= high => Place::Within,
        Some(_) if range.open => Place::AboveStated,
        Some(_) => Place::Above,
    };
    Some((level, place, amount == range.low))
}

/// Once inside one band, the next band that also holds the amount is told by its low end, which
/// is what the reader has just passed.
fn words(place: Place, level: &Level, at_low: bool, inside_already: bool) -> String {
    let level = level.in_sentence();
    match place {
        Place::Below => format!("below {level}"),
        Place::Within | Place::AboveLow if at_low => format!("at {level}'s low end"),
        Place::Within if !inside_already => format!("within {level}"),
        Place::Within | Place::AboveLow => format!("above {level}'s low end"),
        Place::AboveStated => format!("above {level}'s stated top"),
        Place::Above => format!("above {level}"),
    }
}
