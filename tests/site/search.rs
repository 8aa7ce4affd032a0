//! The search as readers and browsers use it.

use http::StatusCode;

use crate::support::{TestSite, page};

const LAMPS: &str = "The wick {{pay zz hand}} decides.\n\n## Trimming {#trimming}\n\nTrim the wick at dusk.\n\n\
    ### With scissors {#scissors}\n\nNever with a knife; see the Gazette's advertisements.\n\n\
    ## दीपक {#deepak}\n\nहिन्दी में दीपक की बाती।\n";

fn site() -> TestSite {
    TestSite::new().file("guide/lamps.md", page("Lamps", LAMPS)).file(
        "synonyms.toml",
        "[[group]]\nwords = [\"advertisements\", \"job ads\"]\n[[group]]\nwords = [\"pay\", \"salary\"]\n",
    )
}

/// The addresses of the results, in order.
fn hits(html: &str) -> Vec<&str> {
    let list = html
        .split("<ol class=\"hits\">")
        .nth(1)
        .map_or("", |rest| rest.split("</ol>").next().unwrap());
    list.split("<li><a href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn a_result_links_its_heading_below_the_base_path() {
    let site = site().base_url("https://example.org/careers").start();
    let answer = site.get_ok("/careers/search?q=scisors").await;
    assert_eq!(hits(answer.text()), ["/careers/guide/lamps#scissors"]);
    assert!(answer.text().contains("Lamps › Trimming"), "the headings above it");
    assert!(answer.text().contains("With <mark>scissors</mark>"), "{}", answer.text());
    assert!(answer.text().contains("action=\"/careers/search\" method=\"get\""));
}

#[tokio::test]
async fn synonyms_countries_data_and_other_scripts_are_found() {
    let site = site().start();
    let first = async |query: &str| {
        let answer = site.get(&format!("/search?q={query}")).await;
        hits(answer.text()).first().map(ToString::to_string)
    };
    assert_eq!(first("job+ads").await.as_deref(), Some("/guide/lamps#scissors"));
    assert_eq!(first("salary").await.as_deref(), Some("/salaries/zz"));
    assert_eq!(first("onhava").await.as_deref(), Some("/salaries/zz"));
    assert_eq!(
        first("%E0%A4%A6%E0%A5%80%E0%A4%AA%E0%A4%95").await.as_deref(),
        Some("/guide/lamps#deepak")
    );
    let wick = site.get("/search?q=decides").await;
    assert!(wick.text().contains("The wick ¤100–¤200 <mark>decides</mark>"), "{}", wick.text());
}

#[tokio::test]
async fn search_engines_do_not_index_the_search() {
    let site = site().base_url("https://example.org").start();
    for address in
        ["/search", "/search?q=lamps", "/search?q=", "/search?x=y", "/search?q=xylophone"]
    {
        let answer = site.get_ok(address).await;
        assert!(answer.text().contains("<meta name=\"robots\" content=\"noindex\">"), "{address}");
        assert!(!answer.text().contains("rel=\"canonical\""), "{address}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{address}");
    }
    assert!(!site.get("/sitemap.xml").await.text().contains("/search"));
    assert_eq!(
        site.get("/search?q=lamps").await.header("etag"),
        site.get("/search?q=lamps").await.header("etag")
    );
}

#[tokio::test]
async fn when_nothing_is_found_the_page_says_so_and_links_sections() {
    let site = site().start();
    let answer = site.get("/search?q=xylophone").await;
    assert!(answer.text().contains("No results for “xylophone”"));
    assert!(answer.text().contains("href=\"/guide/lamps\""));
    let near = site.get("/search?q=trimingwick").await;
    assert!(near.text().contains("Did you mean") && near.text().contains("/guide/lamps#trimming"));
    assert!(site.get("/search?q=%3F%21").await.text().contains("There is no word in “?!”"));
}

#[tokio::test]
async fn the_query_is_shown_escaped_and_cut() {
    let site = site().start();
    let answer = site.get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E+lamps").await;
    assert!(!answer.text().contains("<script>alert"));
    assert!(!answer.text().contains("\"><script"));
    let long = site.get(&format!("/search?q={}", "lamp+".repeat(1600))).await;
    assert_eq!(long.status, StatusCode::OK);
    assert!(long.text().contains("That was long"));
    assert!(long.body.len() < 40_000);
    for broken in
        ["/search?q=%FF%FE", "/search?q=%00", "/search?q=a&q=b", "/search?%", "/search?q=%E2%80%AE"]
    {
        site.get_ok(broken).await;
    }
}

#[tokio::test]
async fn a_page_that_does_not_exist_offers_a_search_for_the_words_of_its_address() {
    let site = site().start();
    let answer = site.get("/blog/2019/lamp-oil_prices.html").await;
    assert!(answer.text().contains("name=\"q\" value=\"lamp oil prices\""), "{}", answer.text());
    assert!(site.get("/%E0%A4%A6%E0%A5%80%E0%A4%AA").await.text().contains("value=\"दीप\""));
    assert!(site.get("/%22%3E%3Cb%3E").await.text().contains("value=\"b\""));
}

#[tokio::test]
async fn browsers_find_the_search_where_the_base_url_is_known() {
    let site = TestSite::new().base_url("https://example.org/x").start();
    let answer = site.get("/x/opensearch.xml").await;
    assert_eq!(answer.header("content-type"), "application/opensearchdescription+xml");
    assert!(answer.text().contains("template=\"https://example.org/x/search?q={searchTerms}\""));
    assert!(
        site.get("/x/search")
            .await
            .text()
            .contains("href=\"https://example.org/x/opensearch.xml\"")
    );
    let nowhere = TestSite::new().start();
    assert_eq!(nowhere.get("/opensearch.xml").await.status, StatusCode::NOT_FOUND);
    assert!(!nowhere.get("/search").await.text().contains("opensearch"));
}
