//! Owns the charts of the guide's own bands: one a country, on pages and apart from them.

use askama::Template;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{basis, ends_of, selection, unit_words};
use crate::address;
use crate::chart::{self, Axis, Chart, Mark, Tone};
use crate::id::CountryCode;
use crate::pages::renderer::Renderer;
use crate::pages::{Shared, pictures};
use crate::pay::comparison::{Comparison, Group, Heading, Row};
use crate::pay::findings;
use crate::pay::money::{Currency, Period};
use crate::pay::{Country, Figures, SalaryData};

#[derive(Template)]
#[template(path = "_partials/pay_chart.html")]
struct Bars<'a> {
    headline: String,
    panels: Vec<Panel<'a>>,
    units: Vec<String>,
    /// Where the chart of all countries stands by itself.
    links: Option<pictures::Links>,
}

/// One country in the chart.
struct Panel<'a> {
    country: &'a Country,
    plural: &'a str,
    /// None on the page of that very country.
    href: Option<String>,
    svg: String,
}

/// The guide's own bands of the countries, or of all, as bars: an axis a country, because amounts
/// in different currencies do not share one.
pub(in crate::pages) fn bars(
    page: &mut Renderer<'_>,
    countries: &[CountryCode],
    linked: bool,
) -> askama::Result<String> {
    let data = &page.shared.content.salaries;
    let selection = selection(data, countries);
    let comparison = Comparison::new(data, &selection);
    let mut panels = Vec::new();
    for group in &comparison.groups {
        let Heading::Country(country) = group.heading else { continue };
        let Some(currency) = data.currency(country.currency.as_str()) else { continue };
        let bands = bands(group);
        if bands.is_empty() {
            continue;
        }
        let id = page.generate_id(&format!("pay-{}", country.code));
        panels.push(Panel {
            country,
            plural: &currency.plural,
            href: linked.then(|| page.shared.urls.path(&address::country(&country.code))),
            svg: chart::render(&panel(&id, country, currency, &bands, data)),
        });
    }
    if panels.is_empty() {
        return Ok(String::new());
    }
    let shown: Vec<&Country> = panels.iter().map(|panel| panel.country).collect();
    let units = page.new_explanations(unit_words(data, &shown));
    let links =
        (linked && countries.is_empty()).then(|| pictures::Links::of_pay(page.shared)).flatten();
    Bars { headline: findings::Report::new(&comparison).headline(), panels, units, links }.render()
}

fn bands<'r, 'a>(group: &'r Group<'a>) -> Vec<&'r Row<'a>> {
    group.rows.iter().filter(|row| row.own && row.shown.is_some()).collect()
}

fn panel(
    id: &str,
    country: &Country,
    currency: &Currency,
    bands: &[&Row<'_>],
    data: &SalaryData,
) -> Chart {
    let of = u8::try_from(data.levels.len()).unwrap_or(u8::MAX);
    let mut ends: Vec<(f64, f64)> = bands.iter().filter_map(|row| ends(row)).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rows: Vec<chart::Row> = bands
        .iter()
        .filter_map(|row| {
            let Figures::Range(range) = &row.original else { return None };
            let level = data.levels.iter().position(|level| level.short == row.label());
            let details: Vec<String> = [row.years.text(), basis(row.basis, row.basis_note)]
                .into_iter()
                .flatten()
                .collect();
            let mine = ends_of(range);
            Some(chart::Row {
                caption: row.label().into_owned(),
                detail: (!details.is_empty()).then(|| details.join(", ")),
                value_label: row.original_text(),
                mark: Mark::Band {
                    low: mine.0,
                    high: range.high.and_then(|high| high.to_f64()),
                    open: range.is_open(),
                    overlaps: overlaps(mine, &ends),
                },
                tone: Tone::Step {
                    n: level.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(1),
                    of,
                },
                marker: None,
            })
        })
        .collect();
    let max = chart::reach(&rows);
    let spoken: Vec<String> = bands
        .iter()
        .filter_map(|row| match &row.original {
            Figures::Range(range) => {
                Some(format!("{}: {}", row.label(), currency.spoken_range(range, Period::Year)))
            }
            _ => None,
        })
        .collect();
    Chart {
        id: id.to_owned(),
        title: format!("Pay bands in {}", country.in_sentence),
        summary: format!("{}.", spoken.join(". ")),
        rows,
        axis: Axis::nice(max, |at| {
            Decimal::from_f64_retain(at)
                .map(|amount| currency.compact(amount.round_dp(2).normalize()))
                .unwrap_or_default()
        }),
    }
}

/// A country's chart where it stands apart from pages.
pub(in crate::pages) struct Loose {
    pub(in crate::pages) heading: String,
    pub(in crate::pages) summary: String,
    pub(in crate::pages) svg: String,
    /// In pixels.
    pub(in crate::pages) height: f64,
}

/// The guide's own bands, a chart a country.
pub(in crate::pages) fn panels(shared: Shared<'_>, id: &str) -> Vec<Loose> {
    let data = &shared.content.salaries;
    let selection = selection(data, &[]);
    let comparison = Comparison::new(data, &selection);
    let panels = comparison.groups.iter().filter_map(|group| {
        let Heading::Country(country) = group.heading else { return None };
        let currency = data.currency(country.currency.as_str())?;
        let bands = bands(group);
        let chart = panel(&format!("{id}-{}", country.code), country, currency, &bands, data);
        let (svg, height) = chart::draw(&chart);
        (!bands.is_empty()).then(|| Loose {
            heading: format!("{}, {} a year", country.name, currency.plural),
            summary: format!("{}. {}", chart.title, chart.summary),
            svg,
            height: f64::from(height),
        })
    });
    panels.collect()
}

fn ends(row: &Row<'_>) -> Option<(f64, f64)> {
    match &row.original {
        Figures::Range(range) => Some(ends_of(range)),
        _ => None,
    }
}

/// The parts of a band that other bands of the country share.
fn overlaps(mine: (f64, f64), all: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let others = all.iter().filter(|other| **other != mine);
    others
        .map(|other| (mine.0.max(other.0), mine.1.min(other.1)))
        .filter(|(from, to)| from < to)
        .collect()
}
