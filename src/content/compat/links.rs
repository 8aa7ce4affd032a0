//! Owns the public addresses of a guide: which there are, where in its files each comes from, and
//! whether another edition still answers it. The entry points are [`public_links`] and
//! [`AnsweredAddresses`]. Addresses are paths from the root of the site.

use std::collections::{BTreeSet, HashMap};

use super::super::Content;
use super::super::document::Page;
use super::super::figures::Step;
use super::super::href::split_anchor;
use super::super::source::Files;
use super::location::{SourceLocation, find_line, find_value};
use crate::address::query::{COUNTRY, CURRENCY, LEVEL};
use crate::address::{self, WHOLE_GUIDE};

/// An address that others may have linked to.
pub(super) struct PublicLink {
    /// "/guide/pay#bands".
    pub(super) address: String,
    /// Where in the files it comes from.
    pub(super) location: SourceLocation,
    /// How to keep it, for the help line.
    pub(super) remedy: String,
}

/// The addresses that a guide answers.
pub(super) struct AnsweredAddresses {
    /// Anchors by path. A path is that of a page or a file, or `/compare?level=x` for each choice
    /// of a comparison.
    paths: HashMap<String, BTreeSet<String>>,
    redirects: HashMap<String, String>,
}

impl AnsweredAddresses {
    pub(super) fn of(content: &Content) -> Self {
        let mut paths: HashMap<String, BTreeSet<String>> = HashMap::new();
        for_each_address(content, |address, _| {
            let (path, anchor) = split_anchor(address);
            paths.entry(path.to_owned()).or_default().extend(anchor.map(str::to_owned));
        });
        let redirects = content.redirects.iter().map(|r| (r.from.clone(), r.to.clone())).collect();
        Self { paths, redirects }
    }

    /// Whether the guide answers an address, and its page has the anchor.
    pub(super) fn has(&self, address: &str) -> bool {
        let (path, anchor) = split_anchor(address);
        if let Some(anchors) = self.paths.get(path) {
            return anchor.is_none_or(|anchor| anchors.contains(anchor));
        }
        // A redirect of `/guide/x` also holds for `/guide/x.md`.
        let page = path.strip_suffix(".md").unwrap_or(path);
        let Some(to) = self.redirects.get(path).or_else(|| self.redirects.get(page)) else {
            return false;
        };
        match (to.split_once('#'), anchor) {
            // The anchors of another site are not known.
            _ if !to.starts_with('/') => true,
            (Some(_), _) | (None, None) => true,
            // Browsers carry the anchor over to the target of a redirect.
            (None, Some(anchor)) => {
                self.paths.get(to).is_some_and(|anchors| anchors.contains(anchor))
            }
        }
    }
}

/// Every public address of a guide.
pub(super) fn public_links(content: &Content, files: &Files) -> Vec<PublicLink> {
    let mut links = Vec::new();
    let mut add = |address: &str, origin: &Origin<'_>| {
        let (location, remedy) = origin.location_and_remedy(files);
        links.push(PublicLink { address: address.to_owned(), location, remedy });
    };
    for_each_address(content, &mut add);
    for redirect in &content.redirects {
        add(&redirect.from, &Origin::Redirect(content, &redirect.from));
    }
    links
}

fn front_matter(text: &str) -> &str {
    text.strip_prefix("+++")
        .and_then(|rest| rest.split_once("\n+++"))
        .map_or("", |(front, _)| front)
}

/// What in the content makes an address public.
enum Origin<'c> {
    /// A page, by its path.
    Page(&'c Page, String),
    Heading(&'c Page, &'c str),
    Certification(&'c str),
    Country(&'c str),
    Source(&'c str),
    Image(&'c str),
    /// A choice of a comparison: its file, and the steps to it in there.
    Choice(String, Vec<Step>),
    /// An old address, by its path.
    Redirect(&'c Content, &'c str),
}

impl Origin<'_> {
    fn location_and_remedy(&self, files: &Files) -> (SourceLocation, String) {
        match self {
            Self::Page(page, path) => (
                SourceLocation::start(files, &page.file),
                format!(
                    "add `aliases = [\"{path}\"]` to the page that took its place, or write \
                     \"{path}\" = \"…\" into redirects.toml"
                ),
            ),
            Self::Redirect(content, from) => (
                location_of_redirect(content, files, from),
                format!(
                    "it was an old address already: keep it in the `aliases` of its page, or \
                     write \"{from}\" = \"…\" into redirects.toml"
                ),
            ),
            Self::Heading(page, id) => (
                find_line(files, &page.file, |line| {
                    line.starts_with('#') && heading_has_id(line, id)
                }),
                format!(
                    "add `alias={id}` to the heading that took its place: {{#… alias={id}}}; on \
                     another page no browser looks for it, so keep a heading here that leads there"
                ),
            ),
            Self::Certification(id) => (
                find_value(
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
                SourceLocation::start(files, &format!("salaries/{code}.toml")),
                format!(
                    "write \"{}\" = \"…\" and \"{}\" = \"…\" into redirects.toml",
                    address::country(code),
                    address::country_table(code)
                ),
            ),
            Self::Source(id) => (
                find_value(files, "sources.toml", &[Step::Key((*id).to_owned())]),
                "keep the source under its id: what it said once is still quoted".to_owned(),
            ),
            Self::Image(name) => (
                SourceLocation::start(files, &format!("images/{name}")),
                "keep the file under its name".to_owned(),
            ),
            Self::Choice(file, steps) => (
                find_value(files, file, steps),
                "keep the id and change the name that people read: ids stand in addresses"
                    .to_owned(),
            ),
        }
    }
}

/// An old address stands in the `aliases` of a page, or in `redirects.toml`.
fn location_of_redirect(content: &Content, files: &Files, from: &str) -> SourceLocation {
    let quoted = format!("\"{from}\"");
    let page = pages(content).map(|(_, page)| page).find(|page| {
        let text = files.files.get(&page.file).map(Vec::as_slice).unwrap_or_default();
        front_matter(&String::from_utf8_lossy(text)).contains(&quoted)
    });
    if let Some(page) = page {
        return find_line(files, &page.file, |line| line.contains(&quoted));
    }
    let steps = [Step::Key("redirects".to_owned()), Step::Key(from.to_owned())];
    find_value(files, "redirects.toml", &steps)
}

/// Whether a line of Markdown, a heading, has an id or alias.
fn heading_has_id(line: &str, id: &str) -> bool {
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

/// The anchors of a page, each with what it leads to.
fn anchors<'c>(
    content: &'c Content,
    page: &'c Page,
) -> impl Iterator<Item = (&'c str, Origin<'c>)> {
    let headings = page.document.headings.iter();
    let ids = headings.flat_map(|heading| std::iter::once(&heading.id).chain(&heading.aliases));
    let certifications = content.certifications_on(page).map(|shown| shown.id.as_str());
    ids.map(move |id| (id.as_str(), Origin::Heading(page, id)))
        .chain(certifications.map(|id| (id, Origin::Certification(id))))
}

/// Visits every address that the guide itself answers. Old addresses of pages are left out, because
/// the guide only redirects them.
fn for_each_address<'c>(content: &'c Content, mut visit: impl FnMut(&str, &Origin<'c>)) {
    for (path, page) in pages(content) {
        let own = Origin::Page(page, path.clone());
        visit(&path, &own);
        let section = address::section_of(&path);
        if let Some(section) = section {
            visit(&address::section_markdown(section), &own);
        }
        // The page of the whole guide repeats every heading of a section as `section.heading`.
        let mut visit_anchor = |anchor: &str, origin: &Origin<'c>| {
            visit(&format!("{path}#{anchor}"), origin);
            if let Some(section) = section {
                visit(&format!("{WHOLE_GUIDE}#{section}.{anchor}"), origin);
            }
        };
        for (anchor, origin) in anchors(content, page) {
            visit_anchor(anchor, &origin);
        }
        if let Some(section) = section {
            visit(&format!("{WHOLE_GUIDE}#{section}"), &own);
        }
    }
    for redirect in &content.redirects {
        // The page of the whole guide also answers the anchors under the old name of a section.
        if let (Some(old), Some(section)) =
            (address::section_of(&redirect.from), address::section_of(&redirect.to))
            && let Some(section) = content.section(section)
        {
            let origin = Origin::Redirect(content, &redirect.from);
            visit(&format!("{WHOLE_GUIDE}#{old}"), &origin);
            for (anchor, _) in anchors(content, &section.page) {
                visit(&format!("{WHOLE_GUIDE}#{old}.{anchor}"), &origin);
            }
        }
    }
    for country in &content.salaries.countries {
        let code = country.code.as_str();
        for path in [address::country(code), address::country_table(code)] {
            visit(&path, &Origin::Country(code));
        }
        let file = format!("salaries/{code}.toml");
        visit(&address::comparison(&[(COUNTRY, code)]), &Origin::Choice(file, Vec::new()));
    }
    for level in &content.salaries.levels {
        let id = level.id.to_string();
        let steps = vec![Step::Key("level".to_owned()), Step::With("id", id.clone())];
        visit(
            &address::comparison(&[(LEVEL, &id)]),
            &Origin::Choice("levels.toml".to_owned(), steps),
        );
    }
    for currency in &content.salaries.currencies {
        let code = currency.code.as_str();
        let address = address::comparison(&[(CURRENCY, &code.to_lowercase())]);
        let steps = vec![Step::Key(code.to_owned())];
        visit(&address, &Origin::Choice("currencies.toml".to_owned(), steps));
    }
    for source in &content.salaries.sources {
        visit(&address::source(&source.id), &Origin::Source(source.id.as_str()));
    }
    for image in &content.images {
        visit(&address::image(&image.name), &Origin::Image(&image.name));
    }
}
