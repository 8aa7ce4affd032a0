//! Owns how pages write numbers that are no pay: shares, counts, samples.

use rust_decimal::Decimal;

use crate::content::tables::statistics::{Cell, Column, Unit};
use crate::pay::{SalaryData, Sample};

/// "sample 1,000"; what the source says in words as it says it.
pub(super) fn sample(sample: &Sample) -> String {
    match sample {
        Sample::NotStated => "sample not stated".to_owned(),
        Sample::Size(_) => format!("sample {}", sample.text()),
        Sample::Words(words) => words.clone(),
    }
}

/// "1,905,400", "−73": a plain number as people write it, its decimals as they were given.
pub(super) fn number(number: Decimal) -> String {
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 4);
    if number.is_sign_negative() && !number.is_zero() {
        out.push('−');
    }
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A figure as it stands in its table: "56.3%", "$120,230"; a named unit stands in the heading.
pub(super) fn cell(cell: &Cell, column: &Column, data: &SalaryData) -> String {
    match (cell, &column.unit) {
        (Cell::Text(text), _) => text.clone(),
        (Cell::Number(value), Unit::Number | Unit::Named(_)) => number(*value),
        (Cell::Number(value), Unit::Percent) => format!("{}%", number(*value)),
        (Cell::Number(value), Unit::Money(code)) => match data.currency(code.as_str()) {
            Some(currency) => currency.exact(*value),
            None => number(*value),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_keep_their_decimals() {
        for (value, written) in
            [("1905400", "1,905,400"), ("-73", "−73"), ("34.0", "34.0"), ("0.244", "0.244")]
        {
            assert_eq!(number(value.parse().unwrap()), written);
        }
    }
}
