//! Where the reader's own figure falls.

use super::*;
use crate::id::CountryCode;
use crate::pay::comparison::tests::compare;
use crate::testing::{dec, pay_data};

#[test]
fn an_offer_is_placed_in_every_band() {
    compare(&pay_data(), "offer=65k&offer_currency=gbp", |comparison| {
        let places = &comparison.offer.as_ref().unwrap().by_country;
        assert_eq!(
            places.iter().map(|at| (at.country.code.as_str(), &*at.text)).collect::<Vec<_>>(),
            [
                ("in", "above mid, above senior's low end"),
                ("gb", "within entry, above mid's low end, below senior"),
                ("us", "below entry"),
            ]
        );
        let bands: Vec<_> =
            comparison.rows().filter(|row| row.own && row.country.code == *"gb").collect();
        let place = bands[0].offer.as_ref().unwrap();
        assert_eq!((place.position, &*place.text), (Position::Within, "within entry"));
        assert_eq!(bands[2].offer.as_ref().unwrap().position, Position::Below);
    });
}

#[test]
fn the_edges_of_a_band_belong_to_it() {
    let data = pay_data();
    for (offer, expected) in [
        ("44999", "below entry"),
        ("45000", "at entry's low end, below mid"),
        ("75000", "within entry, above mid's low end, below senior"),
        ("75001", "above entry, within mid, below senior"),
        ("130000", "above mid, within senior"),
        ("130001", "above mid, above senior's stated top"),
    ] {
        compare(&data, &format!("country=gb&offer={offer}"), |comparison| {
            assert_eq!(comparison.offer.as_ref().unwrap().by_country[0].text, expected, "{offer}");
        });
    }
}

#[test]
fn a_net_offer_goes_by_the_rules_of_the_country_with_its_currency() {
    let mut data = pay_data();
    let query = "pay=net&country=gb&country=us&offer=45000&offer_currency=gbp";
    compare(&data, query, |comparison| {
        let offer = comparison.offer.as_ref().unwrap();
        assert_eq!(offer.net.as_ref().unwrap().take_home.net, dec("35919.60"));
        assert_eq!(offer.by_country[0].amount, dec("35919.60"));
        assert_eq!(offer.by_country[0].text, "at entry's low end, below mid");
    });
    let problem = |data: &SalaryData, query| {
        compare(data, query, |comparison| {
            let offer = comparison.offer.as_ref().unwrap();
            assert!(offer.by_country.is_empty());
            offer.problem.clone().unwrap()
        })
    };
    assert_eq!(
        problem(&data, "pay=net&country=us&offer=45000&offer_currency=gbp"),
        "None of the chosen countries pays in pounds, so the take-home pay of your figure is not \
         computed."
    );
    let mut twin = data.countries[1].clone();
    twin.code = CountryCode::new("gg");
    twin.in_sentence = "Guernsey".to_owned();
    data.countries.push(twin);
    assert_eq!(
        problem(&data, "pay=net&offer=45000&offer_currency=gbp"),
        "The United Kingdom and Guernsey pay in pounds: choose one of them to see the take-home \
         pay of your figure."
    );
}
