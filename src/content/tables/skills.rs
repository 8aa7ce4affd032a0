//! Owns `skills.toml`: the skills of the map and the self-check, and how well one can have them.

use super::guide_files::GuideFiles;
use super::names::{DeclaredNames, each_with_id};
use super::roadmap::Roadmap;
use crate::content::diagnostics::Code;
use crate::content::document::HeadingRef;
use crate::content::links::Index;
use crate::content::links::references::section_place;

/// Skills; empty where a guide lists none.
#[derive(Clone, Debug, Default)]
pub struct Skills {
    /// How well, from the least upwards.
    pub grades: Vec<Grade>,
    /// From the lowest upwards.
    pub layers: Vec<Layer>,
    /// In order.
    pub skills: Vec<Skill>,
}

/// How well one can have a skill.
#[derive(Clone, Debug)]
pub struct Grade {
    /// Its key, which readers' plans hold.
    pub id: String,
    /// As a reader would say it.
    pub name: String,
    /// Whether nothing need come next.
    pub ready: bool,
    /// What to do.
    pub then: String,
}

/// Skills that need those of the layers below.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its key.
    pub id: String,
    /// What its skills have in common.
    pub name: String,
    /// Whether older lists do not have it.
    pub newer: bool,
}

/// A skill.
#[derive(Clone, Debug)]
pub struct Skill {
    /// Its key, which readers' plans hold.
    pub id: String,
    /// The heading that names and explains it.
    pub at: HeadingRef,
    /// The id of its layer.
    pub layer: String,
    /// Ids of what to learn it from.
    pub resources: Vec<String>,
    /// Ids of the steps of the roadmap that practise it.
    pub steps: Vec<String>,
}

const FILE: &str = "skills.toml";

/// Reads the skills, which may name `resources` and the steps of the roadmap.
pub(in crate::content) fn read(
    guide: &GuideFiles<'_>,
    index: &Index<'_>,
    resources: &DeclaredNames,
    roadmap: &Roadmap,
) -> Skills {
    let Some(table) = guide.table(FILE) else { return Skills::default() };
    let grades = each_with_id(&table, "grade", |id, item| {
        let (name, ready) = (item.text("name"), item.flag("ready"));
        Grade { id, name, ready, then: item.text("then") }
    });
    let layers = each_with_id(&table, "layer", |id, item| Layer {
        id,
        name: item.text("name"),
        newer: item.flag("newer"),
    });
    let known_layers = guide.names(FILE, Code::UnknownLayer, layers.iter().map(|layer| &layer.id));
    let steps =
        guide.names("roadmap.toml", Code::UnknownStep, roadmap.steps().map(|step| &step.id));
    let skills = each_with_id(&table, "skill", |id, item| Skill {
        id,
        at: section_place(item, "at", FILE, index),
        layer: known_layers.named_in(item, "layer").unwrap_or_default(),
        resources: resources.all_in(item, "resources"),
        steps: steps.all_in(item, "steps"),
    });
    table.finish();
    if grades.len() < 2 {
        table.missing("grade", "… (two [[grade]] at least, from the least upwards)");
    }
    Skills { grades, layers, skills }
}
