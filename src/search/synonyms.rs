//! Owns words that mean the same to a reader, in groups as the content gives them.
//!
//! A member may be several words long, a phrase: it is indexed as if it were one word, its words a
//! space apart, so that the index need not store the positions of words.

use std::collections::HashMap;

use super::words::words;

/// SECURITY: words of a phrase beyond these are ignored, which bounds the look-ups for each word.
const MAX_PHRASE_WORDS: usize = 5;

/// Groups of words that mean the same, by member.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    groups: Vec<Vec<String>>,
    by_member: HashMap<String, usize>,
    /// First words of phrases, and how many words the longest phrase with that first word has.
    phrase_lengths: HashMap<String, usize>,
}

/// The words of a text, and the phrases in it.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) words: Vec<String>,
    phrases: Vec<String>,
}

impl Words {
    pub(super) fn for_each(self, f: impl FnMut(String)) {
        self.words.into_iter().chain(self.phrases).for_each(f);
    }
}

impl Synonyms {
    /// Reads groups of members as they are written.
    pub(super) fn new(groups: &[Vec<String>]) -> Self {
        let mut synonyms = Self::default();
        for members in groups {
            let mut group = Vec::with_capacity(members.len());
            for member in members {
                let forms: Vec<String> =
                    words(member).map(|(_, form)| form).take(MAX_PHRASE_WORDS).collect();
                let joined = forms.join(" ");
                if forms.len() > 1 {
                    let longest = synonyms.phrase_lengths.entry(forms[0].clone()).or_default();
                    *longest = forms.len().max(*longest);
                }
                if !joined.is_empty() {
                    synonyms.by_member.entry(joined.clone()).or_insert(synonyms.groups.len());
                    group.push(joined);
                }
            }
            synonyms.groups.push(group);
        }
        synonyms
    }

    /// The words of a text, and the phrases in it.
    pub(super) fn split(&self, text: &str) -> Words {
        let words: Vec<String> = words(text).map(|(_, form)| form).collect();
        let phrases = (0..words.len()).flat_map(|at| self.phrases_at(&words[at..])).collect();
        Words { words, phrases }
    }

    /// The phrases with which these words begin, the shortest first.
    pub(super) fn phrases_at(&self, words: &[String]) -> Vec<String> {
        let longest = words.first().and_then(|first| self.phrase_lengths.get(first));
        let Some(longest) = longest else { return Vec::new() };
        (2..=words.len().min(*longest))
            .map(|length| words[..length].join(" "))
            .filter(|phrase| self.by_member.contains_key(phrase))
            .collect()
    }

    /// The group of a member, itself included; empty if it belongs to none.
    pub(super) fn of(&self, member: &str) -> &[String] {
        self.by_member.get(member).map_or(&[], |group| &self.groups[*group])
    }

    /// Every member.
    pub(super) fn members(&self) -> impl Iterator<Item = &str> {
        self.by_member.keys().map(String::as_str)
    }
}
