//! Owns the text files of a guide while they are read. The entry point is [`GuideFiles`]. Must not
//! know what any file means.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::names::{DeclaredNames, FileState};
use crate::content::diagnostics::{Code, FileText, Problems, Reported};
use crate::content::reader::Table;
use crate::content::source::Files;

/// The text files of a guide, and the problems found so far.
#[derive(Debug)]
pub(in crate::content) struct GuideFiles<'a> {
    /// By path below the folder: the name that messages show, and the text.
    pub(in crate::content) texts: &'a BTreeMap<String, (String, String)>,
    /// All files, pictures included.
    pub(in crate::content) files: &'a Files,
    /// Where problems go.
    pub(in crate::content) problems: &'a Problems,
    /// The date of the edition; none when that cannot be read.
    pub(in crate::content) edition: Option<Date>,
}

impl<'a> GuideFiles<'a> {
    /// A file of the guide, if it is there.
    pub(in crate::content) fn file(&self, path: &str) -> Option<FileText<'a>> {
        let (name, text) = self.texts.get(path)?;
        Some(FileText { name, text, problems: self.problems })
    }

    /// A TOML file of the guide, if it is there.
    pub(in crate::content) fn table(&self, path: &str) -> Option<Table<'a>> {
        self.file(path).map(Table::parse)
    }

    /// Reads a TOML file of the guide, if it is there, and reports its unknown keys.
    pub(super) fn read<T>(&self, path: &str, read: impl FnOnce(&Table<'a>) -> T) -> Option<T> {
        self.table(path).map(|table| table.finish_after(read))
    }

    /// Reports a problem of a file as a whole.
    pub(in crate::content) fn error(&self, code: Code, path: &str, message: &str) -> Reported<'a> {
        self.problems.file_error(code, &self.files.name(path), message)
    }

    /// The files `folder/<id>.toml`, in order of id.
    pub(super) fn folder(&self, folder: &str) -> Vec<(&'a str, FileText<'a>)> {
        let prefix = format!("{folder}/");
        let files = self.texts.keys().filter_map(|path| {
            let id = path.strip_prefix(&prefix)?.strip_suffix(".toml")?;
            Some((id, self.file(path)?))
        });
        files.collect()
    }

    /// The names that a file declares, and the problem of a reference to a name that it does not.
    pub(in crate::content) fn names<N: ToString>(
        &self,
        path: &str,
        unknown: Code,
        names: impl IntoIterator<Item = N>,
    ) -> DeclaredNames {
        let file = self.files.name(path);
        let state = match self.texts.get(path) {
            _ if self.problems.is_broken(&file) => FileState::Broken,
            None => FileState::Missing,
            Some(_) => FileState::Whole,
        };
        let list = names.into_iter().map(|name| name.to_string()).collect();
        DeclaredNames { file, state, unknown, list }
    }
}
