//! Owns what the program says in words of a comparison: sentences that are found in the data,
//! never written for one country.
//!
//! The entry points are [`findings`], [`headline`], [`summary`] and [`caveats`]. Knows nothing of
//! HTML: all texts are plain, and may stand in JSON as they are.

mod bands;
mod caveats;
mod headline;
mod names;
mod sources;
#[cfg(test)]
mod tests;

pub use caveats::{Caveat, CaveatKind, caveats};
pub use headline::{headline, summary};

use serde::Serialize;

use super::comparison::Comparison;
use super::{Country, Level};

/// Something that the figures of a comparison show.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// What sort of thing.
    pub kind: FindingKind,
    /// The countries it is about.
    pub countries: Vec<&'a Country>,
    /// The levels it is about; empty for all.
    pub levels: Vec<&'a Level>,
    /// A whole sentence.
    pub text: String,
}

/// What sort of thing a finding says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Bands of neighbouring levels share some amounts.
    Overlap,
    /// Bands of neighbouring levels leave some amounts out.
    Gap,
    /// Bands have no stated end, or more than it occurs.
    OpenTop,
    /// Bands do not count the same things, or do not say what they count.
    UnlikeBasis,
    /// One level stands for different experience in different countries.
    UnlikeYears,
    /// Another source says at least twice, or at most half, what the guide's band says.
    Disagreement,
    /// Few answers are behind a figure.
    SmallSample,
}

/// Everything that is found in a comparison, in the order of [`FindingKind`].
pub fn findings<'a>(comparison: &Comparison<'a>) -> Vec<Finding<'a>> {
    let all = names::own_bands(comparison);
    let mut found = bands::findings(comparison, &all);
    found.extend(sources::findings(comparison, &all));
    found
}
