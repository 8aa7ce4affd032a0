//! Owns the summary of pay on the home page: a line a country, with its bars on a scale of its own.

use askama::Template as _;
use rust_decimal::prelude::ToPrimitive as _;

use super::amount::Amount;
use super::bars::{self, Context};
use super::own_bands;
use crate::address;
use crate::draw::chart::overview;
use crate::pages::Shared;
use crate::pay::comparison::{Comparison, Heading};
use crate::pay::{Country, Range};

/// One country in a line: from the foot of its lowest band to the top of its highest.
pub(in crate::pages) struct CountrySummary<'a> {
    pub(in crate::pages) country: &'a Country,
    pub(in crate::pages) href: String,
    amount: Amount,
    /// The bands as SVG.
    pub(in crate::pages) bars: String,
}

impl CountrySummary<'_> {
    pub(in crate::pages) fn amount(&self) -> askama::Result<String> {
        self.amount.render()
    }
}

/// The scale goes on by this share beyond an open top, so that it is seen to be open.
const BEYOND_OPEN_TOP: f64 = 0.12;

/// The countries that have bands, `most` of them.
pub(in crate::pages) fn summaries(shared: Shared<'_>, most: usize) -> Vec<CountrySummary<'_>> {
    let data = &shared.content.salaries;
    let selection = own_bands(data, &[]);
    let comparison = Comparison::new(data, &selection);
    let groups = comparison.groups.iter().zip(bars::of_groups(&comparison, Context::OwnBands));
    let lines = groups.filter_map(|(group, bars)| {
        let rows = bars?.rows;
        let Heading::Country(country) = group.heading else { return None };
        // The same country, which outlives the comparison.
        let country = data.country(country.code.as_str())?;
        let ranges = country.bands.iter().map(|band| &band.range);
        let top = ranges.clone().map(|range| range.high.unwrap_or(range.low)).max()?;
        let whole = Range {
            low: ranges.clone().map(|range| range.low).min()?,
            high: Some(top),
            open: ranges.clone().any(Range::is_open),
        };
        let max = top.to_f64()? * if whole.open { 1.0 + BEYOND_OPEN_TOP } else { 1.0 };
        Some(CountrySummary {
            country,
            href: shared.urls.path(&address::country(&country.code)),
            amount: Amount::new(data.currency(country.currency.as_str())?, &whole),
            bars: overview(&rows, max),
        })
    });
    lines.take(most).collect()
}
