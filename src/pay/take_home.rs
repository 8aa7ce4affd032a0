//! Owns take-home pay: tax rules as data, and the one evaluator that interprets them.
//!
//! The entry point is [`TakeHomeRules::net`]. Knows no country: what a country's rules are is
//! content.

mod evaluate;
#[cfg(test)]
mod tests;

pub use evaluate::{AllowanceGiven, CessPaid, ChargePaid, NoTakeHome, TakeHome};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::id::{CountryCode, SourceId};

/// The rules of one country for one tax year.
#[derive(Clone, Debug)]
pub struct TakeHomeRules {
    /// Whose rules.
    pub country: CountryCode,
    /// Named with every net figure: "2026/27".
    pub tax_year: String,
    /// Always shown with a net figure: "before state tax".
    pub caption: Option<String>,
    /// Where the rules come from.
    pub source: SourceId,
    /// The last day of the tax year.
    pub holds_until: Date,
    /// What is left out: "pension contributions".
    pub omits: Vec<String>,
    /// For whom they hold.
    pub applies_to: String,
    /// Subtracted from gross pay to give taxable pay.
    pub allowances: Vec<Allowance>,
    /// Subtracted from gross pay to give net pay.
    pub charges: Vec<Charge>,
    /// Where the rules end.
    pub not_computed: Option<NotComputed>,
    /// Gross and net a year, for checking.
    pub examples: Vec<(Decimal, Decimal)>,
}

/// An amount free of tax.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// "Personal allowance".
    pub name: String,
    /// A year.
    pub amount: Decimal,
    /// How it shrinks for high pay.
    pub taper: Option<Taper>,
}

/// An allowance that shrinks: `lose` for each `per` of gross pay above `above`, a part of `per` in
/// proportion, until nothing of the allowance is left.
#[derive(Clone, Copy, Debug)]
pub struct Taper {
    /// Gross pay a year up to which nothing is lost.
    pub above: Decimal,
    /// Lost for each `per`.
    pub lose: Decimal,
    /// Of gross pay.
    pub per: Decimal,
}

/// A tax or contribution.
#[derive(Clone, Debug)]
pub struct Charge {
    /// "Income tax".
    pub name: String,
    /// What it is charged on.
    pub on: ChargeBase,
    /// Rising; the last has no upper end.
    pub bands: Vec<TaxBand>,
    /// The most it can be, a year.
    pub cap: Option<Decimal>,
    /// Nothing to pay up to some pay.
    pub rebate: Option<Rebate>,
    /// A charge on the charge.
    pub cess: Option<Cess>,
}

/// What a charge is charged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeBase {
    /// Pay less the allowances.
    Taxable,
    /// All pay.
    Gross,
}

/// One band of a charge.
#[derive(Clone, Copy, Debug)]
pub struct TaxBand {
    /// The upper end, a year; none for the last.
    pub to: Option<Decimal>,
    /// Per cent of what falls into the band.
    pub percent: Decimal,
}

/// Nothing to pay up to some taxable pay.
#[derive(Clone, Copy, Debug)]
pub struct Rebate {
    /// Taxable pay a year up to which nothing is charged.
    pub taxable_to: Decimal,
    /// Just above it, the charge is at most what exceeds it.
    pub marginal_relief: bool,
}

/// A charge on the charge, after the rebate.
#[derive(Clone, Debug)]
pub struct Cess {
    /// "Health and education cess".
    pub name: String,
    /// Per cent of the charge.
    pub percent: Decimal,
}

/// Where the rules end.
#[derive(Clone, Debug)]
pub struct NotComputed {
    /// Taxable pay a year above which nothing is computed.
    pub taxable_above: Decimal,
    /// Said instead of a figure.
    pub why: String,
}
