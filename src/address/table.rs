//! Owns what holds of each public address: one row for each fixed path and for each folder. Other
//! modules ask here whether content may link to a path, whether a redirect may begin there, which
//! query it takes, whether programs read it, and under which label requests to it are counted.

use super::Query;
use super::{
    ABOUT, ASSETS, CARDS, COMPARE, COMPARE_CARD, COMPARE_CSV, COMPARE_JSON, COUNTRIES,
    EMBED_COMPARE, EMBEDS, FAVICON, FEED, GUIDE_FILE, HOME, ICONS, IMAGES, LIVENESS, LLMS,
    MANIFEST, OFFLINE, OPENAPI, OPENSEARCH, PAY_TABLES, PICTURES, PLAN, READINESS, ROBOTS, SEARCH,
    SECTIONS, SERVICE_WORKER, SITEMAP, SOURCES, TOUCH_ICON, WHOLE_GUIDE,
};

/// A fixed path, or all paths of a folder.
struct Row {
    /// "/compare", or "/guide/" for a folder.
    path: &'static str,
    /// The name under which requests are counted: a star stands for all names of a folder.
    label: &'static str,
    /// Whether every guide has it, so that content may link to it. What a guide has because of its
    /// own files is known to the content alone.
    linkable: bool,
    /// Whether the program answers here, now or in a later version, so that no redirect of a guide
    /// may begin here. Of folders, some paths may be excepted: see [`is_reserved`].
    reserved: bool,
    query: Query,
    /// Whether programs read here: what goes wrong is reported as a problem document then.
    for_programs: bool,
}

const ROWS: &[Row] = &[
    // What is no address of the site.
    Row { reserved: false, ..path("other") },
    path(HOME).linkable(),
    path(ABOUT).linkable(),
    path(WHOLE_GUIDE).linkable(),
    path(GUIDE_FILE).linkable(),
    path(COMPARE).linkable().takes(Query::Comparison),
    path(COMPARE_CSV).linkable().takes(Query::Comparison).for_programs(),
    path(COMPARE_JSON).linkable().takes(Query::Comparison).for_programs(),
    path(COMPARE_CARD).takes(Query::Comparison),
    path(EMBED_COMPARE).linkable().takes(Query::Comparison),
    path(SOURCES).linkable(),
    path(PLAN),
    path(SEARCH).linkable().takes(Query::Search),
    path(OPENSEARCH),
    path(OFFLINE),
    path(SERVICE_WORKER),
    path(PAY_TABLES).linkable().for_programs(),
    path(OPENAPI).linkable().for_programs(),
    path(TOUCH_ICON),
    path(FAVICON),
    path(MANIFEST),
    path(SITEMAP).linkable(),
    path(ROBOTS),
    path(FEED).linkable(),
    path(LLMS).linkable(),
    path(LIVENESS),
    path(READINESS),
    // Pages of a guide come and go, and redirects lead from their old addresses.
    Row { reserved: false, ..folder(SECTIONS, "/guide/*") },
    Row { reserved: false, ..folder(EMBEDS, "/embed/*") },
    folder(COUNTRIES, "/salaries/*"),
    folder(PICTURES, "/pictures/*"),
    folder(CARDS, "/cards/*"),
    folder(ICONS, "/icons/*"),
    folder(ASSETS, "/assets/*"),
    folder(IMAGES, "/images/*"),
];

const fn path(path: &'static str) -> Row {
    folder(path, path)
}

const fn folder(path: &'static str, label: &'static str) -> Row {
    let query = Query::None;
    Row { path, label, linkable: false, reserved: true, query, for_programs: false }
}

impl Row {
    const fn linkable(self) -> Self {
        Self { linkable: true, ..self }
    }

    const fn for_programs(self) -> Self {
        Self { for_programs: true, ..self }
    }

    const fn takes(self, query: Query) -> Self {
        Self { query, ..self }
    }

    fn is_folder(&self) -> bool {
        self.label != self.path
    }
}

fn row(path: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.path == path)
}

/// The paths that every guide has, besides its pages, so that content may link to them.
pub fn linkable() -> impl Iterator<Item = &'static str> {
    ROWS.iter().filter(|row| row.linkable).map(|row| row.path)
}

/// Whether a path is one of [`linkable`].
pub fn may_be_linked(path: &str) -> bool {
    linkable().any(|known| known == path)
}

/// Which query a path understands.
pub fn query_of(path: &str) -> Query {
    row(path).map_or(Query::None, |row| row.query)
}

/// Whether programs read at a path.
pub fn is_for_programs(path: &str) -> bool {
    let table_of_country = super::country_of(path).is_some_and(|rest| rest.ends_with(".json"));
    table_of_country || row(path).is_some_and(|row| row.for_programs)
}

/// Whether the program answers at a path, now or in a later version, whatever the guide holds.
pub fn is_reserved(path: &str) -> bool {
    let is_markdown = super::section_of(path).is_some_and(|name| name.ends_with(".md"));
    let is_in = |row: &Row| path == row.path || row.is_folder() && path.starts_with(row.path);
    is_markdown || ROWS.iter().any(|row| row.reserved && is_in(row)) && !can_be_country(path)
}

/// Whether a path is one that a country could have: a guide that leaves a country out may redirect
/// its old address.
fn can_be_country(path: &str) -> bool {
    super::country_of(path).is_some_and(|rest| {
        let code = rest.strip_suffix(".json").unwrap_or(rest);
        code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
    })
}

/// Under which label a request is counted. SECURITY: one of a closed list, so that nobody can make
/// the list of counters longer by asking for more addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route(usize);

impl Route {
    /// Any path that is no address of the site.
    pub const OTHER: Self = Self(0);
    /// How many there are; [`Route::index`] is less.
    pub const COUNT: usize = ROWS.len();

    /// By the path below the base path, or that of a probe.
    pub fn of(path: &str) -> Self {
        let Some(below) = path.strip_prefix('/') else { return Self::OTHER };
        // The first folder, if the path has one, and otherwise the path.
        let known = below.find('/').map_or(path, |end| &path[..end + 2]);
        Self(ROWS.iter().position(|row| row.path == known).unwrap_or_default())
    }

    /// Its label.
    pub fn name(self) -> &'static str {
        ROWS[self.0].label
    }

    /// Its place among all.
    pub fn index(self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_counted_under_its_own_label_or_that_of_its_folder() {
        for (path, name) in [
            ("/", "/"),
            ("/guide", "/guide"),
            ("/guide/skills", "/guide/*"),
            ("/guide/a/b", "/guide/*"),
            ("/compare.csv", "/compare.csv"),
            ("/embed/compare", "/embed/*"),
            ("/compare/x", "other"),
            ("/wp-login.php", "other"),
            ("", "other"),
            ("*", "other"),
            ("//", "other"),
            ("other", "other"),
        ] {
            assert_eq!(Route::of(path).name(), name, "{path}");
        }
    }

    #[test]
    fn every_path_has_one_row_and_its_label_is_the_path() {
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(ROWS.iter().position(|other| other.path == row.path), Some(at));
            assert_eq!(row.label.strip_suffix('*').unwrap_or(row.label), row.path);
        }
    }

    #[test]
    fn a_redirect_may_begin_where_a_guide_once_had_a_page() {
        for path in ["/guide/old", "/salaries/zz", "/salaries/zz.json", "/old", "/other"] {
            assert!(!is_reserved(path), "{path}");
        }
        for path in
            ["/guide/old.md", "/salaries/zzz", "/compare", "/cards/a.png", "/plan", "/sw.js"]
        {
            assert!(is_reserved(path), "{path}");
        }
    }
}
