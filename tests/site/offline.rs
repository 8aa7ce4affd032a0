//! Links to what was renamed, the guide as one file, and the service worker, which stores pages.

use std::collections::BTreeSet;

use http::StatusCode;

use crate::links::values;
use crate::support::{TestSite, page_with};

/// With a picture, a renamed heading, and links of every kind.
fn site() -> TestSite {
    let text = "## Rain {#rain alias=drizzle}\n\n![A lamp](../images/lamp.svg)\n\n\
                [Wind](storms.md#wind), [lamps](/guide/lamps), [pay](/compare?level=hand), \
                [elsewhere](https://example.org/).\n\n{{sections}}\n";
    let front_matter = "checked = 2026-01-05\naliases = [\"/guide/lights\"]";
    let page = page_with("Lamps", front_matter, text);
    TestSite::new()
        .file("guide/lamps.md", page)
        .file("images/lamp.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
}

#[tokio::test]
async fn the_whole_guide_has_the_anchors_of_a_renamed_section() {
    let guide = site().start().get("/guide").await;
    let ids: Vec<&str> = values(guide.text(), "id");
    for id in ["lamps", "lights", "lamps.rain", "lamps.drizzle", "lights.rain", "lights.drizzle"] {
        assert_eq!(ids.iter().filter(|known| **known == id).count(), 1, "{id}");
    }
}

#[tokio::test]
async fn the_file_needs_no_other_file() {
    for base in [None, Some("https://example.org/careers")] {
        let site = site().base_url(base).start();
        let path = base.map_or("/guide.html", |_| "/careers/guide.html");
        let file = site.get_ok(path).await;
        assert_eq!(
            file.header("content-disposition"),
            "attachment; filename=\"guide-2026.02.html\""
        );
        let html = file.text();
        assert!(!html.contains("<script") && !html.contains("<link"), "{html}");
        assert!(!html.contains("url(") && !html.contains("@import"), "{html}");
        assert!(html.contains("figures as of <time datetime=\"2026-02-01\">"));
        let ids: BTreeSet<&str> = values(html, "id").into_iter().collect();
        for href in values(html, "href") {
            match href.strip_prefix('#') {
                Some(anchor) => assert!(ids.contains(anchor), "{anchor}"),
                None => assert!(
                    ["https://", "mailto:"].iter().any(|scheme| href.starts_with(scheme)),
                    "{href}"
                ),
            }
        }
        for source in values(html, "src") {
            assert!(source.starts_with("data:image/svg+xml;base64,"), "{source}");
        }
        for link in ["href=\"#storms.wind\"", "href=\"#lamps\"", "href=\"#storms\""] {
            assert!(html.contains(link), "{link}");
        }
        let pay = match base {
            Some(base) => format!("<a href=\"{base}/compare?level=hand\">pay</a>"),
            None => "pay <span class=\"small\">(/compare?level=hand)</span>".to_owned(),
        };
        assert!(html.contains(&pay), "{html}");
    }
}

#[tokio::test]
async fn the_file_and_its_header_have_one_policy_which_allows_no_script() {
    let site = site().start();
    let file = site.get("/guide.html").await;
    let policy = file.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");
    assert!(!policy.contains("unsafe") && policy.contains("style-src 'sha256-"), "{policy}");
    let (own, _) = policy.rsplit_once("; frame-ancestors").unwrap();
    let escaped = own.replace('\'', "&#39;");
    assert!(file.text().contains(&format!("content=\"{escaped}\"")), "{own}");
    let again = site.get_with("/guide.html", &[("if-none-match", file.header("etag"))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(again.header("content-security-policy"), policy);
}

#[tokio::test]
async fn the_worker_is_at_the_root_is_never_cached_and_may_only_fetch() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let worker = site.get("/careers/sw.js").await;
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("cache-control"), "no-cache");
    assert_eq!(
        worker.header("content-security-policy"),
        "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
    );
    let data = worker.text().lines().next().unwrap();
    let data = data.strip_prefix("const GUIDE = ").unwrap().strip_suffix(';').unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["base"], "/careers");
    assert!(data["version"].as_str().unwrap().starts_with("2026.02 "));
    for path in data["core"].as_array().unwrap().iter().chain([&data["style"]]) {
        site.get_ok(path.as_str().unwrap()).await;
    }
}

#[tokio::test]
async fn the_worker_has_another_version_when_any_page_differs_and_only_then() {
    let worker = |site: TestSite| async move { site.start().get("/sw.js").await.body };
    assert_eq!(worker(site()).await, worker(site()).await);
    assert_ne!(worker(site()).await, worker(TestSite::new()).await);
}

#[tokio::test]
async fn the_offline_page_is_in_no_list_of_pages() {
    let site = site().start();
    assert!(
        site.get("/offline").await.text().contains("<meta name=\"robots\" content=\"noindex\">")
    );
    assert!(!site.get("/sitemap.xml").await.text().contains("offline"));
}
