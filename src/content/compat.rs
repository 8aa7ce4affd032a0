//! Owns the compatibility of two editions of a guide: which published links would lead nowhere, and
//! which figures change without an entry in `changes.toml`. The entry point is [`breakages`]. Both
//! are derived from the content, so nothing has to be recorded when a guide is published.

mod links;
mod location;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use super::Content;
use super::diagnostics::{Diagnostics, Problems};
use super::figures::{Figure, figures};
use super::source::{Files, Source};
use links::{AnsweredAddresses, PublicLink, public_links};
use location::{SourceLocation, find_value};

/// A guide together with the files it was read from, which give line and column of what breaks.
#[derive(Debug)]
pub struct Edition {
    content: Content,
    files: Files,
}

impl Edition {
    /// Reads a guide.
    ///
    /// # Errors
    /// As [`Content::load`].
    pub fn load(source: &Source) -> Result<Self, Diagnostics> {
        let problems = Problems::default();
        let files = source.read(&problems);
        Self::from_files(files, problems)
    }

    fn from_files(files: Files, problems: Problems) -> Result<Self, Diagnostics> {
        Ok(Self { content: Content::from_files(files.clone(), problems)?, files })
    }

    /// The guide.
    pub fn content(&self) -> &Content {
        &self.content
    }

    fn figures(&self) -> Vec<Figure> {
        let Content { salaries, statistics, certifications, .. } = &self.content;
        figures(salaries, statistics, certifications)
    }

    fn location_of(&self, figure: &Figure) -> SourceLocation {
        find_value(&self.files, &figure.file, &figure.steps)
    }
}

/// How a new edition breaks what others rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BreakageKind {
    /// Addresses that others may have linked to lead nowhere; how many.
    LostLink(usize),
    /// The value of a figure changed, and `changes.toml` does not say so.
    UnrecordedChange,
}

/// One thing that others rely on and that the new edition breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breakage {
    location: SourceLocation,
    kind: BreakageKind,
    message: String,
    help: String,
}

impl fmt::Display for Breakage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            BreakageKind::LostLink(_) => "lost-link",
            BreakageKind::UnrecordedChange => "unrecorded-change",
        };
        write!(f, "{}: error[{kind}]: {}\n  help: {}", self.location, self.message, self.help)
    }
}

/// All breakages between two editions, in order of file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakages(Vec<Breakage>);

impl Breakages {
    /// Whether nothing breaks.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Breakages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for breakage in &self.0 {
            writeln!(f, "{breakage}")?;
        }
        let (mut links, mut figures) = (0, 0);
        for breakage in &self.0 {
            match breakage.kind {
                BreakageKind::LostLink(count) => links += count,
                BreakageKind::UnrecordedChange => figures += 1,
            }
        }
        write!(
            f,
            "{links} {} would break, {figures} {} without a word in changes.toml",
            if links == 1 { "link" } else { "links" },
            if figures == 1 { "figure changes" } else { "figures change" },
        )
    }
}

/// What readers and links of the old edition would no longer find in the new one.
pub fn breakages(old: &Edition, new: &Edition) -> Breakages {
    let mut all = lost_links(old, new);
    all.extend(unrecorded_changes(old, new));
    all.sort();
    Breakages(all)
}

fn lost_links(old: &Edition, new: &Edition) -> Vec<Breakage> {
    let answered = AnsweredAddresses::of(&new.content);
    // A heading has an address on its page and another on the whole guide. When it is renamed both
    // are lost, but its author made one mistake, so addresses of one location are reported
    // together.
    let mut lost: BTreeMap<(SourceLocation, String), Vec<String>> = BTreeMap::new();
    for PublicLink { address, location, remedy } in public_links(&old.content, &old.files) {
        if !answered.has(&address) {
            lost.entry((location, remedy)).or_default().push(address);
        }
    }
    lost.into_iter()
        .map(|((location, help), addresses)| Breakage {
            location,
            kind: BreakageKind::LostLink(addresses.len()),
            message: format!("{} would lead nowhere", addresses.join(", ")),
            help,
        })
        .collect()
}

fn unrecorded_changes(old: &Edition, new: &Edition) -> Vec<Breakage> {
    let now: BTreeMap<String, Figure> =
        new.figures().into_iter().map(|figure| (figure.name.clone(), figure)).collect();
    old.figures()
        .iter()
        .filter_map(|was| {
            let is = now.get(&was.name);
            if is.is_some_and(|is| is.value == was.value) || is_recorded(old, new, &was.name) {
                return None;
            }
            let old_location = old.location_of(was);
            let name = &was.name;
            let (location, message, end) = match is {
                Some(is) => (
                    new.location_of(is),
                    format!("{name} is {} and was {} ({old_location})", is.value, was.value),
                    format!("old = \"{}\", new = \"{}\"", was.value, is.value),
                ),
                None => (
                    old_location,
                    format!("{name} was {} and is gone", was.value),
                    format!("removed = true, old = \"{}\"", was.value),
                ),
            };
            let help = format!("add a [[change]] to changes.toml: figure = \"{name}\", {end}");
            Some(Breakage { location, kind: BreakageKind::UnrecordedChange, message, help })
        })
        .collect()
}

/// Whether the new edition has an entry for the figure that the old one lacks. An entry that the
/// old edition had already describes an earlier change.
fn is_recorded(old: &Edition, new: &Edition, figure: &str) -> bool {
    new.content.changes.iter().any(|change| {
        change.figure.as_deref() == Some(figure) && !old.content.changes.contains(change)
    })
}
