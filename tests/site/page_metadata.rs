//! What the head of a page holds for previews, search engines and programs: Open Graph, JSON-LD and
//! links.

use serde_json::Value;

use crate::support::{TestSite, page};

/// The value of a tag in the head.
fn tag<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let (_, after) = html.split_once(&format!("{name}\" content=\""))?;
    after.split('"').next()
}

/// The JSON-LD of a page.
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
async fn a_page_has_the_texts_and_image_of_its_preview() {
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
async fn without_a_base_url_a_page_has_no_preview() {
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
    site.get_ok("/compare.png?period=month").await;
}

#[tokio::test]
async fn a_view_with_the_readers_figure_has_no_preview_and_is_not_indexed() {
    let site = TestSite::new().base_url("https://example.org").start();
    let page = site.get("/compare?period=month&offer=99&offer_currency=XTS").await;
    let html = page.text();
    assert!(!html.contains("og:") && html.contains("content=\"noindex\""));
    assert!(
        html.contains("<link rel=\"canonical\" href=\"https://example.org/compare?period=month\">")
    );
}

#[tokio::test]
async fn a_section_is_described_as_an_article_with_breadcrumbs() {
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
async fn the_tables_are_described_as_a_dataset_with_downloads() {
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
        let answer = site.get_ok(address.strip_prefix("https://example.org").unwrap()).await;
        assert!(
            answer.header("content-type").starts_with(form["encodingFormat"].as_str().unwrap())
        );
    }
}

#[tokio::test]
async fn only_percentiles_of_a_source_are_described_as_a_distribution() {
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
async fn no_text_of_the_content_ends_the_json_ld() {
    let title = "</script><script>alert(1)</script><!-- & -->";
    let site = TestSite::new().file("guide/lamps.md", page(title, "Text.")).start();
    let answer = site.get("/guide/lamps").await;
    let found = graph(answer.text());
    let article = of_kind(&found, "Article")[0];
    assert_eq!(article["headline"], title);
    assert!(!answer.text().contains("<script>alert"));
}

#[tokio::test]
async fn a_page_links_its_markdown_its_manifest_and_its_icons() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let page = site.get("/careers/guide/lamps").await;
    for (rel, path) in [
        ("manifest", "/careers/manifest.webmanifest"),
        ("apple-touch-icon", "/careers/apple-touch-icon.png"),
        ("alternate\" type=\"text/markdown", "/careers/guide/lamps.md"),
    ] {
        assert!(page.text().contains(&format!("<link rel=\"{rel}\" href=\"{path}\">")), "{rel}");
        site.get_ok(path).await;
    }
    assert_eq!(page.text().matches("name=\"theme-color\"").count(), 2);
}
