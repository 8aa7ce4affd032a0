//! Owns the reading of a query: its words, and for each the words of the index that stand for it.

use std::collections::HashMap;

use super::lexicon::{Lexicon, MOST, Term, is_phrase};
use super::synonyms::Synonyms;
use super::words::words;

// SECURITY: whatever is typed, no more than this is searched for.
/// Letters of a query.
const LETTERS: usize = 200;
/// Words of a query.
const WORDS: usize = 12;

/// Fewer letters than these are nearly the beginning of too much.
const SHORTEST_NEAR_BEGINNING: usize = 5;
/// A longer or shorter form of the word: "skill" for "skills".
const FORM: f32 = 0.7;
/// A member of the same group.
const SYNONYM: f32 = 0.8;
/// A word of which the typed one is the beginning, were it as long.
const BEGINNING: f32 = 0.9;
/// A word with one slip, and with two.
const SLIPS: [f32; 3] = [1.0, 0.6, 0.4];
/// Letters by which forms of a word differ at their ends.
const ENDING: usize = 3;

/// A query, read.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) asked: String,
    pub(super) cut: bool,
    /// What is looked for: words, or runs of words that mean one thing.
    pub(super) units: Vec<Unit>,
    /// The words as they were typed, but for their form.
    pub(super) plain: Vec<String>,
    pub(super) corrected: Vec<(String, String)>,
    /// The words to mark, and the unit for which each stands.
    pub(super) matched: HashMap<String, usize>,
}

/// A word or run of words, and what stands for it.
#[derive(Debug, Default)]
pub(super) struct Unit {
    pub(super) alternatives: Vec<Alternative>,
}

/// A word of the index that stands for what was typed.
#[derive(Debug)]
pub(super) struct Alternative {
    pub(super) term: Term,
    /// 1 for the word itself.
    pub(super) weight: f32,
}

/// Reads a query.
pub(super) fn read(text: &str, lexicon: &Lexicon, synonyms: &Synonyms) -> Query {
    let text = text.trim();
    let end = text.char_indices().nth(LETTERS).map_or(text.len(), |(at, _)| at);
    let mut query = Query { cut: end < text.len(), ..Query::default() };
    let mut last = 0;
    for (place, word) in words(&text[..end]) {
        if query.plain.len() == WORDS {
            query.cut = true;
            break;
        }
        query.plain.push(word);
        last = place.end;
    }
    // What stands after the last word is part of what was asked, unless it was not looked at.
    text[..if query.cut { last } else { end }].clone_into(&mut query.asked);
    let mut at = 0;
    while at < query.plain.len() {
        let mut reading = Reading { lexicon, synonyms, unit: Unit::default(), corrected: None };
        let word = &query.plain[at];
        if let Some(phrase) = synonyms.phrases_at(&query.plain[at..]).pop() {
            reading.phrase(&phrase);
            at += phrase.split(' ').count();
        } else {
            at += 1;
            reading.word(word, at == query.plain.len());
        }
        if let Some(right) = reading.corrected {
            query.corrected.push((word.clone(), right));
        }
        let number = query.units.len();
        for Alternative { term, .. } in &reading.unit.alternatives {
            query.matched.entry(term.text.clone()).or_insert(number);
        }
        query.units.push(reading.unit);
    }
    query
}

struct Reading<'q> {
    lexicon: &'q Lexicon,
    synonyms: &'q Synonyms,
    unit: Unit,
    corrected: Option<String>,
}

impl Reading<'_> {
    fn word(&mut self, word: &str, is_last: bool) {
        self.forms(word, 1.0);
        if is_last && word.chars().count() > 1 {
            for term in self.lexicon.beginning(word) {
                let weight = BEGINNING * ratio(word, &term.text);
                self.add(term, weight);
            }
        }
        self.same(word, SYNONYM);
        if !self.is_anywhere() {
            self.nearest(word, is_last);
        } else if !self.is_known(word) {
            // Only its beginning stands somewhere, and the slip may be in its end: "learnign".
            for (term, _) in self.lexicon.near(word, false).into_iter().filter(|near| near.1 == 1) {
                self.add(term, SLIPS[1]);
            }
        }
        // Forms, beginnings and corrections bring their synonyms along.
        let found: Vec<(String, f32)> = self
            .unit
            .alternatives
            .iter()
            .filter(|one| one.term.text != word && one.weight >= SLIPS[2])
            .map(|one| (one.term.text.clone(), one.weight * SYNONYM))
            .collect();
        for (other, weight) in found {
            self.same(&other, weight);
        }
    }

    /// A run of words that means one thing.
    fn phrase(&mut self, phrase: &str) {
        self.forms(phrase, 1.0);
        self.same(phrase, SYNONYM);
    }

    /// The word itself, with its longer and shorter forms.
    fn forms(&mut self, word: &str, weight: f32) {
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
            _ => letters + ENDING,
        };
        for term in self.lexicon.beginning(word) {
            if term.text != word && term.text.chars().count() <= longest {
                self.add(term, weight * FORM);
            }
        }
        for (cut, (at, _)) in (1..=ENDING).zip(word.char_indices().rev()) {
            let shortest = if cut == 1 { 3 } else { 4 };
            if letters - cut >= shortest
                && let Some(term) = self.lexicon.get(&word[..at])
            {
                self.add(term, weight * FORM);
            }
        }
    }

    /// The other members of a group.
    fn same(&mut self, member: &str, weight: f32) {
        for other in self.synonyms.of(member).iter().filter(|other| *other != member) {
            self.forms(other, weight);
        }
    }

    /// The words nearest to one that stands nowhere.
    fn nearest(&mut self, word: &str, is_last: bool) {
        let mut near = self.lexicon.near(word, false);
        let mut whole = 1.0;
        if near.is_empty() && is_last && word.chars().count() >= SHORTEST_NEAR_BEGINNING {
            near = self.lexicon.near(word, true);
            whole = FORM;
        }
        self.corrected = near.first().map(|(term, _)| term.text.clone());
        for (term, slips) in near {
            let weight = whole * SLIPS.get(usize::from(slips)).copied().unwrap_or(SLIPS[2]);
            self.add(term, weight);
        }
    }

    fn is_anywhere(&self) -> bool {
        self.unit.alternatives.iter().any(|one| !self.lexicon.postings(&one.term).is_empty())
    }

    /// Whether it stands somewhere as it is, or longer, or has a meaning.
    fn is_known(&self, word: &str) -> bool {
        let mut longer =
            self.unit.alternatives.iter().filter(|one| one.term.text.starts_with(word));
        !self.synonyms.of(word).is_empty()
            || longer.any(|one| !self.lexicon.postings(&one.term).is_empty())
    }

    fn add(&mut self, term: Term, weight: f32) {
        let alternatives = &mut self.unit.alternatives;
        if let Some(known) = alternatives.iter_mut().find(|known| known.term == term) {
            known.weight = known.weight.max(weight);
        } else if alternatives.len() < MOST {
            alternatives.push(Alternative { term, weight });
        }
    }
}

/// How much of a word is typed.
#[expect(clippy::cast_precision_loss, reason = "a word has few letters")]
fn ratio(typed: &str, word: &str) -> f32 {
    typed.chars().count() as f32 / word.chars().count().max(1) as f32
}
