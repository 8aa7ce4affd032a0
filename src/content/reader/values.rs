//! Owns single values: what counts as a text, a number or a date. Must not know tables.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::de::DeValue;

use super::super::diagnostics::{Code, FileText, Reported};
use super::Located;
use crate::date::PartialDate;
use crate::text::invisible::is_invisible;

/// Larger amounts are typing errors, and would overflow exact arithmetic.
const MAX_AMOUNT: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0); // 10^15

const PLAIN_NUMBER: &str = "write it without quotation marks, separators and signs: 95000";

/// A value of a table, or an item of a list.
pub(in crate::content) struct Value<'t, 'a> {
    pub(super) file: FileText<'a>,
    pub(super) key: &'t str,
    pub(super) toml: &'t DeValue<'a>,
    /// Its place in the file, in bytes.
    pub(super) span: Range<usize>,
}

impl<'a> Value<'_, 'a> {
    pub(super) fn error(&self, code: Code, message: impl Into<String>) -> Reported<'a> {
        self.file.error(code, self.span.start, message)
    }

    pub(super) fn wrong_type(&self, wanted: &str) -> Reported<'a> {
        let message = format!("`{}` must be {wanted}, not {}", self.key, self.kind());
        self.error(Code::WrongType, message)
    }

    /// What the value is, in words.
    pub(super) fn kind(&self) -> &'static str {
        match self.toml {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        }
    }

    /// What was read, with its place.
    pub(super) fn located<T>(&self, value: T) -> Located<T> {
        Located { value, at: self.span.start }
    }

    /// A text that is not empty and has no invisible characters.
    pub(in crate::content) fn text(&self) -> Option<String> {
        let key = self.key;
        let DeValue::String(text) = self.toml else {
            self.wrong_type("a text in quotation marks");
            return None;
        };
        if text.trim().is_empty() {
            self.error(Code::EmptyText, format!("`{key}` is empty"))
                .help("write something, or leave the key out");
            return None;
        }
        if text.contains("{{") {
            self.error(
                Code::MisplacedDirective,
                format!(
                    "`{key}` is plain text, in which a directive would be shown as it is written"
                ),
            )
            .help("directives belong into the text of pages");
            return None;
        }
        // Invisible characters themselves have been reported with the file; written as `\u202E`
        // they are found only here.
        let written = &self.file.text[self.span.clone()];
        let hides = |c: char| is_invisible(c) && !written.contains(c);
        if let Some(hidden) = text.chars().find(|&c| hides(c)) {
            let code = u32::from(hidden);
            let message = format!("`{key}` holds a character that nobody sees: U+{code:04X}");
            self.error(Code::HiddenCharacter, message).help("write it without");
            return None;
        }
        Some(text.trim().replace(['\n', '\r', '\t'], " "))
    }

    /// A number, exactly as it is written.
    pub(in crate::content) fn number(&self) -> Option<Decimal> {
        let key = self.key;
        let text = match self.toml {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            DeValue::Integer(_) => "nan", // hexadecimal and the like
            DeValue::String(_) => {
                self.wrong_type("a plain number").help(PLAIN_NUMBER);
                return None;
            }
            _ => {
                self.wrong_type("a plain number");
                return None;
            }
        };
        let digits = text.replace('_', "");
        if digits.ends_with("nan") || digits.ends_with("inf") {
            let message = format!("`{key}` must be a plain number in decimal notation");
            self.error(Code::WrongType, message).help(PLAIN_NUMBER);
            return None;
        }
        let number =
            Decimal::from_str_exact(&digits).or_else(|_| Decimal::from_scientific(&digits));
        match number {
            Ok(mut value) if value.abs() <= MAX_AMOUNT && value.scale() <= 10 => {
                if value.is_zero() {
                    value.set_sign_positive(true); // "-0" would be shown as it is written
                }
                Some(value)
            }
            _ => {
                self.error(Code::NumberOutOfRange, format!("`{key}` is out of range"))
                    .help("numbers go up to 10^15 with ten digits after the point");
                None
            }
        }
    }

    /// A number, or a text as it stands.
    pub(in crate::content) fn number_or_text(&self) -> Option<Result<Decimal, String>> {
        Some(match self.toml {
            DeValue::String(_) => Err(self.text()?),
            _ => Ok(self.number()?),
        })
    }

    /// A calendar day, as a date of TOML or as a text.
    pub(super) fn date(&self) -> Option<Date> {
        let text = match self.toml {
            DeValue::Datetime(value) => value.to_string(),
            DeValue::String(value) => value.trim().to_owned(),
            _ => {
                self.wrong_type("a date such as 2026-11-24");
                return None;
            }
        };
        if text.is_empty() && self.file.is_broken() {
            return None; // no date as TOML writes them, which the parser has reported
        }
        // A longer text is a day with a time.
        let date: Option<Date> = (text.len() == 10).then(|| text.parse().ok()).flatten();
        if date.is_none() {
            self.error(Code::BadDate, format!("`{text}` is not a calendar day"))
                .help("write year, month and day: 2026-11-24");
        }
        date
    }

    /// A date as precise as is known.
    pub(super) fn partial_date(&self) -> Option<PartialDate> {
        let text = match self.toml {
            DeValue::Datetime(value) => value.to_string(),
            DeValue::Integer(value) => value.as_str().to_owned(),
            _ => self.text()?,
        };
        let date = text.parse();
        if let Err(error) = &date {
            self.error(Code::BadDate, format!("{error}")).help(
                "write \"2026-08-27\", \"2026-06\", \"2024\", \"2023/2024\", \"2024~\" (about) or \
                 \"unknown\"",
            );
        }
        date.ok()
    }
}
