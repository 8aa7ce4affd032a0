//! The comparison as a reader asks for it, through the router.

use std::sync::Arc;

use career_guide::pages::card;

use crate::support::{Running, TestSite, page};

#[tokio::test]
async fn without_a_query_the_comparison_is_ready_and_with_one_it_is_made() {
    let site = TestSite::new().start();
    let ready = site.get_ok("/compare").await;
    let made = site.get_ok("/compare?nothing=known").await;
    assert_eq!(ready.text(), made.text(), "both are rendered alike");
    assert_eq!(site.get("/compare?").await.text(), ready.text());
}

#[tokio::test]
async fn parameters_that_social_networks_add_make_no_new_answer() {
    let built = TestSite::new().build();
    let site = Running::serving(Arc::clone(&built));
    let query = "level=mid&period=month";
    let first = site.get(&format!("/compare?{query}")).await;
    let stored = || built.queries().len();
    let before = stored();
    for added in ["&fbclid=a1", "&fbclid=b2", "&utm_source=x&utm_medium=y", "&"] {
        let again = site.get(&format!("/compare?{query}{added}")).await;
        assert_eq!(again.header("etag"), first.header("etag"), "{added}");
    }
    assert_eq!(stored(), before);
    site.get("/compare?level=mid&period=year").await;
    assert_eq!(stored(), before + 1);
    site.get("/search?q=lamps").await;
    site.get("/search?fbclid=1&q=lamps").await;
    assert_eq!(stored(), before + 2);
}

#[tokio::test]
async fn unknown_values_are_named_and_escaped() {
    let site = TestSite::new().start();
    let answer = site.get_ok("/compare?level=%3Cscript%3E&country=xx").await;
    assert!(answer.text().contains("level=&#60;script&#62;"), "{}", answer.text());
    assert!(answer.text().contains("country=xx"));
    assert!(!answer.text().contains("<script>"));
}

#[tokio::test]
async fn the_readers_figure_is_never_stored_and_is_in_no_link() {
    let site = TestSite::new().base_url("https://example.org").start();
    let answer = site.get("/compare?offer=54321").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    for link in answer.text().split("href=\"").skip(1) {
        let link = link.split('"').next().unwrap_or_default();
        assert!(!link.contains("54321"), "{link}");
    }
    assert!(answer.text().contains("54"), "it is shown to the reader");
}

#[tokio::test]
async fn only_the_page_for_frames_may_be_framed() {
    let site = TestSite::new().start();
    let embed = site.get("/embed/compare?period=month").await;
    assert!(embed.header("content-security-policy").ends_with("frame-ancestors *"));
    assert!(!embed.text().contains("<script"), "it needs none, and its policy allows none");
    let page = site.get("/compare?period=month").await;
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
}

#[tokio::test]
async fn an_older_link_says_that_the_figures_are_newer_now() {
    let site = TestSite::new().start();
    let older = site.get("/compare?edition=1999.1").await;
    assert!(older.text().contains("made for edition 1999.1"), "{}", older.text());
    assert!(!site.get("/compare").await.text().contains("made for edition"));
}

#[tokio::test]
async fn two_levels_with_the_same_band_overlap_on_every_chart_as_the_finding_says() {
    let levels =
        "[[level]]\nid = \"hand\"\nname = \"Hand\"\n[[level]]\nid = \"head\"\nname = \"Head\"\n";
    let band = |level: &str| {
        format!("[[band]]\nlevel = \"{level}\"\nlow = 100\nhigh = 200\nsource = \"guide\"\n")
    };
    let country = "name = \"Zembla\"\ncurrency = \"XTS\"\ninsight = \"Pay follows the fog.\"\n";
    let built = TestSite::new()
        .file("levels.toml", levels)
        .file("salaries/zz.toml", format!("{country}{}{}", band("hand"), band("head")))
        .file("guide/lamps.md", page("Lamps", "{{pay-findings}}\n\n{{pay-chart}}"))
        .build();
    let card = card::page(&built.shared(), "/salaries/zz", "Pay in Zembla");
    let site = Running::serving(built);
    let guide = site.get("/guide/lamps").await;
    assert!(guide.text().contains("overlap"), "{}", guide.text());
    let hatched = |svg: &str| svg.matches("<rect class=\"o\"").count();
    for path in ["/compare?country=zz", "/salaries/zz", "/guide/lamps"] {
        assert_eq!(hatched(site.get(path).await.text()), 2, "{path}");
    }
    assert_eq!(hatched(&card), 2);
}
