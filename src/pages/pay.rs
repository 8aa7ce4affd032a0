//! Owns how the guide's own pay figures stand on pages: a band in a sentence, bars, a table, and
//! what the program finds in them.

mod chart;

use askama::Template;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::renderer::Renderer;
use crate::address;
use crate::id::{CountryCode, LevelId};
use crate::pay::comparison::{Comparison, Selection};
use crate::pay::findings;
use crate::pay::money::{Currency, Period};
use crate::pay::{Band, Basis, Country, Level, Range, SalaryData};
pub(super) use chart::{bars, panels};

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

/// Only the guide's own bands of some countries, or of all.
fn selection(data: &SalaryData, countries: &[CountryCode]) -> Selection {
    let mut selection = Selection::defaults(data);
    selection.sources.clear();
    if !countries.is_empty() {
        selection.countries.retain(|code| countries.contains(code));
    }
    selection
}

/// Where a band begins and where its stated part ends.
fn ends_of(range: &Range) -> (f64, f64) {
    let low = range.low.to_f64().unwrap_or(0.0);
    (low, range.high.and_then(|high| high.to_f64()).unwrap_or(low))
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
        let href = || page.shared.urls.path(&address::country(&country.code));
        CountryRow { country, href: linked.then(href), cells: cells.collect() }
    });
    Table {
        levels: data.levels.iter().collect(),
        rows: rows.collect(),
        units: page.new_explanations(unit_words(data, &shown)),
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
    let texts: Vec<String> = findings::Report::new(&comparison)
        .findings()
        .into_iter()
        .map(|finding| finding.text)
        .collect();
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
            href: shared.urls.path(&address::country(&country.code)),
            amount: Amount::new(currency, &whole),
            bars: bars.collect(),
        })
    });
    lines.take(most).collect()
}
