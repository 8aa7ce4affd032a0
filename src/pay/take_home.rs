//! Owns take-home pay: tax rules as data, their evaluation and the words for them. The entry point is
//! [`TakeHomeRules::net`]. Must not know any country: its rules are content.

mod evaluate;
#[cfg(test)]
mod tests;
mod words;

pub use evaluate::{ChargePaid, NoTakeHome, Part, TakeHome};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::exact::{self, Exact};
use crate::id::{CountryCode, SourceId};

/// Tax rules of one country and year, as data: net = gross less all charges.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TakeHomeRules {
    /// Country code.
    #[schema(value_type = String)]
    pub country: CountryCode,
    /// To be named with every net figure.
    #[schema(example = "2026/27")]
    pub tax_year: String,
    /// Always to be said with a net figure, such as "before state tax".
    pub caption: Option<String>,
    /// Source id.
    #[schema(value_type = String)]
    pub source: SourceId,
    /// The last day of the tax year.
    #[schema(value_type = String, format = Date)]
    pub holds_until: Date,
    /// What is left out.
    pub omits: Vec<String>,
    /// For whom they hold.
    pub applies_to: String,
    /// Subtracted from gross pay to give taxable pay, which is never below nothing.
    pub allowances: Vec<Allowance>,
    /// Subtracted from gross pay to give net pay.
    pub charges: Vec<Charge>,
    /// Where the rules end; null when they do not.
    pub not_computed: Option<NotComputed>,
    /// Gross and net pay a year, by which the rules are checked when the guide loads.
    #[serde(skip)]
    pub examples: Vec<(Decimal, Decimal)>,
}

/// An amount free of tax.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AllowanceRule)]
pub struct Allowance {
    /// What it is called.
    pub name: String,
    /// A year.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub amount: Decimal,
    /// How it shrinks for high pay; null when it does not.
    pub taper: Option<Taper>,
}

/// Of an allowance, `lose` is lost for each `per` of gross pay above `above`, a part of `per` in
/// proportion, until nothing is left.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = TaperRule)]
#[expect(missing_docs, reason = "said above")]
pub struct Taper {
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub above: Decimal,
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub lose: Decimal,
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub per: Decimal,
}

/// A tax or contribution.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChargeRule)]
pub struct Charge {
    /// What it is called.
    pub name: String,
    /// What it is charged on.
    pub on: ChargeBase,
    /// Rising; each rate counts for what falls into its band.
    pub bands: Vec<TaxBand>,
    /// The most it can be, a year; null when there is no such limit.
    #[serde(with = "exact::option")]
    #[schema(value_type = Option<Exact>)]
    pub cap: Option<Decimal>,
    /// Nothing to pay up to some pay; null when there is no such rule.
    pub rebate: Option<Rebate>,
    /// A charge on the charge, after the rebate; null when there is none.
    pub cess: Option<Cess>,
}

/// What a charge is charged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ChargedOn)]
pub enum ChargeBase {
    /// Pay less the allowances.
    Taxable,
    /// All pay.
    Gross,
}

/// One band of a charge.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = ChargeBand)]
pub struct TaxBand {
    /// The upper end, a year; null for the last.
    #[serde(with = "exact::option")]
    #[schema(value_type = Option<Exact>)]
    pub to: Option<Decimal>,
    /// Per cent.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub percent: Decimal,
}

/// Nothing to pay up to some taxable pay.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = RebateRule)]
pub struct Rebate {
    /// Taxable pay a year up to which nothing is charged.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub taxable_to: Decimal,
    /// Just above it, the charge is at most what exceeds it.
    pub marginal_relief: bool,
}

/// A charge on a charge.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CessRule)]
pub struct Cess {
    /// What it is called.
    pub name: String,
    /// Per cent of the charge.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub percent: Decimal,
}

/// Where rules end.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RulesEnd)]
pub struct NotComputed {
    /// Taxable pay a year above which nothing is computed.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub taxable_above: Decimal,
    /// Why.
    pub why: String,
}
