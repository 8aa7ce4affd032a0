//! What programs read instead of pages: the feed of changes, `llms.txt`, sections as Markdown.

use std::collections::HashSet;

use atom_syndication::Feed;
use http::StatusCode;

use crate::support::{Running, TestSite, shipped};

const CHANGES: &str = r#"
[[change]]
edition = "2026.02"
date = 2026-02-01
what = "Wicks & <oil>"
old = "1 wick"
new = "2 wicks"
why = "The tower grew."
link = "guide/storms.md#wind"

[[change]]
edition = "2026.01"
date = 2026-01-05
what = "Foghorn"
old = "none"
new = "one"
why = "Fog."
"#;

#[tokio::test]
async fn the_feed_tells_each_change_with_the_value_before_and_now() {
    let site =
        TestSite::new().file("changes.toml", CHANGES).base_url("https://example.org/careers");
    let site = site.start();
    let answer = site.get("/careers/feed.xml").await;
    assert_eq!(answer.header("content-type"), "application/atom+xml");
    let feed: Feed = answer.text().parse().unwrap();
    assert_eq!(feed.title.value, "Lighthouse Keeper Guide: what changed");
    assert_eq!(feed.updated.to_rfc3339(), "2026-02-01T00:00:00+00:00");
    assert_eq!(feed.authors[0].name, "The keepers");
    let this = feed.links.iter().find(|link| link.rel == "self").unwrap();
    assert_eq!(this.href, "https://example.org/careers/feed.xml");
    assert_eq!(feed.entries.len(), 2);
    let first = &feed.entries[0];
    assert_eq!(first.title.value, "Wicks & <oil>: 1 wick became 2 wicks");
    assert_eq!(first.links[0].href, "https://example.org/careers/guide/storms#wind");
    let text = first.content.as_ref().unwrap().value.as_deref().unwrap();
    assert!(text.contains("Was: 1 wick") && text.contains("Now: 2 wicks"), "{text}");
    assert!(text.contains("The tower grew."));
    let page = site.get("/careers/").await;
    assert!(page.text().contains("type=\"application/atom+xml\" href=\"/careers/feed.xml\""));
}

#[tokio::test]
async fn names_of_changes_stay_whatever_is_recorded_later() {
    let ids = async |changes: &str| -> Vec<String> {
        let site = TestSite::new().file("changes.toml", changes).base_url("https://example.org");
        let answer = site.start().get("/feed.xml").await;
        let feed: Feed = answer.text().parse().unwrap();
        assert!(feed.id.starts_with("tag:example.org,2026:"), "{}", feed.id);
        feed.entries.into_iter().map(|entry| entry.id).collect()
    };
    let (_, oldest) = CHANGES.rsplit_once("\n\n").unwrap();
    let before = ids(oldest).await;
    let after = ids(CHANGES).await;
    assert_eq!(after[1..], before[..]);
    assert!(after[0].starts_with("tag:example.org,2026-02-01:/changes/"), "{}", after[0]);
    let twice = ids(&format!("{CHANGES}\n{oldest}")).await;
    assert_eq!(twice.iter().collect::<HashSet<_>>().len(), 3, "the same change twice: {twice:?}");
}

#[tokio::test]
async fn a_guide_without_changes_or_base_url_has_a_feed_all_the_same() {
    let answer = TestSite::new().start().get("/feed.xml").await;
    let feed: Feed = answer.text().parse().unwrap();
    assert!(feed.entries.is_empty());
    assert_eq!(feed.links[0].href, "http://localhost:3000/feed.xml");
    assert_eq!(feed.id, "tag:localhost,2026:/changes");
}

#[tokio::test]
async fn every_address_of_the_list_of_texts_answers() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let list = site.get("/careers/llms.txt").await;
    assert_eq!(list.header("content-type"), "text/plain; charset=utf-8");
    assert!(list.text().starts_with("# Lighthouse Keeper Guide\n\n> How to keep a light.\n"));
    assert!(list.text().contains("\n## Guide\n"));
    let addresses: Vec<&str> = list
        .text()
        .split("](https://example.org")
        .skip(1)
        .filter_map(|a| a.split(')').next())
        .collect();
    assert!(addresses.len() >= 8, "{addresses:?}");
    for address in addresses {
        assert_eq!(site.get(address).await.status, StatusCode::OK, "{address}");
    }
    let list = TestSite::new().start().get("/llms.txt").await;
    assert!(list.text().contains("](/guide/lamps.md)"), "{}", list.text());
}

/// Words of a page as they are read, without mark-up.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&#39;", "'").replace("&#38;", "&").replace("&quot;", "\"").replace("&amp;", "&")
}

/// What in a text is a figure: digits with what stands right beside them.
fn figures(text: &str) -> HashSet<String> {
    text.split(|c: char| c.is_whitespace() || "|*()[]<>;\"“”_".contains(c))
        .map(|word| word.trim_matches(|c: char| ",.:".contains(c)))
        .filter(|word| {
            word.contains(|c: char| c.is_ascii_digit()) && !word.contains(['/', '^', '#'])
        })
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn each_section_can_be_read_as_markdown_with_the_figures_of_its_page() {
    let site = shipped();
    let ids: Vec<String> = site.content().sections.iter().map(|s| s.id.to_string()).collect();
    let running = Running::serving(site);
    let mut seen = 0;
    for id in ids {
        let markdown = running.get(&format!("/guide/{id}.md")).await;
        assert_eq!(markdown.header("content-type"), "text/markdown; charset=utf-8");
        let text = markdown.text();
        assert!(!text.contains("{{") && !text.contains("{#") && !text.contains("<!--"), "{id}");
        assert!(!text.contains("<div") && !text.contains("<span") && !text.contains("</"), "{id}");
        let page = running.get(&format!("/guide/{id}")).await;
        let html = page.text();
        let article = html.split("<div class=\"prose\">").nth(1).unwrap();
        let article = article.split("<section class=\"notes\"").next().unwrap();
        let on_page = words(article);
        let known = figures(&on_page);
        // What is written out: every figure of a table on the page stands in the text.
        let in_text = figures(text);
        for cell in article.split("<td").skip(1) {
            let cell = cell.split_once('>').unwrap().1.split("</td>").next().unwrap();
            let cell = cell.split("<sup>").next().unwrap();
            let shown = cell.split("<span class=\"vh\">").next().unwrap();
            for figure in figures(&words(shown)) {
                assert!(in_text.contains(&figure), "{id}: {figure}");
                seen += 1;
            }
        }
        // And no table of the text has a figure that the page has not.
        for row in text.lines().filter(|line| line.starts_with('|')) {
            let row = row.replace("](", "] (");
            for figure in figures(&row).into_iter().filter(|f| !f.contains("http")) {
                let bare = figure.split('^').next().unwrap();
                assert!(known.contains(bare) || on_page.contains(bare), "{id}: {figure}");
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[tokio::test]
async fn links_of_the_markdown_lead_somewhere_from_anywhere() {
    let text = "See [the wind](storms.md#wind), [us](../about.md), [this](#own), [far](https://example.com/a) and [tools][t].\n\n\
                ## Own words {#own}\n\n> [!NOTE]\n> Mind {{cite guide}}.\n\n<!-- gone -->\n\n`{{pay zz hand}}` and {{pay zz hand}}.\n\n\
                {{pay-table}}\n\n[t]: /compare?period=month\n";
    let page = format!(
        "+++\ntitle = \"Lamps\"\ndescription = \"About.\"\nchecked = 2026-01-01\n+++\n{text}"
    );
    let site = TestSite::new().file("guide/lamps.md", page).base_url("https://example.org/careers");
    let answer = site.start().get("/careers/guide/lamps.md").await;
    let text = answer.text();
    for expected in [
        "[the wind](https://example.org/careers/guide/storms#wind)",
        "[us](https://example.org/careers/about)",
        "[this](https://example.org/careers/guide/lamps#own)",
        "[far](https://example.com/a)",
        "[tools](https://example.org/careers/compare?period=month)",
        "\n## Own words\n",
        "> **Note.**\n> Mind [^1].",
        "`{{pay zz hand}}` and ¤100–¤200.",
        "| [Zembla](https://example.org/careers/salaries/zz) | **¤100–¤200** |",
        "\n[^1]: **The keepers**, This guide.",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert!(!text.contains("gone") && !text.contains("[t]:"), "{text}");
}
