//! Owns the reading of `sources.toml`.

use super::dates::{past_day, required_past_date};
use super::guide_files::GuideFiles;
use super::names::check_ids;
use crate::content::href;
use crate::id::SourceId;
use crate::pay::{Known, Source};

/// All sources, in the order of the file.
pub(in crate::content) fn read(guide: &GuideFiles<'_>) -> Vec<Source> {
    let Some(file) = guide.table("sources.toml") else { return Vec::new() };
    let named = file.named_tables();
    check_ids(&file.file, named.iter().map(|(id, _)| id));
    named
        .into_iter()
        .map(|(id, table)| {
            let source = Source {
                id: SourceId::new(id.value),
                publisher: table.text("publisher"),
                title: table.text("title"),
                url: href::web_address(&table, "url"),
                url_is: table.optional_text("url_is"),
                data_url: href::web_address(&table, "data_url"),
                known: table.required_choice("known", &KNOWN),
                as_of: required_past_date(&table, "as_of", guide.edition),
                note: table.optional_text("note"),
                checked: past_day(&table, "checked", guide.edition).unwrap_or_default(),
            };
            table.check_drawn(&["publisher"]);
            table.finish();
            source
        })
        .collect()
}

const KNOWN: [(&str, Known); 3] =
    [("read", Known::FirstHand), ("quoted", Known::SecondHand), ("own", Known::Own)];
