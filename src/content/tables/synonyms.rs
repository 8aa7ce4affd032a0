//! Owns `synonyms.toml`: words that mean the same to a reader who searches.

use std::collections::BTreeMap;

use super::guide_files::GuideFiles;
use crate::content::diagnostics::Code;

/// All groups, in the order of the file.
pub(in crate::content) fn read(guide: &GuideFiles<'_>) -> Vec<Vec<String>> {
    let Some(table) = guide.table("synonyms.toml") else { return Vec::new() };
    let file = table.file;
    let mut seen = BTreeMap::new();
    let groups = table.each("group", |group| {
        let words = group.texts("words");
        if words.len() < 2 {
            if group.is_list("words") && !words.is_empty() {
                let message = "a word alone has no synonyms";
                let help = "add a word that means the same, or delete the group".to_owned();
                group.error(Code::MissingField, "words", message, help);
            } else {
                group.missing("words", "[\"pay\", \"salary\"]");
            }
        }
        for word in &words {
            let span = word.span.clone();
            if !word.value.contains(char::is_alphanumeric) {
                let message = format!("`{}` has neither letters nor digits", word.value);
                let help = "only words can be searched for".to_owned();
                file.error(Code::EmptyText, span.clone(), message, help);
            }
            if let Some(before) = seen.insert(word.value.to_lowercase(), span.start) {
                let line = file.line_and_column(before).0;
                let message = format!("`{}` stands already in line {line}", word.value);
                let help = "a word belongs to one group: join the two, or leave it out of one";
                file.error(Code::DuplicateId, span, message, help.to_owned());
            }
        }
        words.into_iter().map(|word| word.value).collect()
    });
    table.finish();
    groups
}
