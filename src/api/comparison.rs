//! Owns the comparison as programs read it. The entry point is [`ComparisonDocument::new`];
//! [`make`] fills it from the rows that the page shows.

mod make;

use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Country, Figures, Sample, Years};
use crate::date::PartialDate;
use crate::pay::comparison::{Ignored, Missing, OfferPosition, OpenedFrom};
use crate::pay::exact::Exact;
use crate::pay::findings::{Caveat, FindingKind};
use crate::pay::take_home::{ChargePaid, Part};
use crate::pay::{Basis, Level, Source};

/// Pay as selected: the same rows as on the page of the same query.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ComparisonDocument<'a> {
    /// The one message of this view.
    pub title: String,
    /// The view in a few sentences.
    pub summary: Vec<String>,
    /// The career that the figures are of, unless a row names another occupation.
    pub career: &'a str,
    /// The edition of the data.
    #[schema(example = "2026.11")]
    pub edition: &'a str,
    /// What was understood of the query.
    pub selection: Selection<'a>,
    /// The same view elsewhere. None of the addresses holds the reader's own figure.
    pub links: Links,
    /// Exactly the rows that the page shows, in its order.
    pub rows: Vec<Row<'a>>,
    /// What the figures show, in words.
    pub findings: Vec<Finding<'a>>,
    /// Warnings that apply to just this view.
    pub caveats: Vec<Caveat>,
    /// The reader's own figure; null when none is given.
    pub offer: Option<Offer<'a>>,
    /// Values that are not wrong but of no use in this view: an own figure of which no currency is
    /// known.
    pub ignored: Vec<Ignored>,
    /// What the address was made for, where that differs from the data of now; else null.
    pub opened_from: Option<&'a OpenedFrom>,
}

/// What is shown, in the words of the parameters: missing ones are filled in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Selection<'a> {
    /// Country codes.
    pub countries: Vec<&'a str>,
    /// Level ids.
    pub levels: Vec<&'a str>,
    /// `local`, or the code of a currency in lower case; without effect under `ppp`.
    pub currency: String,
    /// Before or after tax: `gross` or `net`.
    pub pay: &'static str,
    /// At market rates or by purchasing power: `market` or `ppp`.
    pub adjust: &'static str,
    /// `year` or `month`.
    pub period: &'static str,
    /// What the order of the rows follows first: `country` or `level`.
    pub group: &'static str,
    /// Ids of the sources that stand beside the guide's own bands; may be empty.
    pub sources: Vec<&'a str>,
}

/// Addresses: absolute where the site knows its own, otherwise from the root of its host.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Links {
    /// The page, at its one canonical address.
    #[schema(format = "uri-reference")]
    pub canonical: String,
    /// The page, with every choice, the edition and the date of the rates in its address.
    #[schema(format = "uri-reference")]
    pub share: String,
    /// This document.
    #[schema(format = "uri-reference")]
    pub json: String,
    /// The rows as CSV.
    #[schema(format = "uri-reference")]
    pub csv: String,
}

/// One line of the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Row<'a> {
    /// Where.
    pub country: Country<'a>,
    /// Whom the figures are about.
    pub scope: Scope<'a>,
    /// It is the guide's own band; otherwise what another source says.
    pub own: bool,
    /// Whose figures they are.
    pub source: &'a Source,
    /// What exactly is measured, if that needs saying.
    pub title: Option<&'a str>,
    /// A city, when the figures are of that city alone.
    pub city: Option<&'a str>,
    /// A neighbouring occupation, when the figures are not of the career itself.
    pub occupation: Option<&'a str>,
    /// Years of experience that the figures, or the level there, stand for; null when not stated.
    pub years: Option<Years>,
    /// What the amounts count.
    pub basis: Basis,
    /// What the basis includes.
    pub basis_note: Option<&'a str>,
    /// Anything else a reader must know.
    pub note: Option<&'a str>,
    /// From how many.
    pub sample: Sample,
    /// When the figures held.
    pub as_of: PartialDate,
    /// As the source gives them: in local currency, before tax, a year.
    pub original: Original<'a>,
    /// As selected; null when it cannot be computed, and then `missing` says why.
    pub shown: Option<Shown<'a>>,
    /// How amounts went from the currency of `original` to the unit of `shown`; null when no
    /// conversion was needed or possible.
    pub conversion: Option<Conversion<'a>>,
    /// The rules by which `shown` is after tax; null for gross pay.
    pub take_home: Option<TakeHomeBasis<'a>>,
    /// What is left out of `shown`, and why.
    pub missing: &'a [Missing],
    /// Where the reader's own figure falls; null when none is given, and for other sources.
    pub offer: Option<&'a OfferPosition>,
}

/// Whom figures are about.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Scope<'a> {
    /// One level, people with some years of experience, or everyone.
    pub kind: ScopeKind,
    /// The level; null for the other kinds.
    pub level: Option<&'a Level>,
    /// As on the page.
    pub text: String,
}

/// Whom figures are about.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeKind {
    /// One step of the career.
    Level,
    /// People with so many years of experience, which is not the same as a level.
    Years,
    /// Everyone.
    AllLevels,
}

/// Figures as their source gives them: gross, a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Original<'a> {
    /// ISO 4217 code of all amounts.
    pub currency: &'a str,
    /// The amounts, in units of `currency` a year.
    pub figures: Figures<'a>,
    /// As on the page.
    #[schema(example = "¤6K–¤12K")]
    pub text: String,
}

/// Figures as selected. The order of work is always: take-home of local gross pay a year, then
/// conversion, then a twelfth for a month.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Shown<'a> {
    /// What all amounts are in.
    pub unit: Unit<'a>,
    /// The time for which they are paid: `year` or `month`.
    pub period: &'static str,
    /// After tax.
    pub net: bool,
    /// Converted, and so written with "≈" and three significant figures in `text`.
    pub approximate: bool,
    /// The amounts before any rounding for show. Converted amounts are the product with the rate,
    /// exactly; net amounts and amounts a month are rounded to the smallest coin, amounts by
    /// purchasing power to two decimals, half away from zero.
    pub figures: Figures<'a>,
    /// As on the page, rounded for show.
    #[schema(example = "≈¤4.74K–¤9.47K")]
    pub text: String,
    /// With every digit of the smallest coin.
    #[schema(example = "¤4,736.94–¤9,473.88")]
    pub exact_text: String,
}

/// What amounts are in.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Unit<'a> {
    /// ISO 4217 code; null for international dollars, which no one is paid in.
    pub currency: Option<&'a str>,
    /// As in sentences.
    pub name: &'a str,
    /// As before an amount.
    #[schema(example = "¤")]
    pub symbol: &'a str,
}

/// How amounts went from one unit to another.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Conversion<'a> {
    /// The amount times the rate.
    Exchange {
        /// Units of `to` for one unit of `from`, exactly as it is used: six significant digits.
        rate: Exact,
        /// ISO 4217 code.
        from: &'a str,
        /// ISO 4217 code.
        to: &'a str,
        /// When the rate held.
        as_of: PartialDate,
        /// The last day on which it is not stale.
        #[schema(format = Date)]
        holds_until: Option<String>,
        /// Whose rate; null only if the data do not say.
        source: Option<&'a Source>,
    },
    /// The amount divided by the factor, rounded to two decimals.
    PurchasingPower {
        /// Units of `from` for one international dollar.
        factor: Exact,
        /// ISO 4217 code.
        from: &'a str,
        /// The year of the factor, and of the dollars.
        year: i16,
        /// The last day on which it is not stale.
        #[schema(format = Date)]
        holds_until: String,
        /// How rough it is.
        note: &'a str,
        /// Whose factor; null only if the data do not say.
        source: Option<&'a Source>,
    },
}

/// The rules by which pay is after tax.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TakeHomeBasis<'a> {
    /// Whose rules.
    pub country: Country<'a>,
    /// The tax year.
    #[schema(example = "2026/27")]
    pub tax_year: &'a str,
    /// Always to be said with a net figure, such as "before state tax".
    pub caption: Option<&'a str>,
    /// For whom they hold.
    pub applies_to: &'a str,
    /// What they leave out.
    pub omits: &'a [String],
    /// The last day of the tax year.
    #[schema(format = Date)]
    pub holds_until: String,
    /// Where the rules come from; null only if the data do not say.
    pub source: Option<&'a Source>,
}

/// Something that the figures show.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Finding<'a> {
    /// What sort of thing.
    #[schema(value_type = String, example = "overlap")]
    pub kind: FindingKind,
    /// Codes of the countries it is about.
    pub countries: Vec<&'a str>,
    /// Ids of the levels it is about; empty for all.
    pub levels: Vec<&'a str>,
    /// A whole sentence.
    pub text: String,
}

/// The reader's own figure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Offer<'a> {
    /// Before tax, a year.
    pub gross: Exact,
    /// ISO 4217 code of `gross`.
    pub currency: &'a str,
    /// As people write it.
    pub text: String,
    /// After tax; null for gross pay, or when it cannot be computed.
    pub net: Option<OfferNet<'a>>,
    /// Why it cannot be compared, as a sentence; else null.
    pub problem: Option<&'a str>,
    /// Where it falls in each chosen country.
    pub places: Vec<OfferSummary<'a>>,
}

/// The reader's own figure after tax, and how it comes about. Parts are not rounded; `net` is, to
/// the smallest coin.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferNet<'a> {
    /// The rules.
    pub take_home: TakeHomeBasis<'a>,
    /// What is free of tax.
    pub allowances: &'a [Part<'a>],
    /// What is left after that.
    pub taxable: Exact,
    /// What is taken off.
    pub charges: &'a [ChargePaid<'a>],
    /// After tax, a year.
    pub net: Exact,
    /// As people write it.
    pub text: String,
}

/// Where the reader's own figure falls in one country.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferSummary<'a> {
    /// Where.
    pub country: Country<'a>,
    /// As the rows of that country are shown.
    pub amount: Exact,
    /// What `amount` is in.
    pub unit: Unit<'a>,
    /// Converted.
    pub approximate: bool,
    /// How; null when no conversion was needed.
    pub conversion: Option<Conversion<'a>>,
    /// In words.
    pub text: &'a str,
}
