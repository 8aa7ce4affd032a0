//! A small guide's pay data for tests: three countries, with the figures the guide began with.

mod rules;

pub(crate) use rules::{american_rules, british_rules, indian_rules};

use jiff::civil::date;
use rust_decimal::Decimal;

use super::exchange::{ExchangeRates, PurchasingPower};
use super::money::{Currency, Grouping, LargeUnit};
use super::{
    Band, Basis, Country, Figures, Known, Level, Other, Percentiles, Range, SalaryData, Sample,
    Scope, Source, Years,
};
use crate::id::{CountryCode, CurrencyCode, LevelId, SourceId};

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn range(low: &str, high: Option<&str>, open: bool) -> Range {
    Range { low: dec(low), high: high.map(dec), open }
}

fn currency(
    code: &str,
    names: [&str; 3],
    grouping: Grouping,
    units: &[(&str, &str, &str)],
) -> Currency {
    let [name, plural, symbol] = names.map(str::to_owned);
    Currency {
        code: CurrencyCode::new(code),
        name,
        plural,
        symbol,
        grouping,
        decimals: 2,
        units: units
            .iter()
            .map(|(suffix, word, value)| LargeUnit {
                suffix: (*suffix).to_owned(),
                word: (*word).to_owned(),
                value: dec(value),
            })
            .collect(),
    }
}

fn band(level: &str, range: Range, years: Years) -> Band {
    Band {
        level: LevelId::new(level),
        range,
        years,
        basis: Basis::NotStated,
        basis_note: None,
        note: None,
        source: SourceId::new("guide"),
    }
}

pub(crate) fn other(source: &str, scope: Scope, figures: Figures, sample: Sample) -> Other {
    Other {
        source: SourceId::new(source),
        title: None,
        scope,
        city: None,
        occupation: None,
        figures,
        sample,
        as_of: "2023/2024".parse().unwrap(),
        basis: Basis::NotStated,
        note: None,
    }
}

fn percentiles(five: [&str; 5]) -> Figures {
    let [p10, p25, p50, p75, p90] = five.map(|text| (!text.is_empty()).then(|| dec(text)));
    Figures::Percentiles(Percentiles { p10, p25, p50, p75, p90 })
}

fn level(id: &str) -> Scope {
    Scope::Level(LevelId::new(id))
}

fn span(from: u8, to: Option<u8>) -> Years {
    Years::Span { from, to }
}

fn source(id: &str, publisher: &str, as_of: &str, known: Known) -> Source {
    Source {
        id: SourceId::new(id),
        publisher: publisher.to_owned(),
        title: String::new(),
        url: None,
        url_is: None,
        data_url: None,
        known,
        as_of: as_of.parse().unwrap(),
        note: None,
        checked: date(2026, 11, 24),
    }
}

fn country(
    code: &str,
    names: [&str; 3],
    money: &str,
    bands: Vec<Band>,
    others: Vec<Other>,
) -> Country {
    let [name, in_sentence, short] = names.map(str::to_owned);
    Country {
        code: CountryCode::new(code),
        name,
        in_sentence,
        short,
        currency: CurrencyCode::new(money),
        cities: Vec::new(),
        insight: String::new(),
        bands,
        others,
    }
}

fn india() -> Country {
    country(
        "in",
        ["India"; 3],
        "INR",
        vec![
            band("entry", range("600000", Some("1200000"), false), Years::NotStated),
            band("mid", range("1500000", Some("3000000"), false), span(2, Some(4))),
            band("senior", range("3500000", None, true), Years::NotStated),
        ],
        vec![
            other(
                "glassdoor",
                Scope::Years(span(2, Some(4))),
                Figures::Range(range("600000", Some("1400000"), false)),
                Sample::NotStated,
            ),
            other(
                "ambitionbox",
                Scope::AllLevels,
                Figures::Median(dec("1280000")),
                Sample::Size(21_400),
            ),
            other(
                "aijobs",
                Scope::AllLevels,
                Figures::Withheld("too few rows to show".to_owned()),
                Sample::Size(6),
            ),
        ],
    )
}

fn united_kingdom() -> Country {
    let mut london = other(
        "itjobswatch",
        Scope::AllLevels,
        percentiles(["51250", "", "90000", "", "150000"]),
        Sample::NotStated,
    );
    london.city = Some("London".to_owned());
    let aijobs = |id, five, size| other("aijobs", level(id), percentiles(five), Sample::Size(size));
    let adlib = |id, range| other("adlib", level(id), Figures::Range(range), Sample::NotStated);
    country(
        "gb",
        ["United Kingdom", "the United Kingdom", "UK"],
        "GBP",
        vec![
            band("entry", range("45000", Some("75000"), false), Years::NotStated),
            band(
                "mid",
                range("60000", Some("90000"), false),
                Years::Words("typical mid-career".to_owned()),
            ),
            band("senior", range("85000", Some("130000"), true), Years::NotStated),
        ],
        vec![
            aijobs("mid", ["40000", "46974", "55000", "89700", "111000"], 25),
            aijobs("senior", ["66000", "82475", "110000", "133388", "154100"], 32),
            london,
            adlib("entry", range("30000", Some("35000"), false)),
            adlib("mid", range("50000", Some("60000"), false)),
            adlib("senior", range("70000", None, true)),
        ],
    )
}

fn united_states() -> Country {
    let mut senior = band("senior", range("250000", None, true), Years::NotStated);
    senior.basis = Basis::Total;
    senior.basis_note = Some("includes equity and bonuses".to_owned());
    let mut bls = other(
        "bls",
        Scope::AllLevels,
        percentiles(["63650", "82630", "112590", "155810", "194410"]),
        Sample::Words("official survey".to_owned()),
    );
    bls.occupation = Some("Data Scientists (15-2051)".to_owned());
    let entry = percentiles(["99100", "113500", "139650", "177000", "242140"]);
    country(
        "us",
        ["United States", "the United States", "US"],
        "USD",
        vec![
            band("entry", range("95000", Some("130000"), false), Years::NotStated),
            band("mid", range("140000", Some("190000"), false), span(3, Some(6))),
            senior,
        ],
        vec![other("aijobs", level("entry"), entry, Sample::Size(283)), bls],
    )
}

fn rates(list: &[(&str, &str)]) -> Vec<(CurrencyCode, Decimal)> {
    list.iter().map(|(code, rate)| (CurrencyCode::new(*code), dec(rate))).collect()
}

/// What most tests of this domain look at.
pub(crate) fn data() -> SalaryData {
    let thousand = ("K", "thousand", "1000");
    let million = ("M", "million", "1000000");
    SalaryData {
        career: "machine learning engineer".to_owned(),
        edition: "2026.11".to_owned(),
        levels: ["entry", "mid", "senior"]
            .map(|id| {
                let short = crate::text::sentence::capitalised(id);
                Level { id: LevelId::new(id), name: format!("{short} level"), short }
            })
            .to_vec(),
        currencies: vec![
            currency(
                "INR",
                ["Indian rupee", "rupees", "₹"],
                Grouping::Indian,
                &[("L", "lakh", "100000"), ("Cr", "crore", "10000000")],
            ),
            currency("USD", ["US dollar", "dollars", "$"], Grouping::Western, &[thousand, million]),
            currency(
                "GBP",
                ["Pound sterling", "pounds", "£"],
                Grouping::Western,
                &[thousand, million],
            ),
            currency("EUR", ["Euro", "euros", "€"], Grouping::Western, &[thousand, million]),
        ],
        rates: Some(ExchangeRates {
            base: CurrencyCode::new("USD"),
            source: SourceId::new("fx"),
            as_of: "2026-06".parse().unwrap(),
            holds_until: date(2027, 6, 30),
            note: None,
            rates: rates(&[("INR", "94.96"), ("USD", "1"), ("GBP", "0.7497"), ("EUR", "0.8684")]),
            earlier: Vec::new(),
        }),
        purchasing_power: Some(PurchasingPower {
            source: SourceId::new("ppp"),
            year: 2024,
            unit_name: "2024 international dollars".to_owned(),
            unit_symbol: "Int$".to_owned(),
            holds_until: date(2027, 6, 30),
            note: "rough: a national average, not a rent index".to_owned(),
            factors: rates(&[("INR", "20.422"), ("USD", "1"), ("GBP", "0.6642")]),
        }),
        take_home: vec![indian_rules(), british_rules(), american_rules()],
        countries: vec![india(), united_kingdom(), united_states()],
        sources: vec![
            source("guide", "This guide", "2026", Known::Own),
            source("aijobs", "aijobs.net", "2023/2024", Known::FirstHand),
            source("bls", "US Bureau of Labor Statistics", "2024-05", Known::FirstHand),
            source("itjobswatch", "ITJobsWatch", "2025-07/2025-12-29", Known::FirstHand),
            source("glassdoor", "Glassdoor", "2023", Known::SecondHand),
            source("ambitionbox", "AmbitionBox", "2026-05", Known::SecondHand),
            source("adlib", "Adlib", "unknown", Known::FirstHand),
            source("fx", "US Federal Reserve", "2026-06", Known::FirstHand),
            source("ppp", "World Bank", "2024", Known::FirstHand),
        ],
        small_sample_below: 100,
    }
}
