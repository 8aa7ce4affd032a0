//! Owns what a change of content would break for others: links that would lead nowhere, and
//! figures that change without a word in `changes.toml`. The entry point is [`losses`], which sets
//! one [`Edition`] of a guide against an earlier one. Knows nothing of how pages are made.

mod links;
mod places;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use super::Content;
use super::diagnostics::{Diagnostics, Problems};
use super::figures::{Figure, figures};
use super::source::{Files, Source};
use links::{Answers, PublicLink, public_links};
use places::{Place, in_toml};

/// A guide together with the files it was read from, in which places are counted.
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

    fn place_of(&self, figure: &Figure) -> Place {
        in_toml(&self.files, &figure.file, &figure.steps)
    }
}

/// What kind of promise is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// So many addresses that others may have linked to lead nowhere.
    LostLink(usize),
    /// A figure is another, and no change says so.
    UnrecordedChange,
}

/// Something that others rely on and that would be gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    place: Place,
    kind: Kind,
    message: String,
    help: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::LostLink(_) => "lost-link",
            Kind::UnrecordedChange => "unrecorded-change",
        };
        write!(f, "{}: error[{kind}]: {}\n  help: {}", self.place, self.message, self.help)
    }
}

/// Everything that is lost between two editions, in order of file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Losses(Vec<Loss>);

impl Losses {
    /// Whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for loss in &self.0 {
            writeln!(f, "{loss}")?;
        }
        let (mut links, mut figures) = (0, 0);
        for loss in &self.0 {
            match loss.kind {
                Kind::LostLink(count) => links += count,
                Kind::UnrecordedChange => figures += 1,
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

/// What readers of the old edition would miss in the new one.
pub fn losses(old: &Edition, new: &Edition) -> Losses {
    let mut losses = lost_links(old, new);
    losses.extend(unrecorded_changes(old, new));
    losses.sort();
    Losses(losses)
}

fn lost_links(old: &Edition, new: &Edition) -> Vec<Loss> {
    let answers = Answers::of(&new.content);
    // A heading has an address on its page and one on the whole guide: one slip, told once.
    let mut lost: BTreeMap<(Place, String), Vec<String>> = BTreeMap::new();
    for PublicLink { address, place, remedy } in public_links(&old.content, &old.files) {
        if !answers.has(&address) {
            lost.entry((place, remedy)).or_default().push(address);
        }
    }
    lost.into_iter()
        .map(|((place, help), addresses)| Loss {
            place,
            kind: Kind::LostLink(addresses.len()),
            message: format!("{} would lead nowhere", addresses.join(", ")),
            help,
        })
        .collect()
}

fn unrecorded_changes(old: &Edition, new: &Edition) -> Vec<Loss> {
    let now: BTreeMap<String, Figure> =
        new.figures().into_iter().map(|figure| (figure.name.clone(), figure)).collect();
    old.figures()
        .iter()
        .filter_map(|was| {
            let is = now.get(&was.name);
            if is.is_some_and(|is| is.value == was.value) || is_recorded(old, new, &was.name) {
                return None;
            }
            let stood = old.place_of(was);
            let name = &was.name;
            let (place, message, end) = match is {
                Some(is) => (
                    new.place_of(is),
                    format!("{name} is {} and was {} ({stood})", is.value, was.value),
                    format!("old = \"{}\", new = \"{}\"", was.value, is.value),
                ),
                None => (
                    stood,
                    format!("{name} was {} and is gone", was.value),
                    format!("removed = true, old = \"{}\"", was.value),
                ),
            };
            let help = format!("add a [[change]] to changes.toml: figure = \"{name}\", {end}");
            Some(Loss { place, kind: Kind::UnrecordedChange, message, help })
        })
        .collect()
}

/// Whether the new edition has an entry for a figure that the old one did not have: what was said
/// of an earlier change says nothing of this one.
fn is_recorded(old: &Edition, new: &Edition, figure: &str) -> bool {
    new.content.changes.iter().any(|change| {
        change.figure.as_deref() == Some(figure) && !old.content.changes.contains(change)
    })
}
