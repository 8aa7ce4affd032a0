//! Owns `roadmap.toml`: the way in as phases with their steps, and routes through them.

use super::guide_files::GuideFiles;
use super::names::{DeclaredNames, check_ids, tables_with_ids};
use crate::content::diagnostics::Code;
use crate::content::document::HeadingRef;
use crate::content::links::Index;
use crate::content::links::references::section_place;
use crate::content::reader::{Located, Table};

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
    pub at: HeadingRef,
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
    pub at: HeadingRef,
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

/// The tables of the file with their ids. Their links are not yet resolved: pages refer to phases
/// and routes, which are named by headings of pages.
#[derive(Default)]
pub(in crate::content) struct ParsedRoadmap<'a> {
    pub(in crate::content) phases: Vec<(String, Table<'a>)>,
    pub(in crate::content) routes: Vec<(String, Table<'a>)>,
}

/// Parses the file; empty where there is none.
pub(in crate::content) fn parse<'a>(guide: &GuideFiles<'a>) -> ParsedRoadmap<'a> {
    let parsed = guide.read(FILE, |table| ParsedRoadmap {
        phases: tables_with_ids(table, "phase"),
        routes: tables_with_ids(table, "route"),
    });
    parsed.unwrap_or_default()
}

impl ParsedRoadmap<'_> {
    /// Reads the roadmap. `resources` are those that it may name.
    pub(in crate::content) fn resolve(
        &self,
        guide: &GuideFiles<'_>,
        index: &Index<'_>,
        resources: &DeclaredNames,
    ) -> Roadmap {
        let mut step_ids = Vec::new();
        let phases = self.phases.iter();
        let phases = phases.map(|(id, item)| phase(id, item, index, resources, &mut step_ids));
        let phases = phases.collect();
        if let Some(file) = guide.file(FILE) {
            check_ids(&file, &step_ids);
        }
        let ids = self.phases.iter().map(|(id, _)| id);
        let known = guide.names(FILE, Code::UnknownPhase, ids);
        let routes = self.routes.iter().map(|(id, item)| route(id, item, index, &known)).collect();
        Roadmap { phases, routes }
    }
}

fn phase(
    id: &str,
    item: &Table<'_>,
    index: &Index<'_>,
    resources: &DeclaredNames,
    step_ids: &mut Vec<Located<String>>,
) -> Phase {
    let phase = Phase {
        id: id.to_owned(),
        at: section_place(item, "at", FILE, index),
        course: resources.optional_in(item, "course"),
        leaves: item.text("leaves"),
        money: item.text("money"),
        good_for: item.text("good_for"),
        steps: item.each("step", |step| read_step(step, resources, step_ids)),
    };
    if !phase.steps.iter().any(|step| step.kind == StepKind::Prove) {
        let message = format!("the phase `{id}` does not say when one can stop");
        item.error(Code::MissingField, "step", message)
            .help("give it a step with kind = \"prove\"");
    }
    item.finish();
    phase
}

fn read_step(item: &Table<'_>, resources: &DeclaredNames, ids: &mut Vec<Located<String>>) -> Step {
    let id = item.text_at("id");
    ids.push(id.clone());
    Step {
        id: id.value,
        kind: item.required_choice("kind", &KINDS),
        text: item.text("text"),
        resources: resources.all_in(item, "resources"),
    }
}

const KINDS: [(&str, StepKind); 3] =
    [("learn", StepKind::Learn), ("build", StepKind::Build), ("prove", StepKind::Prove)];

fn route(id: &str, item: &Table<'_>, index: &Index<'_>, phases: &DeclaredNames) -> Route {
    let mut seen = Vec::new();
    let stages = item.each("stage", |stage| {
        let take = stage.required_choice("take", &TAKES);
        let phase = stage.text_at("phase");
        if !phase.value.is_empty() {
            phases.check(&stage.file, &phase);
        }
        if seen.contains(&phase.value) {
            let message = format!("this route has the phase `{}` already", phase.value);
            stage.error(Code::DuplicateId, "phase", message).help("a route takes each phase once");
        }
        seen.push(phase.value.clone());
        Stage { phase: phase.value, take, note: stage.optional_text("note") }
    });
    if stages.is_empty() {
        item.missing("stage", "[{ phase = \"…\", take = \"whole\" }]");
    }
    let route = Route {
        id: id.to_owned(),
        at: section_place(item, "at", FILE, index),
        money: item.text("money"),
        stages,
    };
    item.finish();
    route
}

const TAKES: [(&str, Take); 3] =
    [("whole", Take::Whole), ("part", Take::Part), ("skip", Take::Skip)];
