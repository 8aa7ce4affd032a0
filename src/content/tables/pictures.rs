//! Owns `pictures.toml`: which pictures the program draws, and of what.

use super::super::diagnostics::Code;
use super::super::links::Index;
use super::super::reader::Table;
use super::{GuideFiles, check_ids, place};
use crate::content::document::Place;

/// A picture drawn from the other files.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its key, and its address: `/pictures/<id>.svg`.
    pub id: String,
    /// Its message.
    pub title: String,
    /// Where it belongs.
    pub of: Place,
    /// What is drawn.
    pub draws: Drawing,
}

/// What a picture shows, and how.
#[derive(Clone, Debug)]
pub enum Drawing {
    /// The levels with their pay, on the ground of the skills.
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
    pub at: Place,
    /// What it hands to the next.
    pub gives: Option<String>,
}

/// The kinds, by the names they have in the file, and the file that each is drawn from.
const KINDS: [(&str, Kind); 6] = [
    ("steps", Kind(Some("levels.toml"))),
    ("loop", Kind(None)),
    ("layers", Kind(Some("skills.toml"))),
    ("pay", Kind(Some("levels.toml"))),
    ("timeline", Kind(Some("certifications.toml"))),
    ("route", Kind(Some("roadmap.toml"))),
];

/// The file that a kind of picture needs.
#[derive(Clone, Copy, Debug)]
struct Kind(Option<&'static str>);

const FILE: &str = "pictures.toml";

/// All pictures, in the order of the file.
pub(in crate::content) fn read(guide: &GuideFiles<'_>, index: &Index<'_>) -> Vec<Picture> {
    let Some(file) = guide.file(FILE) else { return Vec::new() };
    let table = Table::parse(file);
    let mut ids = Vec::new();
    let items = table.tables("picture");
    let pictures = items.iter().filter_map(|item| {
        let id = item.text_at("id");
        ids.push(id.clone());
        let (title, of) = (item.text("title"), place(item, "of", FILE, index));
        let nodes = nodes(item, index);
        let draws = item.optional_text("draws");
        if draws.is_none() {
            item.missing("draws", "\"loop\"");
        }
        // Asked for as a text and as a choice: the choice tells what is wrong with it.
        let kind = item.choice("draws", &KINDS);
        item.finish();
        let (Kind(needs), draws) = (kind?, draws?);
        if let Some(needs) = needs.filter(|needs| guide.file(needs).is_none()) {
            let message = format!("`{}` is drawn from {needs}, which this guide lacks", id.value);
            let help = format!("write {needs}, or delete the picture");
            item.error(Code::MissingFile, "draws", message, help);
        }
        if (draws.value == "loop") != (nodes.len() > 2) {
            let message = format!("`{}` has {} nodes", id.value, nodes.len());
            let help = "a loop has three `node` or more, and no other picture has any";
            item.error(Code::ConflictingFields, "node", message, help.to_owned());
        }
        let draws = match draws.value.as_str() {
            "steps" => Drawing::Steps,
            "loop" => Drawing::Loop(nodes),
            "layers" => Drawing::Layers,
            "pay" => Drawing::Pay,
            "timeline" => Drawing::Timeline,
            _ => Drawing::Route,
        };
        Some(Picture { id: id.value, title, of, draws })
    });
    let pictures = pictures.collect();
    table.finish();
    check_ids(&file, &ids);
    pictures
}

fn nodes(item: &Table<'_>, index: &Index<'_>) -> Vec<Node> {
    let nodes = item.tables("node");
    let nodes = nodes.iter().map(|node| {
        let read = Node {
            at: place(node, "at", FILE, index),
            gives: node.optional_text("gives").map(|gives| gives.value),
        };
        node.finish();
        read
    });
    nodes.collect()
}
