//! Any query at all gets an answer that can be read.

use career_guide::address::Query;
use http::StatusCode;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::shipped;

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "in", "gb", "us", "entry", "mid", "senior", "inr", "gbp", "usd", "eur", "local", "net",
            "gross", "ppp", "market", "month", "year", "level", "country", "none", "aijobs", "adlib",
            "2026.11", "2026-06", "2024", "1800000", "18L", "%E2%82%B918,00,000", "999999999999",
            "0.01", "1e9", "-5", "",
        ]).prop_map(str::to_owned),
        2 => "[ -~]{0,60}",
        1 => "(%[0-9a-fA-F]{2}){0,20}",
        2 => any_text().prop_map(|text| escaped(&text)),
        1 => "%[0-9a-z]{0,3}[^ ]{0,10}",
        1 => Just("%00".to_owned()),
        1 => "[0-9]{1,40}(\\.[0-9]{1,40})?",
        1 => Just("9".repeat(3000)),
    ]
}

/// Letters of any script, invisible ones, and those that markup must not hold.
fn any_text() -> impl Strategy<Value = String> {
    let special = "\0\u{1b}\u{85}\u{a0}\u{200b}\u{200f}\u{202e}\u{2028}\u{2066}\u{e000}\u{fdd0}\u{feff}\
                   \u{fffd}\u{fffe}\u{1ffff}<&\"'\n";
    let special: Vec<char> = special.chars().collect();
    let letter = prop_oneof![any::<char>(), prop::sample::select(special), Just('p')];
    prop::collection::vec(letter, 0..60).prop_map(String::from_iter)
}

fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Whether a page holds nothing that HTML forbids (13.2.3.5 of its standard).
fn may_stand_in_html(c: char) -> bool {
    let code = u32::from(c);
    let noncharacter = (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe;
    !noncharacter && (matches!(c, '\t' | '\n' | '\r') || !c.is_control())
}

fn query() -> impl Strategy<Value = String> {
    let names = Query::Comparison.parameters().iter().copied().chain(["query", "utm_source"]);
    let name = prop_oneof![
        8 => prop::sample::select(names.collect::<Vec<_>>()).prop_map(str::to_owned),
        1 => "[!-~]{0,12}",
    ];
    prop::collection::vec((name, value()), 0..12).prop_map(|pairs| {
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    })
}

/// So many are tried each time; `PROPTEST_CASES=100000 cargo test --release hostile` tries more.
const CASES: u32 = 10_000;

#[test]
fn hostile_queries_are_answered_or_refused_and_never_fail() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let site = shipped();
    let config = Config::default();
    let mut runner = TestRunner::new(Config { cases: config.cases.max(CASES), ..config });
    let done = runner.run(&query(), |query| {
        for path in ["/compare", "/embed/compare", "/compare.json", "/compare.csv"] {
            let target = format!("{path}?{query}");
            // What is no URI at all cannot be requested.
            let Ok(uri) = target.parse::<http::Uri>() else { continue };
            let answer = runtime.block_on(site.get(&uri.to_string()));
            match (answer.status, path) {
                (StatusCode::OK, "/compare" | "/embed/compare") => {
                    let page = answer.text();
                    prop_assert!(page.trim_end().ends_with("</html>"));
                    prop_assert!(page.chars().all(may_stand_in_html));
                }
                (StatusCode::OK, "/compare.json") => {
                    let rows = answer.json()["rows"].as_array().map(Vec::len);
                    prop_assert!(rows.is_some());
                }
                (StatusCode::OK, _) => {
                    for record in csv::Reader::from_reader(&*answer.body).records() {
                        prop_assert!(record.is_ok());
                    }
                }
                (StatusCode::BAD_REQUEST, "/compare.json" | "/compare.csv") => {
                    answer.problem();
                    prop_assert!(answer.body.len() < 4000);
                }
                // Longer than any address of a page; programs get the name of the parameter.
                (StatusCode::URI_TOO_LONG, "/compare" | "/embed/compare") => {
                    prop_assert!(target.len() > 8 * 1024, "{}", target.len());
                }
                (other, _) => prop_assert!(false, "{other} for {target}"),
            }
        }
        Ok(())
    });
    done.unwrap();
}

#[test]
fn any_search_is_answered_by_a_page_that_html_allows() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let site = shipped();
    let mut runner = TestRunner::new(Config::default());
    let done = runner.run(&any_text(), |text| {
        let answer = runtime.block_on(site.get(&format!("/search?q={}", escaped(&text))));
        prop_assert_eq!(answer.status, StatusCode::OK);
        prop_assert!(answer.text().chars().all(may_stand_in_html));
        Ok(())
    });
    done.unwrap();
}
