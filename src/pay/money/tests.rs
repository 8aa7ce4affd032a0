//! Amounts as people write, read and say them.

use proptest::prelude::*;

use super::*;
use crate::pay::Range;
use crate::testing::{dec, pay_data, range};

fn currency(code: &str) -> Currency {
    pay_data().currency(code).unwrap().clone()
}

#[test]
fn digits_are_grouped_as_in_the_country() {
    for (code, amount, expected) in [
        ("INR", "600000", "₹6,00,000"),
        ("INR", "12345678", "₹1,23,45,678"),
        ("INR", "999", "₹999"),
        ("USD", "95000", "$95,000"),
        ("USD", "1234567", "$1,234,567"),
        ("GBP", "45000.5", "£45,000.50"),
        ("GBP", "0", "£0"),
    ] {
        assert_eq!(currency(code).exact(dec(amount)), expected);
    }
}

#[test]
fn the_compact_form_is_exact_or_every_digit_is_written() {
    for (code, amount, expected) in [
        ("INR", "600000", "₹6L"),
        ("INR", "1275000", "₹12.75L"),
        ("INR", "10000000", "₹1Cr"),
        ("INR", "99999", "₹99,999"),
        ("INR", "1234567", "₹12,34,567"),
        ("USD", "95000", "$95K"),
        ("USD", "1200000", "$1.2M"),
        ("USD", "242140", "$242.14K"),
        ("GBP", "45000", "£45K"),
        ("GBP", "46974", "£46,974"),
        ("GBP", "999", "£999"),
    ] {
        assert_eq!(currency(code).compact(dec(amount)), expected);
    }
}

#[test]
fn ranges_show_an_open_top() {
    let closed = range("600000", Some("1200000"), false);
    let lone = range("3500000", None, true);
    let both = range("85000", Some("130000"), true);
    assert_eq!(currency("INR").compact_range(&closed), "₹6L–₹12L");
    assert_eq!(currency("INR").compact_range(&lone), "₹35L+");
    assert_eq!(currency("GBP").compact_range(&both), "£85K–£130K+");
    let say = |code: &str, range: &Range| currency(code).spoken_range(range, Period::Year);
    assert_eq!(say("INR", &closed), "6 lakh to 12 lakh rupees a year");
    assert_eq!(say("INR", &lone), "35 lakh rupees or more a year");
    assert_eq!(say("GBP", &both), "85 thousand to 130 thousand pounds or more a year");
    let monthly =
        currency("USD").spoken_range(&range("95000", Some("130000"), false), Period::Month);
    assert_eq!(monthly, "95 thousand to 130 thousand dollars a month");
}

#[test]
fn an_approximate_amount_has_the_sign_and_three_figures() {
    let data = pay_data();
    let pounds = Denomination::Currency(data.currency("GBP").unwrap());
    let rupees = Denomination::Currency(data.currency("INR").unwrap());
    for (with, amount, expected) in [
        (pounds, "104123.45", "≈£104K"),
        (pounds, "4736.94", "≈£4.74K"),
        (pounds, "999600", "≈£1M"),
        (pounds, "395.004", "≈£395"),
        (rupees, "12345678", "≈₹1.23Cr"),
    ] {
        assert_eq!(written(|text| with.push_approximate(text, dec(amount))), expected);
    }
    let converted = range("4736.94", Some("9473.88"), true);
    let text = written(|text| pounds.push_compact_range(text, &converted, true));
    assert_eq!(text, "≈£4.74K–£9.47K+");
    let text = written(|text| pounds.push_spoken(text, dec("104123"), true));
    assert_eq!(text, "about 104 thousand pounds");
}

#[test]
fn international_dollars_are_written_in_full() {
    let data = pay_data();
    let unit = Denomination::International(data.purchasing_power.as_ref().unwrap());
    let amount = dec("29380.08");
    assert_eq!(written(|text| unit.push_approximate(text, amount)), "≈Int$29,400");
    assert_eq!(written(|text| unit.push_exact(text, amount)), "Int$29,380.08");
    let band = range("29380.08", Some("58760.16"), false);
    let text = written(|text| unit.push_spoken_range(text, &band, Period::Year, true));
    assert_eq!(text, "about 29,400 to 58,800 in 2024 international dollars a year");
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (code, text, expected) in [
        ("INR", "18,00,000", "1800000"),
        ("INR", "1,800,000", "1800000"),
        ("INR", "1800000", "1800000"),
        ("INR", "18L", "1800000"),
        ("INR", "18 lakh", "1800000"),
        ("INR", "18 Lakhs", "1800000"),
        ("INR", "1.2 Cr", "12000000"),
        ("INR", "₹18L", "1800000"),
        ("INR", " inr 18 lakh ", "1800000"),
        ("INR", "18 lakh rupees", "1800000"),
        ("INR", "18 L INR", "1800000"),
        ("USD", "$95k", "95000"),
        ("USD", "95K", "95000"),
        ("USD", "$ 1.2M", "1200000"),
        ("USD", "95\u{a0}000", ""),
        ("GBP", "£45,000.50", "45000.5"),
        ("GBP", "45000.00", "45000"),
    ] {
        let read = currency(code).parse(text);
        match expected {
            "" => assert!(read.is_err(), "{text}: {read:?}"),
            amount => assert_eq!(read, Ok(dec(amount)), "{text}"),
        }
    }
}

#[test]
fn what_is_wrong_is_said_with_what_to_write() {
    for (code, text, expected) in [
        ("INR", "  ", "there is no amount: write it like 1800000, 18,00,000 or 18L"),
        ("INR", "₹", "there is no amount: write it like 1800000, 18,00,000 or 18L"),
        ("INR", "$95k", "this is not an amount of rupees: write it like 1800000, 18,00,000 or 18L"),
        (
            "INR",
            "95k",
            "“k” is not a unit of rupees: write the amount like 1800000, 18,00,000 or 18L",
        ),
        (
            "GBP",
            "45,00",
            "the commas are in the wrong places: write the amount like 18000, 18,000 or 18K",
        ),
        (
            "GBP",
            "45.005",
            "pounds have 2 decimals at most: write the amount like 18000, 18,000 or 18K",
        ),
        ("GBP", "9e9", "“e9” is not a unit of pounds: write the amount like 18000, 18,000 or 18K"),
        ("GBP", "99999999999999", "the amount is too large: write it like 18000, 18,000 or 18K"),
        ("GBP", "-5", "this is not an amount of pounds: write it like 18000, 18,000 or 18K"),
        ("GBP", "1.2.3", "this is not an amount of pounds: write it like 18000, 18,000 or 18K"),
        ("GBP", "5.", "this is not an amount of pounds: write it like 18000, 18,000 or 18K"),
    ] {
        assert_eq!(currency(code).parse(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn a_currency_is_recognised_by_symbol_or_code() {
    assert!(currency("INR").is_named_in("₹18L"));
    assert!(currency("INR").is_named_in("18L inr"));
    assert!(!currency("INR").is_named_in("18L"));
}

proptest! {
    #[test]
    fn rounding_by_whole_numbers_is_rounding(mantissa in any::<i64>(), cut in 0_u32..19, scale in 0_u32..20) {
        let amount = Decimal::new(mantissa / 10_i64.pow(cut), scale);
        let rounded = amount.round_sf_with_strategy(3, crate::pay::exact::ROUNDING).unwrap();
        let shown = crate::pay::money::round_for_show(amount);
        prop_assert_eq!(shown, rounded);
        prop_assert_eq!(shown.scale(), rounded.normalize().scale());
    }

    #[test]
    fn what_is_written_reads_back_the_same(
        code in prop::sample::select(vec!["INR", "USD", "GBP"]),
        minor in 0_i64..100_000_000_000_000,
    ) {
        let currency = currency(code);
        let amount = Decimal::new(minor, 2).normalize();
        prop_assert_eq!(currency.parse(&currency.exact(amount)), Ok(amount));
        prop_assert_eq!(currency.parse(&currency.compact(amount)), Ok(amount));
        let spoken = written(|text| Denomination::Currency(&currency).push_spoken(text, amount, false));
        prop_assert_eq!(currency.parse(&spoken), Ok(amount));
        prop_assert_eq!(currency.parse(&amount.to_string()), Ok(amount));
    }

    #[test]
    fn round_amounts_read_back_from_their_compact_form(
        code in prop::sample::select(vec!["INR", "USD", "GBP"]),
        thousands in 0_i64..1_000_000,
    ) {
        let currency = currency(code);
        let amount = Decimal::from(thousands * 1000);
        prop_assert_eq!(currency.parse(&currency.compact(amount)), Ok(amount));
    }

    #[test]
    fn no_text_makes_the_reader_of_amounts_panic(text in "\\PC{0,50}") {
        let _ = currency("INR").parse(&text);
    }

    #[test]
    fn nearly_amounts_never_make_it_panic(text in "[₹$£İK0-9,.lLcC r]{0,45}") {
        if let Ok(amount) = currency("INR").parse(&text) {
            prop_assert!(amount >= Decimal::ZERO && amount <= MAX_AMOUNT);
        }
    }
}
