//! Owns single values: what counts as a text, a number or a date, and the problems of what does not. Must
//! not know tables, beyond the key of a value.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::de::DeValue;

use super::super::diagnostics::{Code, FileText};
use super::Spanned;
use crate::date::PartialDate;
use crate::text::invisible::is_invisible;

/// Larger amounts are typing errors, and would overflow exact arithmetic.
const MAX_AMOUNT: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0); // 10^15

const PLAIN_NUMBER: &str = "write it without quotation marks, separators and signs: 95000";

/// What a value is, in words.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A text that is not empty and has no invisible characters.
pub(super) fn text_of(
    file: &FileText<'_>,
    key: &str,
    value: &DeValue<'_>,
    span: &Range<usize>,
) -> Option<Spanned<String>> {
    let DeValue::String(text) = value else {
        file.error(
            Code::WrongType,
            span.clone(),
            format!("`{key}` must be a text in quotation marks, not {}", kind(value)),
            None,
        );
        return None;
    };
    if text.trim().is_empty() {
        file.error(
            Code::EmptyText,
            span.clone(),
            format!("`{key}` is empty"),
            "write something, or leave the key out".to_owned(),
        );
        return None;
    }
    if text.contains("{{") {
        file.error(
            Code::MisplacedDirective,
            span.clone(),
            format!("`{key}` is plain text, in which a directive would be shown as it is written"),
            "directives belong into the text of pages".to_owned(),
        );
        return None;
    }
    // Invisible characters themselves have been reported with the file; written as `\u202E` they are
    // found only here.
    let written = &file.text[span.clone()];
    let hides = |c: char| is_invisible(c) && !written.contains(c);
    if let Some(hidden) = text.chars().find(|&c| hides(c)) {
        file.error(
            Code::HiddenCharacter,
            span.clone(),
            format!("`{key}` holds a character that nobody sees: U+{:04X}", u32::from(hidden)),
            "write it without".to_owned(),
        );
        return None;
    }
    Some(Spanned { value: text.trim().replace(['\n', '\r', '\t'], " "), span: span.clone() })
}

/// A number, exactly as it is written.
pub(super) fn number_of(
    file: &FileText<'_>,
    key: &str,
    value: &DeValue<'_>,
    span: &Range<usize>,
) -> Option<Spanned<Decimal>> {
    let (text, foreign) = match value {
        DeValue::Integer(number) if number.radix() == 10 => (number.as_str(), false),
        DeValue::Float(number) => (number.as_str(), false),
        DeValue::Integer(_) => ("", true),
        _ => {
            let help = matches!(value, DeValue::String(_)).then(|| PLAIN_NUMBER.to_owned());
            let message = format!("`{key}` must be a plain number, not {}", kind(value));
            file.error(Code::WrongType, span.clone(), message, help);
            return None;
        }
    };
    let digits = text.replace('_', "");
    if foreign || digits.ends_with("nan") || digits.ends_with("inf") {
        let message = format!("`{key}` must be a plain number in decimal notation");
        file.error(Code::WrongType, span.clone(), message, PLAIN_NUMBER.to_owned());
        return None;
    }
    let number = Decimal::from_str_exact(&digits).or_else(|_| Decimal::from_scientific(&digits));
    match number {
        Ok(mut value) if value.abs() <= MAX_AMOUNT && value.scale() <= 10 => {
            if value.is_zero() {
                value.set_sign_positive(true); // "-0" would be shown as it is written
            }
            Some(Spanned { value, span: span.clone() })
        }
        _ => {
            file.error(
                Code::NumberOutOfRange,
                span.clone(),
                format!("`{key}` is out of range"),
                "numbers go up to 10^15 with ten digits after the point".to_owned(),
            );
            None
        }
    }
}

/// A calendar day, as a date of TOML or as a text.
pub(super) fn date_of(
    file: &FileText<'_>,
    key: &str,
    value: &DeValue<'_>,
    span: &Range<usize>,
) -> Option<Date> {
    let text = match value {
        DeValue::Datetime(value) => value.to_string(),
        DeValue::String(value) => value.trim().to_owned(),
        _ => {
            let message = format!("`{key}` must be a date such as 2026-11-24, not {}", kind(value));
            file.error(Code::WrongType, span.clone(), message, None);
            return None;
        }
    };
    if text.is_empty() && file.is_broken() {
        return None; // no date as TOML writes them, which the parser has reported
    }
    // Other lengths are days with a time, which nobody means here.
    let date: Option<Date> = (text.len() == 10).then(|| text.parse().ok()).flatten();
    if date.is_none() {
        let message = format!("`{text}` is not a calendar day");
        let help = "write year, month and day: 2026-11-24".to_owned();
        file.error(Code::BadDate, span.clone(), message, help);
    }
    date
}

/// A date as precise as is known.
pub(super) fn partial_date_of(
    file: &FileText<'_>,
    key: &str,
    value: &DeValue<'_>,
    span: &Range<usize>,
) -> Option<PartialDate> {
    let text = match value {
        DeValue::Datetime(value) => value.to_string(),
        DeValue::Integer(value) => value.as_str().to_owned(),
        _ => text_of(file, key, value, span)?.value,
    };
    let date = text.parse();
    if let Err(error) = &date {
        let help = "write \"2026-08-27\", \"2026-06\", \"2024\", \"2023/2024\", \"2024~\" (about) or \
                    \"unknown\"";
        file.error(Code::BadDate, span.clone(), format!("{error}"), help.to_owned());
    }
    date.ok()
}
