//! Owns how the roadmap stands on pages: a phase, a route, and what is said of time and money.

use askama::Template;

use super::Shared;
use super::renderer::Renderer;
use crate::content::tables::resources::{Length, Resource};
use crate::content::tables::roadmap::{Phase, Route, Step, StepKind, Take};

/// A step with what to learn it from.
pub(super) struct StepView<'a> {
    pub(super) step: &'a Step,
    pub(super) resources: Vec<&'a Resource>,
}

impl<'a> StepView<'a> {
    pub(super) fn new(shared: Shared<'a>, step: &'a Step) -> Self {
        let resources = step.resources.iter();
        Self { step, resources: resources.filter_map(|id| shared.content.resource(id)).collect() }
    }

    /// "Learn"; nothing for a proof.
    pub(super) fn word(&self) -> Option<&'static str> {
        match self.step.kind {
            StepKind::Learn => Some("Learn"),
            StepKind::Build => Some("Build"),
            StepKind::Prove => None,
        }
    }
}

#[derive(Template)]
#[template(path = "_partials/phase.html")]
struct PhaseView<'a> {
    phase: &'a Phase,
    time: String,
    /// What to learn and what to build, under these words.
    parts: Vec<(&'static str, Vec<StepView<'a>>)>,
    prove: Vec<StepView<'a>>,
}

/// A phase: what it takes, what to learn and to build, and when one can stop.
pub(super) fn phase(page: &Renderer<'_>, id: &str) -> askama::Result<String> {
    let shared = page.shared;
    let Some((_, phase)) = shared.content.roadmap.phase(id) else { return Ok(String::new()) };
    let steps = |kind| {
        let steps = phase.steps.iter().filter(|step| step.kind == kind);
        steps.map(|step| StepView::new(shared, step)).collect()
    };
    PhaseView {
        phase,
        time: time(shared, phase),
        parts: vec![("Learn", steps(StepKind::Learn)), ("Build", steps(StepKind::Build))],
        prove: steps(StepKind::Prove),
    }
    .render()
}

/// How long a phase takes, as far as anybody can say.
pub(super) fn time(shared: Shared<'_>, phase: &Phase) -> String {
    match course(shared, phase) {
        Some((title, length)) => format!("{length} for {title}; beyond that it varies"),
        None => "it varies".to_owned(),
    }
}

/// As [`time`], for where there is little room.
pub(super) fn short_time(shared: Shared<'_>, phase: &Phase) -> String {
    course(shared, phase)
        .map_or_else(|| "it varies".to_owned(), |(_, length)| format!("from {length}"))
}

fn course<'a>(shared: Shared<'a>, phase: &Phase) -> Option<(&'a str, Length)> {
    let course = shared.content.resource(phase.course.as_ref()?)?;
    Some((course.title.as_str(), course.length?))
}

/// A phase as a route takes it.
pub(super) struct StageView<'a> {
    pub(super) number: usize,
    pub(super) phase: &'a str,
    pub(super) name: &'a str,
    pub(super) href: String,
    pub(super) words: String,
}

#[derive(Template)]
#[template(path = "_partials/route.html")]
struct RouteView<'a> {
    route: &'a Route,
    stages: Vec<StageView<'a>>,
    time: String,
}

/// A route: its phases in their order, and what they take.
pub(super) fn route(page: &Renderer<'_>, id: &str) -> askama::Result<String> {
    let shared = page.shared;
    let routes = &shared.content.roadmap.routes;
    let Some(route) = routes.iter().find(|route| route.id == id) else { return Ok(String::new()) };
    let stages = stages(shared, route, |target| page.href(target));
    RouteView { route, stages, time: route_time(shared, route) }.render()
}

/// The phases of a route, in its order.
pub(super) fn stages<'a>(
    shared: Shared<'a>,
    route: &'a Route,
    href: impl Fn(&crate::content::document::Target) -> String,
) -> Vec<StageView<'a>> {
    let stages = route.stages.iter().filter_map(|stage| {
        let (number, phase) = shared.content.roadmap.phase(&stage.phase)?;
        let take = match stage.take {
            Take::Whole => "the whole of it",
            Take::Part => "in part",
            Take::Skip => "leave it out",
        };
        let words = match &stage.note {
            Some(note) => format!("{take}. {note}"),
            None => take.to_owned(),
        };
        let name = shared.content.name_of(&phase.at);
        Some(StageView { number, phase: &phase.id, name, href: href(&phase.at.target()), words })
    });
    stages.collect()
}

/// The least that a route takes: the courses of the phases that it takes whole.
pub(super) fn route_time(shared: Shared<'_>, route: &Route) -> String {
    let courses: Vec<(&str, Length)> = route
        .stages
        .iter()
        .filter(|stage| stage.take == Take::Whole)
        .filter_map(|stage| course(shared, shared.content.roadmap.phase(&stage.phase)?.1))
        .collect();
    let lengths: Vec<Length> = courses.iter().map(|(_, length)| *length).collect();
    let titles: Vec<&str> = courses.iter().map(|(title, _)| *title).collect();
    match Length::sum(&lengths) {
        None => "it varies".to_owned(),
        Some((length, exact)) => {
            let about = if exact { "" } else { "about " };
            format!("{about}{length} for {} alone; the rest varies", titles.join(" and "))
        }
    }
}
