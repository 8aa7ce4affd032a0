//! Owns the names by which data files refer to each other. The entry points are [`each_with_id`]
//! for declarations and [`DeclaredNames`] for references.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::content::diagnostics::{Code, FileText};
use crate::content::reader::{Located, Table};
use crate::id::SourceId;

/// The names that other files may refer to.
#[derive(Debug)]
pub(in crate::content) struct Declarations {
    pub(in crate::content) levels: DeclaredNames,
    pub(in crate::content) currencies: DeclaredNames,
    pub(in crate::content) sources: DeclaredNames,
    /// The date of the edition: nothing in the guide can have been seen after it.
    pub(in crate::content) edition: Option<Date>,
}

impl Declarations {
    /// The source that a table names; empty where that has a mistake, which has been reported.
    pub(super) fn source(&self, table: &Table<'_>) -> SourceId {
        SourceId::new(self.sources.named_in(table, "source").unwrap_or_default())
    }
}

/// The names that a file declares, and whether there may be more.
#[derive(Debug)]
pub(in crate::content) struct DeclaredNames {
    /// The file, as messages show it.
    pub(in crate::content) file: String,
    pub(in crate::content) state: FileState,
    /// The problem of a reference to another name.
    pub(in crate::content) unknown: Code,
    /// In the order of the file.
    pub(in crate::content) list: Vec<String>,
}

/// Whether a file could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::content) enum FileState {
    /// All of it.
    Whole,
    /// In part, and that has been reported: what seems missing may be there.
    Broken,
    /// It is not there.
    Missing,
}

impl DeclaredNames {
    /// Whether it is one of them.
    pub(super) fn has(&self, name: &str) -> bool {
        self.list.iter().any(|known| known == name)
    }

    /// The value of a key, which must be one of them. An unknown name is reported and returned all
    /// the same, so that what stands beside it is checked as well.
    pub(super) fn named_in(&self, table: &Table<'_>, key: &'static str) -> Option<String> {
        let name = table.text_at(key);
        if name.value.is_empty() {
            return None;
        }
        self.check(&table.file, &name);
        Some(name.value)
    }

    /// As [`Self::named_in`], for a key that may be left out.
    pub(super) fn optional_in(&self, table: &Table<'_>, key: &'static str) -> Option<String> {
        table.has(key).then(|| self.named_in(table, key)).flatten()
    }

    /// As [`Self::named_in`], for a key with a list of names.
    pub(super) fn all_in(&self, table: &Table<'_>, key: &'static str) -> Vec<String> {
        let names = table.texts(key);
        let names = names.into_iter().inspect(|name| self.check(&table.file, name));
        names.map(|name| name.value).collect()
    }

    /// Reports a name that is not declared.
    pub(super) fn check(&self, file: &FileText<'_>, name: &Located<String>) {
        if self.has(&name.value) || self.state == FileState::Broken {
            return;
        }
        if self.state == FileState::Missing {
            // Every reference reports the same problem, at the same place, so it is listed once.
            let message = "this file is missing, and other files refer to what it declares";
            file.problems
                .file_error(Code::MissingFile, &self.file, message)
                .help("write it, or delete the data files that need it");
        } else {
            report_unknown(file, self.unknown, name, self.list.iter().map(String::as_str));
        }
    }
}

/// Whether a name may stand in an address and an `id` attribute.
pub(in crate::content) fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.len() <= 80
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Reads the tables of a list that have an `id` each, as [`tables_with_ids`] and [`Table::each`]
/// do.
pub(super) fn each_with_id<'a, T>(
    table: &Table<'a>,
    key: &'static str,
    mut read: impl FnMut(String, &Table<'a>) -> T,
) -> Vec<T> {
    let items = tables_with_ids(table, key).into_iter();
    items.map(|(id, item)| item.finish_after(|item| read(id, item))).collect()
}

/// The tables of a list, each with its `id`. Reports ids that are missing, badly written or used
/// twice; such tables are read all the same, so that their other problems are reported too.
pub(super) fn tables_with_ids<'a>(
    table: &Table<'a>,
    key: &'static str,
) -> Vec<(String, Table<'a>)> {
    let items = table.tables(key).into_iter().map(|item| (item.text_at("id"), item));
    let items: Vec<(Located<String>, Table<'a>)> = items.collect();
    check_ids(&table.file, items.iter().map(|(id, _)| id));
    items.into_iter().map(|(id, item)| (id.value, item)).collect()
}

/// The ids of such tables, for others to refer to.
pub(in crate::content) fn ids_of(tables: &[(String, Table<'_>)]) -> Vec<String> {
    let ids = tables.iter().map(|(id, _)| id);
    ids.filter(|id| !id.is_empty()).cloned().collect() // a missing id has been reported
}

/// Reports ids that are badly written, or used twice.
pub(super) fn check_ids<'t>(
    file: &FileText<'_>,
    ids: impl IntoIterator<Item = &'t Located<String>>,
) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if id.value.is_empty() {
            continue; // that it is missing has been reported
        }
        check_id(file, &id.value, id.at);
        if !seen.insert(id.value.as_str()) {
            file.error(Code::DuplicateId, id.at, format!("`{}` is used twice", id.value))
                .help("give each its own id");
        }
    }
}

/// Reports an id that is badly written.
pub(super) fn check_id(file: &FileText<'_>, id: &str, at: usize) {
    if !is_id(id) {
        file.error(Code::BadId, at, format!("`{id}` is not written as an id"))
            .help("use lower-case letters a-z, digits and hyphens");
    }
}

/// Reports names that something else has as well. `names` are those of one thing, which may repeat
/// each other; `seen` are those of the things before it.
pub(super) fn check_names(
    file: &FileText<'_>,
    seen: &mut BTreeSet<String>,
    names: &[&Located<String>],
) {
    for name in names.iter().filter(|name| !name.value.is_empty()) {
        if seen.contains(&name.value) {
            let message = format!("something else is called “{}” already", name.value);
            file.error(Code::DuplicateId, name.at, message)
                .help("readers could not tell the two apart");
        }
    }
    seen.extend(names.iter().map(|name| name.value.clone()));
}

/// Reports a name that is none of those known.
pub(super) fn report_unknown<'n>(
    file: &FileText<'_>,
    code: Code,
    name: &Located<String>,
    known: impl IntoIterator<Item = &'n str>,
) {
    let kind = code.as_str().trim_start_matches("unknown-");
    file.error(code, name.at, format!("there is no {kind} `{}`", name.value))
        .suggest(&name.value, known);
}
