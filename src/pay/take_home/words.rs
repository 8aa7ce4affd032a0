//! Owns the words for tax rules, for pages and for messages about changed rules. Amounts are written
//! by the caller's function, in a currency or as plain numbers.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{Charge, ChargeBase, Taper};

impl Taper {
    /// "less £1 for every £2 of pay above £100,000".
    pub fn in_words(&self, write: impl Fn(Decimal) -> String) -> String {
        let (lose, per, above) = (write(self.lose), write(self.per), write(self.above));
        format!("less {lose} for every {per} of pay above {above}")
    }
}

impl Charge {
    /// "on pay less allowances: 20% to £37,700, 40% to £125,140, 45% above." and a sentence each for
    /// the rebate, the cap and the cess. It goes on from the name of the charge.
    pub fn in_words(&self, write: impl Fn(Decimal) -> String) -> String {
        let on = match self.on {
            ChargeBase::Taxable => "on pay less allowances",
            ChargeBase::Gross => "on all pay",
        };
        let several = self.bands.len() > 1;
        let bands = self.bands.iter().map(|band| {
            let percent = match band.percent {
                zero if zero.is_zero() => "nothing".to_owned(),
                percent => format!("{}%", percent.normalize()),
            };
            match band.to {
                Some(to) => format!("{percent} to {}", write(to)),
                None if several => format!("{percent} above"),
                None => percent,
            }
        });
        let mut text = format!("{on}: {}.", bands.collect::<Vec<_>>().join(", "));
        // Writing to a string cannot fail.
        if let Some(rebate) = self.rebate {
            let relief =
                if rebate.marginal_relief { "; just above, at most what exceeds it" } else { "" };
            let to = write(rebate.taxable_to);
            let _ = write!(text, " Up to {to} of taxable pay there is nothing to pay{relief}.");
        }
        if let Some(cap) = self.cap {
            let _ = write!(text, " It is {} at most.", write(cap));
        }
        if let Some(cess) = &self.cess {
            let percent = cess.percent.normalize();
            let _ = write!(text, " {} comes on top: {percent}% of it.", cess.name);
        }
        text
    }
}
