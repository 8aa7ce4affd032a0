//! Owns the page on which readers make a plan of their own: the steps of the roadmap to tick, the
//! skills to grade, and what comes next. What a reader enters stays in the browser; without script
//! the page is a list to print.

use askama::Template;

use super::Shared;
use super::layout::{Layout, MenuEntry, Sheet};
use super::roadmap::{self, StageView, StepView};
use crate::address;
use crate::content::tables::resources::Resource;
use crate::content::tables::roadmap::{Phase, Route, Step};
use crate::content::tables::skills::{Grade, Skill};

#[derive(Template)]
#[template(path = "plan.html")]
struct View<'a> {
    layout: Layout<'a>,
    phases: Vec<PhaseView<'a>>,
    routes: Vec<RouteView<'a>>,
    grades: &'a [Grade],
    skills: Vec<SkillView<'a>>,
}

struct PhaseView<'a> {
    phase: &'a Phase,
    name: &'a str,
    href: String,
    time: String,
    steps: Vec<StepView<'a>>,
}

struct RouteView<'a> {
    route: &'a Route,
    name: &'a str,
    href: String,
    time: String,
    stages: Vec<StageView<'a>>,
}

struct SkillView<'a> {
    skill: &'a Skill,
    name: &'a str,
    href: String,
    resources: Vec<&'a Resource>,
    steps: Vec<(&'a Step, &'a str)>,
}

/// The plan.
pub fn plan(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let shared = *shared;
    let content = shared.content;
    let roadmap = &content.roadmap;
    let href = |target: &crate::content::document::Target| shared.target(target);
    let phases = roadmap.phases.iter().map(|phase| PhaseView {
        phase,
        name: content.name_of(&phase.at),
        href: href(&phase.at.target()),
        time: roadmap::time(shared, phase),
        steps: phase.steps.iter().map(|step| StepView::new(shared, step)).collect(),
    });
    let routes = roadmap.routes.iter().map(|route| RouteView {
        route,
        name: content.name_of(&route.at),
        href: href(&route.at.target()),
        time: roadmap::route_time(shared, route),
        stages: roadmap::stages(shared, route, href),
    });
    let skills = content.skills.skills.iter().map(|skill| SkillView {
        skill,
        name: content.name_of(&skill.at),
        href: href(&skill.at.target()),
        resources: skill.resources.iter().filter_map(|id| content.resource(id)).collect(),
        steps: skill
            .steps
            .iter()
            .filter_map(|id| {
                let mut phases = roadmap.phases.iter();
                phases.find_map(|phase| {
                    let step = phase.steps.iter().find(|step| step.id == *id)?;
                    Some((step, content.name_of(&phase.at)))
                })
            })
            .collect(),
    });
    let description = format!(
        "How to become a {}, as a list to tick, with a check of your skills and what comes next. \
         What you enter stays in your browser.",
        content.site.career
    );
    View {
        layout: Layout::new(shared, address::PLAN, "A plan of your own", "Plan", &description)
            .in_menu(MenuEntry::Plan, true)
            .with_sheet(Sheet::Plan),
        phases: phases.collect(),
        routes: routes.collect(),
        grades: &content.skills.grades,
        skills: skills.collect(),
    }
    .render()
}
