//! The rows that selections show.

use proptest::prelude::*;
use rust_decimal::Decimal;
use url::form_urlencoded;

use super::*;
use crate::address::Query;
use crate::testing::{dec, pay_data};

pub(super) fn parse(data: &SalaryData, query: &str) -> (Selection, Vec<Ignored>) {
    Selection::parse(form_urlencoded::parse(query.as_bytes()).into_owned(), data)
}

pub(super) fn choose(data: &SalaryData, query: &str) -> Selection {
    let (selection, ignored) = parse(data, query);
    assert_eq!(ignored, [], "{query}");
    selection
}

/// The scale of a country's rows.
fn axis_of<'c, 'a>(comparison: &'c Comparison<'a>, country: &Country) -> &'c Axis<'a> {
    let is_its = |axis: &&Axis<'_>| axis.country.is_none_or(|owner| owner.code == country.code);
    comparison.axes.iter().find(is_its).unwrap()
}

/// Looks at what a query shows.
pub(in crate::pay) fn compare<T>(
    data: &SalaryData,
    query: &str,
    look: impl FnOnce(&Comparison<'_>) -> T,
) -> T {
    look(&Comparison::new(data, &choose(data, query)))
}

/// Country, label, shown text of every row of the guide's own.
fn own_rows(data: &SalaryData, query: &str) -> Vec<String> {
    compare(data, query, |comparison| {
        let text = |row: &Row<'_>| {
            let shown = row.shown.as_ref().map_or_else(|| "-".to_owned(), DisplayFigures::text);
            format!("{} {} {shown}", row.country.code, row.label())
        };
        comparison.rows().filter(|row| row.own).map(text).collect()
    })
}

#[test]
fn nothing_chosen_shows_everything_as_it_stands() {
    let data = pay_data();
    assert_eq!(choose(&data, ""), Selection::defaults(&data));
    assert_eq!(
        own_rows(&data, ""),
        [
            "in Entry ₹6L–₹12L",
            "in Mid ₹15L–₹30L",
            "in Senior ₹35L+",
            "gb Entry £45K–£75K",
            "gb Mid £60K–£90K",
            "gb Senior £85K–£130K+",
            "us Entry $95K–$130K",
            "us Mid $140K–$190K",
            "us Senior $250K+",
        ]
    );
    compare(&data, "", |comparison| {
        assert!(comparison.rows().all(|row| !row.is_changed() || row.shown.is_none()));
        let maxima: Vec<Decimal> = comparison.axes.iter().map(|axis| axis.max).collect();
        assert_eq!(maxima, [dec("3500000"), dec("154100"), dec("250000")]);
        assert!(!comparison.shares_axis());
        assert!(axis_of(comparison, comparison.countries[0]).open);
    });
}

#[test]
fn others_follow_their_level_and_then_years_and_then_everyone() {
    compare(&pay_data(), "country=gb&country=in", |comparison| {
        let row_text =
            |row: &Row<'_>| format!("{} {} {}", row.country.code, row.label(), row.source.id);
        assert_eq!(
            comparison.rows().map(row_text).collect::<Vec<_>>(),
            [
                "in Entry guide",
                "in Mid guide",
                "in Senior guide",
                "in 2–4 years glassdoor",
                "in All levels ambitionbox",
                "in All levels aijobs",
                "gb Entry guide",
                "gb Entry adlib",
                "gb Mid guide",
                "gb Mid aijobs",
                "gb Mid adlib",
                "gb Senior guide",
                "gb Senior aijobs",
                "gb Senior adlib",
                "gb All levels itjobswatch",
            ]
        );
        let withheld = comparison.rows().nth(5).unwrap();
        assert!(withheld.shown.is_none() && withheld.small_sample);
        assert_eq!(withheld.missing[0].text, "too few rows to show");
    });
}

#[test]
fn grouping_by_level_ends_with_what_is_of_no_level() {
    compare(&pay_data(), "group=level&level=senior&level=mid&source=bls", |comparison| {
        let groups = comparison.groups.iter();
        let groups: Vec<_> = groups.map(|group| (group.heading.text(), group.rows.len())).collect();
        assert_eq!(groups, [("Mid level", 3), ("Senior level", 3), ("All levels", 1)]);
    });
}

#[test]
fn a_converted_figure_is_the_original_times_the_shown_rate() {
    let data = pay_data();
    compare(&data, "currency=GBP", |comparison| {
        let mut converted = 0;
        for row in comparison.rows() {
            let Some(shown) = &row.shown else { continue };
            let (Some(was), Some(is)) = (row.original.max(), shown.figures.max()) else { continue };
            match row.conversion {
                Some(Conversion::Exchange { rate, .. }) => {
                    assert_eq!(was * rate.value, is);
                    assert!(shown.approximate && shown.text().contains('≈'));
                    converted += 1;
                }
                _ => assert_eq!(was, is),
            }
        }
        assert!(converted > 6);
        assert!(comparison.shares_axis());
    });
    assert_eq!(
        own_rows(&data, "currency=GBP")[..4],
        [
            "in Entry ≈£4.74K–£9.47K",
            "in Mid ≈£11.8K–£23.7K",
            "in Senior ≈£27.6K+",
            "gb Entry £45K–£75K"
        ]
    );
}

#[test]
fn purchasing_power_divides_and_passes_over_the_display_currency() {
    let data = pay_data();
    let query = "adjust=ppp&currency=gbp&level=entry";
    assert_eq!(choose(&data, query).canonical_query(&data), "level=entry&adjust=ppp");
    assert_eq!(
        own_rows(&data, query),
        [
            "in Entry ≈Int$29,400–Int$58,800",
            "gb Entry ≈Int$67,800–Int$113,000",
            "us Entry ≈Int$95,000–Int$130,000",
        ]
    );
}

#[test]
fn take_home_comes_before_conversion_and_the_month_comes_last() {
    let data = pay_data();
    let query = "pay=net&country=gb&source=none";
    assert_eq!(
        own_rows(&data, query),
        [
            "gb Entry £35,919.60–£54,057.40",
            "gb Mid £45,357.40–£62,757.40",
            "gb Senior £59,857.40–£80,686.40+",
        ]
    );
    compare(&data, query, |comparison| {
        let senior = comparison.rows().nth(2).unwrap();
        assert_eq!(senior.missing[0].kind, MissingKind::OpenTop);
        assert_eq!(senior.shown.as_ref().unwrap().short(), "≈£59.9K–£80.7K+");
    });
    compare(&data, "pay=net&country=gb&source=none&currency=usd&period=month", |comparison| {
        let row = comparison.rows().next().unwrap();
        let Some(Conversion::Exchange { rate, .. }) = row.conversion else { panic!() };
        let expected = (dec("35919.60") * rate.value / dec("12")).round_dp(2);
        assert_eq!(row.shown.as_ref().unwrap().figures.min(), Some(expected));
    });
}

#[test]
fn a_month_is_a_twelfth_to_the_coin() {
    compare(&pay_data(), "period=month&country=us&level=entry&source=none", |comparison| {
        let shown = comparison.rows().next().unwrap().shown.as_ref().unwrap();
        assert_eq!(shown.text(), "$7,916.67–$10,833.33");
        assert_eq!(shown.short(), "≈$7.92K–$10.8K");
    });
}

#[test]
fn what_is_missing_has_its_reason_and_the_rest_is_shown() {
    let mut data = pay_data();
    data.take_home.retain(|rules| rules.country.as_str() != "in");
    let rates = data.rates.as_mut().unwrap();
    rates.rates.retain(|rate| rate.currency != *"USD");
    compare(&data, "pay=net&currency=gbp", |comparison| {
        for (country, reason) in [
            ("in", Some("there are no take-home rules for India")),
            ("us", Some("there is no exchange rate from dollars to pounds")),
            ("gb", None),
        ] {
            let row = comparison.rows().find(|row| row.country.code == *country).unwrap();
            assert_eq!(row.missing.first().map(|missing| &*missing.text), reason);
        }
        assert_eq!(comparison.axes.len(), 1);
    });
    data.purchasing_power = None;
    compare(&data, "adjust=ppp", |comparison| {
        assert!(comparison.rows().all(|row| row.shown.is_none()));
        assert!(comparison.axes.is_empty());
    });
}

#[test]
fn a_top_beyond_the_rules_leaves_the_low_end() {
    let mut data = pay_data();
    data.countries[0].bands[2].range.high = Some(dec("9000000"));
    compare(&data, "pay=net&country=in&level=senior&source=none", |comparison| {
        let row = comparison.rows().next().unwrap();
        assert_eq!(row.shown.as_ref().unwrap().text(), "₹28,68,200+");
        assert_eq!(
            row.missing[0].text,
            "take-home pay of ₹90L is not computed: above a taxable ₹50L a surcharge begins"
        );
    });
}

#[test]
fn an_address_made_for_older_data_is_recognised() {
    let opened = |query| compare(&pay_data(), query, |comparison| comparison.opened_from.clone());
    assert_eq!(opened("edition=2026.11&rates=2026-06"), None);
    let older = OpenedFrom { edition: Some("2025.1".to_owned()), rates: None };
    assert_eq!(opened("edition=2025.1&rates=2026-06"), Some(older));
    assert!(opened("rates=2025").unwrap().rates.is_some());
}

#[test]
fn empty_data_make_an_empty_comparison() {
    let data = SalaryData::default();
    let (selection, _) = parse(&data, "country=in&pay=net&adjust=ppp&offer=5&currency=usd");
    let comparison = Comparison::new(&data, &selection);
    assert!(comparison.groups.is_empty() && comparison.axes.is_empty());
}

pub(super) fn query() -> impl Strategy<Value = Vec<(String, String)>> {
    let names = Query::Comparison.parameters().iter().copied().chain(["other"]);
    let name = prop::sample::select(names.collect::<Vec<_>>());
    let known = "in GB us mid Senior gbp inr local net gross ppp market month year level country bls \
                 guide none 18L ₹18L 65000 1e9 999999999999 2026.11 2025 2026-06 2023/2024 2024~ \
                 unknown";
    let known = prop::sample::select(known.split(' ').chain([""]).collect::<Vec<_>>());
    let value = prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,60}"];
    prop::collection::vec((name.prop_map(str::to_owned), value), 0..24)
}

proptest! {
    #[test]
    fn any_query_makes_a_comparison_that_can_be_written(pairs in query()) {
        let data = pay_data();
        let (selection, ignored) = Selection::parse(pairs, &data);
        prop_assert!(ignored.len() <= 8);
        let comparison = Comparison::new(&data, &selection);
        for row in comparison.rows() {
            if let Some(shown) = &row.shown {
                let _ = (shown.text(), shown.exact(), shown.short(), shown.spoken());
                prop_assert!(axis_of(&comparison, row.country).max >= shown.figures.max().unwrap());
            } else {
                prop_assert!(!row.missing.is_empty());
            }
        }
        let report = crate::pay::findings::Report::new(&comparison);
        let _ = report.findings();
        let _ = report.summary();
        let _ = crate::pay::findings::caveats(&comparison, Some(jiff::civil::date(2030, 1, 1)));
        prop_assert!(report.headline().chars().count() <= 90);
    }
}
