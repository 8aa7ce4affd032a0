//! Owns the data files of the guide, one submodule a kind of file: the types and the reading of
//! them. What several files share stands here. Knows nothing of Markdown.

pub mod certifications;
pub mod changes;
pub(super) mod countries;
pub(super) mod money;
pub mod pictures;
pub mod resources;
pub mod roadmap;
pub(super) mod site;
pub mod skills;
pub(super) mod sources;
pub mod statistics;
pub(super) mod synonyms;
pub(super) mod take_home;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::diagnostics::{Code, Diagnostic, FileText, Problems, Severity, suggest};
use super::document::{Place, Target};
use super::links::Index;
use super::reader::{Spanned, Table};
use super::source::Files;
use crate::date::{PartialDate, spell_date};
use crate::id::SectionId;
use crate::pay::{Basis, Sample};

/// The text files of a guide and the problems found so far.
#[derive(Debug)]
pub(super) struct GuideFiles<'a> {
    /// Path below the folder, name as told to people, text.
    pub(super) texts: &'a BTreeMap<String, (String, String)>,
    /// All files, for their names.
    pub(super) files: &'a Files,
    /// Where problems go.
    pub(super) problems: &'a Problems,
    /// The date of the edition; none when that cannot be read.
    pub(super) edition: Option<Date>,
}

impl<'a> GuideFiles<'a> {
    /// What a file declares, for those that refer to it.
    pub(super) fn names(&self, path: &str, names: impl Iterator<Item = String>) -> DeclaredNames {
        let file = self.files.name(path);
        let state = match self.texts.get(path) {
            _ if self.problems.is_broken(&file) => FileState::Broken,
            None => FileState::Missing,
            Some(_) => FileState::Whole,
        };
        DeclaredNames { file, state, list: names.collect() }
    }

    /// A file of the guide, if it is there.
    pub(super) fn file(&self, path: &str) -> Option<FileText<'a>> {
        let (name, text) = self.texts.get(path)?;
        Some(FileText { name, text, problems: self.problems })
    }

    /// The files `folder/<id>.toml`, in order of id.
    pub(super) fn folder(&self, folder: &str) -> Vec<(&'a str, FileText<'a>)> {
        let prefix = format!("{folder}/");
        self.texts
            .iter()
            .filter_map(|(path, (name, text))| {
                let id = path.strip_prefix(&prefix)?.strip_suffix(".toml")?;
                Some((id, FileText { name, text, problems: self.problems }))
            })
            .collect()
    }
}

/// The names that other files may refer to.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    pub(super) levels: DeclaredNames,
    pub(super) currencies: DeclaredNames,
    pub(super) sources: DeclaredNames,
    pub(super) countries: DeclaredNames,
    /// The date of the edition, after which nothing can have been seen.
    pub(super) edition: Option<Date>,
}

/// Names, and how far they can be trusted to be all.
#[derive(Debug, Default)]
pub(super) struct DeclaredNames {
    /// Where they are declared, as it is told to people.
    pub(super) file: String,
    pub(super) state: FileState,
    /// In the order of the file.
    pub(super) list: Vec<String>,
}

/// Whether a file could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FileState {
    /// It could.
    #[default]
    Whole,
    /// In part, which was told: what seems missing may be there.
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

/// The day until which a data file holds, and where it says so.
#[derive(Clone, Debug)]
pub struct ExpiryDate {
    /// As it is told to people.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// The last day.
    pub holds_until: Date,
}

impl ExpiryDate {
    /// Told when the day has passed.
    pub(super) fn warning(&self) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            code: Code::Expired,
            file: self.file.clone(),
            line: self.line,
            column: self.column,
            message: format!("this held until {}, and pages say so", spell_date(self.holds_until)),
            help: Some("look for what holds now, and move `holds_until` on with it".to_owned()),
        }
    }
}

/// The day until which a file holds.
fn expiry(table: &Table<'_>, edition: Option<Date>) -> Option<(Date, ExpiryDate)> {
    let holds_until = table.date("holds_until")?;
    let span = table.span_of("holds_until");
    if let Some(edition) = edition
        && (holds_until.year() - edition.year()).abs() > MAX_YEARS_HELD
    {
        table.file.error(
            Code::BadDate,
            span.clone(),
            format!("`holds_until` is more than {MAX_YEARS_HELD} years from the edition's date"),
            "look for a wrong digit: rates and tax rules hold for a year or so".to_owned(),
        );
    }
    let (line, column) = table.file.place(span.start);
    Some((holds_until, ExpiryDate { file: table.file.name.to_owned(), line, column, holds_until }))
}

const MAX_YEARS_HELD: i16 = 10;

/// Whether a name may stand in an address and an `id` attribute.
pub(super) fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.len() <= 80
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Notes names that are not written as ids are, or that occur twice.
fn check_ids<'t>(file: &FileText<'_>, ids: impl IntoIterator<Item = &'t Spanned<String>>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if id.value.is_empty() {
            continue; // missing, which was told
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

/// Notes a name that readers could not tell from another.
fn check_names(file: &FileText<'_>, seen: &mut BTreeSet<String>, names: &[Spanned<String>]) {
    let distinct: BTreeSet<&str> = names.iter().map(|name| name.value.as_str()).collect();
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
    seen.extend(distinct.into_iter().map(str::to_owned));
}

fn check_id(file: &FileText<'_>, id: &str, span: &Range<usize>) {
    if !is_id(id) {
        file.error(
            Code::BadId,
            span.clone(),
            format!("`{id}` is not written as an id"),
            "use lower-case letters a-z, digits and hyphens".to_owned(),
        );
    }
}

/// A key whose value must be a name declared elsewhere. A name that is not is told, and given all
/// the same, so that what stands beside it is checked as well.
fn reference(
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

fn check_reference(file: &FileText<'_>, code: Code, name: &Spanned<String>, known: &DeclaredNames) {
    if known.has(&name.value) || known.state == FileState::Broken {
        return;
    }
    if known.state == FileState::Missing {
        // Told once a guide, not once a reference: the same problem twice is one.
        file.problems.push(Diagnostic {
            severity: Severity::Error,
            code: Code::MissingFile,
            file: known.file.clone(),
            line: 1,
            column: 1,
            message: "this file is missing, and other files refer to what it declares".to_owned(),
            help: Some("write it, or delete the data files that need it".to_owned()),
        });
        return;
    }
    unknown(file, code, name, known.list.iter().map(String::as_str));
}

fn unknown<'n>(
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

/// The ids of a file's tables, for those that refer to them before the file can be read whole.
pub(super) fn ids_of(guide: &GuideFiles<'_>, file: &str, key: &'static str) -> Vec<String> {
    let Some(file) = guide.file(file) else { return Vec::new() };
    let items = Table::parse(file).tables(key);
    items.iter().filter_map(|item| Some(item.optional_text("id")?.value)).collect()
}

/// A section, or a heading of one, written as a link to its file.
fn place(table: &Table<'_>, key: &'static str, from: &str, index: &Index<'_>) -> Place {
    let link = table.text_at(key);
    let nowhere = Place { section: SectionId::new(""), anchor: None };
    if link.value.is_empty() {
        return nowhere;
    }
    match index.resolve(from, &table.file, &link.value, link.span.clone()) {
        Some(Target::Section(section, anchor)) => Place { section, anchor },
        Some(_) => {
            let help = "write the file of a section: guide/name.md, or guide/name.md#heading";
            let message = format!("`{}` is no section of the guide", link.value);
            table.file.error(Code::UnknownSection, link.span, message, help.to_owned());
            nowhere
        }
        None => nowhere,
    }
}

/// A day on which something was seen or done, which cannot be after that of the edition.
pub(super) fn past_day(
    table: &Table<'_>,
    key: &'static str,
    edition: Option<Date>,
) -> Option<Date> {
    let date = table.date(key)?;
    check_past(table, key, date, edition);
    Some(date)
}

/// When figures held, which cannot be after the edition.
fn past_as_of(table: &Table<'_>, key: &'static str, edition: Option<Date>) -> Option<PartialDate> {
    let as_of = table.optional_as_of(key)?;
    // A span may go on: rules hold for a year that has begun.
    if as_of != PartialDate::Unknown {
        check_past(table, key, as_of.first_day(), edition);
    }
    Some(as_of)
}

/// As [`past_as_of`], for a key that must be there.
fn required_past_as_of(table: &Table<'_>, key: &'static str, edition: Option<Date>) -> PartialDate {
    past_as_of(table, key, edition).unwrap_or_else(|| {
        table.missing(key, "\"2026-06\"");
        PartialDate::Unknown
    })
}

/// Before it there was nothing that a guide could have looked at.
const FIRST_YEAR: i16 = 1900;

fn check_past(table: &Table<'_>, key: &str, date: Date, edition: Option<Date>) {
    if date.year() < FIRST_YEAR {
        let message = format!("`{key}` lies in the year {}", date.year());
        table.error(Code::BadDate, key, message, "look for a wrong digit".to_owned());
    } else if let Some(edition) = edition.filter(|edition| date > *edition) {
        table.error(
            Code::FutureDate,
            key,
            format!("`{key}` is after {edition}, the date of this edition"),
            "look for a wrong digit, or move `date` of site.toml on".to_owned(),
        );
    }
}

/// `sample` (a number) or `sample_note` (words).
fn sample(table: &Table<'_>) -> Sample {
    let size = table.optional_count("sample");
    let words = table.optional_text("sample_note");
    match (size, words) {
        (Some(_), Some(words)) => {
            table.file.error(
                Code::ConflictingFields,
                words.span,
                "`sample` and `sample_note` stand side by side",
                "keep the number, and put the words into `note`".to_owned(),
            );
            Sample::NotStated
        }
        (Some(size), None) if size.value == 0 => {
            table.file.error(
                Code::NumberOutOfRange,
                size.span,
                "`sample` is 0, and figures come from somebody",
                "leave it out when it is not stated".to_owned(),
            );
            Sample::NotStated
        }
        (Some(size), None) => Sample::Size(size.value),
        (None, Some(words)) => Sample::Words(words.value),
        (None, None) => Sample::NotStated,
    }
}

fn basis(table: &Table<'_>) -> Basis {
    table.choice("basis", &[("base", Basis::Base), ("total", Basis::Total)]).unwrap_or_default()
}

fn optional(text: Option<Spanned<String>>) -> Option<String> {
    text.map(|text| text.value)
}
