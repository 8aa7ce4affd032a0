//! Owns the names by which data files refer to each other: how they are written, that none is used
//! twice, and that every reference finds its declaration. The entry points are [`each_with_id`]
//! for declarations and [`reference`] for references.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;

use crate::content::diagnostics::{Code, Diagnostic, FileText, suggest};
use crate::content::reader::{Spanned, Table};

/// The names that other files may refer to.
#[derive(Debug, Default)]
pub(in crate::content) struct Declarations {
    pub(in crate::content) levels: DeclaredNames,
    pub(in crate::content) currencies: DeclaredNames,
    pub(in crate::content) sources: DeclaredNames,
    pub(in crate::content) countries: DeclaredNames,
    /// The date of the edition: nothing in the guide can have been seen after it.
    pub(in crate::content) edition: Option<Date>,
}

/// The names that a file declares, and whether there may be more.
#[derive(Debug, Default)]
pub(in crate::content) struct DeclaredNames {
    /// The file, as messages show it.
    pub(in crate::content) file: String,
    pub(in crate::content) state: FileState,
    /// In the order of the file.
    pub(in crate::content) list: Vec<String>,
}

/// Whether a file could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::content) enum FileState {
    /// All of it.
    #[default]
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
}

/// Whether a name may stand in an address and an `id` attribute.
pub(in crate::content) fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.len() <= 80
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Reads the tables of a list that have an `id` each, as [`tables_with_ids`] and [`Table::each`] do.
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
    let items: Vec<(Spanned<String>, Table<'a>)> = items.collect();
    check_ids(&table.file, items.iter().map(|(id, _)| id));
    items.into_iter().map(|(id, item)| (id.value, item)).collect()
}

/// The ids of such tables, for others to refer to.
pub(super) fn ids_of(tables: &[(String, Table<'_>)]) -> Vec<String> {
    let ids = tables.iter().map(|(id, _)| id);
    ids.filter(|id| !id.is_empty()).cloned().collect() // a missing id has been reported
}

/// Reports ids that are badly written, or used twice.
pub(super) fn check_ids<'t>(
    file: &FileText<'_>,
    ids: impl IntoIterator<Item = &'t Spanned<String>>,
) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if id.value.is_empty() {
            continue; // that it is missing has been reported
        }
        check_id(file, &id.value, &id.span);
        if !seen.insert(id.value.as_str()) {
            file.error(
                Code::DuplicateId,
                id.span.clone(),
                format!("`{}` is used twice", id.value),
                "give each its own id".to_owned(),
            );
        }
    }
}

/// Reports an id that is badly written.
pub(super) fn check_id(file: &FileText<'_>, id: &str, span: &Range<usize>) {
    if !is_id(id) {
        file.error(
            Code::BadId,
            span.clone(),
            format!("`{id}` is not written as an id"),
            "use lower-case letters a-z, digits and hyphens".to_owned(),
        );
    }
}

/// Reports names that something else bears as well. `names` are those of one thing, which may
/// repeat each other; `seen` are those of the things before it.
pub(super) fn check_names(
    file: &FileText<'_>,
    seen: &mut BTreeSet<String>,
    names: &[Spanned<String>],
) {
    for name in names.iter().filter(|name| !name.value.is_empty()) {
        if seen.contains(&name.value) {
            file.error(
                Code::DuplicateId,
                name.span.clone(),
                format!("something else is called “{}” already", name.value),
                "readers could not tell the two apart".to_owned(),
            );
        }
    }
    seen.extend(names.iter().map(|name| name.value.clone()));
}

/// A key whose value must be a name declared elsewhere. An unknown name is reported and returned all
/// the same, so that what stands beside it is checked as well.
pub(super) fn reference(
    table: &Table<'_>,
    key: &'static str,
    code: Code,
    known: &DeclaredNames,
) -> Option<String> {
    let name = table.text_at(key);
    if name.value.is_empty() {
        return None;
    }
    check_reference(&table.file, code, &name, known);
    Some(name.value)
}

/// As [`reference`], for a key that may be left out.
pub(super) fn optional_reference(
    table: &Table<'_>,
    key: &'static str,
    code: Code,
    known: &DeclaredNames,
) -> Option<String> {
    table.has(key).then(|| reference(table, key, code, known)).flatten()
}

/// As [`reference`], for a key with a list of names.
pub(super) fn references(
    table: &Table<'_>,
    key: &'static str,
    code: Code,
    known: &DeclaredNames,
) -> Vec<String> {
    let names = table.texts(key).into_iter();
    names
        .inspect(|name| check_reference(&table.file, code, name, known))
        .map(|name| name.value)
        .collect()
}

/// Reports a name that is not declared.
pub(super) fn check_reference(
    file: &FileText<'_>,
    code: Code,
    name: &Spanned<String>,
    known: &DeclaredNames,
) {
    if known.has(&name.value) || known.state == FileState::Broken {
        return;
    }
    if known.state == FileState::Missing {
        // Every reference reports the same problem, at the same place, so it is listed once.
        let message = "this file is missing, and other files refer to what it declares";
        let help = "write it, or delete the data files that need it".to_owned();
        let declared_in = known.file.clone();
        file.problems.push(Diagnostic::of_file(Code::MissingFile, declared_in, message, help));
    } else {
        report_unknown(file, code, name, known.list.iter().map(String::as_str));
    }
}

/// Reports a name that is none of those known.
pub(super) fn report_unknown<'n>(
    file: &FileText<'_>,
    code: Code,
    name: &Spanned<String>,
    known: impl IntoIterator<Item = &'n str>,
) {
    file.error(
        code,
        name.span.clone(),
        format!("there is no {} `{}`", code.as_str().trim_start_matches("unknown-"), name.value),
        suggest(&name.value, known),
    );
}
