//! Owns the pay tables as they stand in the content, for programs that want to work with all of
//! them: of every country together, and of one with all that belongs to it.

mod make;

use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Figures, Sample, Years};
use crate::date::PartialDate;
use crate::pay::exact::Exact;
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
    pub exchange_rates: Option<ExchangeRates<'a>>,
    /// Null when the guide has none.
    pub purchasing_power: Option<PurchasingPower<'a>>,
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
    pub exchange_rates: Option<ExchangeRates<'a>>,
    /// The factor of that currency alone; null when there is none.
    pub purchasing_power: Option<PurchasingPower<'a>>,
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

/// Market exchange rates.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExchangeRates<'a> {
    /// ISO 4217 code of the currency of which one unit is meant.
    pub base: &'a str,
    /// Source id.
    pub source: &'a str,
    /// When they held.
    pub as_of: PartialDate,
    /// The last day on which they are not stale.
    #[schema(format = Date)]
    pub holds_until: String,
    /// Anything a reader must know.
    pub note: Option<&'a str>,
    /// Units of each currency for one unit of the base.
    pub rates: Vec<PerCurrency<'a>>,
    /// Earlier ones, which show how far rates move.
    pub earlier: Vec<EarlierRates<'a>>,
}

/// Exchange rates of another time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EarlierRates<'a> {
    /// When they held.
    pub as_of: PartialDate,
    /// Units of each currency for one unit of the base.
    pub rates: Vec<PerCurrency<'a>>,
}

/// A number of a currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PerCurrency<'a> {
    /// ISO 4217 code.
    pub currency: &'a str,
    /// The rate or factor.
    pub value: Exact,
}

/// Purchasing-power factors.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PurchasingPower<'a> {
    /// Source id.
    pub source: &'a str,
    /// The year of the factors.
    pub year: i16,
    /// What an amount divided by its factor is in.
    pub unit: &'a str,
    /// The last day on which they are not stale.
    #[schema(format = Date)]
    pub holds_until: String,
    /// How rough they are.
    pub note: &'a str,
    /// Units of each currency for one international dollar.
    pub factors: Vec<PerCurrency<'a>>,
}
