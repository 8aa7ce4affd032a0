//! Owns `skills.toml`: the skills of the map and the self-check, and how well one can have them.

use super::super::diagnostics::Code;
use super::super::links::Index;
use super::super::reader::Table;
use super::roadmap::{Roadmap, references};
use super::{DeclaredNames, GuideFiles, check_ids, place, reference};
use crate::content::document::Place;

/// Skills; empty where a guide lists none.
#[derive(Clone, Debug, Default)]
pub struct Skills {
    /// How well, from the least upwards.
    pub grades: Vec<Grade>,
    /// From the ground upwards.
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

/// Skills that rest on those below.
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
    pub at: Place,
    /// The id of its layer.
    pub layer: String,
    /// Ids of what to learn it from.
    pub resources: Vec<String>,
    /// Ids of the steps of the roadmap that practise it.
    pub steps: Vec<String>,
}

const FILE: &str = "skills.toml";

/// Reads the skills. `resources` and the steps of the roadmap are what they may name.
pub(in crate::content) fn read(
    guide: &GuideFiles<'_>,
    index: &Index<'_>,
    resources: &DeclaredNames,
    roadmap: &Roadmap,
) -> Skills {
    let Some(file) = guide.file(FILE) else { return Skills::default() };
    let table = Table::parse(file);
    let steps = guide.names("roadmap.toml", roadmap.steps().map(|step| step.id.clone()));
    let (mut grade_ids, mut layer_ids, mut skill_ids) = (Vec::new(), Vec::new(), Vec::new());
    let items = table.tables("grade");
    let grades = items.iter().map(|item| {
        let id = item.text_at("id");
        grade_ids.push(id.clone());
        let grade = Grade {
            id: id.value,
            name: item.text("name"),
            ready: item.flag("ready"),
            then: item.text("then"),
        };
        item.finish();
        grade
    });
    let grades: Vec<Grade> = grades.collect();
    let items = table.tables("layer");
    let layers = items.iter().map(|item| {
        let id = item.text_at("id");
        layer_ids.push(id.clone());
        let layer = Layer { id: id.value, name: item.text("name"), newer: item.flag("newer") };
        item.finish();
        layer
    });
    let layers: Vec<Layer> = layers.collect();
    let known = guide.names(FILE, layers.iter().map(|layer| layer.id.clone()));
    let items = table.tables("skill");
    let skills = items.iter().map(|item| {
        let id = item.text_at("id");
        skill_ids.push(id.clone());
        let skill = Skill {
            id: id.value,
            at: place(item, "at", FILE, index),
            layer: reference(item, "layer", Code::UnknownLayer, &known).unwrap_or_default(),
            resources: references(item, "resources", Code::UnknownResource, resources),
            steps: references(item, "steps", Code::UnknownStep, &steps),
        };
        item.finish();
        skill
    });
    let skills: Vec<Skill> = skills.collect();
    table.finish();
    for ids in [&grade_ids, &layer_ids, &skill_ids] {
        check_ids(&file, ids);
    }
    if grades.len() < 2 {
        table.missing("grade", "… (two [[grade]] at least, from the least upwards)");
    }
    Skills { grades, layers, skills }
}
