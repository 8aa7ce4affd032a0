//! Owns the evaluation of take-home rules. All arithmetic is exact and checked. Only the net is
//! rounded, at the very end: the parts of a breakdown may have more decimals than money has.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Allowance, Charge, ChargeBase, TakeHomeRules};
use crate::pay::exact::{self, Exact, ROUNDING};
use crate::pay::money::MAX_AMOUNT;

/// Net pay a year, and how it comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeHome<'a> {
    /// Pay a year before tax.
    pub gross: Decimal,
    /// What is free of tax, after tapers.
    pub allowances: Vec<Part<'a>>,
    /// What is left after the allowances; never negative.
    pub taxable: Decimal,
    /// What is taken off, in the order of the rules.
    pub charges: Vec<ChargePaid<'a>>,
    /// Gross less all charges, rounded to whole coins, half away from zero.
    pub net: Decimal,
}

/// A part of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Part<'a> {
    /// What it is.
    pub name: &'a str,
    /// A year.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub amount: Decimal,
}

/// A tax or contribution, as it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChargePaid<'a> {
    /// What it is.
    pub name: &'a str,
    /// A year, without the cess.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub amount: Decimal,
    /// A charge on the charge.
    pub cess: Option<Part<'a>>,
}

/// Why there is no net for some pay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTakeHome {
    /// The rules end below it.
    #[error("{why}")]
    BeyondRules {
        /// Taxable pay a year above which nothing is computed.
        taxable_above: Decimal,
        /// In the words of the rules.
        why: String,
    },
    /// Negative, or beyond any pay.
    #[error("take-home pay is computed of amounts from nothing to a million million")]
    OutOfRange,
}

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

impl TakeHomeRules {
    /// Whether the tax year is over.
    pub fn is_stale(&self, today: Date) -> bool {
        today > self.holds_until
    }

    /// Net of gross pay a year, rounded to two decimals, half away from zero.
    pub fn net(&self, gross: Decimal) -> Result<TakeHome<'_>, NoTakeHome> {
        self.net_to(gross, 2)
    }

    /// As [`Self::net`], for a currency whose smallest coin has so many decimals.
    pub fn net_to(&self, gross: Decimal, decimals: u32) -> Result<TakeHome<'_>, NoTakeHome> {
        if gross < Decimal::ZERO || gross > MAX_AMOUNT {
            return Err(NoTakeHome::OutOfRange);
        }
        self.evaluate(gross, decimals).ok_or(NoTakeHome::OutOfRange)?
    }

    /// None when a number is too large; that takes absurd rules, since pay is limited.
    fn evaluate(&self, gross: Decimal, decimals: u32) -> Option<Result<TakeHome<'_>, NoTakeHome>> {
        let mut taxable = gross;
        let mut allowances = Vec::with_capacity(self.allowances.len());
        for allowance in &self.allowances {
            let amount = allowance.given(gross)?;
            taxable = taxable.checked_sub(amount)?;
            allowances.push(Part { name: &allowance.name, amount });
        }
        let taxable = taxable.max(Decimal::ZERO);
        if let Some(end) = &self.not_computed
            && taxable > end.taxable_above
        {
            return Some(Err(NoTakeHome::BeyondRules {
                taxable_above: end.taxable_above,
                why: end.why.clone(),
            }));
        }
        let mut net = gross;
        let mut charges = Vec::with_capacity(self.charges.len());
        for charge in &self.charges {
            let paid = charge.paid(gross, taxable)?;
            net = net.checked_sub(paid.amount)?;
            if let Some(cess) = paid.cess {
                net = net.checked_sub(cess.amount)?;
            }
            charges.push(paid);
        }
        let net = net.round_dp_with_strategy(decimals, ROUNDING).normalize();
        Some(Ok(TakeHome { gross, allowances, taxable, charges, net }))
    }
}

impl Allowance {
    fn given(&self, gross: Decimal) -> Option<Decimal> {
        let Some(taper) = self.taper.filter(|taper| gross > taper.above) else {
            return Some(self.amount);
        };
        let lost =
            gross.checked_sub(taper.above)?.checked_mul(taper.lose)?.checked_div(taper.per)?;
        Some(self.amount.checked_sub(lost)?.max(Decimal::ZERO))
    }
}

impl Charge {
    fn paid(&self, gross: Decimal, taxable: Decimal) -> Option<ChargePaid<'_>> {
        let base = match self.on {
            ChargeBase::Taxable => taxable,
            ChargeBase::Gross => gross,
        };
        let mut amount = Decimal::ZERO;
        let mut from = Decimal::ZERO;
        for band in &self.bands {
            let to = band.to.map_or(base, |to| to.min(base));
            if to > from {
                let part = to.checked_sub(from)?.checked_mul(band.percent)?.checked_div(HUNDRED)?;
                amount = amount.checked_add(part)?;
                from = to;
            }
        }
        if let Some(cap) = self.cap {
            amount = amount.min(cap);
        }
        if let Some(rebate) = self.rebate {
            let excess = taxable.checked_sub(rebate.taxable_to)?;
            if excess <= Decimal::ZERO {
                amount = Decimal::ZERO;
            } else if rebate.marginal_relief {
                amount = amount.min(excess);
            }
        }
        let cess = match &self.cess {
            Some(cess) => Some(Part {
                name: &cess.name,
                amount: amount.checked_mul(cess.percent)?.checked_div(HUNDRED)?,
            }),
            None => None,
        };
        Some(ChargePaid { name: &self.name, amount, cess })
    }
}
