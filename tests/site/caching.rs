//! Entity tags, conditions and how long copies may be stored.

use std::collections::BTreeSet;

use http::{Method, StatusCode};

use crate::support::{TestSite, page};

#[tokio::test]
async fn pages_may_be_stored_but_must_be_revalidated() {
    let answer = TestSite::new().start().get("/guide/lamps").await;
    assert_eq!(answer.header("cache-control"), "no-cache");
    let etag = answer.header("etag");
    assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "{etag}");
}

#[tokio::test]
async fn each_coding_has_an_entity_tag_of_its_own() {
    let site = TestSite::new().start();
    let mut tags = BTreeSet::new();
    for accept in ["identity", "br", "gzip"] {
        let answer = site.get_with("/guide/lamps", &[("accept-encoding", accept)]).await;
        tags.insert(answer.header("etag").to_owned());
    }
    assert_eq!(tags.len(), 3);
}

#[tokio::test]
async fn a_client_that_has_the_page_gets_304_without_a_body() {
    let site = TestSite::new().start();
    for accept in ["identity", "br", "gzip"] {
        let full = site.get_with("/guide/lamps", &[("accept-encoding", accept)]).await;
        let etag = full.header("etag");
        for condition in [
            etag.to_owned(),
            format!("W/{etag}"),
            "*".to_owned(),
            format!("\"other\", {etag}"),
            format!("\"other\",W/{etag} , \"more\""),
        ] {
            let headers = [("accept-encoding", accept), ("if-none-match", &condition)];
            let answer = site.get_with("/guide/lamps", &headers).await;
            assert_eq!(answer.status, StatusCode::NOT_MODIFIED, "{condition}");
            assert!(answer.body.is_empty());
            for (name, value) in &full.headers {
                if !name.as_str().starts_with("content-t")
                    && !matches!(name.as_str(), "content-length" | "content-encoding")
                {
                    assert_eq!(answer.headers.get(name), Some(value), "{name}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_client_with_another_coding_or_edition_gets_the_page() {
    let site = TestSite::new().start();
    let plain = site.get("/guide/lamps").await;
    let etag = plain.header("etag");
    for headers in [
        [("accept-encoding", "br"), ("if-none-match", etag)],
        [("accept-encoding", "identity"), ("if-none-match", "\"other\"")],
        [("accept-encoding", "identity"), ("if-none-match", etag.trim_matches('"'))],
        [("accept-encoding", "identity"), ("if-none-match", "")],
    ] {
        assert_eq!(site.get_with("/guide/lamps", &headers).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn an_error_has_no_entity_tag_and_is_never_not_modified() {
    let site = TestSite::new().start();
    let answer = site.get_with("/none", &[("if-none-match", "*")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("etag"), "");
}

#[tokio::test]
async fn a_replaced_site_is_served_from_the_next_request_on() {
    let site = TestSite::new().start();
    let before = site.get("/about").await;
    let text = page("About", "New words.");
    site.app().state().replace_site(TestSite::new().file("about.md", text).build());
    let after = site.ask(Method::GET, "/about", &[("if-none-match", before.header("etag"))]).await;
    assert_eq!(after.status, StatusCode::OK);
}
