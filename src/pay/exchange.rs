//! Owns conversion between currencies and to international dollars, with the rate that is shown.
//!
//! The entry points are [`ExchangeRates::rate`] and [`PurchasingPower::factor`]. Knows nothing of
//! how amounts are written; today's date is an argument.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::exact::ROUNDING;
use crate::date::PartialDate;
use crate::id::{CurrencyCode, SourceId};

/// Units of each currency for one unit of the base currency.
#[derive(Clone, Debug)]
pub struct ExchangeRates {
    /// The currency that one unit of is meant.
    pub base: CurrencyCode,
    /// Whose rates.
    pub source: SourceId,
    /// When they held.
    pub as_of: PartialDate,
    /// The last day on which they are not stale.
    pub holds_until: Date,
    /// Anything a reader must know.
    pub note: Option<String>,
    /// The base itself included.
    pub rates: Vec<(CurrencyCode, Decimal)>,
    /// Earlier sets, to show how far rates move.
    pub earlier: Vec<(PartialDate, Vec<(CurrencyCode, Decimal)>)>,
}

/// Purchasing-power factors: local currency units for one international dollar.
#[derive(Clone, Debug)]
pub struct PurchasingPower {
    /// Whose factors.
    pub source: SourceId,
    /// The year of the factors.
    pub year: i16,
    /// "2024 international dollars".
    pub unit_name: String,
    /// "Int$".
    pub unit_symbol: String,
    /// The last day on which they are not stale.
    pub holds_until: Date,
    /// The caveat shown with every such view.
    pub note: String,
    /// By currency.
    pub factors: Vec<(CurrencyCode, Decimal)>,
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
        let (from, per_base) = self.of(from)?;
        let (to, wanted) = self.of(to)?;
        let value = if from == to {
            Decimal::ONE
        } else {
            wanted
                .checked_div(per_base)?
                .round_sf_with_strategy(RATE_DIGITS, ROUNDING)
                .filter(|value| *value > Decimal::ZERO)?
                .normalize()
        };
        Some(Rate { from, to, value })
    }

    /// Whether there is a rate of that currency.
    pub fn has(&self, currency: &str) -> bool {
        self.of(currency).is_some()
    }

    /// Whether the rates are past the day until which they hold.
    pub fn is_stale(&self, today: Date) -> bool {
        today > self.holds_until
    }

    fn of(&self, currency: &str) -> Option<(&CurrencyCode, Decimal)> {
        self.rates
            .iter()
            .find(|(code, _)| *code == *currency)
            .map(|(code, rate)| (code, *rate))
            .filter(|(_, rate)| *rate > Decimal::ZERO)
    }
}

impl PurchasingPower {
    /// Units of that currency for one international dollar.
    pub fn factor(&self, currency: &str) -> Option<Decimal> {
        self.factors
            .iter()
            .find(|(code, _)| *code == *currency)
            .map(|(_, factor)| *factor)
            .filter(|factor| *factor > Decimal::ZERO)
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

    #[test]
    fn a_cross_rate_has_six_significant_digits() {
        let data = pay_data();
        let rates = data.rates.unwrap();
        assert_eq!(rates.rate("USD", "INR").unwrap().value, dec("94.96"));
        assert_eq!(rates.rate("INR", "GBP").unwrap().value, dec("0.00789490"));
        assert_eq!(rates.rate("GBP", "INR").unwrap().value, dec("126.664"));
        assert_eq!(rates.rate("GBP", "USD").unwrap().value, dec("1.33387"));
        assert_eq!(rates.rate("INR", "INR").unwrap().value, dec("1"));
        assert!(rates.rate("INR", "XXX").is_none());
        assert!(rates.rate("inr", "GBP").is_none());
    }

    #[test]
    fn the_shown_rate_times_the_original_is_the_converted_amount() {
        let data = pay_data();
        let rates = data.rates.unwrap();
        let rate = rates.rate("INR", "GBP").unwrap();
        assert_eq!(rate.convert(dec("600000")), Some(dec("4736.94")));
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
        let mut rates = pay_data().rates.unwrap();
        rates.rates = vec![
            (CurrencyCode::new("A"), Decimal::ZERO),
            (CurrencyCode::new("B"), dec("50000000000000000000000000000")),
            (CurrencyCode::new("C"), dec("0.0000000000000000000000000001")),
            (CurrencyCode::new("D"), Decimal::ONE),
        ];
        assert!(rates.rate("A", "D").is_none());
        assert!(rates.rate("C", "B").is_none());
        assert!(rates.rate("D", "B").unwrap().convert(dec("1000")).is_none());
    }

    proptest! {
        #[test]
        fn a_rate_never_has_more_than_six_digits(a in 1_u64..10_000_000, b in 1_u64..10_000_000) {
            let mut rates = pay_data().rates.unwrap();
            rates.rates = vec![
                (CurrencyCode::new("A"), Decimal::new(i64::try_from(a).unwrap(), 4)),
                (CurrencyCode::new("B"), Decimal::new(i64::try_from(b).unwrap(), 4)),
            ];
            let rate = rates.rate("A", "B").unwrap();
            prop_assert!(rate.value.mantissa().abs() < 1_000_000 || rate.value.scale() == 0);
            prop_assert!(rate.value > Decimal::ZERO);
        }

        #[test]
        fn an_amount_converted_and_back_is_nearly_the_same_and_more_never_becomes_less(
            (a, b) in (1_u64..10_000_000, 1_u64..10_000_000),
            (less, more) in (0_i64..1_000_000_000_000, 0_i64..1_000_000_000_000),
        ) {
            let mut rates = pay_data().rates.unwrap();
            rates.rates = vec![
                (CurrencyCode::new("A"), Decimal::new(i64::try_from(a).unwrap(), 4)),
                (CurrencyCode::new("B"), Decimal::new(i64::try_from(b).unwrap(), 4)),
            ];
            let (there, back) = (rates.rate("A", "B").unwrap(), rates.rate("B", "A").unwrap());
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
            factor in 1_u64..10_000_000,
            (less, more) in (0_i64..1_000_000_000_000, 0_i64..1_000_000_000_000),
        ) {
            let factor = Decimal::new(i64::try_from(factor).unwrap(), 4);
            let (less, more) = (Decimal::new(less.min(more), 2), Decimal::new(less.max(more), 2));
            let converted = by_purchasing_power(more, factor).unwrap();
            prop_assert!(by_purchasing_power(less, factor).unwrap() <= converted);
            // Rounded to the cent: half of it, at most, times the factor.
            let error = (converted * factor - more).abs();
            prop_assert!(error <= factor * Decimal::new(5, 3), "{error} of {more}");
        }

        #[test]
        fn there_and_back_is_nearly_the_same(a in 1_u64..10_000_000, b in 1_u64..10_000_000) {
            let mut rates = pay_data().rates.unwrap();
            rates.rates = vec![
                (CurrencyCode::new("A"), Decimal::new(i64::try_from(a).unwrap(), 4)),
                (CurrencyCode::new("B"), Decimal::new(i64::try_from(b).unwrap(), 4)),
            ];
            let (there, back) = (rates.rate("A", "B").unwrap(), rates.rate("B", "A").unwrap());
            // Each of the two is rounded to six digits: half of the last of them, at most.
            let error = (there.value * back.value - Decimal::ONE).abs();
            prop_assert!(error <= Decimal::new(11, 6), "{error}");
        }
    }
}
