//! Owns the comparison: the rows that a selection shows. Pages, charts, CSV and JSON are all made
//! from them. The entry points are [`Selection::parse`] and [`Comparison::new`]. Take-home pay is
//! computed first, of local gross pay a year; then it is converted, then divided by 12 for a month.

mod build;
mod convert;
mod offer;
mod parse;
mod selection;
#[cfg(test)]
pub(super) mod tests;
mod text;

pub use selection::{
    Adjust, DisplayCurrency, GroupBy, Ignored, Pay, Selection, display_codes, display_currencies,
    other_sources,
};

use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::exact::{self, Exact};
use super::exchange::{PurchasingPower, Rate};
use super::money::{Currency, Denomination, Period};
use super::take_home::{TakeHome, TakeHomeRules};
use super::{Basis, Country, Figures, Level, SalaryData, Sample, Source, Years};
use crate::date::PartialDate;

/// What one selection shows.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The pay data of the guide.
    pub data: &'a SalaryData,
    /// What is shown.
    pub selection: &'a Selection,
    /// The chosen countries, in the order of the content; those without any figure included.
    pub countries: Vec<&'a Country>,
    /// The chosen levels, from the first step of the career upwards.
    pub levels: Vec<&'a Level>,
    /// By country or by level, as selected; a country's group is there even when it is empty,
    /// a level's only when it has rows.
    pub groups: Vec<Group<'a>>,
    /// One that all rows share, when all shown figures are in one denomination; otherwise one a
    /// country, in the order of the countries.
    pub axes: Vec<Axis<'a>>,
    /// The rules by which net figures are computed, one a chosen country that has any; empty for
    /// gross pay.
    pub rules: Vec<&'a TakeHomeRules>,
    /// The reader's own figure, when one is given.
    pub offer: Option<Offer<'a>>,
    /// Set when the address was made for other data than are shown now.
    pub opened_from: Option<OpenedFrom>,
}

/// Rows under one heading.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// What they have in common.
    pub heading: Heading<'a>,
    /// The guide's own bands and what other sources say, in reading order.
    pub rows: Vec<Row<'a>>,
}

/// What the rows of a group have in common.
#[derive(Clone, Copy, Debug)]
pub enum Heading<'a> {
    /// The country.
    Country(&'a Country),
    /// The level.
    Level(&'a Level),
    /// They are of everyone, or of years of experience, which are not levels.
    AllLevels,
}

/// One line of the table and one bar of the chart.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Where.
    pub country: &'a Country,
    /// The currency of `original`.
    pub currency: &'a Currency,
    /// Which people it is about.
    pub scope: RowScope<'a>,
    /// The guide's own band; otherwise what another source says.
    pub own: bool,
    /// The source of the figure.
    pub source: &'a Source,
    /// What exactly is measured, if that needs saying.
    pub title: Option<&'a str>,
    /// A city, when the figures are of that city alone.
    pub city: Option<&'a str>,
    /// A neighbouring occupation, when the figures are not of the career itself.
    pub occupation: Option<&'a str>,
    /// Years of experience: those the level stands for here, or those of the scope.
    pub years: &'a Years,
    /// What the amounts count.
    pub basis: Basis,
    /// What the basis includes.
    pub basis_note: Option<&'a str>,
    /// Anything else a reader must know.
    pub note: Option<&'a str>,
    /// From how many people or advertisements.
    pub sample: &'a Sample,
    /// The sample is stated and small.
    pub small_sample: bool,
    /// When the figures held; of the guide's own bands, the date of their source.
    pub as_of: PartialDate,
    /// As the source gives them: local currency, gross, a year.
    pub original: Figures,
    /// As selected, after every operation; none when it cannot be computed, or is withheld, and
    /// then `missing` or `original` says why.
    pub shown: Option<DisplayFigures<'a>>,
    /// How `original` became `shown`; none when no conversion was needed or possible.
    pub conversion: Option<Conversion<'a>>,
    /// The rules by which `shown` is net; none for gross.
    pub rules: Option<&'a TakeHomeRules>,
    /// What is left out of `shown`, and why.
    pub missing: Vec<Missing>,
    /// Where the reader's figure falls; only of the guide's own bands.
    pub offer: Option<OfferPosition>,
}

/// Which people a row is about.
#[derive(Clone, Copy, Debug)]
pub enum RowScope<'a> {
    /// One step of the career.
    Level(&'a Level),
    /// People with so many years of experience.
    Years(&'a Years),
    /// Everyone.
    AllLevels,
}

/// Figures converted for display.
#[derive(Clone, Debug)]
pub struct DisplayFigures<'a> {
    /// After take-home, conversion and period, before any rounding for show; an amount a month is
    /// rounded to whole coins. Never [`Figures::Withheld`]. A range whose top could not be computed
    /// has no `high`.
    pub figures: Figures,
    /// What they are in.
    pub denomination: Denomination<'a>,
    /// The time for which they are paid.
    pub period: Period,
    /// After tax.
    pub net: bool,
    /// Converted: written with "≈" and three significant figures.
    pub approximate: bool,
}

/// How amounts went from one denomination to another.
#[derive(Clone, Copy, Debug)]
pub enum Conversion<'a> {
    /// The amount times the rate.
    Exchange {
        /// With both currencies.
        rate: Rate<'a>,
        /// When it held.
        as_of: PartialDate,
    },
    /// The amount divided by the factor.
    PurchasingPower {
        /// Units of local currency for one international dollar.
        factor: Decimal,
        /// Where the factor comes from.
        power: &'a PurchasingPower,
    },
}

/// Something that a row cannot show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Missing {
    /// What.
    pub kind: MissingKind,
    /// Why, without a full stop.
    pub text: String,
}

/// What a row cannot show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingKind {
    /// There are figures that are not shown.
    Withheld,
    /// There is no exchange rate between the two currencies.
    ExchangeRate,
    /// There is no purchasing-power factor of the currency.
    PurchasingPower,
    /// There are no take-home rules of the country.
    TakeHomeRules,
    /// Some amount is beyond what the rules compute.
    NotComputed,
    /// The top is open, and an open top has no net.
    OpenTop,
}

/// A scale from zero.
#[derive(Clone, Copy, Debug)]
pub struct Axis<'a> {
    /// The country whose rows it is for; none when all rows share it.
    pub country: Option<&'a Country>,
    /// What it counts.
    pub denomination: Denomination<'a>,
    /// The largest figure shown on it, the reader's own included.
    pub max: Decimal,
    /// The largest figure is at, or below, an open top: leave room for the "+".
    pub open: bool,
}

/// The reader's own figure.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// Gross, a year.
    pub gross: Decimal,
    /// Of `gross`.
    pub currency: &'a Currency,
    /// For take-home pay: by the rules of the one chosen country with that currency.
    pub net: Option<OfferNet<'a>>,
    /// Why it cannot be compared, as a sentence: no chosen country has that currency, and so on.
    pub problem: Option<String>,
    /// For each chosen country, where it falls among the guide's bands there.
    pub by_country: Vec<OfferInCountry<'a>>,
}

/// The reader's own figure after tax.
#[derive(Clone, Debug)]
pub struct OfferNet<'a> {
    /// The country of the rules.
    pub country: &'a Country,
    /// The rules.
    pub rules: &'a TakeHomeRules,
    /// Net a year and how it comes about.
    pub take_home: TakeHome<'a>,
}

/// Where the reader's figure falls in one country.
#[derive(Clone, Debug)]
pub struct OfferInCountry<'a> {
    /// Where.
    pub country: &'a Country,
    /// In the denomination of that country's rows, as they are shown.
    pub amount: Decimal,
    /// What `amount` is in.
    pub denomination: Denomination<'a>,
    /// Converted.
    pub approximate: bool,
    /// How it was converted; none when no conversion was needed.
    pub conversion: Option<Conversion<'a>>,
    /// "within entry, above mid's low end, below senior".
    pub text: String,
}

/// Where the reader's own figure falls in one band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OfferPlace)]
pub struct OfferPosition {
    /// In the unit of the row.
    #[serde(with = "exact")]
    #[schema(value_type = Exact)]
    pub amount: Decimal,
    /// Before which end of the band.
    #[serde(rename = "place")]
    pub position: Position,
    /// In words.
    pub text: String,
}

/// Where an amount falls in a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Place)]
pub enum Position {
    /// Below its low end.
    Below,
    /// From its low end to its stated high end, both included.
    Within,
    /// Above its low end, and there is no stated high end.
    AboveLow,
    /// Above its stated high end, which is open.
    AboveStated,
    /// Above its high end.
    Above,
}

/// What an older address was made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenedFrom {
    /// The edition that it names, if that is another one.
    pub edition: Option<String>,
    /// The date of the rates that it names, if that is another one.
    pub rates: Option<PartialDate>,
}
