//! Owns where links of the content may lead, and finds every one that leads nowhere. The entry
//! point is [`Index::resolve`]. Must not know Markdown events or HTML.

pub(super) mod references;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use url::form_urlencoded;

use super::diagnostics::{Code, FileText};
use super::document::Target;
use super::href::{ALLOWED, bad_web_address, scheme, split_anchor, unsafe_address};
use super::source::Files;
use crate::address::{self, Query};
use crate::id::SectionId;
use crate::pay::SalaryData;
use crate::pay::comparison::Selection;

/// What links can lead to.
#[derive(Debug)]
pub(super) struct Index<'a> {
    /// Pages by file: "guide/skills.md".
    pub(super) pages: BTreeMap<String, PageIndex>,
    /// Files of the pages, by path from the root of the site.
    by_path: HashMap<String, String>,
    /// Names below `images/`.
    images: BTreeSet<&'a str>,
    /// Codes of the countries, each of which has a page.
    countries: BTreeSet<&'a str>,
    salaries: &'a SalaryData,
    /// Paths that only some guides have: the plan, and pictures.
    pub(super) made: BTreeSet<String>,
    files: &'a Files,
}

/// What links to a page can lead to.
#[derive(Debug)]
pub(super) struct PageIndex {
    /// Which page it is.
    pub(super) page: PageKey,
    /// Ids and aliases of its headings, and of what the program puts on it.
    pub(super) anchors: BTreeSet<String>,
}

/// Which page a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PageKey {
    Home,
    About,
    Section(SectionId),
}

impl<'a> Index<'a> {
    /// Of the pages by file, the pay data, the names below `images/`, and all files.
    pub(super) fn new(
        pages: BTreeMap<String, PageIndex>,
        salaries: &'a SalaryData,
        images: BTreeSet<&'a str>,
        files: &'a Files,
    ) -> Self {
        let by_path = pages.iter().map(|(file, page)| (page.page.path(), file.clone())).collect();
        let countries = salaries.countries.iter().map(|country| country.code.as_str()).collect();
        Self { pages, by_path, images, countries, salaries, made: BTreeSet::new(), files }
    }

    /// Where a link leads that stands in a file at a byte; none, and a problem, when it leads
    /// nowhere.
    pub(super) fn resolve(
        &self,
        from: &str,
        file: &FileText<'_>,
        href: &str,
        at: usize,
    ) -> Option<Target> {
        let error = |code, message: String| file.error(code, at, message);
        if href.is_empty() {
            error(Code::BrokenLink, "this link leads nowhere".to_owned());
            return None;
        }
        if let Some(wrong) = unsafe_address(href) {
            error(Code::LinkScheme, wrong).help(ALLOWED);
            return None;
        }
        if scheme(href).is_some() {
            if let Some(wrong) = bad_web_address(href) {
                error(Code::BrokenLink, wrong);
                return None;
            }
            return Some(Target::External(href.to_owned()));
        }
        let (path, anchor) = split_anchor(href);
        if path.starts_with('/') {
            return self.resolve_path(file, href, at);
        }
        let target_file = if path.is_empty() {
            from.to_owned()
        } else if let Some(file) = join(from, path) {
            file
        } else {
            error(Code::BrokenLink, format!("`{path}` leads out of the folder"));
            return None;
        };
        if file.problems.is_broken(&self.files.name(&target_file))
            && !self.pages.contains_key(&target_file)
        {
            return None; // it is there, and that it cannot be read has been reported
        }
        if let Some(name) = target_file.strip_prefix("images/") {
            if self.images.contains(name) {
                return Some(Target::Image(name.to_owned()));
            }
            error(Code::MissingAsset, format!("there is no file `{target_file}`"))
                .suggest(name, self.images.iter().copied());
            return None;
        }
        let Some(page) = self.pages.get(&target_file) else {
            let reported = error(Code::BrokenLink, format!("there is no page `{target_file}`"));
            let names = self.pages.keys().map(String::as_str);
            match path.split_once('?') {
                Some((path, _)) if names.clone().any(|name| name.ends_with(path)) => {
                    reported.help("a page takes no query");
                }
                _ => reported.suggest(&target_file, names),
            }
            return None;
        };
        page.check_anchor(file, anchor, at)?;
        let anchor = anchor.map(str::to_owned);
        Some(match (&page.page, anchor) {
            (_, Some(anchor)) if target_file == from => Target::Anchor(anchor),
            (PageKey::Home, Some(anchor)) => Target::Path(format!("/#{anchor}")),
            (PageKey::Home, None) => Target::Home,
            (PageKey::About, anchor) => Target::About(anchor),
            (PageKey::Section(id), anchor) => Target::Section(id.clone(), anchor),
        })
    }

    /// The same of a path from the root of the site.
    fn resolve_path(&self, file: &FileText<'_>, href: &str, at: usize) -> Option<Target> {
        let (path, anchor) = split_anchor(href);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        if let Some(page) = self.by_path.get(path).and_then(|file| self.pages.get(file)) {
            page.check_anchor(file, anchor, at)?;
            if !query.is_empty() {
                file.error(Code::BadQuery, at, "this page takes no query")
                    .help("leave out what stands behind the question mark");
                return None;
            }
            return Some(Target::Path(href.to_owned()));
        }
        if self.has_path(path) {
            if address::query_of(path) == Query::Comparison {
                self.check_query(file, query, at)?;
            }
            self.check_fixed_anchor(file, path, anchor, at)?;
            return Some(Target::Path(href.to_owned()));
        }
        let page = address::section_of(path).map(|id| self.files.name(&format!("guide/{id}.md")));
        if page.is_some_and(|page| file.problems.is_broken(&page)) {
            return None; // as for files above
        }
        let mut known: Vec<String> = address::linkable().map(str::to_owned).collect();
        known.extend(self.by_path.keys().cloned());
        known.extend(self.made.iter().cloned());
        known.extend(self.countries.iter().map(address::country));
        file.error(Code::BrokenLink, at, format!("this site has no page `{path}`"))
            .suggest(path, known.iter().map(String::as_str));
        None
    }

    /// Reports an anchor that a page made by the program lacks. Pages of countries are not checked:
    /// which anchors they have depends on the figures that there are.
    fn check_fixed_anchor(
        &self,
        file: &FileText<'_>,
        path: &str,
        anchor: Option<&str>,
        at: usize,
    ) -> Option<()> {
        let anchor = anchor.filter(|_| address::may_be_linked(path));
        let known: Vec<String> = match path {
            address::SOURCES if file.problems.is_broken(&self.files.name("sources.toml")) => {
                return Some(());
            }
            address::SOURCES => self.salaries.sources.iter().map(|s| s.id.to_string()).collect(),
            address::WHOLE_GUIDE => {
                self.pages.values().flat_map(PageIndex::on_whole_guide).collect()
            }
            _ => Vec::new(),
        };
        check_anchor(file, path, anchor, at, &known)
    }

    /// Whether the site answers at a path from its root.
    pub(super) fn has_path(&self, path: &str) -> bool {
        address::may_be_linked(path)
            || self.made.contains(path)
            || self.by_path.contains_key(path)
            || path.strip_prefix(address::IMAGES).is_some_and(|name| self.images.contains(name))
            || address::country_of(path).is_some_and(|rest| {
                self.countries.contains(rest.strip_suffix(".json").unwrap_or(rest))
            })
    }

    /// Whether a file could not be read that a comparison takes its choices from.
    fn may_lack_choices(&self, file: &FileText<'_>) -> bool {
        let data = self.salaries;
        let missing = data.levels.is_empty() || data.currencies.is_empty();
        let broken = ["levels.toml", "currencies.toml", "exchange-rates.toml", "sources.toml"]
            .iter()
            .any(|path| file.problems.is_broken(&self.files.name(path)));
        let below = file.problems.is_broken_below(&self.files.name("salaries"));
        missing && !self.countries.is_empty() || broken || below
    }

    /// Reports what a comparison would ignore in its query: such a link would show something else
    /// than its words say.
    fn check_query(&self, file: &FileText<'_>, query: &str, at: usize) -> Option<()> {
        let known = Query::Comparison.parameters();
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let unknown = pairs.iter().find(|(name, _)| !known.contains(&name.as_str()));
        if let Some((name, _)) = unknown {
            file.error(Code::BadQuery, at, format!("a comparison has no `{name}`"))
                .suggest(name, known.iter().copied());
            return None;
        }
        if self.may_lack_choices(file) {
            return Some(());
        }
        let (_, ignored) = Selection::parse(pairs, self.salaries);
        for wrong in &ignored {
            let message = format!("`{}={}` chooses nothing", wrong.name, wrong.value);
            file.error(Code::BadQuery, at, message).help(&wrong.why);
        }
        ignored.is_empty().then_some(())
    }
}

impl PageIndex {
    fn check_anchor(&self, file: &FileText<'_>, anchor: Option<&str>, at: usize) -> Option<()> {
        check_anchor(file, &self.page.path(), anchor, at, &self.anchors)
    }

    /// The page and its anchors as they stand on the page that holds all sections.
    fn on_whole_guide(&self) -> Vec<String> {
        let PageKey::Section(id) = &self.page else { return Vec::new() };
        let within = self.anchors.iter().map(|anchor| format!("{id}.{anchor}"));
        std::iter::once(id.to_string()).chain(within).collect()
    }
}

/// Reports an anchor that is none of those known of a page.
fn check_anchor<'n>(
    file: &FileText<'_>,
    path: &str,
    anchor: Option<&str>,
    at: usize,
    known: impl IntoIterator<Item = &'n String> + Copy,
) -> Option<()> {
    let Some(anchor) = anchor else { return Some(()) };
    if known.into_iter().any(|id| id == anchor) {
        return Some(());
    }
    let known: Vec<String> = known.into_iter().map(|id| format!("#{id}")).collect();
    file.error(Code::BrokenAnchor, at, format!("{path} has no heading `#{anchor}`"))
        .suggest(&format!("#{anchor}"), known.iter().map(String::as_str));
    None
}

impl PageKey {
    /// Its path from the root of the site.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Home => address::HOME.to_owned(),
            Self::About => address::ABOUT.to_owned(),
            Self::Section(id) => address::section(id),
        }
    }
}

/// A path relative to a file's folder; none when it leads out of the content folder.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_from_the_folder_of_the_page() {
        assert_eq!(join("guide/skills.md", "pay.md").as_deref(), Some("guide/pay.md"));
        assert_eq!(join("guide/skills.md", "../about.md").as_deref(), Some("about.md"));
        assert_eq!(join("home.md", "guide/./a.md").as_deref(), Some("guide/a.md"));
        assert_eq!(join("guide/skills.md", "../../etc/passwd"), None);
    }
}
