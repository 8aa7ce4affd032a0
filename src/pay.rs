//! Owns what is known of pay in each country, and the comparison of it; no HTML, HTTP or files. The
//! entry point is [`comparison::Comparison`]. Amounts are exact decimals: a year, before tax, in local
//! currency, unless a type says otherwise. Nothing is averaged and no midpoint is made up.
//!
//! Types with `Serialize` and `ToSchema` are part of the tables for programs: the names of their
//! fields are public, and their doc comments are the descriptions in `/openapi.json`.

pub mod comparison;
pub mod exact;
pub mod exchange;
mod figures;
pub mod findings;
pub mod money;
mod sample;
pub mod take_home;
mod words;

pub use figures::{Figures, Percentiles, Range};
pub use sample::Sample;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::date::PartialDate;
use crate::id::{CountryCode, CurrencyCode, LevelId, SourceId};
use exchange::{ExchangeRates, PurchasingPower};
use money::Currency;
use take_home::TakeHomeRules;

/// Everything the content says about pay. It has been checked: every code and id is declared.
#[derive(Clone, Debug, Default)]
pub struct SalaryData {
    /// The career in the singular, for sentences: "machine learning engineer".
    pub career: String,
    /// Edition of the data: "2026.11".
    pub edition: String,
    /// From the first step of the career upwards.
    pub levels: Vec<Level>,
    /// In the order of the currencies file.
    pub currencies: Vec<Currency>,
    /// Absent when the content has no rates.
    pub rates: Option<ExchangeRates>,
    /// Absent when the content has no factors.
    pub purchasing_power: Option<PurchasingPower>,
    /// One a country at most.
    pub take_home: Vec<TakeHomeRules>,
    /// In alphabetical order of their names.
    pub countries: Vec<Country>,
    /// In the order of the sources file.
    pub sources: Vec<Source>,
    /// A stated sample below this is labelled small.
    pub small_sample_below: u32,
}

/// A step of the career.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Level {
    /// Its key, as the parameter `level` takes it.
    #[schema(value_type = String)]
    pub id: LevelId,
    /// What it is called.
    pub name: String,
    /// For narrow places: "Mid".
    #[serde(skip)]
    pub short: String,
}

/// What is known of pay in one country.
#[derive(Clone, Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2, lower case.
    pub code: CountryCode,
    /// "United States".
    pub name: String,
    /// As it stands inside a sentence: "the United States".
    pub in_sentence: String,
    /// For narrow places: "US".
    pub short: String,
    /// The currency of every amount below.
    pub currency: CurrencyCode,
    /// Where pay is strongest.
    pub cities: Vec<String>,
    /// One or two sentences about pay there.
    pub insight: String,
    /// The guide's own bands, in the order of the levels, one a level at most.
    pub bands: Vec<Band>,
    /// What other sources say, in the order of the file.
    pub others: Vec<Other>,
}

/// One of the guide's own bands.
#[derive(Clone, Debug)]
pub struct Band {
    /// The step of the career.
    pub level: LevelId,
    /// From what to what.
    pub range: Range,
    /// Experience that the level stands for here.
    pub years: Years,
    /// What the amounts count.
    pub basis: Basis,
    /// What the basis includes: "includes equity and bonuses".
    pub basis_note: Option<String>,
    /// Anything else a reader must know.
    pub note: Option<String>,
    /// Where it comes from.
    pub source: SourceId,
}

/// Years of experience, as the source puts them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Years {
    /// The source does not say.
    #[default]
    NotStated,
    /// From so many to so many years; an open end is none.
    Span {
        /// First year.
        from: u8,
        /// Last year, if there is one.
        to: Option<u8>,
    },
    /// In the source's own words: "typical mid-career".
    Words(String),
}

/// What amounts count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The source does not say.
    #[default]
    NotStated,
    /// Salary alone.
    Base,
    /// Salary, bonus and stock together.
    Total,
}

/// What another source says of pay in a country. It is shown beside the guide's own bands.
#[derive(Clone, Debug)]
pub struct Other {
    /// Where it comes from.
    pub source: SourceId,
    /// What exactly is measured, if that needs saying.
    pub title: Option<String>,
    /// Which people the figures are about.
    pub scope: Scope,
    /// A city, when the figures are of that city alone.
    pub city: Option<String>,
    /// A neighbouring occupation, when the figures are not of the career itself.
    pub occupation: Option<String>,
    /// The figures.
    pub figures: Figures,
    /// From how many people or advertisements.
    pub sample: Sample,
    /// When they held.
    pub as_of: PartialDate,
    /// What the amounts count.
    pub basis: Basis,
    /// Anything else a reader must know.
    pub note: Option<String>,
}

/// Which people figures are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One step of the career.
    Level(LevelId),
    /// People with so many years of experience, which is not the same as a level.
    Years(Years),
    /// Everyone, whatever the level.
    AllLevels,
}

/// Where figures come from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Source {
    /// Its key, as the parameter `source` takes it.
    #[schema(value_type = String)]
    pub id: SourceId,
    /// Who publishes it.
    pub publisher: String,
    /// What it is called.
    pub title: String,
    /// Where it is read; null when no link is known.
    pub url: Option<String>,
    /// What the address is, when it is not the text that was read.
    pub url_is: Option<String>,
    /// Where the data behind it was read.
    pub data_url: Option<String>,
    /// How this guide knows what it says.
    pub known: Known,
    /// When it held.
    pub as_of: PartialDate,
    /// The day on which the editors last looked.
    #[schema(value_type = String, format = Date, example = "2026-11-24")]
    pub checked: Date,
    /// Anything else a reader must know.
    pub note: Option<String>,
}

/// How this guide knows what a source says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = KnownHow)]
pub enum Known {
    /// The page or file itself was read.
    FirstHand,
    /// Through another text.
    SecondHand,
    /// It is this guide's own.
    Own,
}

impl SalaryData {
    /// The country of that code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries.iter().find(|c| c.code == *code)
    }

    /// The level of that id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|l| l.id == *id)
    }

    /// The currency of that code.
    pub fn currency(&self, code: &str) -> Option<&Currency> {
        self.currencies.iter().find(|c| c.code == *code)
    }

    /// The source of that id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == *id)
    }

    /// The take-home rules of the country of that code.
    pub fn take_home(&self, code: &str) -> Option<&TakeHomeRules> {
        self.take_home.iter().find(|r| r.country == *code)
    }
}
