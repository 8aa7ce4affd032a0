//! Owns how amounts are written and said.

use rust_decimal::Decimal;

use super::{Currency, Denomination, Grouping, Period, ROUNDING, Unit};
use crate::salary::Range;

/// Significant figures of a figure written with "≈".
const SHOWN_DIGITS: u32 = 3;
/// Decimals of a large unit: "₹12.75L".
const UNIT_DECIMALS: u32 = 2;
/// So many of the last of those decimals make one.
const PARTS: i64 = 10_i64.pow(UNIT_DECIMALS);

impl Currency {
    /// Every digit, grouped: "₹6,00,000", "£45,000.50".
    pub fn exact(&self, amount: Decimal) -> String {
        grouped(&self.symbol, amount, self.grouping, self.decimals)
    }

    /// In the largest unit that holds it within two decimals: "₹12.75L", "$95K"; otherwise as
    /// [`Self::exact`].
    pub fn compact(&self, amount: Decimal) -> String {
        match self.in_unit(amount) {
            Some((number, unit)) => format!("{}{number}{}", self.symbol, unit.suffix),
            None => self.exact(amount),
        }
    }

    /// "6 lakh", "46,974", without the currency's name.
    fn counted(&self, amount: Decimal) -> String {
        match self.in_unit(amount) {
            Some((number, unit)) => format!("{number} {}", unit.word),
            None => grouped("", amount, self.grouping, self.decimals),
        }
    }

    /// "6 lakh rupees".
    pub fn spoken(&self, amount: Decimal) -> String {
        format!("{} {}", self.counted(amount), self.plural)
    }

    /// "₹6L–₹12L", "₹35L+", "£85K–£130K+".
    pub fn compact_range(&self, range: &Range) -> String {
        range_with(range, |amount| self.compact(amount))
    }

    /// "6 lakh to 12 lakh rupees a year", "35 lakh rupees or more a year".
    pub fn spoken_range(&self, range: &Range, period: Period) -> String {
        Denomination::Currency(self).spoken_range(range, period, false)
    }

    /// The amount in the largest unit not above it, when two decimals are enough.
    fn in_unit(&self, amount: Decimal) -> Option<(Decimal, &Unit)> {
        let unit = self
            .units
            .iter()
            .filter(|unit| unit.value > Decimal::ZERO && unit.value <= amount)
            .max_by_key(|unit| unit.value)?;
        // Nearly all of both are whole, and dividing decimals takes far longer.
        if let (Some(amount), Some(value)) = (whole(amount), whole(unit.value)) {
            let parts = amount.checked_mul(PARTS)?;
            let number = (parts % value == 0).then(|| Decimal::new(parts / value, UNIT_DECIMALS));
            return Some((number?.normalize(), unit));
        }
        let number = amount.checked_div(unit.value)?.normalize();
        (number.scale() <= UNIT_DECIMALS).then_some((number, unit))
    }
}

impl<'a> Denomination<'a> {
    /// "₹", "Int$".
    pub fn symbol(self) -> &'a str {
        match self {
            Self::Currency(currency) => &currency.symbol,
            Self::International(power) => &power.unit_symbol,
        }
    }

    /// "rupees", "2024 international dollars".
    pub fn plural(self) -> &'a str {
        match self {
            Self::Currency(currency) => &currency.plural,
            Self::International(power) => &power.unit_name,
        }
    }

    /// The ISO 4217 code, or the symbol of the international unit, which has none.
    pub fn code(self) -> &'a str {
        match self {
            Self::Currency(currency) => currency.code.as_str(),
            Self::International(power) => &power.unit_symbol,
        }
    }

    /// Digits after the point of the smallest coin.
    pub fn decimals(self) -> u32 {
        match self {
            Self::Currency(currency) => currency.decimals,
            Self::International(_) => 2,
        }
    }

    /// Every digit, grouped.
    pub fn exact(self, amount: Decimal) -> String {
        match self {
            Self::Currency(currency) => currency.exact(amount),
            Self::International(power) => grouped(&power.unit_symbol, amount, Grouping::Western, 2),
        }
    }

    /// In a large unit when that is exact within two decimals; otherwise every digit.
    pub fn compact(self, amount: Decimal) -> String {
        match self {
            Self::Currency(currency) => currency.compact(amount),
            Self::International(_) => self.exact(amount),
        }
    }

    /// "≈£104K": three significant figures, always with the sign.
    pub fn approximate(self, amount: Decimal) -> String {
        format!("≈{}", self.compact(round_for_show(amount)))
    }

    /// A range of exact or of approximate amounts: "₹6L–₹12L", "≈£4.74K–£9.47K+".
    pub fn compact_range(self, range: &Range, approximate: bool) -> String {
        if approximate {
            let text = range_with(range, |amount| self.compact(round_for_show(amount)));
            format!("≈{text}")
        } else {
            range_with(range, |amount| self.compact(amount))
        }
    }

    /// A range with every digit of both ends.
    pub fn exact_range(self, range: &Range) -> String {
        range_with(range, |amount| self.exact(amount))
    }

    /// "6 lakh rupees", "about 104 thousand pounds".
    pub fn spoken(self, amount: Decimal, approximate: bool) -> String {
        let (about, amount) =
            if approximate { ("about ", round_for_show(amount)) } else { ("", amount) };
        format!("{about}{} {}", self.counted(amount), self.spoken_name())
    }

    /// "6 lakh to 12 lakh rupees a year", "35 lakh rupees or more a year".
    pub fn spoken_range(self, range: &Range, period: Period, approximate: bool) -> String {
        let round = |amount| if approximate { round_for_show(amount) } else { amount };
        let about = if approximate { "about " } else { "" };
        let low = self.counted(round(range.low));
        let more = if range.is_open() { " or more" } else { "" };
        let to = match range.high.map(|high| self.counted(round(high))) {
            Some(high) if high != low => format!(" to {high}"),
            _ => String::new(),
        };
        let (name, period) = (self.spoken_name(), period.spoken());
        match self {
            Self::Currency(_) => format!("{about}{low}{to} {name}{more} {period}"),
            Self::International(_) => format!("{about}{low}{to}{more} {name} {period}"),
        }
    }

    /// The unit's name may begin with a year, which must not run into the amount.
    fn spoken_name(self) -> String {
        match self {
            Self::Currency(currency) => currency.plural.clone(),
            Self::International(power) => format!("in {}", power.unit_name),
        }
    }

    fn counted(self, amount: Decimal) -> String {
        match self {
            Self::Currency(currency) => currency.counted(amount),
            Self::International(_) => grouped("", amount, Grouping::Western, 2),
        }
    }
}

/// Three significant figures, half away from zero.
pub(crate) fn round_for_show(amount: Decimal) -> Decimal {
    amount.round_sf_with_strategy(SHOWN_DIGITS, ROUNDING).unwrap_or(amount).normalize()
}

/// "3,478".
pub(crate) fn group_western(number: u32) -> String {
    grouped("", Decimal::from(number), Grouping::Western, 0)
}

fn range_with(range: &Range, write: impl Fn(Decimal) -> String) -> String {
    let low = write(range.low);
    let plus = if range.is_open() { "+" } else { "" };
    match range.high.map(write) {
        Some(high) if high != low => format!("{low}–{high}{plus}"),
        _ => format!("{low}{plus}"),
    }
}

/// An amount without a fraction.
fn whole(amount: Decimal) -> Option<i64> {
    if amount.scale() == 0 { i64::try_from(amount.mantissa()).ok() } else { None }
}

/// Whole amounts without a point, others with all decimals of the smallest coin.
fn grouped(symbol: &str, amount: Decimal, grouping: Grouping, decimals: u32) -> String {
    let mut amount = amount;
    if amount.scale() > decimals {
        amount = amount.round_dp_with_strategy(decimals, ROUNDING);
    }
    if amount.scale() > 0 {
        amount = amount.normalize();
    }
    let places = |count: u32| usize::try_from(count).unwrap_or(0);
    let scale = places(amount.scale());
    let digits = format!("{:0least$}", amount.mantissa().unsigned_abs(), least = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let mut text = String::with_capacity(symbol.len() + digits.len() * 2 + 4);
    text.push_str(symbol);
    if amount.is_sign_negative() && !amount.is_zero() {
        text.push('-');
    }
    push_grouped(&mut text, whole, grouping);
    if scale > 0 {
        text.push('.');
        text.push_str(fraction);
        text.extend(std::iter::repeat_n('0', places(decimals).saturating_sub(scale)));
    }
    text
}

fn push_grouped(text: &mut String, whole: &str, grouping: Grouping) {
    let step = match grouping {
        Grouping::Western => 3,
        Grouping::Indian => 2,
    };
    for (index, digit) in whole.char_indices() {
        let after = whole.len() - index;
        if index > 0 && after >= 3 && (after - 3).is_multiple_of(step) {
            text.push(',');
        }
        text.push(digit);
    }
}
