//! Owns the table of the guide's own bands: a row a country, a column a level.

use askama::Template;

use super::amount::Amount;
use super::{unit_explanations, years_and_basis};
use crate::address;
use crate::id::CountryCode;
use crate::pages::renderer::Renderer;
use crate::pay::money::Currency;
use crate::pay::{Band, Country, Level};

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

/// One band in the table.
struct BandCell<'a> {
    amount: Amount,
    /// Years and basis.
    details: Vec<String>,
    note: Option<&'a str>,
}

impl<'a> BandCell<'a> {
    fn new(band: &'a Band, currency: &Currency) -> Self {
        Self {
            amount: Amount::new(currency, &band.range),
            details: years_and_basis(&band.years, band.basis, band.basis_note.as_deref()),
            note: band.note.as_deref(),
        }
    }
}

/// The guide's own bands of the countries, or of all where none is named, as a table.
pub(in crate::pages) fn table(
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
        units: page.new_explanations(unit_explanations(data, &shown)),
    }
    .render()
}
