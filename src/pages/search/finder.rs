//! Owns the finding of entries by their words. The entry point is [`Finder`].

use super::super::Shared;
use super::entries::{SearchEntry, TextPage, all_entries};
use super::entry_text::EntryText;
use crate::search::{Found, Index, Text};

/// Everything that can be found, with the index of its words. Made once from the guide.
#[derive(Debug)]
pub struct Finder {
    index: Index,
    entries: Vec<SearchEntry>,
}

/// What a name in a list, of sources say, counts beside a heading of the guide.
const LIST_WEIGHT: f32 = 0.5;
/// What a page counts beside a heading: queries of one word mostly ask for pages as a whole.
const PAGE_WEIGHT: f32 = 1.35;

impl Finder {
    /// Indexes a guide.
    pub fn new(shared: Shared<'_>) -> Self {
        let content = shared.content;
        let entries = all_entries(content);
        let index = {
            let texts: Vec<(EntryText<'_>, f32)> = entries
                .iter()
                .map(|entry| (EntryText::of(shared, *entry), weight(*entry)))
                .collect();
            let texts = texts.iter().map(|(text, weight)| Text {
                name: &text.name,
                alias: text.alias,
                context: text.trail.first().copied().unwrap_or_default(),
                body: &text.body,
                weight: *weight,
            });
            Index::build(texts, &content.synonyms)
        };
        Self { index, entries }
    }

    /// What answers a query.
    pub(super) fn find(&self, query: &str) -> Found {
        self.index.find(query)
    }

    /// An entry in words, by its number in what was found.
    pub(super) fn entry_text<'a>(&self, shared: Shared<'a>, entry: usize) -> Option<EntryText<'a>> {
        Some(EntryText::of(shared, *self.entries.get(entry)?))
    }
}

fn weight(entry: SearchEntry) -> f32 {
    match entry {
        SearchEntry::Text(TextPage::Section(_), None) => PAGE_WEIGHT,
        SearchEntry::Text(..)
        | SearchEntry::Country(_)
        | SearchEntry::Certification(_)
        | SearchEntry::DataPage(_) => 1.0,
        SearchEntry::Resource(..) | SearchEntry::Source(_) => LIST_WEIGHT,
    }
}
