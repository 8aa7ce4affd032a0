//! Owns words that mean the same to a reader, in groups as the content gives them. A member may be
//! several words long: it is indexed as if it were one, its words a space apart.

use std::collections::HashMap;

use super::words::words;

/// SECURITY: the longest run of words that is looked up.
const LONGEST: usize = 5;

/// Groups, by member.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    groups: Vec<Vec<String>>,
    by_member: HashMap<String, usize>,
    /// First words of members of several words, and how many words the longest of these has.
    beginnings: HashMap<String, usize>,
}

/// The words of a text, and the members of several words that stand in it.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) words: Vec<String>,
    phrases: Vec<String>,
}

impl Words {
    /// Gives all of them.
    pub(super) fn each(self, give: impl FnMut(String)) {
        self.words.into_iter().chain(self.phrases).for_each(give);
    }
}

impl Synonyms {
    /// From groups of members as they are written.
    pub(super) fn new(groups: &[Vec<String>]) -> Self {
        let mut synonyms = Self::default();
        for members in groups {
            let mut group = Vec::with_capacity(members.len());
            for member in members {
                let forms: Vec<String> =
                    words(member).map(|(_, form)| form).take(LONGEST).collect();
                let joined = forms.join(" ");
                if forms.len() > 1 {
                    let longest = synonyms.beginnings.entry(forms[0].clone()).or_default();
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

    /// The words of a text, and what they mean together.
    pub(super) fn read(&self, text: &str) -> Words {
        let words: Vec<String> = words(text).map(|(_, form)| form).collect();
        let phrases = (0..words.len()).flat_map(|at| self.phrases_at(&words[at..])).collect();
        Words { words, phrases }
    }

    /// The members of several words with which these begin, the shortest first.
    pub(super) fn phrases_at(&self, words: &[String]) -> Vec<String> {
        let longest = words.first().and_then(|first| self.beginnings.get(first));
        let Some(longest) = longest else { return Vec::new() };
        (2..=words.len().min(*longest))
            .map(|length| words[..length].join(" "))
            .filter(|phrase| self.by_member.contains_key(phrase))
            .collect()
    }

    /// The group of a member.
    pub(super) fn of(&self, member: &str) -> &[String] {
        self.by_member.get(member).map_or(&[], |group| &self.groups[*group])
    }

    /// Every member.
    pub(super) fn members(&self) -> impl Iterator<Item = &str> {
        self.by_member.keys().map(String::as_str)
    }
}
