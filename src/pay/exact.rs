//! Owns exact numbers: how they are rounded and written in JSON and CSV. Decimal fields have
//! `#[serde(with = "exact")]`, or `#[serde(with = "exact::option")]` when they may be missing.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// How everything is rounded here: half away from zero, as people do.
pub(crate) const ROUNDING: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

/// An exact decimal number, as a string so that nobody's floating point rounds it: "600000",
/// "4736.94", "0.0078949". Always plain digits, without exponent, grouping or trailing zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = r"^-?[0-9]+(\.[0-9]+)?$", example = "4736.94")]
pub struct Exact(pub Decimal);

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A decimal, as [`Exact`].
pub(super) fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    Exact(*number).serialize(serializer)
}

/// A decimal that may be missing, as [`Exact`].
pub(super) mod option {
    use super::{Decimal, Exact, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde passes a reference to the field")]
    pub(in crate::pay) fn serialize<S: Serializer>(
        number: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        number.map(Exact).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_all_their_digits_and_no_more() {
        for (number, text) in [
            ("600000", "\"600000\""),
            ("35919.60", "\"35919.6\""),
            ("0.00789490", "\"0.0078949\""),
            ("0.00", "\"0\""),
            ("1000000000000", "\"1000000000000\""),
            ("-1.50", "\"-1.5\""),
        ] {
            let exact = Exact(number.parse().unwrap());
            assert_eq!(serde_json::to_string(&exact).unwrap(), text);
        }
    }
}
