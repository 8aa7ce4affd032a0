//! Owns the words of the index: which there are, in which entries each stands, and which of them
//! are near to one that a reader typed. Must not know how results are ranked.
//!
//! Words are the keys of a finite-state map (`fst`): 40,000 of them take 270 KB, and a Levenshtein
//! automaton walks it in a fifth of a millisecond without looking at most of it, where comparing
//! word by word took three.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::LazyLock;

use fst::automaton::Str;
use fst::{Automaton, IntoStreamer, Map, Streamer as _};
use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};

/// In which entry a word stands, in which of its parts, and how often in its body. There is one for
/// each word of each entry, so its eight bytes decide how much memory the search takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) entry: u32,
    /// How often it stands in the body.
    pub(super) in_body: u16,
    /// A bit for each [`Part`].
    parts: u8,
}

/// A part of an entry other than its body.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Name = 1,
    Alias = 2,
    Context = 4,
}

impl Posting {
    /// Whether the word stands in a part.
    pub(super) fn is_in(self, part: Part) -> bool {
        self.parts & part as u8 != 0
    }

    pub(super) fn add_part(&mut self, part: Part) {
        self.parts |= part as u8;
    }
}

/// A word of the index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub(super) text: String,
    number: usize,
}

/// SECURITY: at most so many words of the index match one that was typed.
pub(super) const MAX_MATCHES: usize = 40;
/// SECURITY: at most so many words are taken from a walk, of which the best [`MAX_MATCHES`] remain.
const MAX_WALKED: usize = 400;

/// All words.
pub(super) struct Lexicon {
    map: Map<Vec<u8>>,
    /// Where the postings of each word begin, and where the last end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
}

/// For one slip, and for two. Their tables are the same for every index and take milliseconds to
/// compute.
static AUTOMATA: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
    LazyLock::new(|| [1, 2].map(|slips| LevenshteinAutomatonBuilder::new(slips, true)));

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon({} words, {} postings)", self.map.len(), self.postings.len())
    }
}

/// Collects words and makes a [`Lexicon`] of them.
#[derive(Debug, Default)]
pub(super) struct LexiconBuilder(HashMap<String, Vec<Posting>>);

impl LexiconBuilder {
    /// The posting of a word in an entry, added if it is new. Entries must come in order.
    pub(super) fn posting(&mut self, word: String, entry: u32) -> &mut Posting {
        let postings = self.0.entry(word).or_default();
        if postings.last().is_none_or(|last| last.entry != entry) {
            postings.push(Posting { entry, in_body: 0, parts: 0 });
        }
        let last = postings.len() - 1;
        &mut postings[last]
    }

    /// Adds a word that readers may type although no entry has it.
    pub(super) fn add_without_entry(&mut self, word: &str) {
        self.0.entry(word.to_owned()).or_default();
    }

    pub(super) fn build(self) -> Lexicon {
        let sorted: BTreeMap<String, Vec<Posting>> = self.0.into_iter().collect();
        let mut starts = Vec::with_capacity(sorted.len() + 1);
        let mut postings = Vec::with_capacity(sorted.values().map(Vec::len).sum());
        let mut keys = Vec::with_capacity(sorted.len());
        for (number, (word, own)) in (0_u64..).zip(sorted) {
            starts.push(u32::try_from(postings.len()).unwrap_or(u32::MAX));
            postings.extend(own);
            keys.push((word, number));
        }
        starts.push(u32::try_from(postings.len()).unwrap_or(u32::MAX));
        Lexicon {
            // This fails only if keys are not sorted or not unique; they are both.
            map: Map::from_iter(keys).unwrap_or_default(),
            starts,
            postings,
        }
    }
}

impl Lexicon {
    /// The very word, if the index has it.
    pub(super) fn get(&self, word: &str) -> Option<Term> {
        let number = usize::try_from(self.map.get(word)?).ok()?;
        Some(Term { text: word.to_owned(), number })
    }

    /// The postings of a word, in the order of entries.
    pub(super) fn postings(&self, term: &Term) -> &[Posting] {
        let bounds = self.starts.get(term.number).zip(self.starts.get(term.number + 1));
        bounds.map_or(&[], |(from, to)| {
            self.postings.get(*from as usize..*to as usize).unwrap_or_default()
        })
    }

    /// Words that begin with `prefix`, the shortest first.
    pub(super) fn with_prefix(&self, prefix: &str) -> Vec<Term> {
        let mut found = self.walk(Str::new(prefix).starts_with());
        found.sort_by_key(|term| (term.text.chars().count(), term.number));
        found.truncate(MAX_MATCHES);
        found
    }

    /// The words nearest to a misspelt one, each with the number of slips between them (a letter too
    /// many, too few, another, or two that changed places), those in the most entries first. All
    /// are equally near. With `prefix_only`, only the beginning of a word has to be so near.
    pub(super) fn nearest(&self, word: &str, prefix_only: bool) -> Vec<(Term, u8)> {
        let slips = slips_allowed(word);
        let Some(builder) = slips.checked_sub(1).and_then(|at| AUTOMATA.get(at)) else {
            return Vec::new();
        };
        let automaton =
            if prefix_only { builder.build_prefix_dfa(word) } else { builder.build_dfa(word) };
        let mut found: Vec<(Term, u8)> = self
            .walk(&automaton)
            .into_iter()
            .filter(|term| !self.postings(term).is_empty())
            .filter_map(|term| match automaton.eval(&term.text) {
                Distance::Exact(distance) => Some((term, distance)),
                Distance::AtLeast(_) => None,
            })
            .collect();
        found.sort_by_key(|(term, distance)| {
            (*distance, std::cmp::Reverse(self.postings(term).len()), term.number)
        });
        let least = found.first().map(|(_, distance)| *distance);
        found.retain(|(_, distance)| Some(*distance) == least);
        found.truncate(MAX_MATCHES);
        found
    }

    /// The words that an automaton accepts, without those of several words.
    fn walk(&self, automaton: impl Automaton) -> Vec<Term> {
        let mut stream = self.map.search(automaton).into_stream();
        let mut found = Vec::new();
        while let Some((key, number)) = stream.next() {
            if let (Ok(text), Ok(number)) = (std::str::from_utf8(key), usize::try_from(number))
                && !is_phrase(text)
            {
                found.push(Term { text: text.to_owned(), number });
            }
            if found.len() >= MAX_WALKED {
                break;
            }
        }
        found
    }
}

/// Whether a key is several words, which only synonyms look up.
pub(super) fn is_phrase(word: &str) -> bool {
    word.contains(' ')
}

/// How many slips are forgiven in a word. Short words are too near to each other for any; a text
/// longer than the words of any language is not a word, and its automaton would be large.
fn slips_allowed(word: &str) -> usize {
    match word.chars().count() {
        4..=7 => 1,
        8..=24 => 2,
        _ => 0,
    }
}
