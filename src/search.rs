//! Owns search: from texts to an index, and from what a reader types to the entries that answer
//! it, with what matched marked. The entry points are [`Index::build`] and [`Index::find`]. It must
//! not know what the texts are of, where they are kept, or what a result looks like.
//!
//! An entry has a name (a heading), a context (the title above it) and a body. A word that was
//! typed stands for itself, for its longer and shorter forms, for its synonyms, for words that
//! begin with it when it is the last, and, only when neither it nor anything longer is anywhere, for
//! its nearest words. Results come in one order, whatever machine makes them.

mod lexicon;
mod query;
mod rank;
mod snippet;
mod synonyms;
#[cfg(test)]
mod tests;
mod words;

use lexicon::{Gathering, Lexicon, Part};
pub use snippet::{Piece, Pieces};
use synonyms::Synonyms;

/// What is searched of one entry.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// Its heading.
    pub name: &'t str,
    /// A shorter name by which it is known as well: in menus, in addresses.
    pub alias: &'t str,
    /// What stands above it: the title of its page.
    pub context: &'t str,
    /// What stands below it.
    pub body: &'t str,
    /// How it stands to other entries that match as well: 1 for most.
    pub weight: f32,
}

/// Texts, by word.
#[derive(Debug)]
pub struct Index {
    lexicon: Lexicon,
    synonyms: Synonyms,
    entries: Vec<Entry>,
    /// Words of the body of an entry, on average.
    average: f32,
    /// Words of names and the first entry with each, for suggestions.
    names: Vec<(String, u32)>,
}

/// What ranking has to know of an entry.
#[derive(Clone, Copy, Debug)]
struct Entry {
    name: u8,
    alias: u8,
    body: u32,
    weight: f32,
}

/// An entry that answers a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its place among the texts that the index was built from.
    pub entry: usize,
    /// How well it answers.
    pub score: f32,
    /// Whether it holds every word, or one that stands for it.
    pub whole: bool,
}

/// The answer to a query.
#[derive(Debug, Default)]
pub struct Found {
    /// What was searched for, without what was cut off.
    pub asked: String,
    /// Whether the query was too long, and its end was not searched for.
    pub cut: bool,
    /// Whether there was any word in it.
    pub words: bool,
    /// The best first.
    pub hits: Vec<Hit>,
    /// Words that stand nowhere, and the words that were searched for in their place.
    pub corrected: Vec<(String, String)>,
    /// Entries whose names are nearest, when nothing answers.
    pub near: Vec<usize>,
    /// The words to mark, each with the word of the query that it stands for.
    matched: std::collections::HashMap<String, usize>,
}

/// Words of names that are compared for suggestions.
const NAMES: usize = 3_000;

impl Index {
    /// Of texts, in the order in which they come when nothing else decides, and of groups of words
    /// that mean the same.
    pub fn build<'t>(texts: impl IntoIterator<Item = Text<'t>>, synonyms: &[Vec<String>]) -> Self {
        let synonyms = Synonyms::new(synonyms);
        let mut gathering = Gathering::default();
        let mut entries = Vec::new();
        let mut names = Vec::new();
        for (number, text) in (0_u32..).zip(texts) {
            let known = synonyms.read(text.name);
            let also = synonyms.read(text.alias);
            let below = synonyms.read(text.body);
            names.extend(known.words.iter().filter(|w| w.len() > 3).map(|w| (w.clone(), number)));
            let short = |words: &[String]| u8::try_from(words.len()).unwrap_or(u8::MAX);
            let entry = Entry {
                name: short(&known.words),
                alias: short(&also.words),
                body: u32::try_from(below.words.len()).unwrap_or(u32::MAX),
                weight: text.weight,
            };
            known.each(|word| gathering.add(word, number, |at| at.note(Part::Name)));
            also.each(|word| gathering.add(word, number, |at| at.note(Part::Alias)));
            let above = synonyms.read(text.context);
            above.each(|word| gathering.add(word, number, |at| at.note(Part::Context)));
            below.each(|word| {
                gathering.add(word, number, |at| at.body = at.body.saturating_add(1));
            });
            entries.push(entry);
        }
        synonyms.members().for_each(|member| gathering.know(member));
        names.sort();
        names.dedup_by(|later, first| later.0 == first.0);
        names.truncate(NAMES);
        #[expect(clippy::cast_precision_loss, reason = "an average of lengths")]
        let average = entries.iter().map(|entry| entry.body as f32).sum::<f32>()
            / entries.len().max(1) as f32;
        Self { lexicon: gathering.finish(), synonyms, entries, average: average.max(1.0), names }
    }

    /// What answers a query. Whatever it is, the work is bounded.
    pub fn find(&self, query: &str) -> Found {
        let query = query::read(query, &self.lexicon, &self.synonyms);
        let hits = rank::rank(self, &query);
        let near = if hits.is_empty() { self.near(&query) } else { Vec::new() };
        Found {
            words: !query.units.is_empty(),
            asked: query.asked,
            cut: query.cut,
            hits,
            corrected: query.corrected,
            near,
            matched: query.matched,
        }
    }

    /// Entries whose names hold the words most like those asked for.
    fn near(&self, query: &query::Query) -> Vec<usize> {
        const OFFERED: usize = 4;
        const ALIKE: f64 = 0.82;
        let mut found: Vec<(f64, u32)> = self
            .names
            .iter()
            .filter_map(|(name, entry)| {
                let alike = query.plain.iter().map(|word| strsim::jaro_winkler(word, name));
                let best = alike.fold(0.0, f64::max);
                (best >= ALIKE).then_some((best, *entry))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut near = Vec::new();
        for (_, entry) in found {
            if near.len() < OFFERED && !near.contains(&(entry as usize)) {
                near.push(entry as usize);
            }
        }
        near
    }
}
