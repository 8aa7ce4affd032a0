//! Owns which addresses of a guide are public, where in its files each comes from, and whether
//! another edition still answers them. Addresses are paths from the root of the site.

use std::collections::{BTreeSet, HashMap};

use super::super::Content;
use super::super::directives::Directive;
use super::super::document::{Fragment, Page};
use super::super::figures::Step;
use super::super::source::Files;
use super::places::{Place, in_line, in_toml};
use crate::address::query::{COUNTRY, CURRENCY, LEVEL};
use crate::address::{self, WHOLE_GUIDE};

/// An address that others may have linked to.
pub(super) struct PublicLink {
    /// "/guide/pay#bands".
    pub(super) address: String,
    /// What makes it.
    pub(super) place: Place,
    /// What to do when it would be lost.
    pub(super) remedy: String,
}

/// What a guide answers.
pub(super) struct Answers {
    /// Pages, files, and `?country=in` for choices of a comparison, with their anchors.
    paths: HashMap<String, BTreeSet<String>>,
    redirects: HashMap<String, String>,
}

impl Answers {
    pub(super) fn of(content: &Content) -> Self {
        let mut paths: HashMap<String, BTreeSet<String>> = HashMap::new();
        each(content, |address, _| {
            let (path, anchor) = match address.split_once('#') {
                Some((path, anchor)) => (path, Some(anchor)),
                None => (address, None),
            };
            paths.entry(path.to_owned()).or_default().extend(anchor.map(str::to_owned));
        });
        let redirects = content.redirects.iter().map(|r| (r.from.clone(), r.to.clone())).collect();
        Self { paths, redirects }
    }

    /// Whether an address leads to what it led to, an anchor to a place of its own.
    pub(super) fn has(&self, address: &str) -> bool {
        let (path, anchor) = match address.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (address, None),
        };
        if let Some(anchors) = self.paths.get(path) {
            return anchor.is_none_or(|anchor| anchors.contains(anchor));
        }
        // The Markdown of a page follows the page.
        let page = path.strip_suffix(".md").unwrap_or(path);
        let Some(to) = self.redirects.get(path).or_else(|| self.redirects.get(page)) else {
            return false;
        };
        match (to.split_once('#'), anchor) {
            // Of another site, or of a place that somebody chose.
            _ if !to.starts_with('/') => true,
            (Some(_), _) | (None, None) => true,
            // Browsers take the anchor along.
            (None, Some(anchor)) => {
                self.paths.get(to).is_some_and(|anchors| anchors.contains(anchor))
            }
        }
    }
}

/// Every public address, with its place and what to do when it would be lost.
pub(super) fn public_links(content: &Content, files: &Files) -> Vec<PublicLink> {
    let mut links = Vec::new();
    each(content, |address, origin| {
        let (place, remedy) = origin.told(files);
        links.push(PublicLink { address: address.to_owned(), place, remedy });
    });
    links.extend(content.redirects.iter().map(|redirect| {
        let (place, remedy) = Origin::Redirect(content, &redirect.from).told(files);
        PublicLink { address: redirect.from.clone(), place, remedy }
    }));
    links
}

fn front_matter(text: &str) -> &str {
    text.strip_prefix("+++")
        .and_then(|rest| rest.split_once("\n+++"))
        .map_or("", |(front, _)| front)
}

/// What makes an address.
enum Origin<'c> {
    /// A page, by its path.
    Page(&'c Page, String),
    Heading(&'c Page, &'c str),
    Certification(&'c str),
    Country(&'c str),
    Source(&'c str),
    Image(&'c str),
    /// A choice of a comparison: the file, and the way to it.
    Choice(String, Vec<Step>),
    /// An old address, by its path.
    Redirect(&'c Content, &'c str),
}

impl Origin<'_> {
    fn told(&self, files: &Files) -> (Place, String) {
        match self {
            Self::Page(page, path) => (
                Place::start(files, &page.file),
                format!(
                    "add `aliases = [\"{path}\"]` to the page that took its place, or write \
                     \"{path}\" = \"…\" into redirects.toml"
                ),
            ),
            Self::Redirect(content, from) => (
                place_of_redirect(content, files, from),
                format!(
                    "it was an old address already: keep it in the `aliases` of its page, or \
                     write \"{from}\" = \"…\" into redirects.toml"
                ),
            ),
            Self::Heading(page, id) => (
                in_line(files, &page.file, |line| line.starts_with('#') && names(line, id)),
                format!(
                    "add `alias={id}` to the heading that took its place: {{#… alias={id}}}; on \
                     another page no browser looks for it, so keep a heading here that leads there"
                ),
            ),
            Self::Certification(id) => (
                in_toml(
                    files,
                    "certifications.toml",
                    &[Step::Key("certification".to_owned()), Step::With("id", (*id).to_owned())],
                ),
                format!(
                    "keep the certification, as `retired` if it is, and on its page; or add \
                     `alias={id}` to a heading there"
                ),
            ),
            Self::Country(code) => (
                Place::start(files, &format!("salaries/{code}.toml")),
                format!(
                    "write \"{}\" = \"…\" and \"{}\" = \"…\" into redirects.toml",
                    address::country(code),
                    address::country_table(code)
                ),
            ),
            Self::Source(id) => (
                in_toml(files, "sources.toml", &[Step::Key((*id).to_owned())]),
                "keep the source under its id: what it said once is still quoted".to_owned(),
            ),
            Self::Image(name) => (
                Place::start(files, &format!("images/{name}")),
                "keep the file under its name".to_owned(),
            ),
            Self::Choice(file, steps) => (
                in_toml(files, file, steps),
                "keep the id and change the name that people read: ids stand in addresses"
                    .to_owned(),
            ),
        }
    }
}

/// In the front matter of a page, or in the file of redirects.
fn place_of_redirect(content: &Content, files: &Files, from: &str) -> Place {
    let quoted = format!("\"{from}\"");
    let page = pages(content).map(|(_, page)| page).find(|page| {
        let text = files.files.get(&page.file).map(Vec::as_slice).unwrap_or_default();
        front_matter(&String::from_utf8_lossy(text)).contains(&quoted)
    });
    if let Some(page) = page {
        return in_line(files, &page.file, |line| line.contains(&quoted));
    }
    let steps = [Step::Key("redirects".to_owned()), Step::Key(from.to_owned())];
    in_toml(files, "redirects.toml", &steps)
}

/// Whether a heading has an id or alias.
fn names(line: &str, id: &str) -> bool {
    let Some((_, attributes)) = line.rsplit_once('{') else { return false };
    attributes
        .trim_end()
        .trim_end_matches('}')
        .split([' ', ',', '='])
        .any(|word| word.trim_start_matches('#') == id)
}

fn pages(content: &Content) -> impl Iterator<Item = (String, &Page)> {
    let sections = content.sections.iter().map(|s| (address::section(&s.id), &s.page));
    [(address::HOME.to_owned(), &content.home), (address::ABOUT.to_owned(), &content.about)]
        .into_iter()
        .chain(sections)
}

/// Every address that a guide makes, but for those it only redirects.
fn each<'c>(content: &'c Content, mut told: impl FnMut(&str, &Origin<'c>)) {
    for (path, page) in pages(content) {
        let own = Origin::Page(page, path.clone());
        told(&path, &own);
        let section = address::section_of(&path);
        if let Some(section) = section {
            told(&address::section_markdown(section), &own);
        }
        // The whole guide has every heading of a section too, under its name.
        let mut at = |anchor: &str, origin: &Origin<'c>| {
            told(&format!("{path}#{anchor}"), origin);
            if let Some(section) = section {
                told(&format!("{WHOLE_GUIDE}#{section}.{anchor}"), origin);
            }
        };
        for heading in &page.document.headings {
            for id in std::iter::once(&heading.id).chain(&heading.aliases) {
                at(id, &Origin::Heading(page, id));
            }
        }
        for id in shown(content, page) {
            at(id, &Origin::Certification(id));
        }
        if let Some(section) = section {
            told(&format!("{WHOLE_GUIDE}#{section}"), &own);
        }
    }
    for redirect in &content.redirects {
        // As the page of the whole guide has them.
        if let (Some(old), Some(section)) =
            (address::section_of(&redirect.from), address::section_of(&redirect.to))
            && let Some(section) = content.section(section)
        {
            let page = &section.page;
            let origin = Origin::Redirect(content, &redirect.from);
            told(&format!("{WHOLE_GUIDE}#{old}"), &origin);
            let headings = page.document.headings.iter();
            let ids = headings.flat_map(|h| std::iter::once(&h.id).chain(&h.aliases));
            for id in ids.map(String::as_str).chain(shown(content, page)) {
                told(&format!("{WHOLE_GUIDE}#{old}.{id}"), &origin);
            }
        }
    }
    let choice = |key: &str, of: Option<Step>| {
        std::iter::once(Step::Key(key.to_owned())).chain(of).collect::<Vec<_>>()
    };
    for country in &content.salaries.countries {
        let code = country.code.as_str();
        for path in [address::country(code), address::country_table(code)] {
            told(&path, &Origin::Country(code));
        }
        let file = format!("salaries/{code}.toml");
        told(&address::comparison(&[(COUNTRY, code)]), &Origin::Choice(file, Vec::new()));
    }
    for level in &content.salaries.levels {
        let id = level.id.to_string();
        let steps = choice("level", Some(Step::With("id", id.clone())));
        told(
            &address::comparison(&[(LEVEL, &id)]),
            &Origin::Choice("levels.toml".to_owned(), steps),
        );
    }
    for currency in &content.salaries.currencies {
        let code = currency.code.as_str();
        let address = address::comparison(&[(CURRENCY, &code.to_lowercase())]);
        told(&address, &Origin::Choice("currencies.toml".to_owned(), choice(code, None)));
    }
    for source in &content.salaries.sources {
        told(&address::source(&source.id), &Origin::Source(source.id.as_str()));
    }
    for image in &content.images {
        told(&address::image(&image.name), &Origin::Image(&image.name));
    }
}

/// The certifications that have their entries on a page.
fn shown<'c>(content: &'c Content, page: &'c Page) -> impl Iterator<Item = &'c str> {
    let groups: Vec<Option<&str>> = page
        .document
        .fragments
        .iter()
        .filter_map(|fragment| match fragment {
            Fragment::Directive(Directive::Certifications(group)) => Some(group.as_deref()),
            _ => None,
        })
        .collect();
    content
        .certifications
        .iter()
        .filter(move |c| groups.iter().any(|group| group.is_none_or(|group| group == c.group)))
        .map(|c| c.id.as_str())
}
