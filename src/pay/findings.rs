//! Owns the sentences about a comparison, made from the data for any country. The entry points are
//! [`Report`] and [`caveats`]. Must not know HTML: the texts are plain, and go into JSON as they are.

mod bands;
mod caveats;
mod disagreement;
mod headline;
mod names;
mod own_bands;
mod small_sample;
mod summary;
#[cfg(test)]
mod tests;

pub use caveats::{Caveat, CaveatKind, caveats};

use serde::Serialize;

use super::comparison::Comparison;
use super::{Country, Level};
use own_bands::CountryBands;

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

impl<'a> Finding<'a> {
    /// Countries and levels may come several times; each is listed once.
    fn new(
        kind: FindingKind,
        countries: impl IntoIterator<Item = &'a Country>,
        levels: impl IntoIterator<Item = &'a Level>,
        text: String,
    ) -> Self {
        let mut finding = Self { kind, countries: Vec::new(), levels: Vec::new(), text };
        for country in countries {
            if finding.countries.iter().all(|known| known.code != country.code) {
                finding.countries.push(country);
            }
        }
        for level in levels {
            if !finding.levels.contains(&level) {
                finding.levels.push(level);
            }
        }
        finding
    }
}

/// What sort of thing a finding says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Bands of neighbouring levels share some amounts.
    Overlap,
    /// Bands of neighbouring levels leave some amounts out.
    Gap,
    /// Bands have no stated end, or more than their end is paid.
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

/// What the program says of one comparison. The guide's own bands are gathered once for all of it.
pub struct Report<'c, 'a> {
    comparison: &'c Comparison<'a>,
    /// Of every chosen country.
    own_bands: Vec<CountryBands<'c, 'a>>,
}

impl<'c, 'a> Report<'c, 'a> {
    /// Of a comparison.
    pub fn new(comparison: &'c Comparison<'a>) -> Self {
        Self { comparison, own_bands: own_bands::own_bands(comparison) }
    }

    /// What matters most in the view, in about ninety letters at most; without a full stop.
    pub fn headline(&self) -> String {
        headline::headline(self.comparison, &self.own_bands)
    }

    /// Two or three plain sentences that say what the chart shows, for reading aloud.
    pub fn summary(&self) -> Vec<String> {
        summary::summary(self.comparison, &self.own_bands)
    }

    /// Everything that is found in the comparison, in the order of [`FindingKind`].
    pub fn findings(&self) -> Vec<Finding<'a>> {
        let mut found = bands::findings(self.comparison, &self.own_bands);
        found.extend(disagreement::findings(self.comparison, &self.own_bands));
        found.extend(small_sample::findings(self.comparison));
        found
    }
}
