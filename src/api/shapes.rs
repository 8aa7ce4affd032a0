//! Owns the shapes that several documents share and that are flatter for programs than those of
//! [`crate::pay`]: figures, years, samples and countries.

use serde::Serialize;
use utoipa::ToSchema;

use crate::pay;
use crate::pay::exact::Exact;

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
        Self { size, text: sample.text(), small: sample.is_small(small_below) }
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
