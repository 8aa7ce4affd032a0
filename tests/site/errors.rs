//! What a reader sees when something goes wrong.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use career_guide::server::error::AppError;
use career_guide::server::respond::Client;
use career_guide::server::{AppState, CurrentSite};
use career_guide::site::resource::Draft;
use http::StatusCode;

use crate::support::TestSite;

#[tokio::test]
async fn a_page_that_does_not_exist_suggests_the_nearest_ones() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let answer = site.get("/careers/guide/strom").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains("href=\"/careers/guide/storms\""), "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn an_unknown_address_is_shown_escaped_and_short() {
    let site = TestSite::new().start();
    let answer = site.get("/%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!answer.text().contains("<script>alert"));
    let long = site.get(&format!("/{}", "a".repeat(6000))).await;
    assert_eq!(long.status, StatusCode::NOT_FOUND);
    assert!(long.body.len() < 40_000);
    let endless = site.get(&format!("/{}", "a".repeat(60_000))).await;
    assert_eq!(endless.status, StatusCode::URI_TOO_LONG);
}

/// Handlers that fail, with the base path of the site in front.
fn failing(base: &str) -> Router<Arc<AppState>> {
    let at = |path: &str| format!("{base}{path}");
    Router::new()
        .route(&at("/panics"), get(async || -> Response { panic!("a secret") }))
        .route(&at("/salaries/fails.json"), get(async || AppError::Internal("a secret".into())))
        .route(&at("/fails"), get(async || AppError::Internal("a secret".into())))
        .route(&at("/refuses"), get(async || AppError::BadRequest("Say it <again>.".to_owned())))
        .route(&at("/bare"), get(async || StatusCode::IM_A_TEAPOT))
        .route(
            &at("/works"),
            get(async |site: CurrentSite, client: Client| {
                let html = site.content().site.title.repeat(100);
                client.respond(&site.resource(Draft::page(html)))
            }),
        )
}

#[tokio::test]
async fn an_internal_error_is_never_shown_and_never_ends_the_server() {
    let site = TestSite::new().base_url("https://example.org/x").routes(failing("/x")).start();
    for (path, end) in
        [("/x/panics", "</html>"), ("/x/fails", "</html>"), ("/x/salaries/fails.json", "}")]
    {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(!answer.text().contains("secret"), "{path}");
        assert!(answer.text().trim_end().ends_with(end), "{path}");
        let id = answer.header("x-request-id");
        assert!(!id.is_empty() && answer.text().contains(id), "{path}");
        let brought = site.get_with(path, &[("x-request-id", "from-the-proxy-1")]).await;
        assert_eq!(brought.header("x-request-id"), "from-the-proxy-1", "{path}");
        assert!(brought.text().contains("from-the-proxy-1"), "{path}");
        let forged = site.get_with(path, &[("x-request-id", "<script>alert(1)</script>")]).await;
        assert!(!forged.text().contains("alert(1)"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    site.get_ok("/x/").await;
}

#[tokio::test]
async fn a_refused_request_gets_the_reason_escaped() {
    let site = TestSite::new().routes(failing("")).start();
    let answer = site.get("/refuses").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("Say it"));
    assert!(!answer.text().contains("<again>"));
    assert_eq!(site.get("/bare").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_a_handler_makes_is_sent_like_any_page() {
    let site = TestSite::new().base_url("https://example.org/x").routes(failing("/x")).start();
    let answer = site.get_with("/x/works?a=b", &[("accept-encoding", "br")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-encoding"), "br");
    let headers = [("accept-encoding", "br"), ("if-none-match", answer.header("etag"))];
    assert_eq!(site.get_with("/x/works", &headers).await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(site.get("/works").await.status, StatusCode::NOT_FOUND);
    site.get("/x/works/").await.assert_redirects("/x/works");
}
