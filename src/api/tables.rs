//! Owns the pay tables as they stand in the content, for programs that want to work with all of
//! them: of every country together, and of one with all that belongs to it.

mod make;

use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Figures, Sample, Years};
use crate::date::PartialDate;
use crate::pay::exchange::{ExchangeRates, PurchasingPower};
use crate::pay::money::Currency;
use crate::pay::take_home::TakeHomeRules;
use crate::pay::{Basis, Level, Source};

/// All that the guide knows of pay.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TablesDocument<'a> {
    /// What this is, and how it may be used.
    pub about: About<'a>,
    /// From the first step of the career upwards.
    pub levels: &'a [Level],
    /// In alphabetical order of their names.
    pub countries: Vec<CountryTable<'a>>,
    /// Every currency that occurs.
    pub currencies: &'a [Currency],
    /// Null when the guide has none.
    pub exchange_rates: Option<&'a ExchangeRates>,
    /// Null when the guide has none.
    pub purchasing_power: Option<&'a PurchasingPower>,
    /// One a country at most.
    pub take_home: &'a [TakeHomeRules],
    /// Every source that occurs.
    pub sources: &'a [Source],
}

/// All that the guide knows of pay in one country.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CountryDocument<'a> {
    /// What this is, and how it may be used.
    pub about: About<'a>,
    /// From the first step of the career upwards.
    pub levels: &'a [Level],
    /// The table.
    pub country: CountryTable<'a>,
    /// The currency of the table.
    pub currency: &'a Currency,
    /// The rates of that currency alone; null when there is none.
    pub exchange_rates: Option<ExchangeRates>,
    /// The factor of that currency alone; null when there is none.
    pub purchasing_power: Option<PurchasingPower>,
    /// Null when the guide has no rules of this country.
    pub take_home: Option<&'a TakeHomeRules>,
    /// Every source that occurs here.
    pub sources: Vec<&'a Source>,
}

/// What the data are.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct About<'a> {
    /// The title of the guide.
    pub title: &'a str,
    /// The career that figures are of, unless they name another occupation.
    pub career: &'a str,
    /// The edition of the data.
    #[schema(example = "2026.11")]
    pub edition: &'a str,
    /// The day of that edition.
    #[schema(format = Date)]
    pub date: String,
    /// Who writes the guide.
    pub author: &'a str,
    /// The licence: its name.
    pub licence: &'a str,
    /// The licence: its address.
    #[schema(format = "uri-reference")]
    pub licence_url: &'a str,
    /// Stated samples below this are marked as small.
    pub small_sample_below: u32,
}

/// What is known of pay in a country. All amounts are in its currency, before tax, a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CountryTable<'a> {
    /// ISO 3166-1 alpha-2 in lower case.
    pub code: &'a str,
    /// As it stands in a list.
    pub name: &'a str,
    /// ISO 4217 code of every amount here.
    pub currency: &'a str,
    /// Where pay is strongest.
    pub cities: &'a [String],
    /// One or two sentences about pay there.
    pub insight: &'a str,
    /// The guide's own bands, one a level at most.
    pub bands: Vec<BandTable<'a>>,
    /// What other sources say; never merged with the guide's own.
    pub others: Vec<OtherTable<'a>>,
}

/// One of the guide's own bands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BandTable<'a> {
    /// Level id.
    pub level: &'a str,
    /// From what to what.
    pub figures: Figures<'a>,
    /// As people write it.
    #[schema(example = "¤6K–¤12K")]
    pub text: String,
    /// Experience that the level stands for here; null when not stated.
    pub years: Option<Years>,
    /// What the amounts count.
    pub basis: Basis,
    /// What the basis includes.
    pub basis_note: Option<&'a str>,
    /// Anything else a reader must know.
    pub note: Option<&'a str>,
    /// Source id.
    pub source: &'a str,
}

/// What another source says.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OtherTable<'a> {
    /// Source id.
    pub source: &'a str,
    /// Level id, when the figures are of one level; null when they are of years or of everyone.
    pub level: Option<&'a str>,
    /// Years of experience, when the figures are of those; else null.
    pub years: Option<Years>,
    /// What exactly is measured, if that needs saying.
    pub title: Option<&'a str>,
    /// A city, when the figures are of that city alone.
    pub city: Option<&'a str>,
    /// A neighbouring occupation, when the figures are not of the career itself.
    pub occupation: Option<&'a str>,
    /// The figures.
    pub figures: Figures<'a>,
    /// From how many.
    pub sample: Sample,
    /// When they held.
    pub as_of: PartialDate,
    /// What the amounts count.
    pub basis: Basis,
    /// Anything else a reader must know.
    pub note: Option<&'a str>,
}
