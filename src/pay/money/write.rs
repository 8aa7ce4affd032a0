//! Owns how amounts are written and said.

use rust_decimal::Decimal;

use super::{Currency, Denomination, Grouping, LargeUnit, Period};
use crate::pay::Range;
use crate::pay::exact::ROUNDING;

/// Significant figures of a figure written with "≈".
const SHOWN_DIGITS: u32 = 3;
/// A large unit is written with two decimals at most: "₹12.75L".
const PARTS: i64 = 100;

impl Currency {
    /// Every digit, grouped: "₹6,00,000", "£45,000.50".
    pub fn exact(&self, amount: Decimal) -> String {
        written(|text| self.push_exact(text, amount))
    }

    /// In the largest unit that holds it within two decimals: "₹12.75L", "$95K"; otherwise as
    /// [`Self::exact`].
    pub fn compact(&self, amount: Decimal) -> String {
        written(|text| self.push_compact(text, amount))
    }

    /// "₹6L–₹12L", "₹35L+", "£85K–£130K+".
    pub fn compact_range(&self, range: &Range) -> String {
        written(|text| Denomination::Currency(self).push_compact_range(text, range, false))
    }

    /// "6 lakh to 12 lakh rupees a year", "35 lakh rupees or more a year".
    pub fn spoken_range(&self, range: &Range, period: Period) -> String {
        let with = Denomination::Currency(self);
        written(|text| with.push_spoken_range(text, range, period, false))
    }

    fn push_exact(&self, text: &mut String, amount: Decimal) {
        push_amount(text, &self.symbol, amount, self.grouping, self.decimals);
    }

    fn push_compact(&self, text: &mut String, amount: Decimal) {
        match self.in_unit(amount) {
            Some((hundredths, unit)) => {
                text.push_str(&self.symbol);
                push_hundredths(text, hundredths);
                text.push_str(&unit.suffix);
            }
            None => self.push_exact(text, amount),
        }
    }

    /// "6 lakh", "46,974", without the currency's name.
    fn push_counted(&self, text: &mut String, amount: Decimal) {
        match self.in_unit(amount) {
            Some((hundredths, unit)) => {
                push_hundredths(text, hundredths);
                text.push(' ');
                text.push_str(&unit.word);
            }
            None => push_amount(text, "", amount, self.grouping, self.decimals),
        }
    }

    /// How many hundredths of the largest unit not above it the amount is, when that is whole.
    fn in_unit(&self, amount: Decimal) -> Option<(i64, &LargeUnit)> {
        // Nearly all amounts are whole, as units are, and whole numbers take half the time: a
        // comparison writes some hundred amounts, and all of it takes a tenth of a millisecond.
        if let Some(amount) = whole(amount)
            && self.units.iter().all(|unit| whole(unit.value).is_some())
        {
            let units = self.units.iter().filter_map(|unit| Some((whole(unit.value)?, unit)));
            let fitting = units.filter(|(value, _)| *value > 0 && *value <= amount);
            let (value, unit) = fitting.max_by_key(|(value, _)| *value)?;
            let hundredths = amount.checked_mul(PARTS)?;
            return (hundredths % value == 0).then(|| (hundredths / value, unit));
        }
        let unit = self
            .units
            .iter()
            .filter(|unit| unit.value > Decimal::ZERO && unit.value <= amount)
            .max_by_key(|unit| unit.value)?;
        let hundredths = amount.checked_div(unit.value)?.checked_mul(PARTS.into())?.normalize();
        Some((whole(hundredths)?, unit))
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

    /// In a large unit when that is exact within two decimals; otherwise every digit.
    pub fn compact(self, amount: Decimal) -> String {
        written(|text| self.push_compact(text, amount))
    }

    /// Every digit, grouped.
    pub(crate) fn push_exact(self, text: &mut String, amount: Decimal) {
        match self {
            Self::Currency(currency) => currency.push_exact(text, amount),
            Self::International(power) => {
                push_amount(text, &power.unit_symbol, amount, Grouping::Western, 2);
            }
        }
    }

    pub(crate) fn push_compact(self, text: &mut String, amount: Decimal) {
        match self {
            Self::Currency(currency) => currency.push_compact(text, amount),
            Self::International(_) => self.push_exact(text, amount),
        }
    }

    /// "≈£104K": three significant figures, always with the sign.
    pub(crate) fn push_approximate(self, text: &mut String, amount: Decimal) {
        text.push('≈');
        self.push_compact(text, round_for_show(amount));
    }

    /// A range of exact or of approximate amounts: "₹6L–₹12L", "≈£4.74K–£9.47K+".
    pub(crate) fn push_compact_range(self, text: &mut String, range: &Range, approximate: bool) {
        if approximate {
            text.push('≈');
            push_range(text, range, |text, amount| {
                self.push_compact(text, round_for_show(amount));
            });
        } else {
            push_range(text, range, |text, amount| self.push_compact(text, amount));
        }
    }

    /// A range with every digit of both ends.
    pub(crate) fn push_exact_range(self, text: &mut String, range: &Range) {
        push_range(text, range, |text, amount| self.push_exact(text, amount));
    }

    /// "6 lakh rupees", "about 104 thousand pounds".
    pub(crate) fn push_spoken(self, text: &mut String, amount: Decimal, approximate: bool) {
        let amount = if approximate { round_for_show(amount) } else { amount };
        text.push_str(if approximate { "about " } else { "" });
        self.push_counted(text, amount);
        text.push(' ');
        self.push_spoken_name(text);
    }

    /// "6 lakh to 12 lakh rupees a year", "35 lakh rupees or more a year".
    pub(crate) fn push_spoken_range(
        self,
        text: &mut String,
        range: &Range,
        period: Period,
        approximate: bool,
    ) {
        let round = |amount| if approximate { round_for_show(amount) } else { amount };
        text.push_str(if approximate { "about " } else { "" });
        push_ends(text, range, " to ", |text, amount| self.push_counted(text, round(amount)));
        let more = if range.is_open() { " or more" } else { "" };
        // The name of the unit is a phrase of its own, and ends what is counted.
        let (before, after) = match self {
            Self::Currency(_) => ("", more),
            Self::International(_) => (more, ""),
        };
        text.push_str(before);
        text.push(' ');
        self.push_spoken_name(text);
        text.push_str(after);
        text.push(' ');
        text.push_str(period.spoken());
    }

    /// The unit's name may begin with a year, which must not run into the amount.
    fn push_spoken_name(self, text: &mut String) {
        match self {
            Self::Currency(currency) => text.push_str(&currency.plural),
            Self::International(power) => {
                text.push_str("in ");
                text.push_str(&power.unit_name);
            }
        }
    }

    fn push_counted(self, text: &mut String, amount: Decimal) {
        match self {
            Self::Currency(currency) => currency.push_counted(text, amount),
            Self::International(_) => push_amount(text, "", amount, Grouping::Western, 2),
        }
    }
}

/// Three significant figures, half away from zero.
pub(crate) fn round_for_show(amount: Decimal) -> Decimal {
    round_for_show_by_integers(amount).unwrap_or_else(|| {
        amount.round_sf_with_strategy(SHOWN_DIGITS, ROUNDING).unwrap_or(amount).normalize()
    })
}

/// The same by whole numbers, in 30 nanoseconds instead of 200: a comparison rounds some hundred
/// amounts, and all of it takes a tenth of a millisecond. None for what is too long for them.
fn round_for_show_by_integers(amount: Decimal) -> Option<Decimal> {
    let mut mantissa = i64::try_from(amount.mantissa()).ok()?;
    let mut scale = amount.scale();
    let digits = mantissa.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    let surplus = digits.saturating_sub(SHOWN_DIGITS);
    if surplus > 0 {
        let power = 10_i64.checked_pow(surplus)?;
        let half = if mantissa < 0 { -(power / 2) } else { power / 2 };
        mantissa = mantissa.checked_add(half)? / power;
        // What was cut off was behind the point, as far as anything stands there.
        let behind = surplus.min(scale);
        scale -= behind;
        mantissa = mantissa.checked_mul(10_i64.checked_pow(surplus - behind)?)?;
    }
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Some(Decimal::new(mantissa, scale))
}

/// "3,478".
pub(crate) fn group_western(number: u32) -> String {
    written(|text| push_amount(text, "", Decimal::from(number), Grouping::Western, 0))
}

pub(crate) fn written(push: impl FnOnce(&mut String)) -> String {
    let mut text = String::with_capacity(32);
    push(&mut text);
    text
}

fn push_range(text: &mut String, range: &Range, push: impl Fn(&mut String, Decimal)) {
    push_ends(text, range, "–", push);
    if range.is_open() {
        text.push('+');
    }
}

/// Both ends, or one when they are written alike.
fn push_ends(text: &mut String, range: &Range, between: &str, push: impl Fn(&mut String, Decimal)) {
    let start = text.len();
    push(text, range.low);
    let Some(high) = range.high else { return };
    let middle = text.len();
    text.push_str(between);
    let end = text.len();
    push(text, high);
    if text[start..middle] == text[end..] {
        text.truncate(middle);
    }
}

/// An amount without a fraction.
fn whole(amount: Decimal) -> Option<i64> {
    if amount.scale() == 0 { i64::try_from(amount.mantissa()).ok() } else { None }
}

/// "12.75", "6.5", "6".
fn push_hundredths(text: &mut String, hundredths: i64) {
    let mut digits = itoa::Buffer::new();
    text.push_str(digits.format(hundredths / PARTS));
    let part = hundredths % PARTS;
    if part != 0 {
        text.push_str(if part < 10 { ".0" } else { "." });
        text.push_str(digits.format(if part % 10 == 0 { part / 10 } else { part }));
    }
}

/// Whole amounts without a point, others with all decimals of the smallest coin.
fn push_amount(
    text: &mut String,
    symbol: &str,
    amount: Decimal,
    grouping: Grouping,
    decimals: u32,
) {
    let mut amount = amount;
    if amount.scale() > decimals {
        amount = amount.round_dp_with_strategy(decimals, ROUNDING);
    }
    if amount.scale() > 0 {
        amount = amount.normalize();
    }
    let places = |count: u32| usize::try_from(count).unwrap_or(0);
    let scale = places(amount.scale());
    text.push_str(symbol);
    if amount.is_sign_negative() && !amount.is_zero() {
        text.push('-');
    }
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(amount.mantissa().unsigned_abs());
    let before = digits.len().saturating_sub(scale);
    let (whole, fraction) = digits.split_at(before);
    push_grouped(text, if whole.is_empty() { "0" } else { whole }, grouping);
    if scale > 0 {
        text.push('.');
        text.extend(std::iter::repeat_n('0', scale - fraction.len()));
        text.push_str(fraction);
        text.extend(std::iter::repeat_n('0', places(decimals).saturating_sub(scale)));
    }
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
