//! Owns the reading of amounts as people write them.

use rust_decimal::Decimal;

use super::{Currency, MAX_AMOUNT};

/// Longer texts are not read.
const MAX_LENGTH: usize = 40;

/// What is wrong with a text that should be an amount, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{wrong} like {ways_to_write}")]
pub struct AmountError {
    wrong: String,
    ways_to_write: String,
}

impl Currency {
    /// Reads "18,00,000", "1800000", "18L", "18 lakh", "₹18L" or "INR 18 lakh", without regard to
    /// case. Only the currency's own units are understood. Commas may group digits in this
    /// currency's way or in the other common way.
    pub fn parse(&self, text: &str) -> Result<Decimal, AmountError> {
        if text.len() > MAX_LENGTH {
            return Err(self.not_an_amount());
        }
        let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let text = self.without_name(text.trim());
        if text.is_empty() {
            return Err(self.error("there is no amount: write it"));
        }
        let end =
            text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let number = self.parse_number(number)?;
        let factor = self.parse_unit(unit.trim())?;
        let amount = number.checked_mul(factor).ok_or_else(|| self.too_large())?.normalize();
        if amount > MAX_AMOUNT {
            return Err(self.too_large());
        }
        if amount.scale() > self.decimals {
            return Err(self.error(format!(
                "{} have {} decimals at most: write the amount",
                self.plural, self.decimals
            )));
        }
        Ok(amount)
    }

    /// Whether the text itself names the currency, by its symbol or code.
    pub fn is_named_in(&self, text: &str) -> bool {
        self.without_mark(text.trim()).is_some()
    }

    /// "1800000, 18,00,000 or 18L".
    fn ways_to_write(&self) -> String {
        let unit = self.units.first();
        let thousand = Decimal::ONE_THOUSAND;
        let value = unit.map_or(thousand, |unit| unit.value);
        let amount = value.checked_mul(Decimal::from(18_u8)).unwrap_or(thousand);
        let grouped = self.exact(amount);
        let grouped = grouped.strip_prefix(&*self.symbol).unwrap_or(&grouped);
        match unit {
            Some(unit) => format!("{amount}, {grouped} or 18{}", unit.suffix),
            None => format!("{amount} or {grouped}"),
        }
    }

    fn error(&self, wrong: impl Into<String>) -> AmountError {
        AmountError { wrong: wrong.into(), ways_to_write: self.ways_to_write() }
    }

    fn not_an_amount(&self) -> AmountError {
        self.error(format!("this is not an amount of {}: write it", self.plural))
    }

    fn too_large(&self) -> AmountError {
        self.error("the amount is too large: write it")
    }

    /// Takes the symbol or code from the front or the end, and the spoken name from the end.
    fn without_name<'t>(&self, text: &'t str) -> &'t str {
        let text = self.without_mark(text).unwrap_or(text);
        strip_end(text, &self.plural).unwrap_or(text)
    }

    fn without_mark<'t>(&self, text: &'t str) -> Option<&'t str> {
        [&*self.symbol, self.code.as_str()]
            .into_iter()
            .find_map(|mark| strip_start(text, mark).or_else(|| strip_end(text, mark)))
    }

    fn parse_number(&self, text: &str) -> Result<Decimal, AmountError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let fraction_missing = text.ends_with('.');
        if !digits(fraction) || fraction_missing || !whole.starts_with(|c: char| c.is_ascii_digit())
        {
            return Err(self.not_an_amount());
        }
        if !commas_group(whole) {
            return Err(self.error("the commas are in the wrong places: write the amount"));
        }
        let mut plain = whole.replace(',', "");
        if !fraction.is_empty() {
            plain.push('.');
            plain.push_str(fraction);
        }
        Decimal::from_str_exact(&plain).map_err(|_| self.too_large())
    }

    fn parse_unit(&self, text: &str) -> Result<Decimal, AmountError> {
        if text.is_empty() {
            return Ok(Decimal::ONE);
        }
        let text_lower = text.to_lowercase();
        self.units
            .iter()
            .find(|unit| {
                let word = unit.word.to_lowercase();
                text_lower == unit.suffix.to_lowercase()
                    || text_lower == word
                    || text_lower.strip_suffix('s') == Some(&word)
            })
            .map(|unit| unit.value)
            .ok_or_else(|| {
                if text.starts_with(|c: char| c.is_alphabetic()) {
                    let plural = &self.plural;
                    self.error(format!("“{text}” is not a unit of {plural}: write the amount"))
                } else {
                    self.not_an_amount()
                }
            })
    }
}

/// No commas, or a last group of three and before it groups of three, or of two, throughout.
fn commas_group(whole: &str) -> bool {
    let groups: Vec<usize> = whole.split(',').map(str::len).collect();
    let [first, middle @ .., last] = groups.as_slice() else {
        return true;
    };
    *last == 3
        && [2, 3]
            .into_iter()
            .any(|size| (1..=size).contains(first) && middle.iter().all(|group| *group == size))
}

fn strip_start<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let start = text.get(..mark.len())?;
    (!mark.is_empty() && same(start, mark)).then(|| text[mark.len()..].trim_start())
}

fn strip_end<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(mark.len())?;
    let end = text.get(at..)?;
    (!mark.is_empty() && same(end, mark)).then(|| text[..at].trim_end())
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
