//! Owns conversion between currencies and to international dollars, with the rate that is shown. The
//! entry points are [`ExchangeRates::rate`] and [`PurchasingPower::factor`].

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::exact::{self, Exact, ROUNDING};
use crate::date::PartialDate;
use crate::id::{CurrencyCode, SourceId};

/// Market exchange rates.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExchangeRates {
    /// ISO 4217 code of the currency of which one unit is meant.
    #[schema(value_type = String)]
    pub base: CurrencyCode,
    /// Source id.
    #[schema(value_type = String)]
    pub source: SourceId,
    /// When they held.
    pub as_of: PartialDate,
    /// The last day on which they are not stale.
    #[schema(value_type = String, format = Date)]
    pub holds_until: Date,
    /// Anything a reader must know.
    pub note: Option<String>,
    /// Units of each currency for one unit of the base.
    pub rates: Vec<PerCurrency>,
    /// Earlier ones, which show how far rates move.
    pub earlier: Vec<EarlierRates>,
}

/// Exchange rates of another time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EarlierRates {
    /// When they held.
    pub as_of: PartialDate,
    /// Units of each currency for one unit of the base.
    pub rates: Vec<PerCurrency>,
}

/// A number of a currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PerCurrency {
    /// ISO 4217 code.
    #[schema(value_type = String)]
    pub currency: CurrencyCode,
    /// The rate or factor.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub value: Decimal,
}

/// Purchasing-power factors.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PurchasingPower {
    /// Source id.
    #[schema(value_type = String)]
    pub source: SourceId,
    /// The year of the factors.
    pub year: i16,
    /// What an amount divided by its factor is in.
    #[serde(rename = "unit")]
    pub unit_name: String,
    /// "Int$".
    #[serde(skip)]
    pub unit_symbol: String,
    /// The last day on which they are not stale.
    #[schema(value_type = String, format = Date)]
    pub holds_until: Date,
    /// How rough they are.
    pub note: String,
    /// Units of each currency for one international dollar.
    pub factors: Vec<PerCurrency>,
}

/// The number of that currency among several.
pub fn value_of(values: &[PerCurrency], currency: &str) -> Option<Decimal> {
    values.iter().find(|one| one.currency == *currency).map(|one| one.value)
}

/// How many units of one currency one unit of another is worth, exactly as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate<'a> {
    /// The currency that amounts are in before.
    pub from: &'a CurrencyCode,
    /// The currency that amounts are in after.
    pub to: &'a CurrencyCode,
    /// Rounded to six significant digits *before* it is used, so that a reader who multiplies the
    /// rate on the page with the original amount gets the program's own figure.
    pub value: Decimal,
}

/// Significant digits of a shown, and used, rate.
const RATE_DIGITS: u32 = 6;

impl Rate<'_> {
    /// The amount times the rate, not rounded; none when it is too large to be exact.
    pub fn convert(&self, amount: Decimal) -> Option<Decimal> {
        amount.checked_mul(self.value).map(|converted| converted.normalize())
    }
}

impl ExchangeRates {
    /// The cross rate between two currencies; none when either has no rate.
    pub fn rate(&self, from: &str, to: &str) -> Option<Rate<'_>> {
        let (from, to) = (self.of(from)?, self.of(to)?);
        let value = if from.currency == to.currency {
            Decimal::ONE
        } else {
            to.value
                .checked_div(from.value)?
                .round_sf_with_strategy(RATE_DIGITS, ROUNDING)
                .filter(|value| *value > Decimal::ZERO)?
                .normalize()
        };
        Some(Rate { from: &from.currency, to: &to.currency, value })
    }

    /// Whether there is a rate of that currency.
    pub fn has(&self, currency: &str) -> bool {
        self.of(currency).is_some()
    }

    /// Whether the rates are past the day until which they hold.
    pub fn is_stale(&self, today: Date) -> bool {
        today > self.holds_until
    }

    fn of(&self, currency: &str) -> Option<&PerCurrency> {
        self.rates.iter().find(|one| one.currency == *currency && one.value > Decimal::ZERO)
    }
}

impl PurchasingPower {
    /// Units of that currency for one international dollar.
    pub fn factor(&self, currency: &str) -> Option<Decimal> {
        value_of(&self.factors, currency).filter(|factor| *factor > Decimal::ZERO)
    }

    /// Whether the factors are past the day until which they hold.
    pub fn is_stale(&self, today: Date) -> bool {
        today > self.holds_until
    }
}

/// An amount in local currency as international dollars: divided by the factor of its currency,
/// rounded to two decimals, half away from zero; none when it is too large.
pub(super) fn by_purchasing_power(amount: Decimal, factor: Decimal) -> Option<Decimal> {
    Some(amount.checked_div(factor)?.round_dp_with_strategy(2, ROUNDING).normalize())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{dec, pay_data};

    fn rates_of<const N: usize>(values: [(&str, Decimal); N]) -> ExchangeRates {
        let per_currency =
            |(code, value): (&str, _)| PerCurrency { currency: CurrencyCode::new(code), value };
        let rates = values.map(per_currency).to_vec();
        ExchangeRates { rates, ..pay_data().rates.unwrap() }
    }

    /// Rates of two currencies, A and B, in ten thousandths.
    fn two_rates(a: i64, b: i64) -> ExchangeRates {
        rates_of([("A", Decimal::new(a, 4)), ("B", Decimal::new(b, 4))])
    }

    #[test]
    fn a_cross_rate_has_six_significant_digits_and_is_what_amounts_are_multiplied_with() {
        let rates = pay_data().rates.unwrap();
        let rate = |from, to| Some(rates.rate(from, to)?.value);
        assert_eq!(rate("USD", "INR"), Some(dec("94.96")));
        assert_eq!(rate("INR", "GBP"), Some(dec("0.00789490")));
        assert_eq!(rate("GBP", "INR"), Some(dec("126.664")));
        assert_eq!(rate("GBP", "USD"), Some(dec("1.33387")));
        assert_eq!(rate("INR", "INR"), Some(dec("1")));
        assert_eq!(rate("INR", "XXX"), None);
        assert_eq!(rate("inr", "GBP"), None);
        let pounds = rates.rate("INR", "GBP").unwrap().convert(dec("600000"));
        assert_eq!(pounds, Some(dec("4736.94")));
    }

    #[test]
    fn purchasing_power_divides_by_the_factor() {
        let data = pay_data();
        let power = data.purchasing_power.unwrap();
        let convert = |code, amount| by_purchasing_power(dec(amount), power.factor(code)?);
        assert_eq!(convert("INR", "600000"), Some(dec("29380.08")));
        assert_eq!(convert("USD", "95000"), Some(dec("95000")));
        assert_eq!(convert("XXX", "95000"), None);
    }

    #[test]
    fn rates_and_factors_hold_through_their_last_day() {
        let data = pay_data();
        let last = jiff::civil::date(2027, 6, 30);
        let rates = data.rates.unwrap();
        assert!(!rates.is_stale(last));
        assert!(rates.is_stale(last.tomorrow().unwrap()));
        let power = data.purchasing_power.unwrap();
        assert!(!power.is_stale(last));
        assert!(power.is_stale(last.tomorrow().unwrap()));
    }

    #[test]
    fn absurd_rates_are_no_rates_and_never_a_panic() {
        let rates = rates_of([
            ("A", Decimal::ZERO),
            ("B", dec("50000000000000000000000000000")),
            ("C", dec("0.0000000000000000000000000001")),
            ("D", Decimal::ONE),
        ]);
        assert!(rates.rate("A", "D").is_none());
        assert!(rates.rate("C", "B").is_none());
        assert!(rates.rate("D", "B").unwrap().convert(dec("1000")).is_none());
    }

    proptest! {
        #[test]
        fn a_rate_never_has_more_than_six_digits(a in 1_i64..10_000_000, b in 1_i64..10_000_000) {
            let rates = two_rates(a, b);
            let rate = rates.rate("A", "B").unwrap();
            prop_assert!(rate.value.mantissa().abs() < 1_000_000 || rate.value.scale() == 0);
            prop_assert!(rate.value > Decimal::ZERO);
        }

        #[test]
        fn an_amount_converted_and_back_is_nearly_the_same_and_more_never_becomes_less(
            (a, b) in (1_i64..10_000_000, 1_i64..10_000_000),
            (less, more) in (0_i64..1_000_000_000_000, 0_i64..1_000_000_000_000),
        ) {
            let rates = two_rates(a, b);
            let (there, back) = (rates.rate("A", "B").unwrap(), rates.rate("B", "A").unwrap());
            // Each of the two is rounded to six digits: half of the last of them, at most.
            let error = (there.value * back.value - Decimal::ONE).abs();
            prop_assert!(error <= Decimal::new(11, 6), "{error}");
            let (less, more) = (Decimal::new(less.min(more), 2), Decimal::new(less.max(more), 2));
            let converted = there.convert(more).unwrap();
            prop_assert!(there.convert(less).unwrap() <= converted);
            prop_assert_eq!(converted.is_zero(), more.is_zero());
            let error = (back.convert(converted).unwrap() - more).abs();
            prop_assert!(error <= more * Decimal::new(11, 6), "{error} of {more}");
            prop_assert_eq!(rates.rate("A", "A").unwrap().convert(more), Some(more.normalize()));
        }

        #[test]
        fn purchasing_power_keeps_the_order_of_amounts_and_their_worth(
            factor in 1_i64..10_000_000,
            (less, more) in (0_i64..1_000_000_000_000, 0_i64..1_000_000_000_000),
        ) {
            let factor = Decimal::new(factor, 4);
            let (less, more) = (Decimal::new(less.min(more), 2), Decimal::new(less.max(more), 2));
            let converted = by_purchasing_power(more, factor).unwrap();
            prop_assert!(by_purchasing_power(less, factor).unwrap() <= converted);
            // Rounded to the cent: half of it, at most, times the factor.
            let error = (converted * factor - more).abs();
            prop_assert!(error <= factor * Decimal::new(5, 3), "{error} of {more}");
        }
    }
}
