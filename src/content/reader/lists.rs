//! Owns lists, and tables whose keys are names of the guide. One function reads all their values.

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::values::Value;
use super::{Located, Table};
use crate::content::diagnostics::Code;

impl<'a> Table<'a> {
    /// A list of texts; empty where it is not there.
    pub(in crate::content) fn texts(&self, key: &'static str) -> Vec<Located<String>> {
        self.list(key, "a list of texts", |item| item.text().map(|text| item.located(text)))
    }

    /// A list of texts without their places; empty where it is not there.
    pub(in crate::content) fn plain_texts(&self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.value).collect()
    }

    /// A list of numbers; none where it is not there or is no list.
    pub(in crate::content) fn numbers(&self, key: &'static str) -> Vec<Decimal> {
        self.list(key, "a list of numbers", Value::number)
    }

    /// A list of tables; empty where it is not there.
    pub(in crate::content) fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        self.list(key, "a list of tables", |item| {
            if let DeValue::Table(table) = item.toml {
                return Some(Table::new(self.file, table.clone(), item.span.start, self.base));
            }
            let message = format!("`{key}` must hold tables, not {}", item.kind());
            let help = format!("write `[[{key}]]`, or a list of `{{ … }}`");
            item.error(Code::WrongType, message).help(help);
            None
        })
    }

    /// Reads each table of a list, and reports its unknown keys.
    pub(in crate::content) fn each<T>(
        &self,
        key: &'static str,
        mut read: impl FnMut(&Table<'a>) -> T,
    ) -> Vec<T> {
        self.tables(key).iter().map(|item| item.finish_after(&mut read)).collect()
    }

    fn list<'t, T>(
        &'t self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&Value<'t, 'a>) -> Option<T>,
    ) -> Vec<T> {
        let Some(list) = self.find(key) else { return Vec::new() };
        let DeValue::Array(items) = list.toml else {
            list.wrong_type(wanted);
            return Vec::new();
        };
        let items = items.iter().map(|item| {
            let span = item.span().start + self.base..item.span().end + self.base;
            Value { file: self.file, key, toml: item.get_ref(), span }
        });
        items.filter_map(|item| read(&item)).collect()
    }

    /// All keys.
    pub(in crate::content) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }

    /// All keys with their tables, for files that hold one table an id.
    pub(in crate::content) fn named_tables(&self) -> Vec<(Located<String>, Table<'a>)> {
        let tables = self.named(|value| self.table_of(value)).into_iter();
        tables.map(|(key, table)| (key.clone(), Table { at: key.at, ..table.value })).collect()
    }

    /// All keys with their values, each read by the function.
    pub(in crate::content) fn named<'t, T>(
        &'t self,
        read: impl Fn(&Value<'t, 'a>) -> Option<T>,
    ) -> Vec<(Located<String>, Located<T>)> {
        let named = self.entries.iter().filter_map(|entry| {
            let key = Located { value: entry.key.clone(), at: entry.key_at };
            let value = self.value_of(entry);
            Some((key, value.located(read(&value)?)))
        });
        named.collect()
    }
}
