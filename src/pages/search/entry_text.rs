//! Owns an entry in words: what is searched, and what a result shows. The entry point is
//! [`EntryText::of`].

use std::borrow::Cow;
use std::fmt::Write as _;

use super::super::Shared;
use super::super::certification_lists::CertificationLists;
use super::super::certifications::status_word;
use super::data_in_words::text_with_data;
use super::entries::{DataPage, SearchEntry, TextPage, text_page};
use crate::address;
use crate::content::document::Target;
use crate::text::sentence::list;

/// An entry in words.
#[derive(Debug)]
pub(super) struct EntryText<'a> {
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

impl<'a> EntryText<'a> {
    /// The words of an entry.
    pub(super) fn of(shared: Shared<'a>, entry: SearchEntry) -> Self {
        let content = shared.content;
        match entry {
            SearchEntry::Text(of, heading) => page_or_heading(shared, of, heading),
            SearchEntry::Country(number) => country(shared, number),
            SearchEntry::Certification(number) => certification(shared, number),
            SearchEntry::Resource(number, within) => {
                let resource = &content.resources[number];
                let mut body = format!("{} {}", resource.about, resource.terms);
                for part in resource.note.iter().chain(&resource.topics) {
                    let _ = write!(body, " · {part}");
                }
                let (trail, href) = match within {
                    Some((of, heading)) => {
                        let above = page_or_heading(shared, of, heading);
                        let mut trail = above.trail;
                        if let Cow::Borrowed(name) = above.name {
                            trail.push(name);
                        }
                        (trail, above.href)
                    }
                    None => (vec!["Resources"], resource.url.clone()),
                };
                Self {
                    name: Cow::from(&resource.title),
                    alias: &resource.id,
                    trail,
                    href,
                    body: body.into(),
                }
            }
            SearchEntry::Source(number) => {
                let source = &content.salaries.sources[number];
                let mut body = format!("As of {}.", source.as_of);
                if let Some(note) = &source.note {
                    let _ = write!(body, " {note}");
                }
                Self {
                    name: source.name().into(),
                    alias: source.id.as_str(),
                    trail: vec!["Sources"],
                    href: shared.urls.path(&address::source(&source.id)),
                    body: body.into(),
                }
            }
            SearchEntry::DataPage(page) => data_page(shared, page),
        }
    }
}

fn page_or_heading(shared: Shared<'_>, of: TextPage, heading: Option<usize>) -> EntryText<'_> {
    let content = shared.content;
    let page = text_page(content, of);
    let path = match of {
        TextPage::Home => address::HOME.to_owned(),
        TextPage::About => address::ABOUT.to_owned(),
        TextPage::Section(number) => address::section(&content.sections[number].id),
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
            EntryText {
                name: Cow::from(&heading.text),
                alias: &heading.id,
                trail: std::iter::once(page.nav.as_str()).chain(above).collect(),
                href: shared.urls.path(&format!("{path}#{}", heading.id)),
                body: text_with_data(content, &heading.body),
            }
        }
        None => EntryText {
            name: Cow::from(&page.title),
            alias: &page.nav,
            trail: Vec::new(),
            href: shared.urls.path(&path),
            body: format!("{} {}", page.description, text_with_data(content, &document.intro))
                .into(),
        },
    }
}

fn country(shared: Shared<'_>, number: usize) -> EntryText<'_> {
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
    EntryText {
        name: format!("Pay in {}", country.in_sentence).into(),
        alias: &country.name,
        trail: vec!["Compare pay"],
        href: shared.urls.path(&address::country(&country.code)),
        body: body.into(),
    }
}

fn certification(shared: Shared<'_>, number: usize) -> EntryText<'_> {
    let content = shared.content;
    let found = &content.certifications[number];
    let status = status_word(found.status);
    let mut body = format!("{}. {status}", found.issuer);
    if let Some(date) = found.status_date {
        let _ = write!(body, ", {date}");
    }
    let notes = [found.status_note.as_deref(), Some(&found.covers), Some(&found.suits)];
    for note in notes.into_iter().flatten() {
        let joint = if body.ends_with('.') { " " } else { ". " };
        let _ = write!(body, "{joint}{note}");
    }
    let place = CertificationLists::of(content).entry(&found.id);
    let trail = match &place {
        Some(Target::Section(id, _)) => {
            content.section(id.as_str()).map_or("Certifications", |s| s.page.nav.as_str())
        }
        _ => "Certifications",
    };
    EntryText {
        name: Cow::from(&found.name),
        alias: &found.id,
        trail: vec![trail],
        href: match place {
            Some(target) => shared.target(&target),
            None => found
                .url
                .clone()
                .unwrap_or_else(|| shared.urls.path(&address::source(&found.source))),
        },
        body: body.into(),
    }
}

fn data_page(shared: Shared<'_>, page: DataPage) -> EntryText<'_> {
    let content = shared.content;
    let data = &content.salaries;
    let (name, path, body) = match page {
        DataPage::Compare => {
            let countries: Vec<String> =
                data.countries.iter().map(|country| country.in_sentence.clone()).collect();
            let text = "before tax or take-home, a year or a month, in any of the currencies, at \
                        market rates or by purchasing power, with an offer of your own beside it";
            let body = format!("Pay in {}, side by side: {text}.", list(&countries));
            ("Compare pay", address::COMPARE, body)
        }
        DataPage::WholeGuide => {
            let navs: Vec<String> =
                content.sections.iter().map(|section| section.page.nav.clone()).collect();
            ("The whole guide on one page", address::WHOLE_GUIDE, format!("{}.", list(&navs)))
        }
        DataPage::Sources => {
            let body = "Every source of this guide: how it is known, how old it is, where to check \
                        it, and which figures rest on it.";
            ("Sources", address::SOURCES, body.to_owned())
        }
        DataPage::Plan => {
            let body = "The steps of the way in as a list to tick, a check of your skills, and \
                        what to learn next. It stays in your browser.";
            ("A plan of your own", address::PLAN, body.to_owned())
        }
    };
    let href = shared.urls.path(path);
    EntryText { name: name.into(), alias: "", trail: Vec::new(), href, body: body.into() }
}
