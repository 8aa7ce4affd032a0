//! The sentences that the figures of the fixture make, and those of other shapes.

use jiff::civil::{Date, date};

use super::*;
use crate::id::{CountryCode, LevelId};
use crate::pay::comparison::tests::compare;
use crate::pay::{Basis, SalaryData};
use crate::testing::{dec, pay_data, range};

fn headline(data: &SalaryData, query: &str) -> String {
    compare(data, query, |comparison| Report::new(comparison).headline())
}

fn summary(data: &SalaryData, query: &str) -> Vec<String> {
    compare(data, query, |comparison| Report::new(comparison).summary())
}

fn found(data: &SalaryData, query: &str, kind: FindingKind) -> Vec<String> {
    let found = |comparison: &Comparison<'_>| {
        let all = Report::new(comparison).findings().into_iter();
        all.filter(|finding| finding.kind == kind).map(|finding| finding.text).collect()
    };
    compare(data, query, found)
}

fn warned(data: &SalaryData, query: &str, kind: CaveatKind, today: Option<Date>) -> Vec<String> {
    let warned = |comparison: &Comparison<'_>| {
        let all = caveats(comparison, today).into_iter();
        all.filter(|caveat| caveat.kind == kind).map(|caveat| caveat.text).collect()
    };
    compare(data, query, warned)
}

#[test]
fn overlaps_and_gaps_are_found_between_neighbouring_levels() {
    let data = pay_data();
    assert_eq!(
        found(&data, "", FindingKind::Overlap),
        ["In the United Kingdom entry and mid overlap between £60K and £75K, and mid and senior \
          between £85K and £90K."]
    );
    assert_eq!(
        found(&data, "", FindingKind::Gap),
        [
            "In India nothing is said between ₹12L and ₹15L, where entry ends and mid begins, or \
             between ₹30L and ₹35L, where mid ends and senior begins.",
            "In the United States nothing is said between $130K and $140K, where entry ends and \
             mid begins, or between $190K and $250K, where mid ends and senior begins.",
        ]
    );
    assert_eq!(found(&data, "group=level", FindingKind::Gap).len(), 2);
}

#[test]
fn nothing_is_found_in_what_the_view_cannot_show() {
    let mut data = pay_data();
    data.take_home.retain(|rules| rules.country.as_str() != "gb");
    assert_eq!(found(&data, "pay=net", FindingKind::Overlap), [""; 0]);
    assert_eq!(found(&data, "", FindingKind::Overlap).len(), 1);
    let unlike = found(&data, "pay=net&country=gb", FindingKind::Disagreement);
    assert!(!unlike.is_empty());
    assert!(unlike.iter().all(|text| text.ends_with(", as the sources give them.")), "{unlike:?}");
}

#[test]
fn a_level_left_out_by_the_reader_is_no_gap() {
    let data = pay_data();
    assert!(found(&data, "level=entry&level=senior", FindingKind::Gap).is_empty());
    assert!(found(&data, "level=mid", FindingKind::Overlap).is_empty());
}

#[test]
fn bands_that_just_touch_neither_overlap_nor_leave_a_gap() {
    let mut data = pay_data();
    data.countries[0].bands[0].range.high = Some(dec("1500000"));
    let gaps = found(&data, "country=in", FindingKind::Gap);
    assert_eq!(
        gaps,
        ["In India nothing is said between ₹30L and ₹35L, where mid ends and senior begins."]
    );
    assert!(found(&data, "country=in", FindingKind::Overlap).is_empty());
}

#[test]
fn an_open_top_leaves_no_gap() {
    let mut data = pay_data();
    data.countries[0].bands[0].range.open = true;
    assert_eq!(found(&data, "country=in&level=entry&level=mid", FindingKind::Gap).len(), 0);
}

#[test]
fn open_tops_stand_in_one_sentence() {
    let mut data = pay_data();
    let all = "The top of senior is open in every country: more is paid than is stated.";
    assert_eq!(found(&data, "", FindingKind::OpenTop), [all]);
    assert_eq!(
        found(&data, "country=us", FindingKind::OpenTop),
        ["In the United States the top of senior is open: more is paid than is stated."]
    );
    data.countries[1].bands[2].range.open = false;
    assert_eq!(
        found(&data, "", FindingKind::OpenTop),
        ["The top is open at senior in India and the United States: more is paid than is stated."]
    );
    assert!(found(&data, "level=entry", FindingKind::OpenTop).is_empty());
}

#[test]
fn the_one_band_that_says_what_it_counts_stands_out() {
    let mut data = pay_data();
    assert_eq!(
        found(&data, "", FindingKind::UnlikeBasis),
        ["Only senior in the United States says what it counts (total compensation, includes \
          equity and bonuses), so it is not like for like with the rest."]
    );
    assert_eq!(found(&data, "level=mid", FindingKind::UnlikeBasis).len(), 0);
    assert_eq!(found(&data, "country=us&level=senior", FindingKind::UnlikeBasis).len(), 0);
    data.countries[1].bands[0].basis = Basis::Base;
    assert_eq!(
        found(&data, "", FindingKind::UnlikeBasis),
        ["Total compensation stands beside base pay, which is not like for like: senior in the \
          United States counts the first, entry in the United Kingdom the second; the rest do not \
          say."]
    );
}

#[test]
fn a_level_that_stands_for_unlike_years_is_found() {
    assert_eq!(
        found(&pay_data(), "", FindingKind::UnlikeYears),
        ["Mid level does not stand for the same experience everywhere: 2–4 years in India, \
          typical mid-career in the United Kingdom and 3–6 years in the United States."]
    );
    assert!(found(&pay_data(), "country=in", FindingKind::UnlikeYears).is_empty());
}

#[test]
fn sources_that_disagree_twofold_are_found_in_the_amounts_of_the_view() {
    let data = pay_data();
    assert_eq!(
        found(&data, "", FindingKind::Disagreement),
        [
            "For mid in India this guide says ₹15L–₹30L and Glassdoor (2023–24, 2–4 years) \
             ₹6L–₹14L: at least a twofold difference at the low end and at the top.",
            "For entry in the United Kingdom this guide says £45K–£75K and Adlib (2023–24) \
             £30K–£35K: at least a twofold difference at the top.",
        ]
    );
    assert!(found(&data, "source=bls", FindingKind::Disagreement).is_empty());
    let converted = found(&data, "currency=gbp&country=in", FindingKind::Disagreement);
    assert!(converted[0].contains("≈£11.8K–£23.7K"), "{converted:?}");
}

#[test]
fn a_median_disagrees_when_it_is_twice_outside_the_band() {
    for (median, disagrees) in
        [("22500", true), ("22501", false), ("60000", false), ("149999", false), ("150000", true)]
    {
        let mut data = pay_data();
        let entry = &mut data.countries[1].others[3];
        entry.figures = crate::pay::Figures::Median(dec(median));
        let texts = found(&data, "country=gb&level=entry", FindingKind::Disagreement);
        assert_eq!(!texts.is_empty(), disagrees, "{median}");
    }
}

#[test]
fn small_samples_of_one_source_are_found_once() {
    assert_eq!(
        found(&pay_data(), "", FindingKind::SmallSample),
        ["Small samples of aijobs.net: all levels in India (6, not shown), mid in the United \
          Kingdom (25) and senior in the United Kingdom (32)."]
    );
}

#[test]
fn the_headline_is_what_the_view_says() {
    let data = pay_data();
    for (query, expected) in [
        ("", "Levels overlap in the UK and leave gaps in India and the US; senior tops are open"),
        ("country=in", "Pay in India goes from ₹6L at entry to ₹35L+ at senior"),
        ("country=gb", "Pay in the United Kingdom goes from £45K at entry to £130K+ at senior"),
        ("country=gb&level=mid", "Mid pay in the United Kingdom: £60K–£90K"),
        ("level=mid", "Mid pay: ₹15L–₹30L in India, £60K–£90K in the UK, $140K–$190K in the US"),
        (
            "currency=gbp",
            "Entry pay starts at ≈£71.2K in the US, £45K in the UK and ≈£4.74K in India",
        ),
        (
            "currency=usd&pay=net&period=month",
            "Monthly take-home entry pay starts highest in the US (≈$6.31K) and lowest in India \
             (≈$527)",
        ),
        (
            "adjust=ppp&country=in&country=us&level=senior",
            "Senior pay starts at ≈Int$250,000 in the US and ≈Int$171,000 in India",
        ),
        ("country=in&country=us", "Levels leave gaps in India and the US; senior tops are open"),
    ] {
        assert_eq!(headline(&data, query), expected, "{query}");
    }
}

#[test]
fn the_headline_leaves_out_open_tops_when_several_levels_have_them() {
    let mut data = pay_data();
    data.countries[0].bands[0].range.open = true;
    assert_eq!(headline(&data, ""), "Levels overlap in the UK and leave gaps in India and the US");
}

#[test]
fn a_view_without_bands_has_a_headline_too() {
    let mut data = pay_data();
    for country in &mut data.countries {
        country.bands.clear();
    }
    let others = "The guide has no bands of its own here; other sources do";
    assert_eq!(headline(&data, ""), others);
    assert_eq!(headline(&data, "source=none"), "There are no pay figures for this choice");
    data.rates = None;
    assert_eq!(
        headline(&data, "country=in&currency=gbp"),
        "These figures cannot be shown as chosen; they stand below as they are known"
    );
}

#[test]
fn many_countries_still_make_a_short_headline() {
    let mut data = pay_data();
    let model = data.countries[0].clone();
    for letter in 'a'..='z' {
        let mut country = model.clone();
        country.code = CountryCode::new(format!("z{letter}"));
        country.name = format!("The Long Republic of {letter}");
        country.in_sentence.clone_from(&country.name);
        country.short.clone_from(&country.name);
        data.countries.push(country);
    }
    for query in ["", "level=mid", "currency=usd", "adjust=ppp", "pay=net&period=month"] {
        let text = headline(&data, query);
        assert!(text.chars().count() <= 90 && !text.is_empty(), "{text}");
    }
    let text = headline(&data, "");
    assert!(text.starts_with("Levels overlap in the UK and leave gaps in 28 countries"), "{text}");
    assert!(summary(&data, "").iter().all(|sentence| sentence.len() < 400));
}

#[test]
fn any_number_of_levels_will_do() {
    let mut data = pay_data();
    let mut level = data.levels[2].clone();
    level.id = LevelId::new("l7");
    level.short = "L7".to_owned();
    data.levels.push(level);
    let mut band = data.countries[0].bands[2].clone();
    band.level = LevelId::new("l7");
    band.range = range("9000000", None, true);
    data.countries[0].bands.push(band);
    assert_eq!(headline(&data, "country=in"), "Pay in India goes from ₹6L at entry to ₹90L+ at L7");
}

#[test]
fn the_summary_says_what_stands_where() {
    let data = pay_data();
    assert_eq!(
        summary(&data, "country=in&country=gb&source=adlib"),
        [
            "Machine learning engineer pay in India and the United Kingdom, before tax, a year, \
             each country in its own currency.",
            "The guide’s own bands run from 6 lakh rupees (entry) to 35 lakh rupees or more \
             (senior) in India and from 45 thousand pounds (entry) to 130 thousand pounds or more \
             (senior) in the United Kingdom.",
            "Figures of one other source stand beside the guide’s own bands; nothing is averaged.",
        ]
    );
}

#[test]
fn net_pay_is_never_without_its_tax_year_and_what_it_leaves_out() {
    let data = pay_data();
    let texts = warned(&data, "pay=net", CaveatKind::TakeHome, None);
    assert_eq!(
        texts[1],
        "Take-home pay in the United Kingdom: tax year 2026/27, for a single employee without \
         children or other income; left out: pension contributions and student loan."
    );
    assert!(texts[2].contains("tax year 2026, before state tax"));
    assert_eq!(texts.len(), 5);
    assert!(warned(&data, "", CaveatKind::TakeHome, None).is_empty());
}

#[test]
fn a_converted_view_names_its_rates_and_their_date() {
    let data = pay_data();
    assert_eq!(
        warned(&data, "currency=gbp", CaveatKind::Rates, None),
        ["Converted at 1 INR = 0.0078949 GBP and 1 USD = 0.7497 GBP (June 2026, US Federal \
          Reserve)."]
    );
    let offer = warned(&data, "country=gb&offer=$95k", CaveatKind::Rates, None);
    assert_eq!(offer, ["Converted at 1 USD = 0.7497 GBP (June 2026, US Federal Reserve)."]);
    assert!(warned(&data, "", CaveatKind::Rates, None).is_empty());
}

#[test]
fn purchasing_power_says_how_rough_it_is() {
    let text = warned(
        &pay_data(),
        "adjust=ppp&currency=gbp&country=in",
        CaveatKind::PurchasingPower,
        None,
    );
    assert_eq!(
        text,
        ["By purchasing power: amounts are divided by their 2024 factor (20.422 for rupees) and \
          shown as 2024 international dollars, so the display currency does not apply. Rough: a \
          national average, not a rent index."]
    );
}

#[test]
fn unlike_bases_side_by_side_are_a_warning() {
    let data = pay_data();
    assert_eq!(
        warned(&data, "", CaveatKind::Basis, None),
        ["Not like for like: total compensation for senior in the United States and pay whose \
          basis is not stated stand side by side."]
    );
    assert!(warned(&data, "level=mid", CaveatKind::Basis, None).is_empty());
}

#[test]
fn what_is_past_its_date_is_said_only_where_it_is_used() {
    let data = pay_data();
    let day = |year, month, day| Some(date(year, month, day));
    let stale = |query, today| warned(&data, query, CaveatKind::Stale, today);
    assert!(stale("currency=gbp&pay=net", day(2026, 12, 31)).is_empty());
    assert_eq!(
        stale("currency=gbp&pay=net", day(2027, 1, 1)),
        ["The take-home rules of the United States for 2026 are old: they held until 31 December \
          2026."]
    );
    assert_eq!(
        stale("currency=gbp", day(2027, 7, 1)),
        ["The exchange rates are old: those of June 2026 were to hold until 30 June 2027."]
    );
    assert_eq!(stale("adjust=ppp", day(2027, 7, 1)).len(), 1);
    assert!(stale("", day(2040, 1, 1)).is_empty());
    assert!(stale("currency=gbp", None).is_empty());
}

#[test]
fn what_cannot_be_shown_is_said_once_with_its_countries() {
    let mut data = pay_data();
    data.take_home.clear();
    data.countries[2].bands.clear();
    data.countries[2].others.clear();
    assert_eq!(
        warned(&data, "pay=net", CaveatKind::Missing, None),
        [
            "There are no take-home rules for India and the United Kingdom.",
            "Nothing is known of the United States for this choice.",
        ]
    );
}
