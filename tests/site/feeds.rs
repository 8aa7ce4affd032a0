//! What programs read instead of pages: the feed of changes, `llms.txt`, sections as Markdown.

use std::collections::HashSet;

use roxmltree::{Document, ExpandedName, Node};

use crate::support::{Running, TestSite, page, shipped};

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

const ATOM: &str = "http://www.w3.org/2005/Atom";

fn children<'a>(node: Node<'a, 'a>, name: &str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| child.has_tag_name((ATOM, name)))
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Node<'a, 'a> {
    children(node, name).next().unwrap_or_else(|| panic!("no <{name}>"))
}

fn text<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    child(node, name).text().unwrap_or_default()
}

#[tokio::test]
async fn the_feed_has_each_change_with_the_value_before_and_now() {
    let site = TestSite::new().file("changes.toml", CHANGES);
    let site = site.base_url("https://example.org/careers").start();
    let answer = site.get("/careers/feed.xml").await;
    assert_eq!(answer.header("content-type"), "application/atom+xml");
    let feed = Document::parse(answer.text()).unwrap();
    let feed = feed.root_element();
    assert_eq!(feed.tag_name(), ExpandedName::from((ATOM, "feed")));
    assert_eq!(text(feed, "title"), "Lighthouse Keeper Guide: what changed");
    assert_eq!(text(feed, "updated"), "2026-02-01T00:00:00+00:00");
    assert_eq!(text(child(feed, "author"), "name"), "The keepers");
    let own = children(feed, "link").find(|link| link.attribute("rel") == Some("self")).unwrap();
    assert_eq!(own.attribute("href"), Some("https://example.org/careers/feed.xml"));
    assert_eq!(children(feed, "entry").count(), 2);
    let first = child(feed, "entry");
    assert_eq!(text(first, "title"), "Wicks & <oil>: 1 wick became 2 wicks");
    let link = child(first, "link").attribute("href");
    assert_eq!(link, Some("https://example.org/careers/guide/storms#wind"));
    let html = text(first, "content");
    assert_eq!(child(first, "content").attribute("type"), Some("html"));
    assert!(html.contains("<p>Was: 1 wick</p>") && html.contains("Now: 2 wicks"), "{html}");
    assert!(html.contains("The tower grew."));
    let page = site.get("/careers/").await;
    assert!(page.text().contains("type=\"application/atom+xml\" href=\"/careers/feed.xml\""));
}

#[tokio::test]
async fn ids_of_changes_stay_the_same_whatever_is_recorded_later() {
    let ids = async |changes: &str| -> Vec<String> {
        let site = TestSite::new().file("changes.toml", changes).base_url("https://example.org");
        let answer = site.start().get("/feed.xml").await;
        let feed = Document::parse(answer.text()).unwrap();
        let feed = feed.root_element();
        assert!(text(feed, "id").starts_with("tag:example.org,2026:"), "{}", text(feed, "id"));
        children(feed, "entry").map(|entry| text(entry, "id").to_owned()).collect()
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
async fn a_guide_without_changes_or_base_url_has_a_feed() {
    let answer = TestSite::new().start().get("/feed.xml").await;
    let feed = Document::parse(answer.text()).unwrap();
    let feed = feed.root_element();
    assert_eq!(children(feed, "entry").count(), 0);
    assert_eq!(child(feed, "link").attribute("href"), Some("http://localhost:3000/feed.xml"));
    assert_eq!(text(feed, "id"), "tag:localhost,2026:/changes");
}

#[tokio::test]
async fn every_address_of_llms_txt_answers() {
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
        site.get_ok(address).await;
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

/// The figures of a text: words with a digit.
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
async fn the_markdown_of_each_section_has_the_figures_of_its_page() {
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
        // Every figure of a table on the page is in the text.
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
        // No table of the text has a figure that the page has not.
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
async fn links_of_the_markdown_are_absolute() {
    let text = "See [the wind](storms.md#wind), [us](../about.md), [this](#own), [far](https://example.com/a) and [tools][t].\n\n\
                ## Own words {#own}\n\n> [!NOTE]\n> Mind {{cite guide}}.\n\n<!-- gone -->\n\n`{{pay zz hand}}` and {{pay zz hand}}.\n\n\
                {{pay-table}}\n\n[t]: /compare?period=month\n";
    let site = TestSite::new()
        .file("guide/lamps.md", page("Lamps", text))
        .base_url("https://example.org/careers");
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
