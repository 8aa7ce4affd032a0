//! Owns the summary of a view, in two or three sentences.

use rust_decimal::Decimal;

use super::names::{listed, listed_countries};
use super::own_bands::{CountryBands, OwnBand};
use crate::pay::comparison::{Adjust, Comparison, DisplayCurrency, DisplayFigures, Pay};
use crate::text::sentence::capitalised;

pub(super) fn summary(
    comparison: &Comparison<'_>,
    own_bands: &[CountryBands<'_, '_>],
) -> Vec<String> {
    let mut sentences = vec![what_is_shown(comparison)];
    let runs: Vec<String> = own_bands.iter().filter_map(from_and_to).collect();
    if !runs.is_empty() {
        sentences.push(format!("The guide’s own bands run {}.", listed(runs)));
    }
    let mut others: Vec<&str> = comparison
        .rows()
        .filter(|row| !row.own && row.shown.is_some())
        .map(|row| row.source.id.as_str())
        .collect();
    others.sort_unstable();
    others.dedup();
    match others.len() {
        0 => {}
        1 => sentences.push(
            "Figures of one other source stand beside the guide’s own bands; nothing is averaged."
                .to_owned(),
        ),
        several => sentences.push(format!(
            "Figures of {several} other sources stand beside the guide’s own bands; nothing is \
             averaged."
        )),
    }
    sentences
}

fn what_is_shown(comparison: &Comparison<'_>) -> String {
    let selection = comparison.selection;
    let tax = match selection.pay {
        Pay::Gross => "before tax",
        Pay::Net => "after tax",
    };
    let unit = match (selection.adjust, &selection.currency) {
        (Adjust::PurchasingPower, _) => {
            let power = comparison.data.purchasing_power.as_ref();
            let unit = power.map_or("purchasing power", |power| &power.unit_name);
            format!("in {unit}")
        }
        (Adjust::Market, DisplayCurrency::Local) if comparison.countries.len() > 1 => {
            "each country in its own currency".to_owned()
        }
        (Adjust::Market, DisplayCurrency::Local) => "in local currency".to_owned(),
        (Adjust::Market, DisplayCurrency::Of(code)) => {
            let currency = comparison.data.currency(code.as_str());
            format!("in {}", currency.map_or(code.as_str(), |currency| &currency.plural))
        }
    };
    format!(
        "{} pay in {}, {tax}, {}, {unit}.",
        capitalised(&comparison.data.career),
        listed_countries(&comparison.countries),
        selection.period.spoken(),
    )
}

/// "from 45 thousand pounds (entry) to 130 thousand pounds or more (senior) in the United Kingdom";
/// none when the view shows no band of the country.
fn from_and_to(own: &CountryBands<'_, '_>) -> Option<String> {
    let shown: Vec<&OwnBand<'_, '_>> = own.shown().collect();
    let run = match shown.as_slice() {
        [first, .., last] => {
            format!("from {} to {}", spoken(first, first.range.low, false), spoken_top(last))
        }
        [one] => one.row.shown.as_ref().map(DisplayFigures::spoken).unwrap_or_default(),
        [] => return None,
    };
    Some(format!("{run} in {}", own.country.in_sentence))
}

fn spoken_top(band: &OwnBand<'_, '_>) -> String {
    let end = band.range.max();
    spoken(band, end, band.range.is_open())
}

fn spoken(band: &OwnBand<'_, '_>, amount: Decimal, open: bool) -> String {
    let more = if open { " or more" } else { "" };
    match &band.row.shown {
        Some(shown) => {
            let text = shown.spoken_amount(amount);
            format!("{text}{more} ({})", band.level.in_sentence())
        }
        None => String::new(),
    }
}
