//! The shipped guide, page by page.

use std::collections::{BTreeMap, HashSet};

use url::Url;

use super::*;
use crate::content::source::Source;

fn content() -> Content {
    Content::load(&Source::Embedded).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Every page, with a name to say which.
fn pages(shared: &Shared<'_>) -> Vec<(String, String)> {
    let content = shared.content;
    let finder = Finder::new(*shared);
    let mut pages = vec![
        ("index".to_owned(), home(shared).unwrap()),
        ("guide".to_owned(), guide(shared).unwrap()),
        ("sources".to_owned(), sources(shared).unwrap()),
        ("about".to_owned(), about(shared).unwrap()),
        ("plan".to_owned(), plan(shared).unwrap()),
        ("404".to_owned(), {
            let near = [("Skills & more".to_owned(), shared.urls.path("/guide/skills"))];
            not_found(shared, "/guide/<skils>", &near).unwrap()
        }),
        ("search".to_owned(), search(shared, None).unwrap()),
        ("results".to_owned(), search(shared, Some((&finder, "salry <b>india"))).unwrap()),
        ("no-results".to_owned(), search(shared, Some((&finder, "\"xylophone"))).unwrap()),
        ("500".to_owned(), failure(shared, 500, "Something broke", "Try again.").unwrap()),
    ];
    for (index, section) in content.sections.iter().enumerate() {
        pages.push((format!("guide-{}", section.id), self::section(shared, index).unwrap()));
    }
    for place in &content.salaries.countries {
        pages.push((format!("salaries-{}", place.code), country(shared, place).unwrap()));
    }
    pages
}

fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_page_has_ids_and_links_that_hold_and_no_inline_style() {
    let content = content();
    let base = Url::parse("https://example.org/careers").unwrap();
    let urls = Urls::new(Some(&base));
    let assets = ["css/text.css", "js/site.js", "img/favicon.svg"]
        .map(|name| (name.to_owned(), format!("/careers/assets/{name}")));
    let assets = AssetUrls::new(BTreeMap::from(assets));
    let shared = Shared { content: &content, urls: &urls, assets: &assets };
    for (name, html) in pages(&shared) {
        if let Ok(folder) = std::env::var("CAREER_GUIDE_PAGES") {
            std::fs::write(format!("{folder}/{name}.html"), &html).unwrap();
        }
        let ids = values(&html, "id");
        let unique: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name} repeats an id: {ids:?}");
        for href in values(&html, "href") {
            if let Some(anchor) = href.strip_prefix('#') {
                assert!(unique.contains(anchor), "{name} links to its own #{anchor}");
            }
            assert!(!href.starts_with('/') || href.starts_with("/careers"), "{name}: {href}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name} has one first heading");
        assert!(!html.contains(" style=") && !html.contains("<style"), "{name}");
        let data = html.matches("<script type=\"application/ld+json\">").count();
        assert!(data <= 1, "{name}");
        let scripts = if name == "plan" { 2 } else { 1 };
        assert_eq!(html.matches("<script").count() - data, scripts, "{name}");
    }
}
