//! Owns the take-home evaluator under random rules. Rules are made of the bytes directly, because few
//! random texts are rules at all.

use career_guide::id::{CountryCode, SourceId};
use career_guide::pay::take_home::{
    Allowance, Cess, Charge, ChargeBase, NoTakeHome, NotComputed, Rebate, TakeHomeRules, Taper,
    TaxBand,
};
use jiff::civil::date;
use rust_decimal::{Decimal, RoundingStrategy};

/// Rules and some gross pay: the evaluator returns parts that add up, or an error.
pub fn take_home(data: &[u8]) {
    let mut bytes = Bytes(data);
    let rules = rules(&mut bytes);
    for _ in 0..4 {
        let gross = bytes.amount();
        match rules.net(gross) {
            Ok(paid) => {
                assert!(paid.taxable >= Decimal::ZERO && paid.taxable <= gross);
                let (mut left, mut largest) = (gross, gross);
                for (charge, rule) in paid.charges.iter().zip(&rules.charges) {
                    assert!(charge.amount >= Decimal::ZERO);
                    assert!(rule.cap.is_none_or(|cap| charge.amount <= cap));
                    let whole =
                        charge.amount + charge.cess.map_or(Decimal::ZERO, |cess| cess.amount);
                    left -= whole;
                    largest = largest.max(whole);
                }
                assert_eq!(paid.charges.len(), rules.charges.len());
                // Pay that is finer than the penny may round up, and its net with it.
                let most = gross.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
                assert!(paid.net <= most, "{} of {gross}", paid.net);
                // Rounded to the penny, from numbers of 28 digits.
                let off = Decimal::new(5_000_001, 9) + largest * Decimal::new(1, 27);
                assert!((left - paid.net).abs() <= off, "{rules:?}");
                assert_eq!(paid.net.round_dp(2), paid.net);
            }
            Err(NoTakeHome::BeyondRules { .. }) => assert!(rules.not_computed.is_some()),
            Err(NoTakeHome::OutOfRange) => {}
        }
    }
}

fn rules(bytes: &mut Bytes<'_>) -> TakeHomeRules {
    TakeHomeRules {
        country: CountryCode::new("zz"),
        tax_year: "2026".to_owned(),
        caption: None,
        source: SourceId::new("x"),
        holds_until: date(2026, 12, 31),
        omits: Vec::new(),
        applies_to: "anyone".to_owned(),
        allowances: bytes.some(3, |bytes| Allowance {
            name: "Allowance".to_owned(),
            amount: bytes.amount(),
            taper: bytes.maybe(|bytes| Taper {
                above: bytes.amount(),
                lose: bytes.amount(),
                per: bytes.amount(),
            }),
        }),
        charges: bytes.some(3, |bytes| Charge {
            name: "Charge".to_owned(),
            on: if bytes.flag() { ChargeBase::Gross } else { ChargeBase::Taxable },
            bands: bytes.some(6, |bytes| TaxBand {
                to: bytes.maybe(Bytes::amount),
                percent: bytes.amount(),
            }),
            cap: bytes.maybe(Bytes::amount),
            rebate: bytes.maybe(|bytes| Rebate {
                taxable_to: bytes.amount(),
                marginal_relief: bytes.flag(),
            }),
            cess: bytes.maybe(|bytes| Cess { name: "Cess".to_owned(), percent: bytes.amount() }),
        }),
        not_computed: bytes.maybe(|bytes| NotComputed {
            taxable_above: bytes.amount(),
            why: "other rules".into(),
        }),
        examples: Vec::new(),
    }
}

/// Bytes that are taken one after another; nothing but zeros follows them.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// Nothing below zero, as in the content; mostly of the size of pay, now and then absurd.
    fn amount(&mut self) -> Decimal {
        let shape = self.byte();
        let length = usize::from(shape & 0x0f).min(12);
        let number = (0..length).fold(0_i128, |number, _| number << 8 | i128::from(self.byte()));
        Decimal::from_i128_with_scale(number, u32::from(shape >> 4))
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| make(self))
    }

    fn some<T>(&mut self, at_most: u8, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.byte() % (at_most + 1);
        (0..count).map(|_| make(self)).collect()
    }
}
