//! What programs read of pay. Unlike the other tests these ask the shipped guide, because its
//! figures are the point.

mod errors;
mod openapi;
mod random_queries;

use std::sync::{Arc, LazyLock};

use career_guide::site::Site;
use http::StatusCode;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::support::{Answer, Running};

static SHIPPED: LazyLock<Arc<Site>> = LazyLock::new(crate::support::shipped);

fn shipped() -> Running {
    Running::serving(Arc::clone(&SHIPPED))
}

impl Answer {
    #[track_caller]
    fn json(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_slice(&self.body).unwrap()
    }

    #[track_caller]
    fn problem(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem["status"], self.status.as_u16());
        problem
    }
}

async fn rows(site: &Running, query: &str) -> Vec<Value> {
    let document = site.get(&format!("/compare.json?{query}")).await.json();
    document["rows"].as_array().unwrap().clone()
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str().map(|text| text.parse().unwrap())
}

/// The amounts in figures, by name; those that are not given left out.
fn amounts(figures: &Value) -> Vec<(&str, Decimal)> {
    ["low", "high", "p10", "p25", "p50", "p75", "p90", "median"]
        .into_iter()
        .filter_map(|name| Some((name, decimal(&figures[name])?)))
        .collect()
}

#[tokio::test]
async fn without_a_query_all_nine_bands_have_their_original_amounts() {
    let rows = rows(&shipped(), "").await;
    let own: Vec<String> = rows
        .iter()
        .filter(|row| row["own"] == true)
        .map(|row| {
            assert_eq!(row["shown"]["text"], row["original"]["text"]);
            assert_eq!(row["conversion"], Value::Null);
            [
                &row["country"]["code"],
                &row["scope"]["level"]["id"],
                &row["shown"]["text"],
                &row["basis"],
            ]
            .map(|value| value.as_str().unwrap())
            .join(" ")
        })
        .collect();
    assert_eq!(
        own,
        [
            "in entry ₹6L–₹12L not-stated",
            "in mid ₹15L–₹30L not-stated",
            "in senior ₹35L+ not-stated",
            "gb entry £45K–£75K not-stated",
            "gb mid £60K–£90K not-stated",
            "gb senior £85K–£130K+ not-stated",
            "us entry $95K–$130K not-stated",
            "us mid $140K–$190K not-stated",
            "us senior $250K+ total",
        ]
    );
    let open = &rows.iter().find(|row| row["shown"]["text"] == "₹35L+").unwrap()["original"];
    assert_eq!(open["figures"]["high"], Value::Null);
    assert_eq!(open["figures"]["open"], true);
}

#[tokio::test]
async fn the_rate_times_the_original_is_the_raw_amount_shown() {
    let site = shipped();
    for currency in ["inr", "usd", "gbp", "eur", "cad", "aud", "sgd"] {
        let mut converted = 0;
        for row in rows(&site, &format!("currency={currency}")).await {
            let rate = decimal(&row["conversion"]["rate"]).unwrap_or(Decimal::ONE);
            if row["shown"].is_null() {
                assert_eq!(row["original"]["figures"]["kind"], "withheld");
                continue;
            }
            let shown = amounts(&row["shown"]["figures"]);
            for (index, (name, original)) in amounts(&row["original"]["figures"]).iter().enumerate()
            {
                assert_eq!(shown[index], (*name, original * rate));
                converted += 1;
            }
            assert_eq!(row["shown"]["unit"]["currency"], currency.to_uppercase());
            assert_eq!(row["shown"]["approximate"], !row["conversion"].is_null());
        }
        assert!(converted > 40, "{converted}");
    }
}

#[tokio::test]
async fn a_converted_row_has_its_rate_its_date_and_its_rounded_text() {
    let rows = rows(&shipped(), "country=in&level=entry&source=none&currency=gbp").await;
    assert_eq!(rows.len(), 1);
    let (shown, conversion) = (&rows[0]["shown"], &rows[0]["conversion"]);
    assert_eq!(shown["text"], "≈£4.74K–£9.47K");
    assert_eq!(shown["figures"]["low"], "4736.94");
    assert_eq!(shown["exact_text"], "£4,736.94–£9,473.88");
    assert_eq!(conversion["rate"], "0.0078949");
    assert_eq!(conversion["as_of"]["date"], "2026-06");
    assert_eq!(conversion["source"]["publisher"], "US Federal Reserve");
}

#[tokio::test]
async fn net_rows_name_the_tax_year_and_say_what_is_missing() {
    let site = shipped();
    let gb = &rows(&site, "country=gb&level=entry&source=none&pay=net").await[0];
    assert_eq!(gb["shown"]["figures"]["low"], "35919.6");
    assert_eq!(gb["shown"]["figures"]["high"], "54057.4");
    assert_eq!(gb["take_home"]["tax_year"], "2026/27");
    let us = &rows(&site, "country=us&level=senior&source=none&pay=net").await[0];
    assert_eq!(us["take_home"]["caption"], "before state tax");
    assert_eq!(us["missing"][0]["kind"], "open-top");
}

#[tokio::test]
async fn purchasing_power_divides_by_the_factor_and_has_no_currency() {
    let row =
        &rows(&shipped(), "country=in&level=entry&source=none&adjust=ppp&currency=gbp").await[0];
    assert_eq!(row["conversion"]["factor"], "20.422");
    assert_eq!(row["shown"]["figures"]["low"], "29380.08");
    assert_eq!(row["shown"]["unit"]["currency"], Value::Null);
    assert_eq!(row["shown"]["unit"]["name"], "2024 international dollars");
}

#[tokio::test]
async fn the_readers_figure_is_placed_in_json_and_never_stored() {
    let site = shipped();
    let target = "/compare.json?country=gb&pay=net&offer=60000&offer_currency=gbp";
    let answer = site.get(target).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("etag"), "");
    let document = answer.json();
    assert_eq!(document["offer"]["gross"], "60000");
    assert_eq!(document["offer"]["net"]["net"], "45357.4");
    assert_eq!(document["rows"][0]["offer"]["place"], "within");
    assert!(!document["links"].to_string().contains("offer"));
    let csv = site.get("/compare.csv?country=gb&offer=60123&offer_currency=gbp").await;
    assert_eq!(csv.header("cache-control"), "no-store");
    assert!(!csv.text().contains("60123"));
}

#[tokio::test]
async fn a_readers_figure_without_a_currency_is_reported_and_left_out() {
    let document = shipped().get("/compare.json?offer=60000").await.json();
    assert_eq!(document["offer"], Value::Null);
    assert_eq!(document["ignored"][0]["parameter"], "offer");
    let document = shipped().get("/compare.json?offer=60000&country=gb").await.json();
    assert_eq!(document["offer"]["currency"], "GBP");
}

#[tokio::test]
async fn an_older_link_names_the_edition_and_rates_it_was_made_for() {
    let document = shipped().get("/compare.json?edition=2025.01&rates=2025-06").await.json();
    assert_eq!(document["opened_from"]["edition"], "2025.01");
    assert_eq!(document["opened_from"]["rates"]["date"], "2025-06");
    assert_eq!(shipped().get("/compare.json").await.json()["opened_from"], Value::Null);
}

#[tokio::test]
async fn csv_has_the_same_rows_as_json() {
    let site = shipped();
    for query in [
        "",
        "country=us&country=in&level=mid&group=level",
        "currency=eur&pay=net&period=month",
        "adjust=ppp&source=bls-oews&source=adlib",
    ] {
        let expected = rows(&site, query).await;
        let answer = site.get(&format!("/compare.csv?{query}")).await;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"pay-comparison.csv\""
        );
        let mut reader = csv::Reader::from_reader(&*answer.body);
        let header = reader.headers().unwrap().clone();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), expected.len());
        for (record, row) in records.iter().zip(&expected) {
            let cell =
                |name: &str| &record[header.iter().position(|column| column == name).unwrap()];
            let shown = &row["shown"];
            for (column, value) in [
                ("country_code", &row["country"]["code"]),
                ("source", &row["source"]["id"]),
                ("source_url", &row["source"]["url"]),
                ("as_of", &row["as_of"]["date"]),
                ("basis", &row["basis"]),
                ("note", &row["note"]),
                ("original_text", &row["original"]["text"]),
                ("original_low", &row["original"]["figures"]["low"]),
                ("shown_low", &shown["figures"]["low"]),
                ("shown_high", &shown["figures"]["high"]),
                ("shown_p90", &shown["figures"]["p90"]),
                ("shown_text", &shown["text"]),
                ("rate", &row["conversion"]["rate"]),
                ("ppp_factor", &row["conversion"]["factor"]),
                ("tax_year", &row["take_home"]["tax_year"]),
            ] {
                assert_eq!(cell(column), value.as_str().unwrap_or_default(), "{column} of {query}");
            }
        }
        assert!(answer.text().contains("\r\n") && answer.text().ends_with("\r\n"));
    }
}

#[tokio::test]
async fn the_page_shows_the_same_rows() {
    let site = shipped();
    for query in ["country=gb", "currency=usd&level=mid", "pay=net&group=level&period=month"] {
        let page = site.get(&format!("/compare?{query}")).await;
        for row in rows(&site, query).await {
            if let Some(text) = row["shown"]["text"].as_str() {
                let html = text.replace('&', "&amp;");
                assert!(page.text().contains(&html), "{text} of {query}");
            }
        }
    }
}

#[tokio::test]
async fn the_tables_hold_everything_that_is_known_of_pay() {
    let site = shipped();
    let all = site.get("/salaries.json").await.json();
    let names: Vec<&Value> =
        all["countries"].as_array().unwrap().iter().map(|country| &country["name"]).collect();
    assert_eq!(names, ["India", "United Kingdom", "United States"]);
    assert_eq!(all["exchange_rates"]["rates"][0]["value"], "94.96");
    assert_eq!(all["take_home"].as_array().unwrap().len(), 3);
    assert!(all["sources"].as_array().unwrap().len() > 6);

    let india = site.get("/salaries/in.json").await.json();
    assert_eq!(india["country"]["bands"][1]["text"], "₹15L–₹30L");
    assert_eq!(india["country"]["bands"][1]["years"]["from"], 2);
    assert_eq!(india["country"]["cities"][0], "Bengaluru (Bangalore)");
    assert_eq!(india["currency"]["units"][0]["word"], "lakh");
    assert_eq!(india["purchasing_power"]["factors"][0]["value"], "20.422");
    assert_eq!(india["country"]["others"], all["countries"][0]["others"]);
}
