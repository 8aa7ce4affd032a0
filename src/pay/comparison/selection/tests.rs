//! Selections as addresses, both ways.

use proptest::prelude::*;

use super::*;
use crate::address::Query;
use crate::pay::comparison::tests::{choose, parse, query};
use crate::testing::pay_data;

#[test]
fn the_currency_of_an_offer_is_found_when_it_is_plain() {
    let data = pay_data();
    for (query, code) in [
        ("offer=$95k", "USD"),
        ("offer=18L&country=in", "INR"),
        ("offer=18L&offer_currency=InR", "INR"),
    ] {
        assert_eq!(choose(&data, query).offer_currency.unwrap().as_str(), code, "{query}");
    }
    let (selection, ignored) = parse(&data, "offer=95000");
    assert_eq!(selection.offer, None);
    assert_eq!(ignored[0].why, "say its currency in offer_currency: choose inr, usd, gbp or eur");
    let (_, ignored) = parse(&data, "offer=0&offer_currency=gbp");
    assert_eq!(ignored[0].why, "it must be more than nothing");
}

#[test]
fn a_value_that_is_not_understood_is_named_with_what_to_choose() {
    let data = pay_data();
    for (query, value, why) in [
        ("country=fr", "fr", "there is no such country here: choose in, gb or us"),
        ("level=ceo", "ceo", "there is no such level here: choose entry, mid or senior"),
        ("pay=free", "free", "it is not one of the choices: choose gross or net"),
        (
            "currency=jpy",
            "jpy",
            "there is no such currency here: choose local, inr, usd, gbp or eur",
        ),
        (
            "rates=yesterday",
            "yesterday",
            "it is not a date of exchange rates: write it like 2026-06",
        ),
        ("edition=%3Cb%3E", "<b>", "it is not the name of an edition"),
        ("period=year&period=month", "month", "it is given more than once, and the first counts"),
    ] {
        let (selection, ignored) = parse(&data, query);
        assert_eq!(ignored.len(), 1, "{query}");
        assert_eq!(ignored[0].value, value);
        assert_eq!(ignored[0].why, why, "{query}");
        assert_eq!(selection, Selection::defaults(&data), "{query}");
    }
}

#[test]
fn every_parameter_is_read() {
    let data = pay_data();
    for &name in Query::Comparison.parameters() {
        let (_, ignored) = parse(&data, &format!("country=in&{name}=%3F%3F"));
        assert_eq!(ignored.len(), 1, "{name}");
        assert_eq!(ignored[0].name, name);
    }
}

#[test]
fn unknown_names_and_empty_values_are_ignored() {
    let data = pay_data();
    let query = "utm_source=x&offer=&offer_currency=inr&country=&x=%00&COUNTRY=gb";
    let selection = choose(&data, query);
    assert_eq!(selection.countries.len(), 3);
    assert_eq!(selection.offer_currency.unwrap().as_str(), "INR");
}

#[test]
fn what_is_repeated_to_the_reader_is_bounded() {
    let data = pay_data();
    let long = "x".repeat(10_000);
    let query = vec![format!("country={long}&level={long}x"); 2000].join("&");
    let (selection, ignored) = parse(&data, &query);
    assert!(ignored.len() <= 8);
    assert!(ignored.iter().all(|ignored| ignored.value.chars().count() <= 41));
    assert_eq!(selection.countries.len(), 3);
}

#[test]
fn one_view_has_one_canonical_address() {
    let data = pay_data();
    for (query, canonical) in [
        ("", ""),
        ("country=in&country=gb&country=us&pay=gross&source=guide&source=bls", "source=bls"),
        (
            "offer=65k&offer_currency=gbp&group=level&country=US&country=in&period=MONTH&pay=net",
            "country=in&country=us&pay=net&period=month&group=level",
        ),
        ("source=guide", "source=none"),
        ("currency=gbp&edition=2020&rates=2020", "currency=gbp"),
    ] {
        let canonical_query = choose(&data, query).canonical_query(&data);
        assert_eq!(canonical_query, canonical, "{query}");
    }
}

#[test]
fn a_shared_address_says_everything_but_the_offer() {
    let data = pay_data();
    let selection = choose(&data, "country=in&source=none&offer=18L");
    assert_eq!(
        selection.share_query(&data),
        "country=in&level=entry&level=mid&level=senior&currency=local&pay=gross&adjust=market\
         &period=year&group=country&source=none&edition=2026.11&rates=2026-06"
    );
}

proptest! {
    #[test]
    fn addresses_read_back_as_they_were_written(pairs in query()) {
        let data = pay_data();
        let (selection, _) = Selection::parse(pairs, &data);
        let canonical = selection.canonical_query(&data);
        let (again, ignored) = parse(&data, &canonical);
        prop_assert_eq!(&ignored, &[]);
        prop_assert_eq!(again.canonical_query(&data), canonical);
        let shared = selection.share_query(&data);
        let (again, ignored) = parse(&data, &shared);
        prop_assert_eq!(&ignored, &[]);
        prop_assert_eq!(again.share_query(&data), shared);
        prop_assert_eq!(again.canonical_query(&data), selection.canonical_query(&data));
        let expected = Selection {
            offer: None,
            offer_currency: None,
            edition: Some(data.edition.clone()),
            rates: data.rates.as_ref().map(|rates| rates.as_of),
            ..selection
        };
        prop_assert_eq!(again, expected);
    }
}
