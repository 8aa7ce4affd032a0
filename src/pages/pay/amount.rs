//! Owns a range of pay as it is written in a sentence or a cell, with words for those who listen.

use askama::Template;

use crate::id::{CountryCode, LevelId};
use crate::pages::renderer::Renderer;
use crate::pay::Range;
use crate::pay::money::{Currency, Period};

/// The guide's own band of a level in a country, inside a sentence; nothing where there is none.
pub(in crate::pages) fn band(
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
pub(super) struct Amount {
    written: String,
    spoken: String,
}

impl Amount {
    pub(super) fn new(currency: &Currency, range: &Range) -> Self {
        Self {
            written: currency.compact_range(range),
            spoken: currency.spoken_range(range, Period::Year),
        }
    }
}
