//! Owns `resources.toml`.

use super::super::links;
use super::super::reader::Table;
use super::{Reading, check_ids, optional, past_as_of};
use crate::as_of::AsOf;
use crate::content::Link;

/// Something to learn from.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Licence or price.
    pub terms: String,
    /// Whether it costs nothing.
    pub free: bool,
    /// The newest copy seen.
    pub seen: Option<AsOf>,
    /// What it is for, in words of the content.
    pub topics: Vec<String>,
    /// What it is for.
    pub about: String,
    /// Length, state and the like.
    pub note: Option<String>,
    /// Further addresses.
    pub more: Vec<Link>,
}

/// All resources, in the order of the file.
pub(in crate::content) fn read(reading: &Reading<'_>) -> Vec<Resource> {
    let Some(file) = reading.file("resources.toml") else { return Vec::new() };
    let table = Table::parse(file);
    let mut ids = Vec::new();
    let resources = table
        .tables("resource")
        .iter()
        .map(|item| {
            let id = item.text_at("id");
            ids.push(id.clone());
            let url = links::web_address(item, "url");
            if url.is_none() {
                item.missing("url", "\"https://…\"");
            }
            let resource = Resource {
                id: id.value,
                title: item.text("title"),
                url: url.unwrap_or_default(),
                terms: item.text("terms"),
                free: item.flag("free"),
                seen: past_as_of(item, "seen", reading.edition),
                topics: item.texts("topics").into_iter().map(|topic| topic.value).collect(),
                about: item.text("about"),
                note: optional(item.optional_text("note")),
                more: more(item),
            };
            item.finish();
            resource
        })
        .collect();
    table.finish();
    check_ids(&file, &ids);
    resources
}

fn more(item: &Table<'_>) -> Vec<Link> {
    item.tables("more")
        .iter()
        .map(|link| {
            let href = links::web_address(link, "url");
            if href.is_none() {
                link.missing("url", "\"https://…\"");
            }
            let read = Link { text: link.text("text"), href: href.unwrap_or_default() };
            link.finish();
            read
        })
        .collect()
}
