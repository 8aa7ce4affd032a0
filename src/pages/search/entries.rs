//! Owns what can be found: an entry for every page, heading, country, certification, resource and
//! source of the guide, and for the tools. The entry point is [`Finder`]. Texts stay where they
//! are: an entry is a place, and its words are put together when it is indexed or shown.

use super::super::Shared;
use super::show::{Shown, show};
use crate::content::Content;
use crate::content::directives::Directive;
use crate::content::document::Page;
use crate::search::{Found, Index, Text};

/// Everything that can be found, by place and by word. Made once from the guide.
#[derive(Debug)]
pub struct Finder {
    index: Index,
    places: Vec<Place>,
}

/// An entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A page, or a heading of it.
    Text(PageOf, Option<usize>),
    Country(usize),
    Certification(usize),
    /// A resource, and the heading that shows it.
    Resource(usize, Option<(PageOf, Option<usize>)>),
    Source(usize),
    Tool(Tool),
}

/// A page that is written in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageOf {
    Home,
    About,
    Section(usize),
}

/// A page that the program makes of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Compare,
    WholeGuide,
    Sources,
    Plan,
}

/// What a name in a list of sources, say, counts beside a heading of the guide.
const ASIDE: f32 = 0.5;
/// Pages as a whole are what one-word questions ask for.
const WHOLE_PAGE: f32 = 1.35;

impl Finder {
    /// Of a guide.
    pub fn new(shared: Shared<'_>) -> Self {
        let content = shared.content;
        let places = places(content);
        let index = {
            let shown: Vec<(Shown<'_>, f32)> =
                places.iter().map(|place| (show(shared, *place), weight(*place))).collect();
            let texts = shown.iter().map(|(shown, weight)| Text {
                name: &shown.name,
                alias: shown.alias,
                context: shown.trail.first().copied().unwrap_or_default(),
                body: &shown.body,
                weight: *weight,
            });
            Index::build(texts, &content.synonyms)
        };
        Self { index, places }
    }

    /// What answers a query.
    pub(super) fn find(&self, query: &str) -> Found {
        self.index.find(query)
    }

    /// An entry, by its number in what was found.
    pub(super) fn show<'a>(&self, shared: Shared<'a>, entry: usize) -> Option<Shown<'a>> {
        Some(show(shared, *self.places.get(entry)?))
    }
}

fn weight(place: Place) -> f32 {
    match place {
        Place::Text(PageOf::Section(_), None) => WHOLE_PAGE,
        Place::Text(..) | Place::Country(_) | Place::Certification(_) | Place::Tool(_) => 1.0,
        Place::Resource(..) | Place::Source(_) => ASIDE,
    }
}

/// In the order in which results of equal worth stand.
fn places(content: &Content) -> Vec<Place> {
    let pages =
        (0..content.sections.len()).map(PageOf::Section).chain([PageOf::Home, PageOf::About]);
    let mut places = Vec::new();
    for of in pages {
        let headings = 0..page(content, of).document.headings.len();
        places.push(Place::Text(of, None));
        places.extend(headings.map(|heading| Place::Text(of, Some(heading))));
    }
    places.extend([Tool::Compare, Tool::WholeGuide, Tool::Sources].map(Place::Tool));
    places.extend(content.has_plan().then_some(Place::Tool(Tool::Plan)));
    places.extend((0..content.salaries.countries.len()).map(Place::Country));
    places.extend((0..content.certifications.len()).map(Place::Certification));
    let listed = |number| Place::Resource(number, heading_of_resource(content, number));
    places.extend((0..content.resources.len()).map(listed));
    places.extend((0..content.salaries.sources.len()).map(Place::Source));
    places
}

pub(super) fn page(content: &Content, of: PageOf) -> &Page {
    match of {
        PageOf::Home => &content.home,
        PageOf::About => &content.about,
        PageOf::Section(number) => &content.sections[number].page,
    }
}

/// The heading below which a resource is listed, or else is first named.
fn heading_of_resource(content: &Content, number: usize) -> Option<(PageOf, Option<usize>)> {
    let id = &content.resources[number].id;
    let mut named = None;
    for section in 0..content.sections.len() {
        let of = PageOf::Section(section);
        let document = &page(content, of).document;
        let texts = std::iter::once((None, &document.intro))
            .chain(document.headings.iter().enumerate().map(|(at, h)| (Some(at), &h.body)));
        for (heading, text) in texts {
            for (_, directive) in &text.data {
                match directive {
                    Directive::Resources(ids) if ids.is_empty() || ids.contains(id) => {
                        return Some((of, heading));
                    }
                    Directive::Resource(one) if one == id => {
                        named = named.or(Some((of, heading)));
                    }
                    _ => {}
                }
            }
        }
    }
    named
}
