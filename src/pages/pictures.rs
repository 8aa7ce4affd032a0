//! Owns which data each picture of `pictures.toml` shows: from the tables of the guide to finished
//! labels. How it is drawn is the business of [`draw`](crate::draw).

mod timeline;

use askama::Template;

use super::Shared;
use super::renderer::Renderer;
use super::{pay, roadmap};
use crate::address;
use crate::content::tables::pictures::{self, Drawing, Node};
use crate::draw::diagram::{
    Colours, Credit, Diagram, Fact, Layer, LoopNode, Scene, Standalone, Step, Steps, Stop,
};

#[derive(Template)]
#[template(path = "_partials/picture.html")]
struct Figure<'a> {
    svg: String,
    title: &'a str,
    ring: bool,
    links: Links,
}

/// Where a picture stands by itself.
pub(super) struct Links {
    pub(super) svg: String,
    pub(super) png: String,
}

impl Links {
    /// Of the picture of the guide's own bands, if there is one.
    pub(super) fn of_pay(shared: Shared<'_>) -> Option<Self> {
        let pictures = &shared.content.pictures;
        let pay = pictures.iter().find(|picture| matches!(picture.draws, Drawing::Pay))?;
        Some(Self::new(shared, &pay.id))
    }

    fn new(shared: Shared<'_>, id: &str) -> Self {
        let urls = shared.urls;
        Self {
            svg: urls.path(&address::picture_svg(id)),
            png: urls.path(&address::picture_png(id)),
        }
    }
}

/// A picture in a page.
pub(super) fn inline(page: &mut Renderer<'_>, id: &str) -> askama::Result<String> {
    let shared = page.shared;
    let Some(wanted) = shared.content.picture(id) else { return Ok(String::new()) };
    let unique = page.generate_id(id);
    Figure {
        svg: diagram(shared, wanted, unique).inline(),
        title: &wanted.title,
        ring: matches!(wanted.draws, Drawing::Loop(_)),
        links: Links::new(shared, id),
    }
    .render()
}

/// A picture as a file of its own.
pub fn picture(shared: &Shared<'_>, wanted: &pictures::Picture, colours: Colours) -> Standalone {
    let site = &shared.content.site;
    let text = format!("{}, edition {}. {}", site.title, site.edition, site.licence.text);
    let address = wanted.of.target().path().and_then(|path| shared.urls.absolute(&path));
    let credit = Credit { language: &site.language, text: &text, address: address.as_deref() };
    diagram(*shared, wanted, wanted.id.clone()).standalone(credit, colours)
}

fn diagram(shared: Shared<'_>, wanted: &pictures::Picture, id: String) -> Diagram {
    let (scene, summary) = match &wanted.draws {
        Drawing::Steps => steps(shared),
        Drawing::Loop(nodes) => a_loop(shared, nodes),
        Drawing::Layers => layers(shared),
        Drawing::Pay => charts(shared, &id),
        Drawing::Timeline => timeline::timeline(shared),
        Drawing::Route => route(shared),
    };
    Diagram { id, title: wanted.title.clone(), summary, scene }
}

fn a_loop(shared: Shared<'_>, nodes: &[Node]) -> (Scene, String) {
    let nodes: Vec<LoopNode> = nodes
        .iter()
        .map(|node| LoopNode {
            name: shared.content.name_of(&node.at).to_owned(),
            gives: node.gives.clone(),
        })
        .collect();
    let words = nodes.iter().zip(1..).map(|(node, number)| match &node.gives {
        Some(gives) => format!("{number}. {}, which gives {gives}.", node.name),
        None => format!("{number}. {}.", node.name),
    });
    let words = words.collect::<Vec<_>>().join(" ");
    let first = nodes.first().map_or("", |node| node.name.as_str());
    let summary = format!("A loop: {words} Then again: {first}.");
    (Scene::Loop(nodes), summary)
}

fn layers(shared: Shared<'_>) -> (Scene, String) {
    let data = &shared.content.skills;
    let layers: Vec<Layer> = data
        .layers
        .iter()
        .map(|layer| Layer {
            name: layer.name.clone(),
            boxes: data
                .skills
                .iter()
                .filter(|skill| skill.layer == layer.id)
                .map(|skill| shared.content.name_of(&skill.at).to_owned())
                .collect(),
            newer: layer.newer,
        })
        .filter(|layer| !layer.boxes.is_empty())
        .collect();
    let words = layers.iter().map(|layer| format!("{}: {}.", layer.name, layer.boxes.join(", ")));
    let summary = format!("From the ground upwards. {}", words.collect::<Vec<_>>().join(" "));
    (Scene::Layers(layers), summary)
}

fn route(shared: Shared<'_>) -> (Scene, String) {
    let stops: Vec<Stop> = shared
        .content
        .roadmap
        .phases
        .iter()
        .map(|phase| Stop {
            name: shared.content.name_of(&phase.at).to_owned(),
            time: roadmap::short_time(shared, phase),
            leaves: phase.leaves.clone(),
        })
        .collect();
    let words = stops.iter().zip(1..).map(|(stop, number)| {
        format!("{number}. {}, {}. You can stop here with: {}.", stop.name, stop.time, stop.leaves)
    });
    let summary = words.collect::<Vec<_>>().join(" ");
    let note = "A ring is a place to stop, with this in hand. Times are those of courses; what \
                comes around them varies.";
    (Scene::Route(stops, note.to_owned()), summary)
}

/// Most countries on a step.
const COUNTRIES: usize = 5;

fn steps(shared: Shared<'_>) -> (Scene, String) {
    let data = &shared.content.salaries;
    let mut words = Vec::new();
    let steps: Vec<Step> = data
        .levels
        .iter()
        .map(|level| {
            let mut facts = Vec::new();
            for country in data.countries.iter().take(COUNTRIES) {
                let band = country.bands.iter().find(|band| band.level == level.id);
                let currency = data.currency(country.currency.as_str());
                if let Some((band, currency)) = band.zip(currency) {
                    facts.push(Fact {
                        subject: country.short.clone(),
                        detail: {
                            let details = pay::years_and_basis(&band.years, band.basis, None);
                            (!details.is_empty()).then(|| details.join(", "))
                        },
                        value: currency.compact_range(&band.range),
                    });
                }
            }
            let said = facts.iter().map(|fact| format!("{} {}", fact.subject, fact.value));
            words.push(format!("{}: {}.", level.name, said.collect::<Vec<_>>().join(", ")));
            Step { name: level.name.clone(), facts }
        })
        .collect();
    let skills = shared.content.skills.skills.iter();
    let skills: Vec<&str> = skills.map(|skill| shared.content.name_of(&skill.at)).collect();
    let ground = (!skills.is_empty()).then(|| ("The skills".to_owned(), skills.join(" · ")));
    if let Some((heading, skills)) = &ground {
        words.push(format!("{heading}: {}.", skills.replace(" · ", ", ")));
    }
    let countries: Vec<_> = data.countries.iter().take(COUNTRIES).collect();
    let mut notes = vec!["Pay a year before tax, as the guide’s own bands have it".to_owned()];
    notes.extend(pay::unit_explanations(data, &countries));
    let note = format!("{}.", notes.join(". "));
    let summary = format!("Pay a year before tax. {}", words.join(" "));
    (Scene::Steps(Steps { steps, ground, note }), summary)
}

fn charts(shared: Shared<'_>, id: &str) -> (Scene, String) {
    let (charts, in_words) = pay::standalone_charts(shared, id);
    (Scene::Charts(charts), in_words)
}
