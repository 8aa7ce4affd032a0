//! Owns reading TOML with types: each value is asked for by key and kind, every problem is reported
//! at its place, and keys that nobody asked for are errors. The entry point is [`Table::parse`]. Must
//! not know what the tables mean.
//!
//! serde is not used, because it stops at the first mistake and keeps no places of values. Numbers are
//! taken from their text, so that amounts are exact decimals.

mod lists;
mod values;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};

use super::diagnostics::{Code, FileText, suggest};
use crate::date::PartialDate;
use crate::fonts;
use values::{date_of, kind, number_of, partial_date_of, text_of};

/// Of one file. The parser stumbles several times over one mistake, so more would say nothing new.
const MAX_SYNTAX_ERRORS: usize = 3;

/// A value and where it stands in the file, in bytes.
#[derive(Clone, Debug)]
pub(super) struct Spanned<T> {
    /// The value.
    pub(super) value: T,
    /// Its place.
    pub(super) span: Range<usize>,
}

/// One table of a TOML file.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    /// The file, for problems found later.
    pub(super) file: FileText<'a>,
    /// Where the table begins.
    pub(super) span: Range<usize>,
    /// Where the parsed text begins in the file: front matter does not begin at its first byte.
    base: usize,
    entries: Vec<Entry<'a>>,
    asked: RefCell<Vec<&'static str>>,
}

#[derive(Clone, Debug)]
struct Entry<'a> {
    key: String,
    key_span: Range<usize>,
    value: DeValue<'a>,
    span: Range<usize>,
}

impl<'a> Table<'a> {
    /// Parses a whole file.
    pub(super) fn parse(file: FileText<'a>) -> Self {
        Self::parse_at(file, 0..file.text.len())
    }

    /// Parses a part of a file: the front matter of a page.
    pub(super) fn parse_at(file: FileText<'a>, part: Range<usize>) -> Self {
        let (root, errors) = DeTable::parse_recoverable(&file.text[part.clone()]);
        let was_broken = file.is_broken();
        let mut lines = BTreeSet::new();
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let span = span.start + part.start..span.end + part.start;
            // A file that is broken for another reason has been reported.
            if was_broken && lines.is_empty()
                || lines.len() >= MAX_SYNTAX_ERRORS
                || !lines.insert(file.line_and_column(span.start).0)
            {
                continue;
            }
            file.problems.mark_broken(file.name);
            file.error(
                Code::TomlSyntax,
                span,
                error.message().lines().collect::<Vec<_>>().join("; "),
                "see https://toml.io for how TOML is written".to_owned(),
            );
        }
        Self::new(file, root.into_inner(), part.start..part.start, part.start)
    }

    fn new(file: FileText<'a>, table: DeTable<'a>, span: Range<usize>, offset: usize) -> Self {
        let shift = |span: Range<usize>| span.start + offset..span.end + offset;
        let entries = table
            .into_iter()
            .map(|(key, value)| {
                let (key_span, span) = (shift(key.span()), shift(value.span()));
                Entry { key: key.into_inner().into(), key_span, value: value.into_inner(), span }
            })
            .collect();
        Self { file, span, base: offset, entries, asked: RefCell::default() }
    }

    fn find(&self, key: &'static str) -> Option<&Entry<'a>> {
        self.asked.borrow_mut().push(key);
        self.entry(key)
    }

    /// The same, without asking for it.
    fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Whether the key is there, without asking for it.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Where a value stands; the table's own place when it does not.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.entry(key).map_or(&self.span, |entry| &entry.span).clone()
    }

    /// Reports a problem at a value of this table.
    pub(super) fn error(
        &self,
        code: Code,
        key: &str,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) {
        self.file.error(code, self.span_of(key), message, help);
    }

    /// Reports that a key is missing or an empty list. A value of the wrong kind has been reported
    /// when it was asked for.
    pub(super) fn missing(&self, key: &str, example: &str) {
        if let Some(Entry { value: DeValue::Array(items), .. }) = self.entry(key)
            && items.is_empty()
        {
            let help = format!("write `{key} = {example}`");
            self.error(Code::MissingField, key, format!("`{key}` is empty"), help);
        }
        if !self.has(key) && !self.file.is_broken() {
            self.file.error(
                Code::MissingField,
                self.span.clone(),
                format!("`{key}` is missing"),
                format!("write `{key} = {example}`"),
            );
        }
    }

    fn wrong_type(&self, entry: &Entry<'_>, wanted: &str) {
        self.file.error(
            Code::WrongType,
            entry.span.clone(),
            format!("`{}` must be {wanted}, not {}", entry.key, kind(&entry.value)),
            None,
        );
    }

    /// A text that is not empty.
    pub(super) fn optional_text(&self, key: &'static str) -> Option<String> {
        self.optional_text_at(key).map(|text| text.value)
    }

    /// As [`Self::optional_text`], with its place.
    pub(super) fn optional_text_at(&self, key: &'static str) -> Option<Spanned<String>> {
        let entry = self.find(key)?;
        text_of(&self.file, &entry.key, &entry.value, &entry.span)
    }

    /// A text that must be there and not be empty; empty where it is not.
    pub(super) fn text(&self, key: &'static str) -> String {
        self.text_at(key).value
    }

    /// As [`Self::text`], with its place.
    pub(super) fn text_at(&self, key: &'static str) -> Spanned<String> {
        self.optional_text_at(key).unwrap_or_else(|| {
            self.missing(key, "\"…\"");
            Spanned { value: String::new(), span: self.span_of(key) }
        })
    }

    /// True or false; false where it is not there.
    pub(super) fn flag(&self, key: &'static str) -> bool {
        let Some(entry) = self.find(key) else { return false };
        if let DeValue::Boolean(value) = entry.value {
            return value;
        }
        self.wrong_type(entry, "true or false");
        false
    }

    /// A number, exactly as it is written.
    pub(super) fn optional_number(&self, key: &'static str) -> Option<Spanned<Decimal>> {
        let entry = self.find(key)?;
        number_of(&self.file, &entry.key, &entry.value, &entry.span)
    }

    /// A number that must not be below zero.
    pub(super) fn optional_amount(&self, key: &'static str) -> Option<Spanned<Decimal>> {
        let amount = self.optional_number(key)?;
        if amount.value.is_sign_negative() && !amount.value.is_zero() {
            self.file.error(
                Code::NegativeAmount,
                amount.span.clone(),
                format!("`{key}` is negative"),
                "amounts are zero or more".to_owned(),
            );
            return None;
        }
        Some(amount)
    }

    /// A number that must be there and not be below zero.
    pub(super) fn amount(&self, key: &'static str) -> Option<Spanned<Decimal>> {
        let amount = self.optional_amount(key);
        if amount.is_none() {
            self.missing(key, "…");
        }
        amount
    }

    /// A whole number from zero up.
    pub(super) fn optional_count(&self, key: &'static str) -> Option<Spanned<u32>> {
        let number = self.optional_amount(key)?;
        match u32::try_from(number.value) {
            Ok(value) if number.value.is_integer() => Some(Spanned { value, span: number.span }),
            _ => {
                self.error(Code::WrongType, key, format!("`{key}` must be a whole number"), None);
                None
            }
        }
    }

    /// A calendar day, which must be there.
    pub(super) fn date(&self, key: &'static str) -> Option<Date> {
        let Some(entry) = self.find(key) else {
            self.missing(key, "2026-11-24");
            return None;
        };
        date_of(&self.file, &entry.key, &entry.value, &entry.span)
    }

    /// A date as precise as is known.
    pub(super) fn optional_partial_date(&self, key: &'static str) -> Option<PartialDate> {
        let entry = self.find(key)?;
        partial_date_of(&self.file, &entry.key, &entry.value, &entry.span)
    }

    /// A date as precise as is known, which must be there.
    pub(super) fn partial_date(&self, key: &'static str) -> PartialDate {
        self.optional_partial_date(key).unwrap_or_else(|| {
            self.missing(key, "\"2026-06\"");
            PartialDate::Unknown
        })
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.optional_text_at(key)?;
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if found.is_none() {
            self.file.error(
                Code::UnknownWord,
                text.span,
                format!("`{key}` cannot be `{}`", text.value),
                suggest(&text.value, words.iter().map(|(word, _)| *word)),
            );
        }
        found
    }

    /// Whether the value is a text.
    pub(super) fn is_text(&self, key: &'static str) -> bool {
        self.find(key).is_some_and(|entry| matches!(entry.value, DeValue::String(_)))
    }

    /// Whether the value is a list.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.entry(key).is_some_and(|entry| matches!(entry.value, DeValue::Array(_)))
    }

    /// Reads a table within this one, and reports what nobody asked for in it.
    pub(super) fn within<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(&Table<'a>) -> T,
    ) -> Option<T> {
        self.optional_table(key).map(|item| item.finish_after(read))
    }

    /// Reads this table, and reports what nobody asked for in it.
    pub(super) fn finish_after<T>(&self, read: impl FnOnce(&Self) -> T) -> T {
        let value = read(self);
        self.finish();
        value
    }

    /// A table within this one.
    pub(super) fn optional_table(&self, key: &'static str) -> Option<Table<'a>> {
        let entry = self.find(key)?;
        let DeValue::Table(table) = &entry.value else {
            self.wrong_type(entry, "a table");
            return None;
        };
        Some(Table::new(self.file, table.clone(), entry.span.clone(), self.base))
    }

    /// Reports texts that stand in pictures of the guide, such as previews, and that have characters
    /// which the fonts within the program lack.
    pub(super) fn check_drawn(&self, keys: &[&'static str]) {
        for key in keys {
            let Some(entry) = self.entry(key) else { continue };
            let DeValue::String(text) = &entry.value else { continue };
            if let Some(missing) = fonts::lacking(text) {
                let code = u32::from(missing);
                self.file.warning(
                    Code::MissingGlyph,
                    entry.span.clone(),
                    format!("pictures cannot show `{missing}` (U+{code:04X}), which `{key}` has"),
                    "previews show an empty box in its place: their fonts have Latin, Greek and \
                     Cyrillic letters and the signs of currencies"
                        .to_owned(),
                );
            }
        }
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(&self) {
        if self.file.is_broken() {
            return; // keys may belong to a table whose head cannot be read
        }
        let asked = self.asked.borrow();
        for entry in &self.entries {
            if !asked.contains(&entry.key.as_str()) {
                let free = asked.iter().copied().filter(|key| !self.has(key));
                self.file.error(
                    Code::UnknownKey,
                    entry.key_span.clone(),
                    format!("`{}` is not a key that belongs here", entry.key),
                    suggest(&entry.key, free),
                );
            }
        }
    }
}
