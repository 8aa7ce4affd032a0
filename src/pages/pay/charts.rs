//! Owns the charts of the guide's own bands: one a country, in a page or in a file of its own.

use askama::Template;

use super::bars::{self, Context};
use super::{own_bands, unit_explanations};
use crate::address;
use crate::draw::chart::{self, Chart, Layout};
use crate::draw::diagram::TitledChart;
use crate::id::CountryCode;
use crate::pages::renderer::Renderer;
use crate::pages::{Shared, pictures};
use crate::pay::comparison::{Comparison, Heading};
use crate::pay::money::Currency;
use crate::pay::{Country, findings};

#[derive(Template)]
#[template(path = "_partials/pay_chart.html")]
struct Charts<'a> {
    headline: String,
    panels: Vec<Panel<'a>>,
    units: Vec<String>,
    /// Where the charts of all countries are as files.
    links: Option<pictures::Links>,
}

/// The chart of one country.
struct Panel<'a> {
    country: &'a Country,
    plural: &'a str,
    /// None on the page of that very country.
    href: Option<String>,
    svg: String,
}

/// The guide's own bands of the countries, or of all where none is named, as bars: an axis a
/// country, because amounts in different currencies do not share one.
pub(in crate::pages) fn charts_in_page(
    page: &mut Renderer<'_>,
    countries: &[CountryCode],
    linked: bool,
) -> askama::Result<String> {
    let data = &page.shared.content.salaries;
    let selection = own_bands(data, countries);
    let comparison = Comparison::new(data, &selection);
    let mut panels = Vec::new();
    for (country, currency, mut chart) in charts(&comparison) {
        chart.id = page.generate_id(&format!("pay-{}", country.code));
        panels.push(Panel {
            country,
            plural: &currency.plural,
            href: linked.then(|| page.shared.urls.path(&address::country(&country.code))),
            svg: chart::draw(&chart, Layout::PAGE).svg,
        });
    }
    if panels.is_empty() {
        return Ok(String::new());
    }
    let shown: Vec<&Country> = panels.iter().map(|panel| panel.country).collect();
    let units = page.new_explanations(unit_explanations(data, &shown));
    let links =
        (linked && countries.is_empty()).then(|| pictures::Links::of_pay(page.shared)).flatten();
    Charts { headline: findings::Report::new(&comparison).headline(), panels, units, links }
        .render()
}

/// The same charts of all countries for a file of its own, and all of them in words. `id` begins
/// their ids.
pub(in crate::pages) fn standalone_charts(
    shared: Shared<'_>,
    id: &str,
) -> (Vec<TitledChart>, String) {
    let data = &shared.content.salaries;
    let selection = own_bands(data, &[]);
    let comparison = Comparison::new(data, &selection);
    let mut in_words = Vec::new();
    let charts = charts(&comparison).map(|(country, currency, mut chart)| {
        chart.id = format!("{id}-{}", country.code);
        in_words.push(format!("{}. {}", chart.title, chart.summary));
        let drawing = chart::draw(&chart, Layout::PAGE);
        TitledChart {
            heading: format!("{}, {} a year", country.name, currency.plural),
            svg: drawing.svg,
            height: f64::from(drawing.height),
        }
    });
    let charts = charts.collect();
    (charts, in_words.join(" "))
}

/// The chart of each country that has bands, still without an id.
fn charts<'a>(
    comparison: &Comparison<'a>,
) -> impl Iterator<Item = (&'a Country, &'a Currency, Chart)> {
    let groups = comparison.groups.iter().zip(bars::of_groups(comparison, Context::OwnBands));
    groups.filter_map(|(group, bars)| {
        let bars = bars?;
        let Heading::Country(country) = group.heading else { return None };
        let currency = comparison.data.currency(country.currency.as_str())?;
        let chart = Chart {
            id: String::new(),
            title: format!("Pay bands in {}", country.in_sentence),
            summary: bars::in_words(group, ". "),
            rows: bars.rows,
            axis: bars.axis,
        };
        Some((country, currency, chart))
    })
}
