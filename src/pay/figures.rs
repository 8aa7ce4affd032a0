//! Owns figures of pay as a source gives them: a band, percentiles, a median, or the reason why none
//! is shown. What holds the figures says in which currency they are, and for which period.

use rust_decimal::Decimal;

/// Figures as a source gives them; nothing is derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figures {
    /// A band.
    Range(Range),
    /// Percentiles, rising; any may be missing, one at least is there.
    Percentiles(Percentiles),
    /// A lone median.
    Median(Decimal),
    /// There are figures, but not shown, with the reason.
    Withheld(String),
}

/// Percentiles of pay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the field's own")]
pub struct Percentiles {
    pub p10: Option<Decimal>,
    pub p25: Option<Decimal>,
    pub p50: Option<Decimal>,
    pub p75: Option<Decimal>,
    pub p90: Option<Decimal>,
}

/// A band of pay whose top may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub low: Decimal,
    /// The stated upper end, never below `low`; none when only the lower end is known.
    pub high: Option<Decimal>,
    /// More than `high` is paid: the "+" of "₹35L+". Always true when `high` is none.
    pub open: bool,
}

impl Range {
    /// The stated upper end, or the lower one where no other is known.
    pub fn max(&self) -> Decimal {
        self.high.unwrap_or(self.low)
    }

    /// Whether there may be more than is stated.
    pub fn is_open(&self) -> bool {
        self.open || self.high.is_none()
    }
}

impl Percentiles {
    /// Those that are given, rising: the per cent and the amount.
    pub fn points(&self) -> impl Iterator<Item = (u8, Decimal)> {
        [(10, self.p10), (25, self.p25), (50, self.p50), (75, self.p75), (90, self.p90)]
            .into_iter()
            .filter_map(|(percent, amount)| Some((percent, amount?)))
    }
}

impl Figures {
    /// The largest figure; none when there is none to show.
    pub fn max(&self) -> Option<Decimal> {
        match self {
            Self::Range(range) => Some(range.max()),
            Self::Percentiles(five) => five.points().map(|(_, amount)| amount).max(),
            Self::Median(median) => Some(*median),
            Self::Withheld(_) => None,
        }
    }

    /// The smallest figure; none when there is none to show.
    pub fn min(&self) -> Option<Decimal> {
        match self {
            Self::Range(range) => Some(range.low),
            Self::Percentiles(five) => five.points().map(|(_, amount)| amount).min(),
            Self::Median(median) => Some(*median),
            Self::Withheld(_) => None,
        }
    }

    /// The middle one, where the source gives it.
    pub fn median(&self) -> Option<Decimal> {
        match self {
            Self::Percentiles(five) => five.p50,
            Self::Median(median) => Some(*median),
            Self::Range(_) | Self::Withheld(_) => None,
        }
    }

    /// The source says that more than the largest figure occurs.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Range(range) if range.is_open())
    }
}
