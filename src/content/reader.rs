//! Owns reading TOML with types: each value is asked for by key and kind, and all other keys are
//! errors. The entry point is [`Table::parse`]. Must not know what the tables mean.
//!
//! serde is not used, because it stops at the first mistake and does not give the places of values.
//! Numbers are taken from their text, so that amounts are exact decimals.

mod lists;
mod values;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};

use super::diagnostics::{Code, FileText, Reported};
use crate::date::PartialDate;
use crate::fonts;
pub(super) use values::Value;

/// Of one file. One mistake makes the parser report several, so more would say nothing new.
const MAX_SYNTAX_ERRORS: usize = 3;

/// A value and the byte of the file at which it begins.
#[derive(Clone, Debug)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) at: usize,
}

/// One table of a TOML file.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    /// The file, for problems found later.
    pub(super) file: FileText<'a>,
    /// The byte at which the table begins.
    pub(super) at: usize,
    /// Where the parsed text begins in the file: front matter does not begin at its first byte.
    base: usize,
    entries: Vec<Entry<'a>>,
    asked: RefCell<Vec<&'static str>>,
}

#[derive(Clone, Debug)]
struct Entry<'a> {
    key: String,
    key_at: usize,
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
            let at = error.span().map_or(0, |span| span.start) + part.start;
            // A file that is broken for another reason has been reported.
            if was_broken && lines.is_empty()
                || lines.len() >= MAX_SYNTAX_ERRORS
                || !lines.insert(file.line_and_column(at).0)
            {
                continue;
            }
            file.problems.mark_broken(file.name);
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            file.error(Code::TomlSyntax, at, message)
                .help("see https://toml.io for how TOML is written");
        }
        Self::new(file, root.into_inner(), part.start, part.start)
    }

    fn new(file: FileText<'a>, table: DeTable<'a>, at: usize, base: usize) -> Self {
        let entries = table.into_iter().map(|(key, value)| Entry {
            key_at: key.span().start + base,
            key: key.into_inner().into(),
            span: value.span().start + base..value.span().end + base,
            value: value.into_inner(),
        });
        Self { file, at, base, entries: entries.collect(), asked: RefCell::default() }
    }

    fn find(&self, key: &'static str) -> Option<Value<'_, 'a>> {
        self.asked.borrow_mut().push(key);
        self.entry(key).map(|entry| self.value_of(entry))
    }

    fn value_of<'t>(&self, entry: &'t Entry<'a>) -> Value<'t, 'a> {
        let Entry { key, value, span, .. } = entry;
        Value { file: self.file, key, toml: value, span: span.clone() }
    }

    /// An entry, without asking for it.
    fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Whether the key is there, without asking for it.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Where a value stands; the table's own place when it does not.
    pub(super) fn place_of(&self, key: &str) -> usize {
        self.entry(key).map_or(self.at, |entry| entry.span.start)
    }

    /// Reports a problem at a value of this table.
    pub(super) fn error(&self, code: Code, key: &str, message: impl Into<String>) -> Reported<'a> {
        self.file.error(code, self.place_of(key), message)
    }

    /// Reports that a key is missing or an empty list. A value of the wrong kind has been reported
    /// when it was asked for.
    pub(super) fn missing(&self, key: &str, example: &str) {
        let what = match self.entry(key) {
            Some(Entry { value: DeValue::Array(items), .. }) if items.is_empty() => "empty",
            None if !self.file.is_broken() => "missing",
            _ => return,
        };
        self.error(Code::MissingField, key, format!("`{key}` is {what}"))
            .help(format!("write `{key} = {example}`"));
    }

    /// A text that is not empty.
    pub(super) fn optional_text(&self, key: &'static str) -> Option<String> {
        self.find(key)?.text()
    }

    /// As [`Self::optional_text`], with its place.
    pub(super) fn optional_text_at(&self, key: &'static str) -> Option<Located<String>> {
        let value = self.find(key)?;
        value.text().map(|text| value.located(text))
    }

    /// A text that must be there and not be empty; empty where it is not.
    pub(super) fn text(&self, key: &'static str) -> String {
        self.text_at(key).value
    }

    /// As [`Self::text`], with its place.
    pub(super) fn text_at(&self, key: &'static str) -> Located<String> {
        self.optional_text_at(key).unwrap_or_else(|| {
            self.missing(key, "\"…\"");
            Located { value: String::new(), at: self.place_of(key) }
        })
    }

    /// True or false; false where it is not there.
    pub(super) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.find(key) else { return false };
        if let DeValue::Boolean(flag) = value.toml {
            return *flag;
        }
        value.wrong_type("true or false");
        false
    }

    /// A number that must not be below zero.
    pub(super) fn optional_amount(&self, key: &'static str) -> Option<Decimal> {
        let amount = self.find(key)?.number()?;
        if amount.is_sign_negative() && !amount.is_zero() {
            self.error(Code::NegativeAmount, key, format!("`{key}` is negative"))
                .help("amounts are zero or more");
            return None;
        }
        Some(amount)
    }

    /// A number that must be there and not be below zero.
    pub(super) fn amount(&self, key: &'static str) -> Option<Decimal> {
        let amount = self.optional_amount(key);
        if amount.is_none() {
            self.missing(key, "…");
        }
        amount
    }

    /// A whole number from zero up.
    pub(super) fn optional_count(&self, key: &'static str) -> Option<u32> {
        let number = self.optional_amount(key)?;
        let count = u32::try_from(number).ok().filter(|_| number.is_integer());
        if count.is_none() {
            self.error(Code::WrongType, key, format!("`{key}` must be a whole number"));
        }
        count
    }

    /// A calendar day, which must be there.
    pub(super) fn date(&self, key: &'static str) -> Option<Date> {
        let Some(value) = self.find(key) else {
            self.missing(key, "2026-11-24");
            return None;
        };
        value.date()
    }

    /// A date as precise as is known.
    pub(super) fn optional_partial_date(&self, key: &'static str) -> Option<PartialDate> {
        self.find(key)?.partial_date()
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
            let message = format!("`{key}` cannot be `{}`", text.value);
            self.file
                .error(Code::UnknownWord, text.at, message)
                .suggest(&text.value, words.iter().map(|(word, _)| *word));
        }
        found
    }

    /// One of a few words, which must be there; the first of them where it is not.
    pub(super) fn required_choice<T: Copy, const N: usize>(
        &self,
        key: &'static str,
        words: &[(&str, T); N],
    ) -> T {
        self.choice(key, words).unwrap_or_else(|| {
            let (example, first) = words[0];
            self.missing(key, &format!("\"{example}\""));
            first
        })
    }

    /// Whether the value is a text.
    pub(super) fn is_text(&self, key: &'static str) -> bool {
        self.find(key).is_some_and(|found| matches!(found.toml, DeValue::String(_)))
    }

    /// Whether the value is a list.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.entry(key).is_some_and(|entry| matches!(entry.value, DeValue::Array(_)))
    }

    /// Reads a table within this one, and reports its unknown keys.
    pub(super) fn within<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(&Table<'a>) -> T,
    ) -> Option<T> {
        self.optional_table(key).map(|item| item.finish_after(read))
    }

    /// Reads this table, and reports its unknown keys.
    pub(super) fn finish_after<T>(&self, read: impl FnOnce(&Self) -> T) -> T {
        let value = read(self);
        self.finish();
        value
    }

    /// A table within this one.
    pub(super) fn optional_table(&self, key: &'static str) -> Option<Table<'a>> {
        self.table_of(&self.find(key)?)
    }

    fn table_of(&self, value: &Value<'_, 'a>) -> Option<Table<'a>> {
        let DeValue::Table(table) = value.toml else {
            value.wrong_type("a table");
            return None;
        };
        Some(Table::new(self.file, table.clone(), value.span.start, self.base))
    }

    /// Reports texts that stand in pictures of the guide, such as previews, and that have
    /// characters which the fonts within the program lack.
    pub(super) fn check_drawn(&self, keys: &[&'static str]) {
        for key in keys {
            let Some(entry) = self.entry(key) else { continue };
            let DeValue::String(text) = &entry.value else { continue };
            if let Some(missing) = fonts::lacking(text) {
                let code = u32::from(missing);
                let message =
                    format!("pictures cannot show `{missing}` (U+{code:04X}), which `{key}` has");
                self.file.warning(Code::MissingGlyph, entry.span.start, message).help(
                    "previews show an empty box in its place: their fonts have Latin, Greek and \
                     Cyrillic letters and the signs of currencies",
                );
            }
        }
    }

    /// Reports every key that was not asked for.
    pub(super) fn finish(&self) {
        if self.file.is_broken() {
            return; // keys may belong to a table whose head cannot be read
        }
        let asked = self.asked.borrow();
        for entry in &self.entries {
            if !asked.contains(&entry.key.as_str()) {
                let free = asked.iter().copied().filter(|key| !self.has(key));
                let message = format!("`{}` is not a key that belongs here", entry.key);
                self.file.error(Code::UnknownKey, entry.key_at, message).suggest(&entry.key, free);
            }
        }
    }
}
