//! Owns amounts as people write and say them: grouping, large units, ranges, rounding for show. The
//! entry points are [`Currency::exact`], [`Currency::compact`], [`Currency::parse`] and
//! [`Denomination`], which is what every shown figure is in.

mod parse;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use write::{group_western, round_for_show, written};

pub use parse::AmountError;

use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::exact::{self, Exact};
use super::exchange::PurchasingPower;
use crate::id::CurrencyCode;

/// The largest amount that is read or computed with, a million million: far beyond any pay, and
/// far below where exact decimals overflow.
pub const MAX_AMOUNT: Decimal = Decimal::from_parts(0xD4A5_1000, 0xE8, 0, false, 0);

/// A currency and how its amounts are written.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Currency {
    /// ISO 4217.
    #[schema(value_type = String)]
    pub code: CurrencyCode,
    /// What it is called.
    pub name: String,
    /// In spoken amounts.
    pub plural: String,
    /// Before amounts.
    pub symbol: String,
    /// How digits are grouped.
    pub grouping: Grouping,
    /// Digits after the decimal point.
    pub decimals: u32,
    /// Large units from the smallest up.
    pub units: Vec<LargeUnit>,
}

/// How digits are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// 1,234,567.
    Western,
    /// 12,34,567.
    Indian,
}

/// A large unit of a currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LargeUnit {
    /// After amounts.
    #[schema(example = "K")]
    pub suffix: String,
    /// In spoken amounts.
    #[schema(example = "thousand")]
    pub word: String,
    /// How many.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub value: Decimal,
}

/// The time for which an amount is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Period {
    /// A year.
    #[default]
    Year,
    /// A month: a twelfth of a year.
    Month,
}

impl Period {
    /// "year" or "month", as in addresses and sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
        }
    }

    /// "a year" or "a month".
    pub fn spoken(self) -> &'static str {
        match self {
            Self::Year => "a year",
            Self::Month => "a month",
        }
    }
}

/// What an amount is in: a currency, or international dollars of one year, which no one is paid in.
#[derive(Clone, Copy, Debug)]
pub enum Denomination<'a> {
    /// Money.
    Currency(&'a Currency),
    /// Money divided by its purchasing-power factor.
    International(&'a PurchasingPower),
}

impl PartialEq for Denomination<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Currency(a), Self::Currency(b)) => a.code == b.code,
            (Self::International(_), Self::International(_)) => true,
            _ => false,
        }
    }
}

impl Eq for Denomination<'_> {}
