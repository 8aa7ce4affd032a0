//! Owns search: from texts to an index, and from what a reader types to the entries that answer
//! it, with what matched marked. The entry points are [`Index::build`] and [`Index::find`]. It must
//! not know what the texts are of, where they are stored, or what a result looks like.
//!
//! An entry has a name (a heading), a context (the title above it) and a body. A typed word matches
//! itself, its longer and shorter forms, its synonyms, words that begin with it if it is the last
//! of the query, and, only if no entry has it or anything longer, the words nearest to it. The order
//! of results is the same on every machine.
//!
//! Why not tantivy: it is made for data that no memory holds, and a guide always fits. It would add
//! 4 MB to the program and take 13 MB of memory for the shipped guide; this index takes 0.6 MB, and
//! 3 ms to build (24 MB and 0.3 s for a thousand sections). Words are indexed as they are and
//! their forms are found by their beginnings, because a stemmer would know one language.

mod lexicon;
mod query;
mod rank;
mod snippet;
mod synonyms;
#[cfg(test)]
mod tests;
mod words;

use lexicon::{Lexicon, LexiconBuilder, Part};
pub use snippet::{Piece, Pieces};
use synonyms::Synonyms;

/// What is searched of one entry.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// Its heading.
    pub name: &'t str,
    /// A shorter name by which it is known as well: in menus, in addresses.
    pub alias: &'t str,
    /// The title of its page.
    pub context: &'t str,
    /// Its text.
    pub body: &'t str,
    /// What its score is multiplied by: 1 for most entries.
    pub weight: f32,
}

/// Texts, by word.
#[derive(Debug)]
pub struct Index {
    lexicon: Lexicon,
    synonyms: Synonyms,
    entries: Vec<Entry>,
    /// How many words a body has on average, at least 1.
    average_body_words: f32,
    /// Words of names and the first entry with each, for suggestions.
    name_words: Vec<(String, u32)>,
}

/// What ranking has to know of an entry.
#[derive(Clone, Copy, Debug)]
struct Entry {
    name_words: u8,
    alias_words: u8,
    body_words: u32,
    weight: f32,
}

/// An entry that answers a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The position of its text among those that the index was built from.
    pub entry: usize,
    /// How well it answers; comparable within one query only.
    pub score: f32,
    /// Whether every word of the query matches something in it.
    pub has_all_words: bool,
}

/// The answer to a query.
#[derive(Debug, Default)]
pub struct Found {
    /// The part of the query that was searched for.
    pub searched_for: String,
    /// Whether the query was too long, so that its end was not searched for.
    pub is_truncated: bool,
    /// Whether there was any word in it.
    pub has_words: bool,
    /// The best first.
    pub hits: Vec<Hit>,
    /// Typed words that no entry has, each with the word that was searched for instead.
    pub corrected: Vec<(String, String)>,
    /// When nothing answers, the entries whose names are nearest.
    pub suggestions: Vec<usize>,
    /// The words to mark in texts, each with the number of the term of the query that it matches.
    matched: std::collections::HashMap<String, usize>,
}

/// SECURITY: each of these is compared with each word of a query that nothing answers.
const MAX_NAME_WORDS: usize = 3_000;

impl Index {
    /// Indexes texts. `synonyms` are groups of words that mean the same. Entries of equal score come
    /// in the order of `texts`.
    pub fn build<'t>(texts: impl IntoIterator<Item = Text<'t>>, synonyms: &[Vec<String>]) -> Self {
        let synonyms = Synonyms::new(synonyms);
        let mut lexicon = LexiconBuilder::default();
        let mut entries = Vec::new();
        let mut name_words = Vec::new();
        for (number, text) in (0_u32..).zip(texts) {
            let name = synonyms.split(text.name);
            let alias = synonyms.split(text.alias);
            let context = synonyms.split(text.context);
            let body = synonyms.split(text.body);
            name_words
                .extend(name.words.iter().filter(|w| w.len() > 3).map(|w| (w.clone(), number)));
            let short = |words: &[String]| u8::try_from(words.len()).unwrap_or(u8::MAX);
            entries.push(Entry {
                name_words: short(&name.words),
                alias_words: short(&alias.words),
                body_words: u32::try_from(body.words.len()).unwrap_or(u32::MAX),
                weight: text.weight,
            });
            for (part, words) in
                [(Part::Name, name), (Part::Alias, alias), (Part::Context, context)]
            {
                words.for_each(|word| lexicon.posting(word, number).add_part(part));
            }
            body.for_each(|word| {
                let posting = lexicon.posting(word, number);
                posting.in_body = posting.in_body.saturating_add(1);
            });
        }
        synonyms.members().for_each(|member| lexicon.add_without_entry(member));
        name_words.sort();
        name_words.dedup_by(|later, first| later.0 == first.0);
        name_words.truncate(MAX_NAME_WORDS);
        #[expect(clippy::cast_precision_loss, reason = "an average of lengths")]
        let average = entries.iter().map(|entry| entry.body_words as f32).sum::<f32>()
            / entries.len().max(1) as f32;
        Self {
            lexicon: lexicon.build(),
            synonyms,
            entries,
            average_body_words: average.max(1.0),
            name_words,
        }
    }

    /// Finds what answers a query. Whatever the query is, the work is bounded.
    pub fn find(&self, query: &str) -> Found {
        let query = query::parse(query, &self.lexicon, &self.synonyms);
        let hits = rank::rank(self, &query);
        let suggestions = if hits.is_empty() { self.suggest(&query) } else { Vec::new() };
        Found {
            has_words: !query.terms.is_empty(),
            searched_for: query.searched_for,
            is_truncated: query.is_truncated,
            hits,
            corrected: query.corrected,
            suggestions,
            matched: query.matched,
        }
    }

    /// The entries whose names have the words most like those of the query, the most similar first.
    fn suggest(&self, query: &query::Query) -> Vec<usize> {
        const MAX_SUGGESTIONS: usize = 4;
        /// By Jaro and Winkler's measure, from 0 to 1.
        const LEAST_SIMILARITY: f64 = 0.82;
        let mut found: Vec<(f64, u32)> = self
            .name_words
            .iter()
            .filter_map(|(name, entry)| {
                let similar = query.words.iter().map(|word| strsim::jaro_winkler(word, name));
                let best = similar.fold(0.0, f64::max);
                (best >= LEAST_SIMILARITY).then_some((best, *entry))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut entries = Vec::new();
        for (_, entry) in found {
            if entries.len() < MAX_SUGGESTIONS && !entries.contains(&(entry as usize)) {
                entries.push(entry as usize);
            }
        }
        entries
    }
}
