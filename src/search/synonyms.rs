//! Owns words that mean the same to a reader, in groups as the content gives them. A member may be
//! several words long.

use std::collections::HashMap;

use super::words::words;

/// SECURITY: the longest run of words that is looked up.
const LONGEST: usize = 5;

/// A member of a group: its words.
pub(super) type Phrase = Vec<String>;

/// Groups, by member.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    groups: Vec<Vec<Phrase>>,
    by_member: HashMap<Phrase, usize>,
    longest: usize,
}

impl Synonyms {
    /// From groups of members as they are written.
    pub(super) fn new(groups: &[Vec<String>]) -> Self {
        let mut synonyms = Self::default();
        for members in groups {
            let phrases: Vec<Phrase> = members
                .iter()
                .map(|member| words(member).map(|(_, form)| form).take(LONGEST).collect())
                .filter(|phrase: &Phrase| !phrase.is_empty())
                .collect();
            for phrase in &phrases {
                synonyms.longest = synonyms.longest.max(phrase.len());
                synonyms.by_member.entry(phrase.clone()).or_insert(synonyms.groups.len());
            }
            synonyms.groups.push(phrases);
        }
        synonyms
    }

    /// The group of a member.
    pub(super) fn of(&self, member: &[String]) -> &[Phrase] {
        self.by_member.get(member).map_or(&[], |group| &self.groups[*group])
    }

    /// How many of the first words are a member together, if more than one.
    pub(super) fn phrase_at_start(&self, words: &[String]) -> Option<usize> {
        (2..=self.longest.min(words.len()))
            .rev()
            .find(|length| self.by_member.contains_key(&words[..*length]))
    }

    /// Every member of one word.
    pub(super) fn single_words(&self) -> impl Iterator<Item = &str> {
        self.by_member.keys().filter(|member| member.len() == 1).map(|member| member[0].as_str())
    }
}
