//! Owns which paths the program itself answers, whatever the guide holds.

/// Paths of the site that every guide has, besides its pages.
pub(super) const FIXED_PATHS: &[&str] = &[
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
pub(super) const COMPARISONS: [&str; 4] =
    ["/compare", "/compare.csv", "/compare.json", "/embed/compare"];

/// What such a query may hold.
pub(super) const PARAMETERS: [&str; 12] = [
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

/// Whether the program answers at a path, now or in a later version.
pub(in crate::content) fn is_reserved(path: &str) -> bool {
    let section = path.strip_prefix("/guide/").is_some_and(|name| name.ends_with(".md"));
    section
        || RESERVED.contains(&path)
        || RESERVED_FOLDERS.iter().any(|folder| path.starts_with(folder)) && !was_a_country(path)
}

/// Whether a path is one that countries have: a guide that leaves one out may redirect it.
fn was_a_country(path: &str) -> bool {
    path.strip_prefix("/salaries/").is_some_and(|rest| {
        let code = rest.strip_suffix(".json").unwrap_or(rest);
        code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
    })
}
