//! Owns where links of the content may lead, and finds every one that leads nowhere. The entry
//! points are [`Index::resolve`] for links of all kinds and [`web_address`] for addresses of other
//! sites. Knows nothing of Markdown events or HTML.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use url::form_urlencoded;

use super::diagnostics::{Code, FileText, suggest};
use super::document::Target;
use super::reader::Table;
use super::source::Files;
use crate::id::SectionId;
use crate::salary::SalaryData;
use crate::salary::comparison::Selection;

/// Paths of the site that every guide has, besides its pages.
const FIXED_PATHS: &[&str] = &[
    "/",
    "/guide",
    "/guide.html",
    "/compare",
    "/compare.csv",
    "/compare.json",
    "/embed/compare",
    "/sources",
    "/search",
    "/about",
    "/salaries.json",
    "/openapi.json",
    "/sitemap.xml",
    "/feed.xml",
    "/llms.txt",
];

/// Addresses that understand the query of a comparison.
const COMPARISONS: [&str; 4] = ["/compare", "/compare.csv", "/compare.json", "/embed/compare"];

/// What such a query may hold.
const PARAMETERS: [&str; 12] = [
    "country",
    "level",
    "source",
    "currency",
    "pay",
    "adjust",
    "period",
    "group",
    "offer",
    "offer_currency",
    "edition",
    "rates",
];

/// Addresses that the program keeps for itself, now or later, besides those of [`FIXED_PATHS`].
const RESERVED: &[&str] = &[
    "/compare.png",
    "/apple-touch-icon.png",
    "/favicon.ico",
    "/healthz",
    "/manifest.webmanifest",
    "/offline",
    "/opensearch.xml",
    "/plan",
    "/readyz",
    "/robots.txt",
    "/sw.js",
];

/// Folders of addresses that the program keeps for itself.
const RESERVED_FOLDERS: &[&str] =
    &["/assets/", "/cards/", "/icons/", "/images/", "/pictures/", "/salaries/"];

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
    /// Paths that the site has because of what is in the folder: the plan, and pictures.
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

    /// Where a link of a file leads; none, and a problem, when it leads nowhere.
    pub(super) fn resolve(
        &self,
        from: &str,
        file: &FileText<'_>,
        href: &str,
        span: Range<usize>,
    ) -> Option<Target> {
        let error = |code, message: String, help: Option<String>| {
            file.error(code, span.clone(), message, help);
            None
        };
        if href.is_empty() {
            return error(Code::BrokenLink, "this link leads nowhere".to_owned(), None);
        }
        if let Some(wrong) = unsafe_address(href) {
            return error(Code::LinkScheme, wrong, Some(ALLOWED.to_owned()));
        }
        if scheme(href).is_some() {
            return match bad_web_address(href) {
                None => Some(Target::External(href.to_owned())),
                Some(wrong) => error(Code::BrokenLink, wrong, None),
            };
        }
        let (path, anchor) = match href.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (href, None),
        };
        if path.starts_with('/') {
            return self.resolve_path(file, href, path, anchor, span);
        }
        let target_file = if path.is_empty() {
            from.to_owned()
        } else if let Some(file) = join(from, path) {
            file
        } else {
            return error(Code::BrokenLink, format!("`{path}` leads out of the folder"), None);
        };
        if file.problems.is_broken(&self.files.name(&target_file))
            && !self.pages.contains_key(&target_file)
        {
            return None; // it is there and could not be read, which was told
        }
        if let Some(name) = target_file.strip_prefix("images/") {
            if self.images.contains(name) {
                return Some(Target::Image(name.to_owned()));
            }
            let help = suggest(name, self.images.iter().copied());
            return error(Code::MissingAsset, format!("there is no file `{target_file}`"), help);
        }
        let Some(page) = self.pages.get(&target_file) else {
            let names: Vec<&str> = self.pages.keys().map(String::as_str).collect();
            let help = match path.split_once('?') {
                Some((path, _)) if names.iter().any(|name| name.ends_with(path)) => {
                    Some("a page takes no query".to_owned())
                }
                _ => suggest(&target_file, names),
            };
            return error(Code::BrokenLink, format!("there is no page `{target_file}`"), help);
        };
        page.check_anchor(file, anchor, &span)?;
        let anchor = anchor.map(str::to_owned);
        Some(match (&page.page, anchor) {
            (_, Some(anchor)) if target_file == from => Target::Anchor(anchor),
            (PageKey::Home, Some(anchor)) => Target::Path(format!("/#{anchor}")),
            (PageKey::Home, None) => Target::Home,
            (PageKey::About, anchor) => Target::About(anchor),
            (PageKey::Section(id), anchor) => Target::Section(id.clone(), anchor),
        })
    }

    fn resolve_path(
        &self,
        file: &FileText<'_>,
        href: &str,
        path: &str,
        anchor: Option<&str>,
        span: Range<usize>,
    ) -> Option<Target> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        if let Some(page) = self.by_path.get(path).and_then(|file| self.pages.get(file)) {
            page.check_anchor(file, anchor, &span)?;
            if !query.is_empty() {
                let help = "leave out what stands behind the question mark".to_owned();
                file.error(Code::BadQuery, span, "this page takes no query", help);
                return None;
            }
            return Some(Target::Path(href.to_owned()));
        }
        if COMPARISONS.contains(&path) {
            self.check_query(file, query, &span)?;
        }
        if self.has_path(path) {
            self.check_fixed_anchor(file, path, anchor, &span)?;
            return Some(Target::Path(href.to_owned()));
        }
        let page =
            path.strip_prefix("/guide/").map(|id| self.files.name(&format!("guide/{id}.md")));
        if page.is_some_and(|page| file.problems.is_broken(&page)) {
            return None; // as above
        }
        let mut known: Vec<String> = FIXED_PATHS.iter().map(|&path| path.to_owned()).collect();
        known.extend(self.by_path.keys().cloned());
        known.extend(self.made.iter().cloned());
        known.extend(self.countries.iter().map(|code| format!("/salaries/{code}")));
        file.error(
            Code::BrokenLink,
            span,
            format!("this site has no page `{path}`"),
            suggest(path, known.iter().map(String::as_str)),
        );
        None
    }

    /// Notes an anchor that a page which the program makes does not have. Those of countries have
    /// some of a few, as far as there are figures for them.
    fn check_fixed_anchor(
        &self,
        file: &FileText<'_>,
        path: &str,
        anchor: Option<&str>,
        span: &Range<usize>,
    ) -> Option<()> {
        let Some(anchor) = anchor.filter(|_| FIXED_PATHS.contains(&path)) else { return Some(()) };
        let known: Vec<String> = match path {
            "/sources" => self.salaries.sources.iter().map(|s| s.id.to_string()).collect(),
            "/guide" => self.pages.values().flat_map(PageIndex::on_whole_guide).collect(),
            _ => Vec::new(),
        };
        let broken =
            path == "/sources" && file.problems.is_broken(&self.files.name("sources.toml"));
        if broken || known.iter().any(|id| id == anchor) {
            return Some(());
        }
        file.error(
            Code::BrokenAnchor,
            span.clone(),
            format!("{path} has no heading `#{anchor}`"),
            suggest_anchor(anchor, known.iter().map(String::as_str)),
        );
        None
    }

    /// Whether the site answers at a path from its root.
    pub(super) fn has_path(&self, path: &str) -> bool {
        FIXED_PATHS.contains(&path)
            || self.made.contains(path)
            || self.by_path.contains_key(path)
            || path.strip_prefix("/images/").is_some_and(|name| self.images.contains(name))
            || path.strip_prefix("/salaries/").is_some_and(|rest| {
                self.countries.contains(rest.strip_suffix(".json").unwrap_or(rest))
            })
    }

    /// Whether the program answers at a path, now or in a later version.
    pub(super) fn is_reserved(path: &str) -> bool {
        let section = path.strip_prefix("/guide/").is_some_and(|name| name.ends_with(".md"));
        section
            || RESERVED.contains(&path)
            || RESERVED_FOLDERS.iter().any(|folder| path.starts_with(folder))
                && !was_a_country(path)
    }

    /// Whether what a comparison can choose from could not be read whole, which was told.
    fn may_lack_choices(&self, file: &FileText<'_>) -> bool {
        let data = self.salaries;
        let missing = data.levels.is_empty() || data.currencies.is_empty();
        let broken = ["levels.toml", "currencies.toml", "exchange-rates.toml", "sources.toml"]
            .iter()
            .any(|path| file.problems.is_broken(&self.files.name(path)));
        let below = file.problems.is_broken_below(&self.files.name("salaries"));
        missing && !self.countries.is_empty() || broken || below
    }

    /// A comparison reads any query and passes over what it does not know; a link of the guide
    /// that asks for such a thing shows something else than its words say.
    fn check_query(&self, file: &FileText<'_>, query: &str, span: &Range<usize>) -> Option<()> {
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let unknown = pairs.iter().find(|(name, _)| !PARAMETERS.contains(&name.as_str()));
        if let Some((name, _)) = unknown {
            file.error(
                Code::BadQuery,
                span.clone(),
                format!("a comparison has no `{name}`"),
                suggest(name, PARAMETERS),
            );
            return None;
        }
        if self.may_lack_choices(file) {
            return Some(());
        }
        let (_, ignored) = Selection::parse(pairs, self.salaries);
        for wrong in &ignored {
            file.error(
                Code::BadQuery,
                span.clone(),
                format!("`{}={}` chooses nothing", wrong.name, wrong.value),
                wrong.why.clone(),
            );
        }
        ignored.is_empty().then_some(())
    }
}

impl PageIndex {
    /// Notes an anchor that the page does not have.
    fn check_anchor(
        &self,
        file: &FileText<'_>,
        anchor: Option<&str>,
        span: &Range<usize>,
    ) -> Option<()> {
        let Some(anchor) = anchor else { return Some(()) };
        if self.anchors.contains(anchor) {
            return Some(());
        }
        file.error(
            Code::BrokenAnchor,
            span.clone(),
            format!("{} has no heading `#{anchor}`", self.page.path()),
            suggest_anchor(anchor, self.anchors.iter().map(String::as_str)),
        );
        None
    }
}

impl PageIndex {
    /// The page and its anchors as they stand on the page that holds all sections.
    fn on_whole_guide(&self) -> Vec<String> {
        let PageKey::Section(id) = &self.page else { return Vec::new() };
        let within = self.anchors.iter().map(|anchor| format!("{id}.{anchor}"));
        std::iter::once(id.to_string()).chain(within).collect()
    }
}

/// The help line for a heading that does not exist.
fn suggest_anchor<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let known: Vec<String> = known.into_iter().map(|anchor| format!("#{anchor}")).collect();
    suggest(&format!("#{wrong}"), known.iter().map(String::as_str))
}

impl PageKey {
    /// Its path from the root of the site.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::About => "/about".to_owned(),
            Self::Section(id) => format!("/guide/{id}"),
        }
    }
}

impl Target {
    /// The path from the root of the site, or the address of another site; none for a heading of
    /// the same page.
    pub fn path(&self) -> Option<String> {
        let with = |path: String, anchor: &Option<String>| match anchor {
            Some(anchor) => format!("{path}#{anchor}"),
            None => path,
        };
        Some(match self {
            Self::Home => "/".to_owned(),
            Self::About(anchor) => with("/about".to_owned(), anchor),
            Self::Section(id, anchor) => with(format!("/guide/{id}"), anchor),
            Self::Path(path) | Self::External(path) => path.clone(),
            Self::Image(name) => format!("/images/{name}"),
            Self::Anchor(_) => return None,
        })
    }
}

/// Whether a path is one that countries have: a guide that leaves one out may redirect it.
fn was_a_country(path: &str) -> bool {
    path.strip_prefix("/salaries/").is_some_and(|rest| {
        let code = rest.strip_suffix(".json").unwrap_or(rest);
        code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
    })
}

const ALLOWED: &str = "links are http, https, mailto, a path from the root (/compare) or a file \
                       (skills.md#python)";

/// The scheme of an address, if it has one.
fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let mut letters = scheme.chars();
    (letters.next()?.is_ascii_alphabetic()
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)))
    .then_some(scheme)
}

/// What is wrong with an address that must never reach a page.
fn unsafe_address(href: &str) -> Option<String> {
    // SECURITY: browsers drop control characters and white space and read `\` as `/`, so that
    // "java\nscript:" and "/\host" are more than they seem.
    if href.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Some(format!("`{}` holds characters that no address has", href.escape_debug()));
    }
    if href.starts_with("//") {
        return Some(format!("`{href}` does not say which scheme it has"));
    }
    match scheme(href) {
        Some(s) if !["http", "https", "mailto"].contains(&s.to_ascii_lowercase().as_str()) => {
            Some(format!("links of the scheme `{s}` are not allowed"))
        }
        _ => None,
    }
}

/// What is wrong with an http, https or mailto address.
fn bad_web_address(address: &str) -> Option<String> {
    let url = match url::Url::parse(address) {
        Ok(url) => url,
        Err(why) => return Some(format!("`{address}` is no address: {why}")),
    };
    if url.scheme() == "mailto" {
        let mut sides = url.path().split('@');
        let valid = sides.next().is_some_and(|name| !name.is_empty())
            && sides.next().is_some_and(|host| host.contains('.'))
            && sides.next().is_none();
        return (!valid).then(|| format!("`{address}` is no mail address"));
    }
    // The parser takes "https:example.org" and "https:///example.org" as browsers do.
    let after = address.split_once("://").map_or("", |(_, after)| after);
    let named =
        url.host_str().is_some_and(|host| host.contains(['.', ':']) && !host.ends_with('.'));
    if after.is_empty() || after.starts_with('/') || !named {
        return Some(format!("`{address}` names no site"));
    }
    (!url.username().is_empty() || url.password().is_some())
        .then(|| format!("`{address}` hides its site behind a user name"))
}

/// An http, https or mailto address of a data file.
pub(super) fn web_address(table: &Table<'_>, key: &'static str) -> Option<String> {
    let address = table.optional_text(key)?;
    let (code, wrong) = match unsafe_address(&address.value) {
        Some(wrong) => (Code::LinkScheme, Some(wrong)),
        None => (Code::BrokenLink, bad_web_address(&address.value)),
    };
    if let Some(wrong) = wrong {
        let help = "write https://, http:// or mailto: in full, or leave the key out";
        table.file.error(code, address.span, wrong, help.to_owned());
        return None;
    }
    Some(address.value)
}

/// An address as the tool that goes with a page has it: of another site, or a path of this one.
pub(super) fn tool_address(
    index: &Index<'_>,
    from: &str,
    own: &str,
    table: &Table<'_>,
    key: &'static str,
) -> Option<String> {
    let address = table.text_at(key);
    if address.value.is_empty() {
        return None;
    }
    let target = index.resolve(from, &table.file, &address.value, address.span)?;
    // A heading of the page itself is found from its own path.
    Some(target.path().unwrap_or_else(|| match target {
        Target::Anchor(anchor) => format!("{own}#{anchor}"),
        _ => own.to_owned(),
    }))
}

/// Whether a path may be redirected: from the root, plain, without query, anchor or dots.
pub(super) fn is_clean_path(path: &str) -> bool {
    path.len() > 1
        && path.len() <= 200
        && path.starts_with('/')
        && !path.ends_with('/')
        && path[1..].split('/').all(|part| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
        })
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
    fn addresses_that_browsers_read_as_scripts_are_refused() {
        for wrong in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//example.org",
            "/\\example.org",
            "file:///etc/passwd",
        ] {
            assert!(unsafe_address(wrong).is_some(), "{wrong:?}");
        }
        for right in ["https://example.org/a?b=c:d", "mailto:a@example.org", "skills.md#a", "/a:b"]
        {
            assert_eq!(unsafe_address(right), None, "{right:?}");
        }
    }

    #[test]
    fn files_are_found_from_the_folder_of_the_page() {
        assert_eq!(join("guide/skills.md", "pay.md").as_deref(), Some("guide/pay.md"));
        assert_eq!(join("guide/skills.md", "../about.md").as_deref(), Some("about.md"));
        assert_eq!(join("home.md", "guide/./a.md").as_deref(), Some("guide/a.md"));
        assert_eq!(join("guide/skills.md", "../../etc/passwd"), None);
    }
}
