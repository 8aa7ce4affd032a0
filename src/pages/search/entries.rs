//! Owns what can be found: an entry for every page, heading, country, certification, resource and
//! source of the guide, and for the tools. The entry point is [`Finder`]. Texts stay where they
//! are: an entry is a place, and its words are put together when it is indexed or shown.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::super::certifications::Places;
use super::super::{Shared, amounts};
use crate::content::Content;
use crate::content::directives::Directive;
use crate::content::document::{Page, PlainText, Target};
use crate::content::tables::statistics::{Statistic, Unit};
use crate::salary::words::list;
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
}

/// An entry as it is shown.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    /// What it is called.
    pub(super) name: Cow<'a, str>,
    /// A short name for it: in menus, in its address.
    pub(super) alias: &'a str,
    /// The pages and headings above it.
    pub(super) trail: Vec<&'a str>,
    /// Where it is: an address, base path included.
    pub(super) href: String,
    /// What is said of it.
    pub(super) body: Cow<'a, str>,
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
    places.extend((0..content.salaries.countries.len()).map(Place::Country));
    places.extend((0..content.certifications.len()).map(Place::Certification));
    let listed = |number| Place::Resource(number, heading_of_resource(content, number));
    places.extend((0..content.resources.len()).map(listed));
    places.extend((0..content.salaries.sources.len()).map(Place::Source));
    places
}

fn page(content: &Content, of: PageOf) -> &Page {
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

fn show(shared: Shared<'_>, place: Place) -> Shown<'_> {
    let content = shared.content;
    match place {
        Place::Text(of, heading) => text(shared, of, heading),
        Place::Country(number) => country(shared, number),
        Place::Certification(number) => certification(shared, number),
        Place::Resource(number, within) => {
            let resource = &content.resources[number];
            let mut body = format!("{} {}", resource.about, resource.terms);
            for part in resource.note.iter().chain(&resource.topics) {
                let _ = write!(body, " · {part}");
            }
            let (trail, href) = match within {
                Some((of, heading)) => {
                    let shown = text(shared, of, heading);
                    let mut trail = shown.trail;
                    if let Cow::Borrowed(name) = shown.name {
                        trail.push(name);
                    }
                    (trail, shown.href)
                }
                None => (vec!["Resources"], resource.url.clone()),
            };
            Shown {
                name: Cow::from(&resource.title),
                alias: &resource.id,
                trail,
                href,
                body: body.into(),
            }
        }
        Place::Source(number) => {
            let source = &content.salaries.sources[number];
            let mut body = format!("As of {}.", source.as_of);
            if let Some(note) = &source.note {
                let _ = write!(body, " {note}");
            }
            Shown {
                name: source.name().into(),
                alias: source.id.as_str(),
                trail: vec!["Sources"],
                href: shared.urls.path(&format!("/sources#{}", source.id)),
                body: body.into(),
            }
        }
        Place::Tool(tool) => self::tool(shared, tool),
    }
}

fn text(shared: Shared<'_>, of: PageOf, heading: Option<usize>) -> Shown<'_> {
    let content = shared.content;
    let page = page(content, of);
    let path = match of {
        PageOf::Home => "/".to_owned(),
        PageOf::About => "/about".to_owned(),
        PageOf::Section(number) => format!("/guide/{}", content.sections[number].id),
    };
    let document = &page.document;
    match heading.and_then(|at| document.headings.get(at).zip(Some(at))) {
        Some((heading, at)) => {
            // The nearest heading of each higher level stands above this one.
            let mut trail = vec![heading];
            for above in document.headings[..at].iter().rev() {
                if trail.last().is_some_and(|below| above.level < below.level) {
                    trail.push(above);
                }
            }
            let above = trail.iter().skip(1).rev().map(|heading| heading.text.as_str());
            Shown {
                name: Cow::from(&heading.text),
                alias: &heading.id,
                trail: std::iter::once(page.nav.as_str()).chain(above).collect(),
                href: shared.urls.path(&format!("{path}#{}", heading.id)),
                body: plain(content, &heading.body),
            }
        }
        None => Shown {
            name: Cow::from(&page.title),
            alias: &page.nav,
            trail: Vec::new(),
            href: shared.urls.path(&path),
            body: format!("{} {}", page.description, plain(content, &document.intro)).into(),
        },
    }
}

fn country(shared: Shared<'_>, number: usize) -> Shown<'_> {
    let data = &shared.content.salaries;
    let country = &data.countries[number];
    let mut body = format!("{} Strongest in {}.", country.insight, list(&country.cities));
    if country.cities.is_empty() {
        body.clone_from(&country.insight);
    }
    if let Some(currency) = data.currency(country.currency.as_str()) {
        for band in &country.bands {
            let level = data.level(band.level.as_str()).map_or("", |level| level.name.as_str());
            let range = currency.compact_range(&band.range);
            let _ = write!(body, " {level}: {range}.");
            if let Some(note) = &band.note {
                let _ = write!(body, " {note}");
            }
        }
        let _ = write!(body, " {}.", currency.name);
    }
    let mut others: Vec<String> = Vec::new();
    for other in &country.others {
        if let Some(source) = data.source(other.source.as_str())
            && !others.contains(&source.publisher)
        {
            others.push(source.publisher.clone());
        }
    }
    if !others.is_empty() {
        let _ = write!(body, " Other sources: {}.", list(&others));
    }
    Shown {
        name: format!("Pay in {}", country.in_sentence).into(),
        alias: &country.name,
        trail: vec!["Compare pay"],
        href: shared.urls.path(&format!("/salaries/{}", country.code)),
        body: body.into(),
    }
}

fn certification(shared: Shared<'_>, number: usize) -> Shown<'_> {
    let content = shared.content;
    let found = &content.certifications[number];
    let status = super::super::certifications::status_word(found.status);
    let mut body = format!("{}. {status}", found.issuer);
    if let Some(date) = found.status_date {
        let _ = write!(body, ", {date}");
    }
    let notes = [found.status_note.as_deref(), Some(&found.covers), Some(&found.suits)];
    for note in notes.into_iter().flatten() {
        let joint = if body.ends_with('.') { " " } else { ". " };
        let _ = write!(body, "{joint}{note}");
    }
    let place = Places::find(content).entry(&found.id, &found.group);
    let trail = match &place {
        Some(Target::Section(id, _)) => {
            content.section(id.as_str()).map_or("Certifications", |s| s.page.nav.as_str())
        }
        _ => "Certifications",
    };
    Shown {
        name: Cow::from(&found.name),
        alias: &found.id,
        trail: vec![trail],
        href: match place {
            Some(target) => shared.urls.target(&target),
            None => found
                .url
                .clone()
                .unwrap_or_else(|| shared.urls.path(&format!("/sources#{}", found.source))),
        },
        body: body.into(),
    }
}

fn tool(shared: Shared<'_>, tool: Tool) -> Shown<'_> {
    let content = shared.content;
    let data = &content.salaries;
    let (name, path, body) = match tool {
        Tool::Compare => {
            let countries: Vec<String> =
                data.countries.iter().map(|country| country.in_sentence.clone()).collect();
            let text = "before tax or take-home, a year or a month, in any of the currencies, at \
                        market rates or by purchasing power, with an offer of your own beside it";
            let body = format!("Pay in {}, side by side: {text}.", list(&countries));
            ("Compare pay", "/compare", body)
        }
        Tool::WholeGuide => {
            let navs: Vec<String> =
                content.sections.iter().map(|section| section.page.nav.clone()).collect();
            ("The whole guide on one page", "/guide", format!("{}.", list(&navs)))
        }
        Tool::Sources => {
            let body = "Every source of this guide: how it is known, how old it is, where to check \
                        it, and which figures rest on it.";
            ("Sources", "/sources", body.to_owned())
        }
    };
    let href = shared.urls.path(path);
    Shown { name: name.into(), alias: "", trail: Vec::new(), href, body: body.into() }
}

/// A text with its data in words.
fn plain<'a>(content: &'a Content, text: &'a PlainText) -> Cow<'a, str> {
    if text.data.is_empty() {
        return Cow::from(text.text.trim_end());
    }
    let mut out = String::with_capacity(text.text.len() * 2);
    let mut at = 0;
    for (place, directive) in &text.data {
        out.push_str(&text.text[at..*place]);
        out.push_str(&in_words(content, directive));
        at = *place;
    }
    out.push_str(&text.text[at..]);
    out.truncate(out.trim_end().len());
    out.into()
}

fn in_words(content: &Content, directive: &Directive) -> String {
    let data = &content.salaries;
    let found = match directive {
        Directive::Pay(country, level) => data.country(country.as_str()).and_then(|country| {
            let band = country.bands.iter().find(|band| band.level == *level)?;
            Some(data.currency(country.currency.as_str())?.compact_range(&band.range))
        }),
        Directive::Stat { statistic, row, column } => {
            content.statistic(statistic).and_then(|table| cell(content, table, row, column))
        }
        Directive::Cert(id) => content.certification(id).map(|found| found.name.clone()),
        Directive::Resource(id) => content.resource(id).map(|found| found.title.clone()),
        Directive::StatTable(id) | Directive::StatChart(id) => {
            content.statistic(id).map(|table| whole(content, table))
        }
        Directive::PayPlaces => Some(
            data.countries
                .iter()
                .map(|c| format!("{}: {}. {} ", c.name, list(&c.cities), c.insight))
                .collect(),
        ),
        // These are entries of their own, or say nothing that one would look for.
        Directive::Cite(_)
        | Directive::PayChart(_)
        | Directive::PayTable(_)
        | Directive::PayFindings
        | Directive::Certifications(_)
        | Directive::Resources(_)
        | Directive::Sections
        | Directive::Changes(_) => None,
    };
    found.unwrap_or_default()
}

fn cell(content: &Content, table: &Statistic, row: &str, column: &str) -> Option<String> {
    let (_, column, cell) = table.cell(row, column)?;
    let mut text = amounts::cell(cell, column, &content.salaries);
    if let Unit::Named(unit) = &column.unit {
        let _ = write!(text, " {unit}");
    }
    Some(text)
}

/// "Title. Row: 41, 12. Other row: 3."
fn whole(content: &Content, table: &Statistic) -> String {
    let mut out = format!("{}.", table.title);
    for row in &table.rows {
        let cells = row.cells.iter().zip(&table.columns).filter_map(|(cell, column)| {
            Some(amounts::cell(cell.as_ref()?, column, &content.salaries))
        });
        let cells: Vec<String> = cells.collect();
        let _ = write!(out, " {}: {}.", row.label, cells.join(", "));
    }
    out.push(' ');
    out
}
