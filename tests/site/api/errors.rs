//! What programs are answered when something is wrong, and that pages of other sites may ask.

use http::{Method, StatusCode};

use super::shipped;
use crate::support::TestSite;

#[tokio::test]
async fn a_value_that_cannot_be_used_is_refused_by_name() {
    let site = shipped();
    let query = "country=zz&country=in&pay=later&currency=xau&offer=much&offer_currency=inr";
    for form in ["json", "csv"] {
        let answer = site.get(&format!("/compare.{form}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.header("cache-control"), "no-store");
        let problem = answer.problem();
        let errors = problem["errors"].as_array().unwrap();
        let names: Vec<&str> =
            errors.iter().map(|error| error["parameter"].as_str().unwrap()).collect();
        assert_eq!(names, ["country", "pay", "currency", "offer"]);
        assert_eq!(errors[0]["value"], "zz");
        assert!(errors[0]["detail"].as_str().unwrap().contains("in, gb or us"));
        assert_eq!(problem["instance"], format!("/compare.{form}"));
    }
}

#[tokio::test]
async fn unknown_parameters_and_empty_values_change_nothing() {
    let site = shipped();
    let plain = site.get("/compare.json").await.body;
    for query in ["utm_source=x", "Country=zz", "country=&level=&offer=&offer_currency=", "&&=&a"] {
        assert_eq!(site.get(&format!("/compare.json?{query}")).await.body, plain, "{query}");
    }
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_refused() {
    let site = shipped();
    for query in ["%", "country=%zz", "country=%ff", "x=%C3%28"] {
        let answer = site.get(&format!("/compare.json?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.problem()["errors"].as_array().unwrap().len(), 0);
    }
    let endless = "country=in&".repeat(2000);
    let answer = site.get(&format!("/compare.json?{endless}")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.problem()["errors"][0]["parameter"], "query");
}

#[tokio::test]
async fn at_these_addresses_every_error_is_a_problem_document() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    for (path, status) in [
        ("/careers/salaries/none.json", StatusCode::NOT_FOUND),
        ("/careers/salaries/%2e%2e.json", StatusCode::NOT_FOUND),
        ("/careers/salaries/a%2Fb.json", StatusCode::NOT_FOUND),
        ("/careers/salaries/%ff.json", StatusCode::BAD_REQUEST),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.problem()["instance"], path);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    for path in ["/careers/compare.csv", "/careers/salaries.json", "/careers/salaries/zz.json"] {
        let answer = site.ask(Method::POST, path, &[]).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
        assert_eq!(answer.problem()["title"], "Method Not Allowed");
    }
    let page = site.get("/careers/salaries/none").await;
    assert!(page.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn web_pages_of_other_sites_may_read_the_tables_and_nothing_more() {
    let site = shipped();
    for path in
        ["/compare.json", "/compare.csv?x", "/salaries.json", "/salaries/in.json", "/openapi.json"]
    {
        let answer = site.get_with(path, &[("origin", "https://elsewhere.example")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{path}");
        let asked = site.ask(Method::OPTIONS, path, &[]).await;
        assert_eq!(asked.status, StatusCode::NO_CONTENT);
        assert_eq!(asked.header("access-control-allow-origin"), "*", "{path}");
        let methods = asked.header("access-control-allow-methods").split(',').map(str::trim);
        assert_eq!(methods.collect::<Vec<_>>(), ["GET", "HEAD", "OPTIONS"], "{path}");
        assert_eq!(asked.header("access-control-allow-headers"), "*");
        assert_eq!(asked.header("access-control-max-age"), "86400");
    }
    for path in ["/", "/compare?country=in", "/salaries/in"] {
        assert_eq!(site.get(path).await.header("access-control-allow-origin"), "", "{path}");
        let asked = site.ask(Method::OPTIONS, path, &[]).await;
        assert_eq!(asked.header("access-control-allow-methods"), "", "{path}");
    }
}

#[tokio::test]
async fn a_query_asked_twice_is_answered_from_memory_until_the_site_is_replaced() {
    let site = TestSite::new().start();
    let first = site.get("/compare.json?level=hand").await;
    let again = site.get("/compare.json?level=hand").await;
    assert_eq!(first.body, again.body);
    let changed = "name = \"Zembla\"\ncurrency = \"XTS\"\ninsight = \"None.\"\n[[band]]\n\
                   level = \"hand\"\nlow = 300\nhigh = 400\nsource = \"guide\"\n";
    site.app().state().replace_site(TestSite::new().file("salaries/zz.toml", changed).build());
    let after = site.get("/compare.json?level=hand").await;
    assert!(after.text().contains("\"low\":\"300\""), "{}", after.text());
    assert_ne!(after.header("etag"), first.header("etag"));
}

#[tokio::test]
async fn below_a_base_path_the_tables_name_whole_addresses() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let document = site.get("/careers/compare.json?group=level").await.json();
    assert_eq!(document["links"]["canonical"], "https://example.org/careers/compare?group=level");
    assert_eq!(document["links"]["csv"], "https://example.org/careers/compare.csv?group=level");
    let api = site.get("/careers/openapi.json").await.json();
    assert_eq!(api["servers"][0]["url"], "https://example.org/careers");
    let choices = &api["paths"]["/compare.json"]["get"]["parameters"][0]["schema"]["items"]["enum"];
    assert_eq!(choices[0], "zz");
}
