//! Owns the words of the index: which there are, in which entries each stands, and which of them
//! are near to one that a reader typed. Words lie in a finite-state map, which Levenshtein automata
//! walk through without looking at most of it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use fst::automaton::Str;
use fst::{Automaton, IntoStreamer, Map, Streamer as _};
use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};

/// Where a word stands, and how often in the body. There is one for each word of each entry, so
/// that its eight bytes decide how much memory the search takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) entry: u32,
    pub(super) body: u16,
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

    pub(super) fn note(&mut self, part: Part) {
        self.parts |= part as u8;
    }
}

/// A word of the index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub(super) text: String,
    number: usize,
}

/// SECURITY: so many words at most stand in for one that was typed.
pub(super) const MOST: usize = 40;
/// Words looked at before the best of them are kept.
const CONSIDERED: usize = 400;

/// All words.
pub(super) struct Lexicon {
    map: Map<Vec<u8>>,
    /// Where the postings of each word begin, and where the last end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
    /// For one slip, and for two.
    automata: [LevenshteinAutomatonBuilder; 2],
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon({} words, {} postings)", self.map.len(), self.postings.len())
    }
}

/// Words in the making.
#[derive(Debug, Default)]
pub(super) struct Gathering(HashMap<String, Vec<Posting>>);

impl Gathering {
    /// Notes a word of an entry; entries come in order.
    pub(super) fn add(&mut self, word: String, entry: u32, count: impl FnOnce(&mut Posting)) {
        let postings = self.0.entry(word).or_default();
        if postings.last().is_none_or(|last| last.entry != entry) {
            postings.push(Posting { entry, body: 0, parts: 0 });
        }
        if let Some(last) = postings.last_mut() {
            count(last);
        }
    }

    /// A word that readers may type and no entry holds.
    pub(super) fn know(&mut self, word: &str) {
        self.0.entry(word.to_owned()).or_default();
    }

    pub(super) fn finish(self) -> Lexicon {
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
            // Sorted and each once, which is all that a map asks for.
            map: Map::from_iter(keys).unwrap_or_default(),
            starts,
            postings,
            automata: [1, 2].map(|slips| LevenshteinAutomatonBuilder::new(slips, true)),
        }
    }
}

impl Lexicon {
    /// A word as it is.
    pub(super) fn get(&self, word: &str) -> Option<Term> {
        let number = usize::try_from(self.map.get(word)?).ok()?;
        Some(Term { text: word.to_owned(), number })
    }

    /// In which entries a word stands, in their order.
    pub(super) fn postings(&self, term: &Term) -> &[Posting] {
        let bounds = self.starts.get(term.number).zip(self.starts.get(term.number + 1));
        bounds.map_or(&[], |(from, to)| {
            self.postings.get(*from as usize..*to as usize).unwrap_or_default()
        })
    }

    /// Words that begin so, the shortest first.
    pub(super) fn beginning(&self, start: &str) -> Vec<Term> {
        let mut found = self.walk(Str::new(start).starts_with());
        found.sort_by_key(|term| (term.text.chars().count(), term.number));
        found.truncate(MOST);
        found
    }

    /// Words that differ by so few slips (a letter too many, too few, another, or two that changed
    /// places), the nearest first, and of those the ones that stand in the most entries. With
    /// `begins`, words of which only the beginning has to be so near.
    pub(super) fn near(&self, word: &str, begins: bool) -> Vec<(Term, u8)> {
        let slips = slips_allowed(word);
        let Some(builder) = slips.checked_sub(1).and_then(|at| self.automata.get(at)) else {
            return Vec::new();
        };
        let automaton =
            if begins { builder.build_prefix_dfa(word) } else { builder.build_dfa(word) };
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
        let nearest = found.first().map(|(_, distance)| *distance);
        found.retain(|(_, distance)| Some(*distance) == nearest);
        found.truncate(MOST);
        found
    }

    fn walk(&self, automaton: impl Automaton) -> Vec<Term> {
        let mut stream = self.map.search(automaton).into_stream();
        let mut found = Vec::new();
        while let Some((key, number)) = stream.next() {
            if let (Ok(text), Ok(number)) = (std::str::from_utf8(key), usize::try_from(number))
                && !is_phrase(text)
            {
                found.push(Term { text: text.to_owned(), number });
            }
            if found.len() >= CONSIDERED {
                break;
            }
        }
        found
    }
}

/// Whether it is several words, which only synonyms look up.
pub(super) fn is_phrase(word: &str) -> bool {
    word.contains(' ')
}

/// Short words are too near to each other for any slip; a word that is longer than any language
/// has is none, and its automaton would be large.
fn slips_allowed(word: &str) -> usize {
    match word.chars().count() {
        4..=7 => 1,
        8..=24 => 2,
        _ => 0,
    }
}
