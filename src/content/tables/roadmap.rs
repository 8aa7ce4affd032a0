//! Owns `roadmap.toml`: the way in as phases with their steps, and routes through them.

use super::super::diagnostics::Code;
use super::super::links::Index;
use super::super::reader::{Spanned, Table};
use super::{DeclaredNames, GuideFiles, check_ids, check_reference, place, reference};
use crate::content::document::Place;

/// The way in; empty where a guide has none.
#[derive(Clone, Debug, Default)]
pub struct Roadmap {
    /// In order; each rests on the one before.
    pub phases: Vec<Phase>,
    /// By where a reader starts from.
    pub routes: Vec<Route>,
}

/// A phase, at whose end one can stop.
#[derive(Clone, Debug)]
pub struct Phase {
    /// Its key.
    pub id: String,
    /// The heading that names and explains it.
    pub at: Place,
    /// The resource whose length is the least time that the phase takes.
    pub course: Option<String>,
    /// What a reader is left with.
    pub leaves: String,
    /// What it costs, in words.
    pub money: String,
    /// What it is good for to stop here.
    pub good_for: String,
    /// In order.
    pub steps: Vec<Step>,
}

/// Something to learn, to build or to prove.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its key, which readers' plans hold: unique in the whole file.
    pub id: String,
    /// What kind of thing to do.
    pub kind: StepKind,
    /// What to do; for a proof, what follows "You can stop here when".
    pub text: String,
    /// Ids of resources.
    pub resources: Vec<String>,
}

/// What kind of thing a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Something to learn.
    Learn,
    /// Something to make.
    Build,
    /// How to know that one may stop.
    Prove,
}

/// A way through the phases.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its key.
    pub id: String,
    /// The heading that names and explains it.
    pub at: Place,
    /// What it costs, in words.
    pub money: String,
    /// In the order in which to take them.
    pub stages: Vec<Stage>,
}

/// A phase as a route takes it.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The id of the phase.
    pub phase: String,
    /// How much of it.
    pub take: Take,
    /// Which part of it, or why not.
    pub note: Option<String>,
}

/// How much of a phase a route takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// All, with its course.
    Whole,
    /// A part, without its course.
    Part,
    /// Nothing.
    Skip,
}

impl Roadmap {
    /// All steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.phases.iter().flat_map(|phase| &phase.steps)
    }

    /// The phase of that id, and its number from 1.
    pub fn phase(&self, id: &str) -> Option<(usize, &Phase)> {
        (1..).zip(&self.phases).find(|(_, phase)| phase.id == id)
    }
}

const FILE: &str = "roadmap.toml";

/// Reads the roadmap. `resources` are those that it may name.
pub(in crate::content) fn read(
    guide: &GuideFiles<'_>,
    index: &Index<'_>,
    resources: &DeclaredNames,
) -> Roadmap {
    let Some(file) = guide.file(FILE) else { return Roadmap::default() };
    let table = Table::parse(file);
    let mut ids = Vec::new();
    let mut step_ids = Vec::new();
    let phases = table.tables("phase");
    let phases = phases.iter().map(|item| phase(item, index, resources, &mut ids, &mut step_ids));
    let phases: Vec<Phase> = phases.collect();
    check_ids(&file, &ids);
    check_ids(&file, &step_ids);
    let known = guide.names(FILE, ids.iter().map(|id| id.value.clone()));
    let mut route_ids = Vec::new();
    let routes = table.tables("route");
    let routes = routes.iter().map(|item| route(item, index, &known, &mut route_ids)).collect();
    check_ids(&file, &route_ids);
    table.finish();
    Roadmap { phases, routes }
}

fn phase(
    item: &Table<'_>,
    index: &Index<'_>,
    resources: &DeclaredNames,
    ids: &mut Vec<Spanned<String>>,
    step_ids: &mut Vec<Spanned<String>>,
) -> Phase {
    let id = item.text_at("id");
    ids.push(id.clone());
    let course = item
        .has("course")
        .then(|| reference(item, "course", Code::UnknownResource, resources))
        .flatten();
    let phase = Phase {
        id: id.value,
        at: place(item, "at", FILE, index),
        course,
        leaves: item.text("leaves"),
        money: item.text("money"),
        good_for: item.text("good_for"),
        steps: item
            .tables("step")
            .iter()
            .map(|step| read_step(step, resources, step_ids))
            .collect(),
    };
    if !phase.steps.iter().any(|step| step.kind == StepKind::Prove) {
        item.error(
            Code::MissingField,
            "step",
            format!("the phase `{}` does not say when one can stop", phase.id),
            "give it a step with kind = \"prove\"".to_owned(),
        );
    }
    item.finish();
    phase
}

fn read_step(item: &Table<'_>, resources: &DeclaredNames, ids: &mut Vec<Spanned<String>>) -> Step {
    let id = item.text_at("id");
    ids.push(id.clone());
    let kind = item.choice("kind", &KINDS);
    if kind.is_none() {
        item.missing("kind", "\"learn\"");
    }
    let step = Step {
        id: id.value,
        kind: kind.unwrap_or(StepKind::Learn),
        text: item.text("text"),
        resources: references(item, "resources", Code::UnknownResource, resources),
    };
    item.finish();
    step
}

const KINDS: [(&str, StepKind); 3] =
    [("learn", StepKind::Learn), ("build", StepKind::Build), ("prove", StepKind::Prove)];

fn route(
    item: &Table<'_>,
    index: &Index<'_>,
    phases: &DeclaredNames,
    ids: &mut Vec<Spanned<String>>,
) -> Route {
    let id = item.text_at("id");
    ids.push(id.clone());
    let mut seen = Vec::new();
    let mut stages = Vec::new();
    for stage in item.tables("stage") {
        let take = stage.choice("take", &TAKES);
        if take.is_none() {
            stage.missing("take", "\"whole\"");
        }
        let phase = stage.text_at("phase");
        if !phase.value.is_empty() {
            check_reference(&stage.file, Code::UnknownPhase, &phase, phases);
        }
        if seen.contains(&phase.value) {
            stage.file.error(
                Code::DuplicateId,
                phase.span.clone(),
                format!("this route has the phase `{}` already", phase.value),
                "a route takes each phase once".to_owned(),
            );
        }
        seen.push(phase.value.clone());
        stages.push(Stage {
            phase: phase.value,
            take: take.unwrap_or(Take::Whole),
            note: stage.optional_text("note").map(|note| note.value),
        });
        stage.finish();
    }
    let route = Route {
        id: id.value,
        at: place(item, "at", FILE, index),
        money: item.text("money"),
        stages,
    };
    if route.stages.is_empty() {
        item.missing("stage", "[{ phase = \"…\", take = \"whole\" }]");
    }
    item.finish();
    route
}

const TAKES: [(&str, Take); 3] =
    [("whole", Take::Whole), ("part", Take::Part), ("skip", Take::Skip)];

/// Names declared elsewhere. Those that are not are told, and left out.
pub(super) fn references(
    item: &Table<'_>,
    key: &'static str,
    code: Code,
    known: &DeclaredNames,
) -> Vec<String> {
    let names = item.texts(key).into_iter();
    names
        .inspect(|name| check_reference(&item.file, code, name, known))
        .map(|name| name.value)
        .collect()
}
