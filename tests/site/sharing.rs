//! What a page says of itself to those who pass it on, to search engines and to programs that read
//! text: head, structured data, feed, list of texts, Markdown.

use std::collections::HashSet;

use http::StatusCode;
use roxmltree::{Document, ExpandedName, Node};
use serde_json::Value;

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

/// The value of a tag in the head.
fn tag<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let (_, after) = html.split_once(&format!("{name}\" content=\""))?;
    after.split('"').next()
}

/// What a page says in the words of schema.org.
#[track_caller]
fn graph(html: &str) -> Vec<Value> {
    let (_, after) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    let (json, _) = after.split_once("</script>").unwrap();
    let all: Value = serde_json::from_str(json).unwrap();
    assert_eq!(all["@context"], "https://schema.org");
    all["@graph"].as_array().unwrap().clone()
}

fn of_kind<'g>(graph: &'g [Value], kind: &str) -> Vec<&'g Value> {
    graph
        .iter()
        .filter(|node| {
            node["@type"] == kind
                || node["@type"].as_array().is_some_and(|all| all.contains(&kind.into()))
        })
        .collect()
}

#[tokio::test]
async fn a_page_says_what_a_preview_of_it_shows() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let page = site.get("/careers/guide/lamps").await;
    let html = page.text();
    for (name, value) in [
        ("og:title", "Lamps · Lighthouse Keeper Guide"),
        ("og:description", "About Lamps."),
        ("og:url", "https://example.org/careers/guide/lamps"),
        ("og:type", "article"),
        ("og:site_name", "Lighthouse Keeper Guide"),
        ("og:image", "https://example.org/careers/cards/guide/lamps.png"),
        ("og:image:width", "1200"),
        ("twitter:card", "summary_large_image"),
        ("twitter:title", "Lamps · Lighthouse Keeper Guide"),
        ("twitter:image", "https://example.org/careers/cards/guide/lamps.png"),
    ] {
        assert_eq!(tag(html, name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn without_a_base_url_no_preview_is_promised() {
    let site = TestSite::new().start();
    for path in ["/", "/guide/lamps", "/compare?period=month"] {
        let page = site.get(path).await;
        assert!(!page.text().contains("og:") && !page.text().contains("twitter:"), "{path}");
        assert!(!page.text().contains("rel=\"canonical\""), "{path}");
    }
    let site = TestSite::new().base_url("https://example.org").start();
    assert!(!site.get("/nothing").await.text().contains("og:"), "a page that is not there");
}

#[tokio::test]
async fn the_preview_of_a_comparison_follows_its_canonical_query() {
    let site = TestSite::new().base_url("https://example.org").start();
    let page = site.get("/compare?period=month&pay=gross&x=y").await;
    let html = page.text();
    assert_eq!(tag(html, "og:url"), Some("https://example.org/compare?period=month"));
    assert_eq!(tag(html, "og:image"), Some("https://example.org/compare.png?period=month"));
    let plain = site.get("/compare").await;
    assert_ne!(tag(html, "og:title"), tag(plain.text(), "og:title"));
    assert_ne!(tag(html, "og:description"), tag(plain.text(), "og:description"));
    let card = site.get("/compare.png?period=month").await;
    assert_eq!(card.status, StatusCode::OK);
}

#[tokio::test]
async fn a_view_with_the_readers_own_figure_is_previewed_and_listed_nowhere() {
    let site = TestSite::new().base_url("https://example.org").start();
    let page = site.get("/compare?period=month&offer=99&offer_currency=XTS").await;
    let html = page.text();
    assert!(!html.contains("og:") && html.contains("content=\"noindex\""));
    assert!(
        html.contains("<link rel=\"canonical\" href=\"https://example.org/compare?period=month\">")
    );
}

#[tokio::test]
async fn every_page_says_where_it_stands_and_a_text_what_it_is() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let found = graph(site.get("/careers/guide/lamps").await.text());
    let article = of_kind(&found, "Article")[0];
    assert_eq!(article["headline"], "Lamps");
    assert_eq!(article["dateModified"], "2026-01-05");
    assert_eq!(article["author"]["name"], "The keepers");
    assert_eq!(article["image"], "https://example.org/careers/cards/guide/lamps.png");
    assert_eq!(of_kind(&found, "LearningResource").len(), 1);
    let crumbs = of_kind(&found, "BreadcrumbList")[0]["itemListElement"].as_array().unwrap();
    for (index, crumb) in crumbs.iter().enumerate() {
        assert_eq!(crumb["@type"], "ListItem");
        assert_eq!(crumb["position"], index + 1);
        assert!(!crumb["name"].as_str().unwrap().is_empty());
        // The last one is the page itself, which needs no address.
        assert_eq!(crumb["item"].is_string(), index + 1 < crumbs.len());
    }
    assert_eq!(crumbs[1]["item"], "https://example.org/careers/guide");
    let home = graph(site.get("/careers/").await.text());
    assert_eq!(of_kind(&home, "WebSite")[0]["url"], "https://example.org/careers/");
}

#[tokio::test]
async fn the_tables_are_a_dataset_that_can_be_taken_away() {
    let site = TestSite::new().base_url("https://example.org").start();
    let found = graph(site.get("/compare").await.text());
    let view = graph(site.get("/compare?period=month").await.text());
    assert!(of_kind(&view, "Dataset").is_empty(), "one data set, however many views of it");
    let data = of_kind(&found, "Dataset")[0];
    let description = data["description"].as_str().unwrap();
    assert!(data["name"].is_string() && (50..=5000).contains(&description.chars().count()));
    assert_eq!(data["license"], "https://creativecommons.org/licenses/by/4.0/");
    for form in data["distribution"].as_array().unwrap() {
        assert_eq!(form["@type"], "DataDownload");
        let address = form["contentUrl"].as_str().unwrap();
        let answer = site.get(address.strip_prefix("https://example.org").unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(
            answer.header("content-type").starts_with(form["encodingFormat"].as_str().unwrap())
        );
    }
}

#[tokio::test]
async fn only_percentiles_of_a_source_are_called_a_distribution() {
    let country = |other: &str| {
        format!(
            "name = \"Zembla\"\ncurrency = \"XTS\"\ninsight = \"Fog.\"\n[[band]]\nlevel = \"hand\"\n\
             low = 100\nhigh = 200\nsource = \"guide\"\n[[other]]\nsource = \"guide\"\n{other}\n"
        )
    };
    let five = "level = \"hand\"\nas_of = \"2025\"\nsample = 40\nbasis = \"base\"\npercentiles = { p10 = 90, p50 = 140.5, p90 = 260 }";
    let site = TestSite::new().file("salaries/zz.toml", country(five)).start();
    let found = graph(site.get("/salaries/zz").await.text());
    let occupations = of_kind(&found, "Occupation");
    assert_eq!(occupations.len(), 1);
    let occupation = occupations[0];
    assert_eq!(occupation["name"], "lighthouse keeper");
    assert!(occupation["description"].as_str().unwrap().starts_with("Hand: The keepers"));
    assert_eq!(occupation["occupationLocation"][0]["@type"], "Country");
    let pay = &occupation["estimatedSalary"][0];
    assert_eq!(pay["@type"], "MonetaryAmountDistribution");
    assert_eq!(pay["currency"], "XTS");
    assert_eq!(pay["duration"], "P1Y");
    assert_eq!(pay["name"], "base");
    assert_eq!(pay["percentile10"], 90);
    assert_eq!(pay["median"], 140.5);
    assert_eq!(pay["percentile90"], 260);
    assert!(pay["percentile25"].is_null());

    let bands = graph(TestSite::new().start().get("/salaries/zz").await.text());
    assert!(of_kind(&bands, "Occupation").is_empty(), "a band is no distribution");
}

#[tokio::test]
async fn no_text_of_the_content_ends_the_block_of_data() {
    let page = "+++\ntitle = \"</script><script>alert(1)</script>\"\ndescription = \"<!-- & -->\"\nchecked = 2026-01-01\n+++\nText.\n";
    let site = TestSite::new().file("guide/lamps.md", page).start();
    let answer = site.get("/guide/lamps").await;
    let found = graph(answer.text());
    let article = of_kind(&found, "Article")[0];
    assert_eq!(article["headline"], "</script><script>alert(1)</script>");
    assert!(!answer.text().contains("<script>alert"));
}

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
async fn the_feed_tells_each_change_with_the_value_before_and_now() {
    let site =
        TestSite::new().file("changes.toml", CHANGES).base_url("https://example.org/careers");
    let site = site.start();
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
async fn names_of_changes_stay_whatever_is_recorded_later() {
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
async fn a_guide_without_changes_or_base_url_has_a_feed_all_the_same() {
    let answer = TestSite::new().start().get("/feed.xml").await;
    let feed = Document::parse(answer.text()).unwrap();
    let feed = feed.root_element();
    assert_eq!(children(feed, "entry").count(), 0);
    assert_eq!(child(feed, "link").attribute("href"), Some("http://localhost:3000/feed.xml"));
    assert_eq!(text(feed, "id"), "tag:localhost,2026:/changes");
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

#[tokio::test]
async fn a_page_names_its_markdown_its_manifest_and_its_icons() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let page = site.get("/careers/guide/lamps").await;
    for (rel, path) in [
        ("manifest", "/careers/manifest.webmanifest"),
        ("apple-touch-icon", "/careers/apple-touch-icon.png"),
        ("alternate\" type=\"text/markdown", "/careers/guide/lamps.md"),
    ] {
        assert!(page.text().contains(&format!("<link rel=\"{rel}\" href=\"{path}\">")), "{rel}");
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(page.text().matches("name=\"theme-color\"").count(), 2);
}
