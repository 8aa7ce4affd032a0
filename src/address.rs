//! Owns every public address of the site: fixed paths as constants, functions that make the path of
//! each kind of thing, and one table ([`table`]) of their properties. Paths begin at the
//! root of the site; [`Urls`] puts the base path or the host before them. Must not know what is
//! sent at an address.

pub mod query;
mod table;
mod urls;

use std::fmt::Display;

pub use query::Query;
pub use table::{Route, is_for_programs, is_reserved, linkable, may_be_linked, query_of};
pub use urls::{AWAY, AssetUrls, Urls};

/// The first page.
pub const HOME: &str = "/";
/// About the guide.
pub const ABOUT: &str = "/about";
/// All sections on one page.
pub const WHOLE_GUIDE: &str = "/guide";
/// All sections as one file to download.
pub const GUIDE_FILE: &str = "/guide.html";
/// The comparison of pay.
pub const COMPARE: &str = "/compare";
/// The rows of a comparison as CSV.
pub const COMPARE_CSV: &str = "/compare.csv";
/// The rows of a comparison as JSON.
pub const COMPARE_JSON: &str = "/compare.json";
/// The preview card of a comparison.
pub const COMPARE_CARD: &str = "/compare.png";
/// The comparison for frames on other sites.
pub const EMBED_COMPARE: &str = "/embed/compare";
/// All pay tables as JSON.
pub const PAY_TABLES: &str = "/salaries.json";
/// The list of sources.
pub const SOURCES: &str = "/sources";
/// The plan of a reader.
pub const PLAN: &str = "/plan";
/// The search.
pub const SEARCH: &str = "/search";
/// How browsers search the site from their own bar.
pub const OPENSEARCH: &str = "/opensearch.xml";
/// What the service worker shows for a page that it has no copy of.
pub const OFFLINE: &str = "/offline";
/// The service worker. At the root, because a worker acts only below its own folder.
pub const SERVICE_WORKER: &str = "/sw.js";
/// The description of the tables for programs.
pub const OPENAPI: &str = "/openapi.json";
/// The small icon of an installed site.
pub const ICON_192: &str = "/icons/192.png";
/// The large icon of an installed site.
pub const ICON_512: &str = "/icons/512.png";
/// The large icon of an installed site that may be cut to any shape.
pub const ICON_MASKABLE: &str = "/icons/maskable-512.png";
/// The icon that Apple's home screens ask for.
pub const TOUCH_ICON: &str = "/apple-touch-icon.png";
/// The icon that browsers request although no page names it.
pub const FAVICON: &str = "/favicon.ico";
/// The web app manifest.
pub const MANIFEST: &str = "/manifest.webmanifest";
/// The site map.
pub const SITEMAP: &str = "/sitemap.xml";
/// The rules for robots.
pub const ROBOTS: &str = "/robots.txt";
/// The feed of changes.
pub const FEED: &str = "/feed.xml";
/// The list of texts for programs that read text.
pub const LLMS: &str = "/llms.txt";
/// Whether the program runs.
pub const LIVENESS: &str = "/healthz";
/// Whether the program should get requests.
pub const READINESS: &str = "/readyz";

/// Folder of the sections.
pub const SECTIONS: &str = "/guide/";
/// Folder of the pages and tables of countries.
pub const COUNTRIES: &str = "/salaries/";
/// Folder of the pictures that the program draws.
pub const PICTURES: &str = "/pictures/";
/// Folder of the preview cards.
pub const CARDS: &str = "/cards/";
/// Folder of the icons in pixels.
pub const ICONS: &str = "/icons/";
/// Folder of style sheets, scripts and their pictures, under names that hold their hash.
pub const ASSETS: &str = "/assets/";
/// Folder of the images of the content.
pub const IMAGES: &str = "/images/";
/// Folder of what other sites show in frames.
pub const EMBEDS: &str = "/embed/";

/// "/guide/skills" of "skills".
pub fn section(id: impl Display) -> String {
    format!("{SECTIONS}{id}")
}

/// "/guide/skills.md" of "skills".
pub fn section_markdown(id: impl Display) -> String {
    format!("{SECTIONS}{id}.md")
}

/// "skills" of "/guide/skills", perhaps with an anchor behind it.
pub fn section_of(path: &str) -> Option<&str> {
    path.strip_prefix(SECTIONS)
}

/// "/salaries/in" of "in".
pub fn country(code: impl Display) -> String {
    format!("{COUNTRIES}{code}")
}

/// "/salaries/in.json" of "in".
pub fn country_table(code: impl Display) -> String {
    format!("{COUNTRIES}{code}.json")
}

/// "in" of "/salaries/in".
pub fn country_of(path: &str) -> Option<&str> {
    path.strip_prefix(COUNTRIES)
}

/// "/sources#bls" of "bls": where a source is described.
pub fn source(id: impl Display) -> String {
    format!("{SOURCES}#{id}")
}

/// "/pictures/loop.svg" of "loop".
pub fn picture_svg(id: impl Display) -> String {
    format!("{PICTURES}{id}.svg")
}

/// "/pictures/loop.png" of "loop".
pub fn picture_png(id: impl Display) -> String {
    format!("{PICTURES}{id}.png")
}

/// "/images/desk.jpg" of "desk.jpg".
pub fn image(name: impl Display) -> String {
    format!("{IMAGES}{name}")
}

/// "/assets/text.1f2e3d4c5b.css" of "text.1f2e3d4c5b.css".
pub fn asset(hashed_name: impl Display) -> String {
    format!("{ASSETS}{hashed_name}")
}

/// The comparison of a choice: "/compare?country=in" of `[("country", "in")]`. Values must need no
/// escapes, as ids and codes do not.
pub fn comparison(choice: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = choice.iter().map(|(name, value)| format!("{name}={value}")).collect();
    with_query(COMPARE, &pairs.join("&"))
}

/// A path with a query, which may be empty.
pub fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The preview card of a page, from the path of the page and its query: "/cards/about.png" of
/// "/about". A query stays: only the comparison has one that counts.
pub fn card(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let card = match path {
        HOME => format!("{CARDS}index.png"),
        COMPARE => COMPARE_CARD.to_owned(),
        path => format!("{CARDS}{}.png", path.trim_start_matches('/')),
    };
    with_query(&card, query)
}

/// The path of the page whose card has this name within [`CARDS`]: "/salaries/in" of
/// "salaries/in.png". None where there can be no card.
pub fn page_of_card(name: &str) -> Option<String> {
    match name.strip_suffix(".png")? {
        "index" => Some(HOME.to_owned()),
        // The card of the comparison has an address of its own, which takes the query.
        "" | "compare" => None,
        name => Some(format!("/{name}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_card_follows_that_of_its_page() {
        for (page, expected) in [
            ("/", "/cards/index.png"),
            ("/guide", "/cards/guide.png"),
            ("/guide/skills", "/cards/guide/skills.png"),
            ("/compare", "/compare.png"),
            ("/compare?level=mid", "/compare.png?level=mid"),
        ] {
            assert_eq!(card(page), expected);
            if let Some(name) = expected.strip_prefix("/cards/") {
                assert_eq!(page_of_card(name).as_deref(), Some(page));
            }
        }
        assert_eq!(page_of_card("guide/skills"), None);
        assert_eq!(page_of_card("compare.png"), None);
    }
}
