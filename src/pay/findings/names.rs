//! Owns how countries, levels and lists of them are named inside sentences.

use std::collections::HashMap;

use crate::pay::comparison::{Comparison, DisplayFigures, Row, RowScope};
use crate::pay::words::list;
use crate::pay::{Country, Figures, Level, Range};

/// Names in one sentence; a guide may have many countries, and a sentence must stay readable.
const MAX_NAMED: usize = 4;

/// "India, the United Kingdom and 5 more".
pub(super) fn listed(mut names: Vec<String>) -> String {
    if names.len() > MAX_NAMED {
        let more = names.len() - (MAX_NAMED - 1);
        names.truncate(MAX_NAMED - 1);
        names.push(format!("{more} more"));
    }
    list(&names)
}

pub(super) fn listed_countries(countries: &[&Country]) -> String {
    listed(countries.iter().map(|country| country.in_sentence.clone()).collect())
}

/// "the US" when the long name has an article too.
pub(super) fn short_name(country: &Country) -> String {
    if country.in_sentence.starts_with("the ") {
        format!("the {}", country.short)
    } else {
        country.short.clone()
    }
}

/// "mid in the United Kingdom", "all levels in India".
pub(super) fn place(row: &Row<'_>) -> String {
    let who = match row.scope {
        RowScope::Level(level) => level.in_sentence(),
        RowScope::Years(years) => years.text().unwrap_or_else(|| "all levels".to_owned()),
        RowScope::AllLevels => "all levels".to_owned(),
    };
    format!("{who} in {}", row.country.in_sentence)
}

/// One of the guide's own bands as this view has it: as it is shown, or as it stands in its source
/// when the view cannot show it.
#[derive(Clone, Copy)]
pub(super) struct OwnBand<'c, 'a> {
    pub(super) row: &'c Row<'a>,
    pub(super) level: &'a Level,
    pub(super) range: Range,
}

impl OwnBand<'_, '_> {
    /// "£60K", "≈£45.4K".
    pub(super) fn amount(&self, amount: rust_decimal::Decimal) -> String {
        match &self.row.shown {
            Some(shown) => shown.short_amount(amount),
            None => self.row.currency.compact(amount),
        }
    }

    /// "£85K–£130K+".
    pub(super) fn text(&self) -> String {
        self.row.shown.as_ref().map_or_else(|| self.row.original_text(), DisplayFigures::short)
    }
}

/// The guide's own bands of one country in this view, from the first level upwards.
pub(super) struct CountryBands<'c, 'a> {
    pub(super) country: &'a Country,
    pub(super) bands: Vec<OwnBand<'c, 'a>>,
}

impl<'c, 'a> CountryBands<'c, 'a> {
    pub(super) fn of(&self, level: &Level) -> Option<&OwnBand<'c, 'a>> {
        self.bands.iter().find(|band| band.level.id == level.id)
    }
}

/// The guide's own bands of every chosen country; a country without any has an empty list. One
/// pass over the rows, since a guide may have many countries.
pub(super) fn own_bands<'c, 'a>(comparison: &'c Comparison<'a>) -> Vec<CountryBands<'c, 'a>> {
    let mut all: Vec<CountryBands<'c, 'a>> = comparison
        .countries
        .iter()
        .map(|country| CountryBands { country, bands: Vec::new() })
        .collect();
    let places: HashMap<&str, usize> = comparison
        .countries
        .iter()
        .enumerate()
        .map(|(place, country)| (country.code.as_str(), place))
        .collect();
    for row in comparison.rows().filter(|row| row.own) {
        let place = places.get(row.country.code.as_str());
        let bands = place.and_then(|place| all.get_mut(*place));
        let figures = row.shown.as_ref().map_or(&row.original, |shown| &shown.figures);
        if let (Some(bands), RowScope::Level(level), Figures::Range(range)) =
            (bands, row.scope, figures)
        {
            bands.bands.push(OwnBand { row, level, range: *range });
        }
    }
    all
}
