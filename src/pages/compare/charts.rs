//! Owns the charts of the comparison page, one a group, under their headings.

use crate::address;
use crate::draw::chart::{self, Chart, Layout};
use crate::pages::Shared;
use crate::pages::pay::bars::{self, Context};
use crate::pages::pay::group_units;
use crate::pay::comparison::{Comparison, Heading};

/// A chart under its heading.
#[derive(Debug)]
pub(super) struct ChartBlock {
    pub(super) heading: String,
    /// "rupees a year, take-home", where all amounts are in the same.
    pub(super) units: String,
    /// The page of a country.
    pub(super) href: Option<String>,
    /// SVG; none where nothing is known.
    pub(super) svg: Option<String>,
}

impl ChartBlock {
    /// The charts of a comparison, in the order of its groups.
    pub(super) fn of(shared: &Shared<'_>, comparison: &Comparison<'_>) -> Vec<Self> {
        let bars = bars::of_groups(comparison, Context::Comparison);
        let groups = comparison.groups.iter().zip(bars).enumerate();
        groups
            .map(|(index, (group, bars))| {
                let heading = group.heading.text();
                let svg = bars.map(|bars| {
                    let chart = Chart {
                        id: format!("_c{index}"),
                        title: format!("Pay, {heading}"),
                        summary: bars::in_words(group, "; "),
                        rows: bars.rows,
                        axis: bars.axis,
                    };
                    chart::draw(&chart, Layout::PAGE).svg
                });
                let href = match group.heading {
                    Heading::Country(country) => {
                        Some(shared.urls.path(&address::country(&country.code)))
                    }
                    _ => None,
                };
                let units = group_units(group).unwrap_or_default();
                Self { heading: heading.to_owned(), units, href, svg }
            })
            .collect()
    }
}
