//! Owns `synonyms.toml`: words that mean the same to a reader who searches.

use std::collections::BTreeMap;

use super::guide_files::GuideFiles;
use crate::content::diagnostics::Code;
use crate::content::reader::Table;

/// All groups, in the order of the file.
pub(in crate::content) fn read(guide: &GuideFiles<'_>) -> Vec<Vec<String>> {
    let mut seen = BTreeMap::new();
    let mut read_group = |group: &Table<'_>| {
        let file = group.file;
        let words = group.texts("words");
        if words.len() < 2 {
            if group.is_list("words") && !words.is_empty() {
                group
                    .error(Code::MissingField, "words", "a word alone has no synonyms")
                    .help("add a word that means the same, or delete the group");
            } else {
                group.missing("words", "[\"pay\", \"salary\"]");
            }
        }
        for word in &words {
            if !word.value.contains(char::is_alphanumeric) {
                let message = format!("`{}` has neither letters nor digits", word.value);
                file.error(Code::EmptyText, word.at, message)
                    .help("only words can be searched for");
            }
            if let Some(before) = seen.insert(word.value.to_lowercase(), word.at) {
                let line = file.line_and_column(before).0;
                let message = format!("`{}` stands already in line {line}", word.value);
                file.error(Code::DuplicateId, word.at, message)
                    .help("a word belongs to one group: join the two, or leave it out of one");
            }
        }
        words.into_iter().map(|word| word.value).collect()
    };
    let groups = guide.read("synonyms.toml", |table| table.each("group", &mut read_group));
    groups.unwrap_or_default()
}
