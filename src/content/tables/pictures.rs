//! Owns `pictures.toml`: which pictures the program draws, and of what.

use super::guide_files::GuideFiles;
use super::names::tables_with_ids;
use crate::content::diagnostics::Code;
use crate::content::document::HeadingRef;
use crate::content::links::Index;
use crate::content::links::references::section_place;
use crate::content::reader::Table;

/// A picture drawn from the other files.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its key, and its address: `/pictures/<id>.svg`.
    pub id: String,
    /// Its message.
    pub title: String,
    /// Where it belongs.
    pub of: HeadingRef,
    /// What is drawn.
    pub draws: Drawing,
}

/// What a picture shows, and how.
#[derive(Clone, Debug)]
pub enum Drawing {
    /// The levels with their pay, above the skills.
    Steps,
    /// Things that follow one another and begin again.
    Loop(Vec<Node>),
    /// The skills in layers.
    Layers,
    /// The guide's own bands.
    Pay,
    /// Certifications over time.
    Timeline,
    /// The phases of the roadmap.
    Route,
}

/// A station of a loop.
#[derive(Clone, Debug)]
pub struct Node {
    /// The heading that names it.
    pub at: HeadingRef,
    /// What it gives to the next.
    pub gives: Option<String>,
}

/// How a kind of picture is made of its nodes.
type Draw = fn(Vec<Node>) -> Drawing;

/// The kinds, by the names they have in the file, and the file that each is drawn from.
const KINDS: [(&str, (Option<&str>, Draw)); 6] = [
    ("steps", (Some("levels.toml"), |_| Drawing::Steps)),
    ("loop", (None, Drawing::Loop)),
    ("layers", (Some("skills.toml"), |_| Drawing::Layers)),
    ("pay", (Some("levels.toml"), |_| Drawing::Pay)),
    ("timeline", (Some("certifications.toml"), |_| Drawing::Timeline)),
    ("route", (Some("roadmap.toml"), |_| Drawing::Route)),
];

const FILE: &str = "pictures.toml";

/// The tables of the file with their ids. Their links are not yet resolved: pages refer to
/// pictures, and pictures to headings of pages.
pub(in crate::content) fn parse<'a>(guide: &GuideFiles<'a>) -> Vec<(String, Table<'a>)> {
    guide.read(FILE, |table| tables_with_ids(table, "picture")).unwrap_or_default()
}

/// All pictures, in the order of the file.
pub(in crate::content) fn resolve(
    parsed: &[(String, Table<'_>)],
    guide: &GuideFiles<'_>,
    index: &Index<'_>,
) -> Vec<Picture> {
    parsed.iter().filter_map(|(id, item)| picture(id, item, guide, index)).collect()
}

fn picture(
    id: &str,
    item: &Table<'_>,
    guide: &GuideFiles<'_>,
    index: &Index<'_>,
) -> Option<Picture> {
    let (title, of) = (item.text("title"), section_place(item, "of", FILE, index));
    let nodes = item.each("node", |node| Node {
        at: section_place(node, "at", FILE, index),
        gives: node.optional_text("gives"),
    });
    let kind = item.choice("draws", &KINDS);
    item.missing("draws", "\"loop\"");
    item.finish();
    let (needs, draw) = kind?;
    if let Some(needs) = needs.filter(|needs| guide.file(needs).is_none()) {
        let message = format!("`{id}` is drawn from {needs}, which this guide lacks");
        item.error(Code::MissingFile, "draws", message)
            .help(format!("write {needs}, or delete the picture"));
    }
    let (count, draws) = (nodes.len(), draw(nodes));
    if matches!(draws, Drawing::Loop(_)) != (count > 2) {
        let message = format!("`{id}` has {count} nodes");
        item.error(Code::ConflictingFields, "node", message)
            .help("a loop has three `node` or more, and no other picture has any");
    }
    Some(Picture { id: id.to_owned(), title, of, draws })
}
