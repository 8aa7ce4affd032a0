//! Owns lists and tables whose keys are names of the guide: each of their values is read by the same
//! function.

use std::ops::Range;

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::values::{kind, number_of, text_of};
use super::{Spanned, Table};
use crate::content::diagnostics::{Code, FileText};

/// A number, or a text as it stands.
pub(in crate::content) type NumberOrText = Result<Decimal, String>;

impl<'a> Table<'a> {
    /// A list of texts; empty where it is not there.
    pub(in crate::content) fn texts(&self, key: &'static str) -> Vec<Spanned<String>> {
        self.list(key, "a list of texts", |value, span| text_of(&self.file, key, value, span))
    }

    /// A list of numbers; none where it is not there or is no list.
    pub(in crate::content) fn numbers(&self, key: &'static str) -> Vec<Spanned<Decimal>> {
        self.list(key, "a list of numbers", |value, span| number_of(&self.file, key, value, span))
    }

    /// A list of tables; empty where it is not there.
    pub(in crate::content) fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        self.list(key, "a list of tables", |value, span| {
            if let DeValue::Table(table) = value {
                Some(Table::new(self.file, table.clone(), span.clone(), self.base))
            } else {
                self.file.error(
                    Code::WrongType,
                    span.clone(),
                    format!("`{key}` must hold tables, not {}", kind(value)),
                    format!("write `[[{key}]]`, or a list of `{{ … }}`"),
                );
                None
            }
        })
    }

    /// Reads each table of a list, and reports what nobody asked for in it.
    pub(in crate::content) fn each<T>(
        &self,
        key: &'static str,
        mut read: impl FnMut(&Table<'a>) -> T,
    ) -> Vec<T> {
        self.tables(key).iter().map(|item| item.finish_after(&mut read)).collect()
    }

    fn list<T>(
        &self,
        key: &'static str,
        wanted: &str,
        item: impl Fn(&DeValue<'a>, &Range<usize>) -> Option<T>,
    ) -> Vec<T> {
        let Some(entry) = self.find(key) else { return Vec::new() };
        let DeValue::Array(items) = &entry.value else {
            self.wrong_type(entry, wanted);
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|value| {
                let span = value.span().start + self.base..value.span().end + self.base;
                item(value.get_ref(), &span)
            })
            .collect()
    }

    /// All keys.
    pub(in crate::content) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }

    /// All keys with their tables, for files that hold one table an id.
    pub(in crate::content) fn named_tables(&self) -> Vec<(Spanned<String>, Table<'a>)> {
        self.entries
            .iter()
            .filter_map(|entry| {
                let key = Spanned { value: entry.key.clone(), span: entry.key_span.clone() };
                let DeValue::Table(table) = &entry.value else {
                    self.wrong_type(entry, "a table");
                    return None;
                };
                let span = entry.key_span.clone();
                Some((key, Table::new(self.file, table.clone(), span, self.base)))
            })
            .collect()
    }

    /// All keys with their numbers.
    pub(in crate::content) fn named_amounts(&self) -> Vec<(Spanned<String>, Spanned<Decimal>)> {
        self.named(|file, key, value, span| number_of(file, key, value, span))
    }

    /// All keys with their texts.
    pub(in crate::content) fn named_texts(&self) -> Vec<(Spanned<String>, Spanned<String>)> {
        self.named(|file, key, value, span| text_of(file, key, value, span))
    }

    /// All keys with a number or text, as a statistics table has them.
    pub(in crate::content) fn named_cells(&self) -> Vec<(Spanned<String>, Spanned<NumberOrText>)> {
        self.named(|file, key, value, span| match value {
            DeValue::String(_) => text_of(file, key, value, span)
                .map(|text| Spanned { value: Err(text.value), span: text.span }),
            _ => number_of(file, key, value, span)
                .map(|number| Spanned { value: Ok(number.value), span: number.span }),
        })
    }

    fn named<T>(
        &self,
        read: impl Fn(&FileText<'a>, &str, &DeValue<'a>, &Range<usize>) -> Option<Spanned<T>>,
    ) -> Vec<(Spanned<String>, Spanned<T>)> {
        self.entries
            .iter()
            .filter_map(|entry| {
                let key = Spanned { value: entry.key.clone(), span: entry.key_span.clone() };
                Some((key, read(&self.file, &entry.key, &entry.value, &entry.span)?))
            })
            .collect()
    }
}
