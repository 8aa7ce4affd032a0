//! Owns the shapes that several documents share: figures, dates, samples and sources as programs
//! read them.

use serde::Serialize;
use utoipa::ToSchema;

use super::exact::Exact;
use crate::date::PartialDate;
use crate::pay::{self, Known};

/// A date that is only as precise as what is known.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApproximateDate {
    /// ISO 8601-2: a day `2026-08-27`, a month `2026-06`, a year `2024`, about a year `2024~`, a
    /// span `2023/2024`, or `unknown`.
    #[schema(example = "2023/2024")]
    pub date: String,
    /// As people write it.
    #[schema(example = "2023–24")]
    pub text: String,
}

impl From<PartialDate> for ApproximateDate {
    fn from(as_of: PartialDate) -> Self {
        Self { date: as_of.notation(), text: as_of.to_string() }
    }
}

/// Where figures come from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Source<'a> {
    /// Its key, as the parameter `source` takes it.
    pub id: &'a str,
    /// Who publishes it.
    pub publisher: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Where it is read; null when no link is known.
    pub url: Option<&'a str>,
    /// What the address is, when it is not the text that was read.
    pub url_is: Option<&'a str>,
    /// Where the data behind it was read.
    pub data_url: Option<&'a str>,
    /// How this guide knows what it says.
    pub known: KnownHow,
    /// When it held.
    pub as_of: ApproximateDate,
    /// The day on which the editors last looked.
    #[schema(format = Date, example = "2026-11-24")]
    pub checked: String,
    /// Anything else a reader must know.
    pub note: Option<&'a str>,
}

/// How this guide knows what a source says.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KnownHow {
    /// The page or file itself was read.
    FirstHand,
    /// Through another text.
    SecondHand,
    /// It is this guide's own.
    Own,
}

impl<'a> From<&'a pay::Source> for Source<'a> {
    fn from(source: &'a pay::Source) -> Self {
        Self {
            id: source.id.as_str(),
            publisher: &source.publisher,
            title: &source.title,
            url: source.url.as_deref(),
            url_is: source.url_is.as_deref(),
            data_url: source.data_url.as_deref(),
            known: match source.known {
                Known::Read => KnownHow::FirstHand,
                Known::Quoted => KnownHow::SecondHand,
                Known::Own => KnownHow::Own,
            },
            as_of: source.as_of.into(),
            checked: source.checked.to_string(),
            note: source.note.as_deref(),
        }
    }
}

/// Figures as a source gives them; nothing is derived, and no midpoint is made up. `kind` says
/// which.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Figures<'a> {
    /// A band.
    Range {
        /// Its lower end.
        low: Exact,
        /// Its stated upper end; null when only the lower end is known.
        high: Option<Exact>,
        /// More than is stated occurs.
        open: bool,
    },
    /// Those percentiles that the source gives.
    Percentiles {
        /// One in ten is paid less.
        p10: Option<Exact>,
        /// One in four is paid less.
        p25: Option<Exact>,
        /// The median.
        p50: Option<Exact>,
        /// One in four is paid more.
        p75: Option<Exact>,
        /// One in ten is paid more.
        p90: Option<Exact>,
    },
    /// A lone median.
    Median {
        /// Half are paid less.
        median: Exact,
    },
    /// There are figures, but they are not shown.
    Withheld {
        /// Why.
        why: &'a str,
    },
}

impl<'a> From<&'a pay::Figures> for Figures<'a> {
    fn from(figures: &'a pay::Figures) -> Self {
        match figures {
            pay::Figures::Range(range) => Self::Range {
                low: range.low.into(),
                high: range.high.map(Exact),
                open: range.is_open(),
            },
            pay::Figures::Percentiles(five) => Self::Percentiles {
                p10: five.p10.map(Exact),
                p25: five.p25.map(Exact),
                p50: five.p50.map(Exact),
                p75: five.p75.map(Exact),
                p90: five.p90.map(Exact),
            },
            pay::Figures::Median(median) => Self::Median { median: Exact(*median) },
            pay::Figures::Withheld(why) => Self::Withheld { why },
        }
    }
}

/// Years of experience.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Years {
    /// First year; null when the source uses words.
    pub from: Option<u8>,
    /// Last year; null when the end is open, or the source uses words.
    pub to: Option<u8>,
    /// As people write it, or in the source's own words.
    #[schema(example = "2–4 years")]
    pub text: String,
}

impl Years {
    /// None when the source does not say.
    pub fn stated(years: &pay::Years) -> Option<Self> {
        let text = years.text()?;
        let (from, to) = match years {
            pay::Years::Span { from, to } => (Some(*from), *to),
            pay::Years::Words(_) | pay::Years::NotStated => (None, None),
        };
        Some(Self { from, to, text })
    }
}

/// What amounts count.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The source does not say.
    NotStated,
    /// Salary alone.
    Base,
    /// Salary, bonus and stock together.
    Total,
}

impl From<pay::Basis> for Basis {
    fn from(basis: pay::Basis) -> Self {
        match basis {
            pay::Basis::NotStated => Self::NotStated,
            pay::Basis::Base => Self::Base,
            pay::Basis::Total => Self::Total,
        }
    }
}

/// From how many answers or advertisements figures come.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Sample {
    /// How many; null when the source does not say, or uses words.
    pub size: Option<u32>,
    /// A number, the source's own words, or "not stated".
    #[schema(example = "3,478")]
    pub text: String,
    /// The number is stated, and too small to lean on.
    pub small: bool,
}

impl Sample {
    /// With the size below which a sample is small.
    pub fn new(sample: &pay::Sample, small_below: u32) -> Self {
        let size = match sample {
            pay::Sample::Size(size) => Some(*size),
            pay::Sample::NotStated | pay::Sample::Words(_) => None,
        };
        Self { size, text: sample.text(), small: sample.is_below(small_below) }
    }
}

/// A name and its short key.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Country<'a> {
    /// ISO 3166-1 alpha-2 in lower case, as the parameter `country` takes it.
    pub code: &'a str,
    /// As it stands in a list.
    pub name: &'a str,
}

impl<'a> From<&'a pay::Country> for Country<'a> {
    fn from(country: &'a pay::Country) -> Self {
        Self { code: country.code.as_str(), name: &country.name }
    }
}

/// A step of the career.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Level<'a> {
    /// Its key, as the parameter `level` takes it.
    pub id: &'a str,
    /// What it is called.
    pub name: &'a str,
}

impl<'a> From<&'a pay::Level> for Level<'a> {
    fn from(level: &'a pay::Level) -> Self {
        Self { id: level.id.as_str(), name: &level.name }
    }
}
