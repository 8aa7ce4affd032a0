//! The addresses of pages, and other spellings of them.

use http::StatusCode;

use crate::support::{TestSite, page};

const PAGES: [&str; 7] =
    ["/", "/about", "/sources", "/guide", "/guide/lamps", "/guide/storms", "/salaries/zz"];

#[tokio::test]
async fn every_page_answers_at_its_address() {
    let site = TestSite::new().start();
    for path in PAGES {
        let answer = site.get_ok(path).await;
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(answer.text().contains("</html>"), "{path}");
    }
}

#[tokio::test]
async fn a_query_that_a_page_does_not_know_changes_nothing() {
    let site = TestSite::new().start();
    assert_eq!(site.get("/about?utm_source=x").await.body, site.get("/about").await.body);
}

#[tokio::test]
async fn below_a_base_path_every_page_answers_there_and_only_there() {
    let site = TestSite::new().base_url("https://example.org/careers/").start();
    for path in PAGES {
        site.get_ok(&format!("/careers{path}")).await;
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(site.get("/careersguide").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_base_path_without_its_slash_leads_to_the_home_page() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    site.get("/careers").await.assert_redirects("/careers/");
    site.get("/careers?a=b").await.assert_redirects("/careers/?a=b");
}

#[tokio::test]
async fn a_slash_at_the_end_is_redirected_with_its_query() {
    let site = TestSite::new().start();
    let plain = site.get("/guide/lamps/").await;
    plain.assert_redirects("/guide/lamps");
    assert_eq!(plain.header("cache-control"), "public, max-age=3600");
    site.get("/guide/lamps/?a=b&c=%20").await.assert_redirects("/guide/lamps?a=b&c=%20");
    let private = site.get("/compare/?offer=54321").await;
    private.assert_redirects("/compare?offer=54321");
    assert_eq!(private.header("cache-control"), "no-store", "it may hold what a reader earns");
    let site = TestSite::new().base_url("http://localhost/x").start();
    site.get("/x/guide/").await.assert_redirects("/x/guide");
}

#[tokio::test]
async fn doubled_slashes_never_lead_to_another_host() {
    let site = TestSite::new().start();
    site.get("//evil.example/").await.assert_redirects("/evil.example");
    site.get("/guide//lamps").await.assert_redirects("/guide/lamps");
    site.get("///").await.assert_redirects("/");
}

#[tokio::test]
async fn an_old_address_leads_to_the_new_one() {
    let site = TestSite::new()
        .base_url("https://example.org/careers")
        .file(
            "redirects.toml",
            "[redirects]\n\"/wind\" = \"/guide/storms#wind\"\n\"/away\" = \"https://example.com/x\"\n",
        )
        .start();
    site.get("/careers/guide/lights").await.assert_redirects("/careers/guide/lamps");
    site.get("/careers/guide/lights/").await.assert_redirects("/careers/guide/lights");
    site.get("/careers/wind?a=b").await.assert_redirects("/careers/guide/storms?a=b#wind");
    site.get("/careers/away").await.assert_redirects("https://example.com/x");
}

#[tokio::test]
async fn an_escaped_letter_is_the_same_letter_and_an_escaped_slash_is_not_a_slash() {
    let site = TestSite::new().start();
    site.get_ok("/guide/%6Camps").await;
    assert_eq!(site.get("/guide%2Flamps").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/guide%5clamps").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn malformed_and_unknown_paths_get_an_error_page() {
    let site = TestSite::new().start();
    for (path, status) in [
        ("/../etc/passwd", StatusCode::NOT_FOUND),
        ("/guide/../about", StatusCode::NOT_FOUND),
        ("/%2e%2e/%2e%2e/etc/passwd", StatusCode::NOT_FOUND),
        ("/./about", StatusCode::NOT_FOUND),
        ("/%00", StatusCode::BAD_REQUEST),
        ("/about%00.html", StatusCode::BAD_REQUEST),
        ("/%ff%fe", StatusCode::BAD_REQUEST),
        ("/%", StatusCode::BAD_REQUEST),
        ("/%zz", StatusCode::BAD_REQUEST),
        ("/a%0d%0aSet-Cookie:x", StatusCode::BAD_REQUEST),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.text().contains("</html>"), "{path}");
    }
}

#[tokio::test]
async fn an_absolute_target_is_read_by_its_path() {
    let site = TestSite::new().start();
    site.get_ok("http://elsewhere.example/about").await;
}

#[tokio::test]
async fn pictures_of_the_content_are_served_by_name() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let site = TestSite::new()
        .file("images/lamp.svg", svg)
        .file("guide/storms.md", page("Storms", "![A lamp](../images/lamp.svg)"))
        .start();
    let answer = site.get("/images/lamp.svg").await;
    assert_eq!(answer.header("content-type"), "image/svg+xml");
    assert_eq!(answer.text(), svg);
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert!(answer.header("content-security-policy").contains("sandbox"));
    assert_eq!(site.get("/images/none.svg").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn probes_answer_outside_the_base_path() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    for (path, text) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let answer = site.get(path).await;
        assert_eq!((answer.status, answer.text()), (StatusCode::OK, text));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(site.get(&format!("/careers{path}")).await.status, StatusCode::NOT_FOUND);
    }
    site.app().state().start_draining();
    assert_eq!(site.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    site.get_ok("/healthz").await;
}

#[tokio::test]
async fn escaped_letters_of_a_path_mean_the_same_with_and_without_a_query() {
    for (base, url) in [("", None), ("/careers", Some("https://example.org/careers"))] {
        let site = TestSite::new().base_url(url).start();
        for (escaped, plain) in [
            ("/%63ompare", "/compare"),
            ("/c%6Fmpare.json", "/compare.json"),
            ("/embed/%63ompare", "/embed/compare"),
            ("/%73earch", "/search"),
            ("/guide/%6camps", "/guide/lamps"),
            ("/%63ompare.png", "/compare.png"),
        ] {
            for query in ["", "?level=hand"] {
                let answer = site.get(&format!("{base}{escaped}{query}")).await;
                let expected = site.get(&format!("{base}{plain}{query}")).await;
                assert_eq!(answer.status, expected.status, "{base}{escaped}{query}");
                assert_eq!(answer.headers, expected.headers, "{base}{escaped}{query}");
                assert!(answer.body == expected.body, "{base}{escaped}{query}");
            }
        }
    }
}
