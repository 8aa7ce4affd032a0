//! Owns the reading of a query: its words, and for each the words of the index that match it. The
//! entry point is [`parse`]. Must not know entries or how they are ranked.

use std::collections::HashMap;

use super::lexicon::{Lexicon, MAX_MATCHES, Term, is_phrase};
use super::synonyms::Synonyms;
use super::words::words;

// SECURITY: whatever is typed, no more than this is searched for.
/// Characters of a query.
const MAX_CHARS: usize = 200;
/// Words of a query.
const MAX_WORDS: usize = 12;

/// A misspelt beginning of a word must have so many letters: a shorter one is near to too many.
const MIN_MISSPELT_PREFIX: usize = 5;
/// The endings of two forms of a word differ by at most so many letters.
const MAX_ENDING: usize = 3;

// How much a word of the index is worth that is not the typed one, which is worth 1.
/// A longer or shorter form of the word: "skill" for "skills".
const FORM_WEIGHT: f32 = 0.7;
/// A member of the same group of synonyms.
const SYNONYM_WEIGHT: f32 = 0.8;
/// A word that begins with the typed one; less the longer it is.
const PREFIX_WEIGHT: f32 = 0.9;
/// A word with no, one or two slips.
const SLIP_WEIGHTS: [f32; 3] = [1.0, 0.6, 0.4];

/// A query and what it matches in the index.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// See [`super::Found::searched_for`].
    pub(super) searched_for: String,
    pub(super) is_truncated: bool,
    /// What is looked for: words, or runs of words that mean one thing.
    pub(super) terms: Vec<QueryTerm>,
    /// The typed words in the form under which words are indexed.
    pub(super) words: Vec<String>,
    pub(super) corrected: Vec<(String, String)>,
    /// The words to mark, and the number of the term that each matches.
    pub(super) matched: HashMap<String, usize>,
}

/// A typed word, or a run of words that mean one thing.
#[derive(Debug, Default)]
pub(super) struct QueryTerm {
    pub(super) matches: Vec<TermMatch>,
}

/// A word of the index that matches what was typed.
#[derive(Debug)]
pub(super) struct TermMatch {
    pub(super) term: Term,
    /// What it is worth: 1 for the typed word itself.
    pub(super) weight: f32,
}

/// Reads a query.
pub(super) fn parse(text: &str, lexicon: &Lexicon, synonyms: &Synonyms) -> Query {
    let text = text.trim();
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    let mut query = Query { is_truncated: end < text.len(), ..Query::default() };
    let mut last = 0;
    for (place, word) in words(&text[..end]) {
        if query.words.len() == MAX_WORDS {
            query.is_truncated = true;
            break;
        }
        query.words.push(word);
        last = place.end;
    }
    // Signs after the last word belong to what was searched for, unless more words follow them.
    text[..if query.is_truncated { last } else { end }].clone_into(&mut query.searched_for);
    let mut at = 0;
    while at < query.words.len() {
        let mut matcher =
            Matcher { lexicon, synonyms, found: QueryTerm::default(), corrected: None };
        let word = &query.words[at];
        if let Some(phrase) = synonyms.phrases_at(&query.words[at..]).pop() {
            matcher.match_phrase(&phrase);
            at += phrase.split(' ').count();
        } else {
            at += 1;
            matcher.match_word(word, at == query.words.len());
        }
        if let Some(right) = matcher.corrected {
            query.corrected.push((word.clone(), right));
        }
        let number = query.terms.len();
        for TermMatch { term, .. } in &matcher.found.matches {
            query.matched.entry(term.text.clone()).or_insert(number);
        }
        query.terms.push(matcher.found);
    }
    query
}

/// Collects the words of the index that match one term of a query.
struct Matcher<'q> {
    lexicon: &'q Lexicon,
    synonyms: &'q Synonyms,
    found: QueryTerm,
    /// The word taken in place of one that no entry has.
    corrected: Option<String>,
}

impl Matcher<'_> {
    fn match_word(&mut self, word: &str, is_last: bool) {
        self.add_forms(word, 1.0);
        // The last word may still be being typed.
        if is_last && word.chars().count() > 1 {
            for term in self.lexicon.with_prefix(word) {
                let weight = PREFIX_WEIGHT * ratio(word, &term.text);
                self.add(term, weight);
            }
        }
        self.add_synonyms(word, SYNONYM_WEIGHT);
        if !self.is_in_an_entry() {
            self.add_corrections(word, is_last);
        } else if !self.is_known(word) {
            // Entries have only its beginning, and the slip may be in its end: "learnign".
            let nearest = self.lexicon.nearest(word, false);
            for (term, _) in nearest.into_iter().filter(|(_, slips)| *slips == 1) {
                self.add(term, SLIP_WEIGHTS[1]);
            }
        }
        // Forms, longer words and corrections have synonyms, too.
        let found: Vec<(String, f32)> = self
            .found
            .matches
            .iter()
            .filter(|one| one.term.text != word && one.weight >= SLIP_WEIGHTS[2])
            .map(|one| (one.term.text.clone(), one.weight * SYNONYM_WEIGHT))
            .collect();
        for (other, weight) in found {
            self.add_synonyms(&other, weight);
        }
    }

    fn match_phrase(&mut self, phrase: &str) {
        self.add_forms(phrase, 1.0);
        self.add_synonyms(phrase, SYNONYM_WEIGHT);
    }

    /// Adds the word itself, and its longer and shorter forms.
    fn add_forms(&mut self, word: &str, weight: f32) {
        if let Some(term) = self.lexicon.get(word) {
            self.add(term, weight);
        }
        if is_phrase(word) {
            return;
        }
        let letters = word.chars().count();
        let longest = match letters {
            0..=2 => return,
            3 => letters + 1,
            _ => letters + MAX_ENDING,
        };
        for term in self.lexicon.with_prefix(word) {
            if term.text != word && term.text.chars().count() <= longest {
                self.add(term, weight * FORM_WEIGHT);
            }
        }
        for (cut, (at, _)) in (1..=MAX_ENDING).zip(word.char_indices().rev()) {
            let shortest = if cut == 1 { 3 } else { 4 };
            if letters - cut >= shortest
                && let Some(term) = self.lexicon.get(&word[..at])
            {
                self.add(term, weight * FORM_WEIGHT);
            }
        }
    }

    /// Adds the other members of the group that a word belongs to.
    fn add_synonyms(&mut self, member: &str, weight: f32) {
        for other in self.synonyms.of(member).iter().filter(|other| *other != member) {
            self.add_forms(other, weight);
        }
    }

    /// Adds the words nearest to one that no entry has.
    fn add_corrections(&mut self, word: &str, is_last: bool) {
        let mut nearest = self.lexicon.nearest(word, false);
        let mut weight = 1.0;
        if nearest.is_empty() && is_last && word.chars().count() >= MIN_MISSPELT_PREFIX {
            nearest = self.lexicon.nearest(word, true);
            weight = FORM_WEIGHT;
        }
        self.corrected = nearest.first().map(|(term, _)| term.text.clone());
        for (term, slips) in nearest {
            let slip = SLIP_WEIGHTS.get(usize::from(slips)).copied().unwrap_or(SLIP_WEIGHTS[2]);
            self.add(term, weight * slip);
        }
    }

    /// Whether an entry has anything that was found so far.
    fn is_in_an_entry(&self) -> bool {
        self.found.matches.iter().any(|one| !self.lexicon.postings(&one.term).is_empty())
    }

    /// Whether an entry has the word as it is or longer, or a group of synonyms has it.
    fn is_known(&self, word: &str) -> bool {
        let mut longer = self.found.matches.iter().filter(|one| one.term.text.starts_with(word));
        !self.synonyms.of(word).is_empty()
            || longer.any(|one| !self.lexicon.postings(&one.term).is_empty())
    }

    fn add(&mut self, term: Term, weight: f32) {
        let matches = &mut self.found.matches;
        if let Some(known) = matches.iter_mut().find(|known| known.term == term) {
            known.weight = known.weight.max(weight);
        } else if matches.len() < MAX_MATCHES {
            matches.push(TermMatch { term, weight });
        }
    }
}

/// How much of a word was typed, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a word has few letters")]
fn ratio(typed: &str, word: &str) -> f32 {
    typed.chars().count() as f32 / word.chars().count().max(1) as f32
}
