//! Guides about other careers, written from content/README.md alone, served without a change in Rust or
//! in a template: one with other countries, levels and ways of writing money, and the smallest.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::no_hardcoded_names::find_word;
use crate::support::TestSite;

fn luthier() -> TestSite {
    TestSite::of("tests/fixtures/luthier").on("2025-10-01")
}

#[tokio::test]
async fn another_guide_has_every_page_that_the_shipped_one_has() {
    let site = luthier().base_url("https://example.org").start();
    for (path, holds) in [
        ("/", "To make a violin, and to live on it"),
        ("/", "काठमाडौँ"),
        ("/guide", "Schools &#38; papers"),
        ("/guide/holz", "five to ten"),
        ("/guide/wages", "Capo di bottega"),
        ("/guide/schools", "Diploma di liutaio"),
        ("/compare", "Compare luthier pay"),
        ("/sources", "The foresters of Paneveggio"),
        ("/about", "さくら"),
        ("/salaries/it", "Pay in Italy"),
        ("/salaries/jp", "Reiwa 7"),
        ("/salaries/np", "There are two workshops; we know both."),
        ("/images/eff.svg", "<svg"),
    ] {
        let answer = site.get_ok(path).await;
        assert!(answer.text().contains(holds), "{path} lacks {holds}\n{}", answer.text());
    }
    site.get("/wood").await.assert_redirects("/guide/holz");
    site.get("/bottega").await.assert_redirects("/about");
    let map = site.get_ok("/sitemap.xml").await;
    for path in ["/guide/holz", "/salaries/np", "/compare"] {
        assert!(map.text().contains(&format!("<loc>https://example.org{path}</loc>")), "{path}");
    }
}

#[tokio::test]
async fn amounts_are_written_as_the_files_of_the_guide_define() {
    let site = luthier().start();
    let wages = site.get_ok("/guide/wages").await;
    let text = wages.text();
    for written in ["€45K+", "रु6L–रु11L", "¥210万–¥280万", "L = lakh = 100,000", "万 = ten thousand"]
    {
        assert!(text.contains(written), "{written}");
    }
    assert!(!text.contains("K = thousand"), "what everybody knows is explained");
}

#[tokio::test]
async fn every_form_of_a_comparison_has_the_same_rows() {
    let site = luthier().start();
    let mut seen = BTreeSet::new();
    for country in ["", "country=it", "country=jp&country=np", "country=it&country=jp&country=np"] {
        for level in ["", "level=garzone", "level=capo&level=maestro"] {
            for view in [
                "",
                "currency=eur",
                "currency=jpy&period=month",
                "currency=npr&group=country",
                "pay=net",
                "pay=net&currency=jpy&period=month",
                "adjust=ppp",
                "offer=4000000&offer_currency=jpy&pay=net",
                "source=none",
                "source=camera&source=forum",
            ] {
                let query = format!("{country}&{level}&{view}");
                let html = site.get_ok(&format!("/compare?{query}")).await;
                assert!(html.text().contains("</html>"), "{query}");
                let json = site.get_ok(&format!("/compare.json?{query}")).await;
                let json: Value = serde_json::from_slice(&json.unpacked()).unwrap();
                let rows = json["rows"].as_array().unwrap().len();
                let csv = site.get_ok(&format!("/compare.csv?{query}")).await.unpacked();
                let records = csv::Reader::from_reader(&*csv).into_records();
                assert_eq!(records.map(Result::unwrap).count(), rows, "{query}");
                site.get_ok(&format!("/embed/compare?{query}")).await;
                seen.insert(rows);
            }
        }
    }
    assert!(seen.len() > 5, "the choices change nothing: {seen:?}");
}

#[tokio::test]
async fn a_country_without_rates_factors_or_rules_names_what_is_missing() {
    let site = luthier().start();
    for (query, missing) in [
        ("country=np&currency=eur", "there is no exchange rate from rupees to euros"),
        ("country=np&pay=net", "there are no take-home rules for Nepal"),
        ("country=np&adjust=ppp", "there is no purchasing-power factor for rupees"),
    ] {
        let html = site.get_ok(&format!("/compare?{query}")).await;
        assert!(html.text().contains("रु2.4L–रु3.6L"), "{query}");
        let found = html.text().to_lowercase().contains(&missing.to_lowercase());
        assert!(found, "{query}\n{}", html.text());
    }
}

#[tokio::test]
async fn pages_name_figures_that_are_out_of_date() {
    let asked = "/compare?country=jp&pay=net&currency=eur";
    let before = luthier().start().get_ok(asked).await;
    assert!(!before.text().contains("are old"), "{}", before.text());
    let after = luthier().on("2026-09-01").start().get_ok(asked).await;
    for old in ["The exchange rates are old", "The take-home rules of Japan"] {
        assert!(after.text().contains(old), "{}", after.text());
    }
}

#[tokio::test]
async fn no_name_of_the_shipped_guide_is_in_another() {
    let first = TestSite::of("content").content();
    let luthier = luthier();
    let other = luthier.content();
    let mut words = vec![first.site.career.clone(), first.site.short_title.clone()];
    for country in &first.salaries.countries {
        words.extend([country.name.clone(), country.in_sentence.clone()]);
    }
    words.extend(first.salaries.levels.iter().map(|level| level.name.clone()));
    for currency in &first.salaries.currencies {
        if other.salaries.currencies.iter().all(|known| known.code != currency.code) {
            words.extend([currency.name.clone(), currency.code.to_string()]);
        }
    }
    let site = luthier.start();
    for path in [
        "/",
        "/guide",
        "/guide/holz",
        "/guide/wages",
        "/guide/schools",
        "/compare",
        "/about",
        "/compare?pay=net",
        "/compare?currency=eur",
        "/compare?adjust=ppp",
        "/embed/compare",
        "/compare.json",
        "/compare.csv",
        "/salaries.json",
        "/salaries/it",
        "/salaries/np",
        "/salaries/jp.json",
        "/sources",
        "/openapi.json",
        "/sitemap.xml",
        "/robots.txt",
        "/nowhere",
    ] {
        let answer = site.get(path).await;
        let text = String::from_utf8(answer.unpacked()).unwrap().to_lowercase();
        for word in &words {
            let found = find_word(&text, &word.to_lowercase());
            assert!(found.is_none(), "{path} has {word}: …{}…", around(&text, found.unwrap()));
        }
    }
}

fn around(text: &str, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(80));
    &text[from..text.floor_char_boundary((at + 80).min(text.len()))]
}

#[tokio::test]
async fn the_smallest_guide_has_all_its_pages() {
    let site = TestSite::of("tests/fixtures/minimal").start();
    for path in ["/", "/guide", "/guide/paper", "/about", "/sources", "/sitemap.xml"] {
        site.get_ok(path).await;
    }
    let home = site.get_ok("/").await;
    assert!(home.text().contains("Make kites"));
    assert!(!home.text().contains("/compare"), "nothing can be compared");
    let compare = site.get_ok("/compare?currency=eur&offer=1").await;
    assert!(compare.text().contains("no figures of pay") && !compare.text().contains("<form"));
    let sources = site.get_ok("/sources").await;
    assert!(sources.text().contains("names no sources"), "{}", sources.text());
    for path in ["/compare.json", "/salaries.json", "/openapi.json"] {
        let answer = site.get_ok(path).await;
        serde_json::from_slice::<Value>(&answer.unpacked()).unwrap();
    }
}
