//! The evaluator against worked examples of three countries, and against what must always hold.

use proptest::prelude::*;

use super::*;
use crate::testing::{dec, pay_data};

fn rules_of(country: &str) -> TakeHomeRules {
    pay_data().take_home(country).unwrap().clone()
}

#[test]
fn take_home_is_right_to_the_smallest_coin() {
    let all = pay_data().take_home;
    assert_eq!(all.iter().map(|rules| rules.examples.len()).collect::<Vec<_>>(), [7, 6, 5]);
    for rules in all {
        for (gross, expected) in &rules.examples {
            assert_eq!(rules.net(*gross).unwrap().net, *expected, "{gross} in {}", rules.country);
        }
    }
}

#[test]
fn a_breakdown_says_how_the_net_comes_about() {
    let rules = rules_of("gb");
    let paid = rules.net(dec("110000")).unwrap();
    assert_eq!(paid.allowances[0].amount, dec("7570"));
    assert_eq!(paid.taxable, dec("102430"));
    let charges: Vec<_> = paid.charges.iter().map(|charge| (charge.name, charge.amount)).collect();
    assert_eq!(charges, [("Income tax", dec("33432")), ("National Insurance", dec("4210.60"))]);
    let rules = rules_of("in");
    let paid = rules.net(dec("1300000")).unwrap();
    let cess = paid.charges[0].cess.unwrap();
    assert_eq!((paid.charges[0].amount, cess.amount), (dec("25000"), dec("1000")));
}

#[test]
fn a_tapered_allowance_ends_at_nothing() {
    let rules = rules_of("gb");
    assert_eq!(rules.net(dec("100000")).unwrap().allowances[0].amount, dec("12570"));
    assert_eq!(rules.net(dec("100001")).unwrap().allowances[0].amount, dec("12569.5"));
    assert_eq!(rules.net(dec("125140")).unwrap().allowances[0].amount, dec("0"));
    assert_eq!(rules.net(dec("900000")).unwrap().allowances[0].amount, dec("0"));
}

#[test]
fn a_capped_charge_stops_at_its_cap() {
    let rules = rules_of("us");
    let social = |gross| rules.net(dec(gross)).unwrap().charges[1].amount;
    assert_eq!(social("184500"), dec("11439"));
    assert_eq!(social("184501"), dec("11439"));
    assert_eq!(social("184499"), dec("11438.938"));
}

#[test]
fn nothing_is_computed_where_the_rules_end() {
    let rules = rules_of("in");
    assert!(rules.net(dec("5075000")).is_ok());
    let error = rules.net(dec("5075001")).unwrap_err();
    assert_eq!(error.to_string(), "above a taxable ₹50L a surcharge begins");
    assert!(
        matches!(error, NoTakeHome::BeyondRules { taxable_above, .. } if taxable_above == dec("5000000"))
    );
}

#[test]
fn nothing_is_charged_on_pay_below_the_allowance() {
    for gross in [dec("12570"), dec("0")] {
        assert_eq!(rules_of("gb").net(gross).unwrap().net, gross);
    }
}

#[test]
fn amounts_out_of_range_are_refused() {
    for gross in ["-0.01", "1000000000000.01", "79228162514264337593543950335"] {
        assert_eq!(rules_of("gb").net(dec(gross)), Err(NoTakeHome::OutOfRange), "{gross}");
    }
    assert!(rules_of("gb").net(dec("1000000000000")).is_ok());
}

#[test]
fn absurd_rules_are_an_error_and_not_a_panic() {
    let mut rules = rules_of("gb");
    rules.charges[0].bands = vec![TaxBand { to: None, percent: Decimal::MAX }];
    assert_eq!(rules.net(dec("100000")), Err(NoTakeHome::OutOfRange));
    let mut rules = rules_of("gb");
    rules.allowances[0].taper =
        Some(Taper { above: Decimal::ZERO, lose: Decimal::ONE, per: Decimal::ZERO });
    assert_eq!(rules.net(dec("100000")), Err(NoTakeHome::OutOfRange));
}

#[test]
fn only_the_net_is_rounded_half_away_from_zero() {
    let mut rules = rules_of("gb");
    rules.allowances.clear();
    rules.charges.truncate(1);
    rules.charges[0].bands = vec![TaxBand { to: None, percent: dec("0.5") }];
    let paid = rules.net(dec("1.01")).unwrap();
    assert_eq!(paid.charges[0].amount, dec("0.00505"));
    assert_eq!(paid.net, dec("1.00"));
    assert_eq!(rules.net(dec("101")).unwrap().net, dec("100.50"));
    assert_eq!(rules.net_to(dec("100"), 0).unwrap().net, dec("100"));
}

proptest! {
    #[test]
    fn net_is_never_more_than_gross(pence in 0_i64..100_000_000_000_000) {
        let gross = Decimal::new(pence, 2);
        for rules in [rules_of("us"), rules_of("gb"), rules_of("in")] {
            if let Ok(paid) = rules.net(gross) {
                prop_assert!(paid.net <= gross && paid.net >= Decimal::ZERO);
            }
        }
    }

    #[test]
    fn more_gross_is_more_net(pence in 0_i64..50_000_000, more in 100_i64..10_000_000) {
        let (less, more) = (Decimal::new(pence, 2), Decimal::new(pence + more, 2));
        for rules in [rules_of("us"), rules_of("gb")] {
            prop_assert!(rules.net(more).unwrap().net > rules.net(less).unwrap().net);
        }
    }

    #[test]
    fn only_the_cess_on_marginal_relief_makes_more_gross_less_net(
        rupees in 0_i64..5_000_000,
        more in 1_i64..1_000_000,
    ) {
        let rules = rules_of("in");
        let (less, more) = (Decimal::from(rupees), Decimal::from(rupees + more));
        if let (Ok(low), Ok(high)) = (rules.net(less), rules.net(more)) {
            // Relief holds while the tax exceeds what is above the limit: up to 70,588 above it,
            // and the cess on that is 2,823.53.
            prop_assert!(high.net > low.net - dec("2823.54"));
            let relieved = dec("1200000")..dec("1270589");
            if !relieved.contains(&low.taxable) && !relieved.contains(&high.taxable) {
                prop_assert!(high.net >= low.net);
            }
        }
    }

    #[test]
    fn the_parts_add_up(pence in 0_i64..1_000_000_000) {
        let gross = Decimal::new(pence, 2);
        let rules = rules_of("us");
        let paid = rules.net(gross).unwrap();
        let charged: Decimal = paid.charges.iter().map(|charge| charge.amount).sum();
        prop_assert!((gross - charged - paid.net).abs() <= dec("0.005"));
    }
}
