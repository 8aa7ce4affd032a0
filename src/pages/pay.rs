//! Owns how the guide's own pay figures stand on pages: a band in a sentence, bars, a table, and
//! what the program finds in them.

use askama::Template;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::fragments::Renderer;
use crate::chart::{self, Axis, Chart, Mark, Tone};
use crate::id::{CountryCode, LevelId};
use crate::salary::comparison::{Comparison, Heading, Row, Selection};
use crate::salary::findings;
use crate::salary::money::{Currency, Period};
use crate::salary::{Band, Basis, Country, Figures, Level, Range, SalaryData};

/// A band inside a sentence, with words for those who listen.
pub(super) fn band(
    page: &Renderer<'_>,
    country: &CountryCode,
    level: &LevelId,
) -> askama::Result<String> {
    let data = &page.shared.content.salaries;
    let found = data.country(country.as_str()).and_then(|country| {
        let band = country.bands.iter().find(|band| band.level == *level)?;
        Some((band, data.currency(country.currency.as_str())?))
    });
    match found {
        Some((band, currency)) => Amount::new(currency, &band.range).render(),
        None => Ok(String::new()),
    }
}

/// A range as it is written and as it is said.
#[derive(Template)]
#[template(
    source = "<span class=\"figure\"><span aria-hidden=\"true\">{{ written }}</span><span class=\"vh\">{{ spoken }}</span></span>",
    ext = "html"
)]
struct Amount {
    written: String,
    spoken: String,
}

impl Amount {
    fn new(currency: &Currency, range: &Range) -> Self {
        Self {
            written: currency.compact_range(range),
            spoken: currency.spoken_range(range, Period::Year),
        }
    }
}

#[derive(Template)]
#[template(path = "_partials/pay_chart.html")]
struct Bars<'a> {
    headline: String,
    panels: Vec<Panel<'a>>,
    units: Vec<String>,
    /// Where the chart of all countries stands by itself.
    links: Option<super::pictures::Links>,
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
pub(super) fn bars(
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
        let bands: Vec<&Row<'_>> =
            group.rows.iter().filter(|row| row.own && row.shown.is_some()).collect();
        if bands.is_empty() {
            continue;
        }
        let id = page.unused(&format!("pay-{}", country.code));
        panels.push(Panel {
            country,
            plural: &currency.plural,
            href: linked.then(|| page.shared.urls.path(&format!("/salaries/{}", country.code))),
            svg: chart::render(&panel(&id, country, currency, &bands, data)),
        });
    }
    if panels.is_empty() {
        return Ok(String::new());
    }
    let shown: Vec<&Country> = panels.iter().map(|panel| panel.country).collect();
    let units = page.explain(unit_words(data, &shown));
    let links = (linked && countries.is_empty())
        .then(|| super::pictures::Links::of_pay(page.shared))
        .flatten();
    Bars { headline: findings::headline(&comparison), panels, units, links }.render()
}

/// Only the guide's own bands of some countries, or of all.
fn selection(data: &SalaryData, countries: &[CountryCode]) -> Selection {
    let mut selection = Selection::defaults(data);
    selection.sources.clear();
    if !countries.is_empty() {
        selection.countries.retain(|code| countries.contains(code));
    }
    selection
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
            rust_decimal::Decimal::from_f64_retain(at)
                .map(|amount| currency.compact(amount.round_dp(2).normalize()))
                .unwrap_or_default()
        }),
    }
}

/// A country's chart where it stands apart from pages.
pub(super) struct Loose {
    pub(super) heading: String,
    pub(super) summary: String,
    pub(super) svg: String,
    /// In pixels.
    pub(super) height: f64,
}

/// The guide's own bands, a chart a country.
pub(super) fn panels(shared: super::Shared<'_>, id: &str) -> Vec<Loose> {
    let data = &shared.content.salaries;
    let selection = selection(data, &[]);
    let comparison = Comparison::new(data, &selection);
    let panels = comparison.groups.iter().filter_map(|group| {
        let Heading::Country(country) = group.heading else { return None };
        let currency = data.currency(country.currency.as_str())?;
        let bands: Vec<&Row<'_>> =
            group.rows.iter().filter(|row| row.own && row.shown.is_some()).collect();
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

/// Where a band begins and where its stated part ends.
fn ends_of(range: &Range) -> (f64, f64) {
    let low = range.low.to_f64().unwrap_or(0.0);
    (low, range.high.and_then(|high| high.to_f64()).unwrap_or(low))
}

/// The parts of a band that other bands of the country share.
fn overlaps(mine: (f64, f64), all: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let others = all.iter().filter(|other| **other != mine);
    others
        .map(|other| (mine.0.max(other.0), mine.1.min(other.1)))
        .filter(|(from, to)| from < to)
        .collect()
}

/// "total compensation (includes equity and bonuses)"; nothing when it is not stated.
pub(super) fn basis(basis: Basis, note: Option<&str>) -> Option<String> {
    match (basis, note) {
        (Basis::NotStated, None) => None,
        (Basis::NotStated, Some(note)) => Some(note.to_owned()),
        (stated, None) => Some(stated.text().to_owned()),
        (stated, Some(note)) => Some(format!("{} ({note})", stated.text())),
    }
}

/// "L means lakh, 100,000": for units that readers elsewhere may not know.
pub(super) fn unit_words(data: &SalaryData, countries: &[&Country]) -> Vec<String> {
    let mut words = Vec::new();
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
            let value = super::amounts::number(unit.value);
            words.push(format!("{} = {} = {value}", unit.suffix, unit.word));
        }
    }
    words
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

#[derive(Template)]
#[template(path = "_partials/pay_table.html")]
struct Table<'a> {
    levels: Vec<&'a Level>,
    rows: Vec<CountryRow<'a>>,
    units: Vec<String>,
}

/// One country in the table.
struct CountryRow<'a> {
    country: &'a Country,
    /// None on the page of that very country.
    href: Option<String>,
    cells: Vec<Option<BandCell<'a>>>,
}

/// A band in a table.
pub(super) struct BandCell<'a> {
    amount: Amount,
    /// Years and basis.
    details: Vec<String>,
    note: Option<&'a str>,
}

impl<'a> BandCell<'a> {
    pub(super) fn new(band: &'a Band, currency: &Currency) -> Self {
        let details = [band.years.text(), basis(band.basis, band.basis_note.as_deref())];
        Self {
            amount: Amount::new(currency, &band.range),
            details: details.into_iter().flatten().collect(),
            note: band.note.as_deref(),
        }
    }

    pub(super) fn amount(&self) -> askama::Result<String> {
        self.amount.render()
    }
}

/// The guide's own bands of the countries, or of all, as a table.
pub(super) fn table(
    page: &mut Renderer<'_>,
    countries: &[CountryCode],
    linked: bool,
) -> askama::Result<String> {
    let data = &page.shared.content.salaries;
    let shown: Vec<&Country> = data
        .countries
        .iter()
        .filter(|country| countries.is_empty() || countries.contains(&country.code))
        .collect();
    let rows = shown.iter().map(|country| {
        let cells = data.levels.iter().map(|level| {
            let band = country.bands.iter().find(|band| band.level == level.id)?;
            Some(BandCell::new(band, data.currency(country.currency.as_str())?))
        });
        let href = || page.shared.urls.path(&format!("/salaries/{}", country.code));
        CountryRow { country, href: linked.then(href), cells: cells.collect() }
    });
    Table {
        levels: data.levels.iter().collect(),
        rows: rows.collect(),
        units: page.explain(unit_words(data, &shown)),
    }
    .render()
}

/// What the program finds in the guide's own bands, sentence by sentence.
pub(super) fn found(page: &Renderer<'_>) -> askama::Result<String> {
    #[derive(Template)]
    #[template(
        source = "<ul class=\"findings\">{% for text in texts %}<li>{{ text }}</li>{% endfor %}</ul>",
        ext = "html"
    )]
    struct Findings {
        texts: Vec<String>,
    }
    let data = &page.shared.content.salaries;
    let selection = selection(data, &[]);
    let comparison = Comparison::new(data, &selection);
    let texts: Vec<String> =
        findings::findings(&comparison).into_iter().map(|finding| finding.text).collect();
    if texts.is_empty() { Ok(String::new()) } else { Findings { texts }.render() }
}

/// One country in a line: from the foot of its lowest band to the top of its highest.
pub(super) struct Glance<'a> {
    pub(super) country: &'a Country,
    pub(super) href: String,
    amount: Amount,
    /// Bars: step of the career, where it begins and how wide it is, per cent, and whether its top
    /// is open.
    pub(super) bars: Vec<(usize, f64, f64, bool)>,
}

impl Glance<'_> {
    pub(super) fn amount(&self) -> askama::Result<String> {
        self.amount.render()
    }
}

/// Of an open top that has no stated end, this share of the scale is drawn.
const OPEN: f64 = 0.12;

/// The countries that have bands, a line each, each on a scale of its own from zero.
pub(super) fn glance(shared: super::Shared<'_>, most: usize) -> Vec<Glance<'_>> {
    let data = &shared.content.salaries;
    let lines = data.countries.iter().filter_map(|country| {
        let currency = data.currency(country.currency.as_str())?;
        let ranges = country.bands.iter().map(|band| &band.range);
        let low = ranges.clone().map(|range| range.low).min()?;
        let top = ranges.clone().max_by_key(|range| range.high.unwrap_or(range.low))?;
        let open = ranges.clone().any(Range::is_open);
        let whole = Range { low, high: Some(top.high.unwrap_or(top.low)), open };
        let max = ends_of(&whole).1 * if open { 1.0 + OPEN } else { 1.0 };
        let bars = country.bands.iter().filter_map(|band| {
            let step = data.levels.iter().position(|level| level.id == band.level)? + 1;
            let (from, to) = ends_of(&band.range);
            let to = if band.range.is_open() { max } else { to };
            let percent = |part: f64| (part / max * 1000.0).round() / 10.0;
            Some((step.min(3), percent(from), percent(to - from), band.range.is_open()))
        });
        Some(Glance {
            country,
            href: shared.urls.path(&format!("/salaries/{}", country.code)),
            amount: Amount::new(currency, &whole),
            bars: bars.collect(),
        })
    });
    lines.take(most).collect()
}
