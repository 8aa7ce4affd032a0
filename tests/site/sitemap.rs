//! What programs read: the site map and the rules for robots.

use crate::support::TestSite;

#[tokio::test]
async fn the_site_map_names_every_page_with_the_day_it_was_checked_and_each_answers() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let answer = site.get("/careers/sitemap.xml").await;
    assert_eq!(answer.header("content-type"), "application/xml");
    for line in [
        "<url><loc>https://example.org/careers/</loc><lastmod>2026-01-03</lastmod></url>",
        "<url><loc>https://example.org/careers/guide/lamps</loc><lastmod>2026-01-05</lastmod></url>",
        "<url><loc>https://example.org/careers/guide</loc><lastmod>2026-01-05</lastmod></url>",
        "<url><loc>https://example.org/careers/salaries/zz</loc><lastmod>2026-02-01</lastmod></url>",
        "<url><loc>https://example.org/careers/compare</loc><lastmod>2026-02-01</lastmod></url>",
    ] {
        assert!(answer.text().contains(line), "{line}\n{}", answer.text());
    }
    assert_eq!(answer.text().matches("<url>").count(), 8);
    for address in answer.text().split("<loc>").skip(1) {
        site.get_ok(address.split('<').next().unwrap()).await;
    }
}

#[tokio::test]
async fn without_a_base_url_the_site_map_names_addresses_of_this_machine() {
    let answer = TestSite::new().start().get("/sitemap.xml").await;
    assert!(answer.text().contains("<loc>http://localhost:3000/guide</loc>"));
}

#[tokio::test]
async fn robots_find_the_site_map_where_the_base_url_is_known() {
    let site = TestSite::new().base_url("https://example.org").start();
    let robots = site.get("/robots.txt").await;
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    assert!(robots.text().contains("Sitemap: https://example.org/sitemap.xml"));
    let robots = TestSite::new().start().get("/robots.txt").await;
    assert!(!robots.text().contains("Sitemap"));
}
