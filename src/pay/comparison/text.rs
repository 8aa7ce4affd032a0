//! Owns how figures of a comparison are written, and the words that label a row.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{DisplayFigures, Heading, Row, RowScope};
use crate::pay::money::{Denomination, Period, round_for_show, written};
use crate::pay::{Figures, Range};

impl Figures {
    fn write(
        &self,
        range: impl Fn(&mut String, &Range),
        amount: impl Fn(&mut String, Decimal),
    ) -> String {
        written(|text| self.push(text, range, amount))
    }

    /// Writes figures in one way of writing amounts; the one place that joins them.
    fn push(
        &self,
        text: &mut String,
        range: impl Fn(&mut String, &Range),
        amount: impl Fn(&mut String, Decimal),
    ) {
        match self {
            Self::Range(ends) => range(text, ends),
            Self::Median(median) => {
                text.push_str("median ");
                amount(text, *median);
            }
            Self::Percentiles(five) => {
                for (place, (percent, point)) in five.points().enumerate() {
                    text.push_str(if place > 0 { ", " } else { "" });
                    text.push_str(match percent {
                        10 => "p10 ",
                        25 => "p25 ",
                        50 => "median ",
                        75 => "p75 ",
                        _ => "p90 ",
                    });
                    amount(text, point);
                }
            }
            Self::Withheld(why) => text.push_str(why),
        }
    }
}

impl DisplayFigures<'_> {
    /// For a table: converted figures with "≈" and three significant figures, others exact. In
    /// large units where they are exact in them.
    pub fn text(&self) -> String {
        let with = self.denomination;
        self.figures.write(
            |text, range| with.push_compact_range(text, range, self.approximate),
            |text, amount| self.push_amount(text, amount, self.approximate),
        )
    }

    /// Every digit, for a title or a table of its own: "£35,919.60–£54,057.40".
    pub fn exact(&self) -> String {
        let with = self.denomination;
        self.figures.write(
            |text, range| with.push_exact_range(text, range),
            |text, amount| with.push_exact(text, amount),
        )
    }

    /// For a label in a chart: as [`Self::text`], but net and monthly figures, which are rarely
    /// round, with three significant figures too, and "≈" where that is not exact.
    pub fn short(&self) -> String {
        let with = self.denomination;
        self.figures.write(
            |text, range| with.push_compact_range(text, range, self.is_rounded(range)),
            |text, amount| self.push_short_amount(text, amount),
        )
    }

    /// One amount as in [`Self::short`].
    pub fn short_amount(&self, amount: Decimal) -> String {
        written(|text| self.push_short_amount(text, amount))
    }

    /// [`Self::short`] for reading aloud: "about 4.74 thousand to 9.47 thousand pounds a year".
    pub fn spoken(&self) -> String {
        written(|text| self.push_spoken(text))
    }

    /// Appends [`Self::spoken`].
    pub fn push_spoken(&self, text: &mut String) {
        let with = self.denomination;
        self.figures.push(
            text,
            |text, range| {
                with.push_spoken_range(text, range, self.period, self.is_rounded(range));
            },
            |text, amount| self.push_spoken_amount(text, amount),
        );
        if !matches!(self.figures, Figures::Range(_)) {
            text.push(' ');
            text.push_str(self.period.spoken());
        }
    }

    /// One amount as in [`Self::spoken`], without the period.
    pub fn spoken_amount(&self, amount: Decimal) -> String {
        written(|text| self.push_spoken_amount(text, amount))
    }

    fn push_spoken_amount(&self, text: &mut String, amount: Decimal) {
        self.denomination.push_spoken(text, amount, self.approximate || self.rounds(amount));
    }

    fn push_short_amount(&self, text: &mut String, amount: Decimal) {
        self.push_amount(text, amount, self.approximate || self.rounds(amount));
    }

    fn push_amount(&self, text: &mut String, amount: Decimal, approximate: bool) {
        if approximate {
            self.denomination.push_approximate(text, amount);
        } else {
            self.denomination.push_compact(text, amount);
        }
    }

    fn is_rounded(&self, range: &Range) -> bool {
        self.approximate || self.rounds(range.low) || range.high.is_some_and(|end| self.rounds(end))
    }

    fn rounds(&self, amount: Decimal) -> bool {
        let uneven = self.net || self.period == Period::Month;
        uneven && round_for_show(amount) != amount
    }
}

impl<'a> Row<'a> {
    /// "Entry", "2–4 years", "All levels".
    pub fn label(&self) -> Cow<'a, str> {
        let all = Cow::Borrowed("All levels");
        match self.scope {
            RowScope::Level(level) => Cow::Borrowed(&level.short),
            RowScope::Years(years) => years.text().map_or(all, Cow::Owned),
            RowScope::AllLevels => all,
        }
    }

    /// As the source gives it, in local currency, gross, a year: "₹6L–₹12L".
    pub fn original_text(&self) -> String {
        let with = Denomination::Currency(self.currency);
        self.original.write(
            |text, range| with.push_compact_range(text, range, false),
            |text, amount| with.push_compact(text, amount),
        )
    }

    /// Whether what is shown differs from the original.
    pub fn is_changed(&self) -> bool {
        self.shown
            .as_ref()
            .is_none_or(|shown| shown.net || shown.approximate || shown.period != Period::Year)
    }
}

impl Heading<'_> {
    /// "India", "Mid level", "All levels".
    pub fn text(&self) -> &str {
        match self {
            Self::Country(country) => &country.name,
            Self::Level(level) => &level.name,
            Self::AllLevels => "All levels",
        }
    }
}
