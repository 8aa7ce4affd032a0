//! Owns the pay tables as they stand in the content, for programs that want to work with all of
//! them: of every country together, and of one with all that belongs to it.

mod make;

use serde::Serialize;
use utoipa::ToSchema;

use super::exact::Exact;
use super::shapes::{ApproximateDate, Basis, Figures, Level, Sample, Source, Years};

/// All that the guide knows of pay.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TablesDocument<'a> {
    /// What this is, and how it may be used.
    pub about: About<'a>,
    /// From the first step of the career upwards.
    pub levels: Vec<Level<'a>>,
    /// In alphabetical order of their names.
    pub countries: Vec<CountryTable<'a>>,
    /// Every currency that occurs.
    pub currencies: Vec<Currency<'a>>,
    /// Null when the guide has none.
    pub exchange_rates: Option<ExchangeRates<'a>>,
    /// Null when the guide has none.
    pub purchasing_power: Option<PurchasingPower<'a>>,
    /// One a country at most.
    pub take_home: Vec<TakeHomeRules<'a>>,
    /// Every source that occurs.
    pub sources: Vec<Source<'a>>,
}

/// All that the guide knows of pay in one country.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CountryDocument<'a> {
    /// What this is, and how it may be used.
    pub about: About<'a>,
    /// From the first step of the career upwards.
    pub levels: Vec<Level<'a>>,
    /// The table.
    pub country: CountryTable<'a>,
    /// The currency of the table.
    pub currency: Currency<'a>,
    /// The rates of that currency alone; null when there is none.
    pub exchange_rates: Option<ExchangeRates<'a>>,
    /// The factor of that currency alone; null when there is none.
    pub purchasing_power: Option<PurchasingPower<'a>>,
    /// Null when the guide has no rules of this country.
    pub take_home: Option<TakeHomeRules<'a>>,
    /// Every source that occurs here.
    pub sources: Vec<Source<'a>>,
}

/// What the data are.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct About<'a> {
    /// The title of the guide.
    pub title: &'a str,
    /// The career that figures are of, unless they name another occupation.
    pub career: &'a str,
    /// The edition of the data.
    #[schema(example = "2026.11")]
    pub edition: &'a str,
    /// The day of that edition.
    #[schema(format = Date)]
    pub date: String,
    /// Who writes the guide.
    pub author: &'a str,
    /// The licence: its name.
    pub licence: &'a str,
    /// The licence: its address.
    #[schema(format = "uri-reference")]
    pub licence_url: &'a str,
    /// Stated samples below this are marked as small.
    pub small_sample_below: u32,
}

/// What is known of pay in a country. All amounts are in its currency, before tax, a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CountryTable<'a> {
    /// ISO 3166-1 alpha-2 in lower case.
    pub code: &'a str,
    /// As it stands in a list.
    pub name: &'a str,
    /// ISO 4217 code of every amount here.
    pub currency: &'a str,
    /// Where pay is strongest.
    pub cities: Vec<&'a str>,
    /// One or two sentences about pay there.
    pub insight: &'a str,
    /// The guide's own bands, one a level at most.
    pub bands: Vec<BandTable<'a>>,
    /// What other sources say; never merged with the guide's own.
    pub others: Vec<OtherTable<'a>>,
}

/// One of the guide's own bands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BandTable<'a> {
    /// Level id.
    pub level: &'a str,
    /// From what to what.
    pub figures: Figures<'a>,
    /// As people write it.
    #[schema(example = "¤6K–¤12K")]
    pub text: String,
    /// Experience that the level stands for here; null when not stated.
    pub years: Option<Years>,
    /// What the amounts count.
    pub basis: Basis,
    /// What the basis includes.
    pub basis_note: Option<&'a str>,
    /// Anything else a reader must know.
    pub note: Option<&'a str>,
    /// Source id.
    pub source: &'a str,
}

/// What another source says.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OtherTable<'a> {
    /// Source id.
    pub source: &'a str,
    /// Level id, when the figures are of one level; null when they are of years or of everyone.
    pub level: Option<&'a str>,
    /// Years of experience, when the figures are of those; else null.
    pub years: Option<Years>,
    /// What exactly is measured, if that needs saying.
    pub title: Option<&'a str>,
    /// A city, when the figures are of that city alone.
    pub city: Option<&'a str>,
    /// A neighbouring occupation, when the figures are not of the career itself.
    pub occupation: Option<&'a str>,
    /// The figures.
    pub figures: Figures<'a>,
    /// From how many.
    pub sample: Sample,
    /// When they held.
    pub as_of: ApproximateDate,
    /// What the amounts count.
    pub basis: Basis,
    /// Anything else a reader must know.
    pub note: Option<&'a str>,
}

/// A currency and how its amounts are written.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Currency<'a> {
    /// ISO 4217.
    pub code: &'a str,
    /// What it is called.
    pub name: &'a str,
    /// In spoken amounts.
    pub plural: &'a str,
    /// Before amounts.
    pub symbol: &'a str,
    /// How digits are grouped.
    pub grouping: Grouping,
    /// Digits after the decimal point.
    pub decimals: u32,
    /// Large units from the smallest up.
    pub units: Vec<LargeUnit<'a>>,
}

/// How digits are grouped.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// 1,234,567.
    Western,
    /// 12,34,567.
    Indian,
}

/// A large unit of a currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LargeUnit<'a> {
    /// After amounts.
    #[schema(example = "K")]
    pub suffix: &'a str,
    /// In spoken amounts.
    #[schema(example = "thousand")]
    pub word: &'a str,
    /// How many.
    pub value: Exact,
}

/// Market exchange rates.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExchangeRates<'a> {
    /// ISO 4217 code of the currency of which one unit is meant.
    pub base: &'a str,
    /// Source id.
    pub source: &'a str,
    /// When they held.
    pub as_of: ApproximateDate,
    /// The last day on which they are not stale.
    #[schema(format = Date)]
    pub holds_until: String,
    /// Anything a reader must know.
    pub note: Option<&'a str>,
    /// Units of each currency for one unit of the base.
    pub rates: Vec<PerCurrency<'a>>,
    /// Earlier ones, which show how far rates move.
    pub earlier: Vec<EarlierRates<'a>>,
}

/// Exchange rates of another time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EarlierRates<'a> {
    /// When they held.
    pub as_of: ApproximateDate,
    /// Units of each currency for one unit of the base.
    pub rates: Vec<PerCurrency<'a>>,
}

/// A number of a currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PerCurrency<'a> {
    /// ISO 4217 code.
    pub currency: &'a str,
    /// The rate or factor.
    pub value: Exact,
}

/// Purchasing-power factors.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PurchasingPower<'a> {
    /// Source id.
    pub source: &'a str,
    /// The year of the factors.
    pub year: i16,
    /// What an amount divided by its factor is in.
    pub unit: &'a str,
    /// The last day on which they are not stale.
    #[schema(format = Date)]
    pub holds_until: String,
    /// How rough they are.
    pub note: &'a str,
    /// Units of each currency for one international dollar.
    pub factors: Vec<PerCurrency<'a>>,
}

/// Tax rules of one country and year, as data: net = gross less all charges.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TakeHomeRules<'a> {
    /// Country code.
    pub country: &'a str,
    /// To be named with every net figure.
    #[schema(example = "2026/27")]
    pub tax_year: &'a str,
    /// Always to be said with a net figure, such as "before state tax".
    pub caption: Option<&'a str>,
    /// Source id.
    pub source: &'a str,
    /// The last day of the tax year.
    #[schema(format = Date)]
    pub holds_until: String,
    /// What is left out.
    pub omits: Vec<&'a str>,
    /// For whom they hold.
    pub applies_to: &'a str,
    /// Subtracted from gross pay to give taxable pay, which is never below nothing.
    pub allowances: Vec<AllowanceRule<'a>>,
    /// Subtracted from gross pay to give net pay.
    pub charges: Vec<ChargeRule<'a>>,
    /// Where the rules end; null when they do not.
    pub not_computed: Option<RulesEnd<'a>>,
}

/// An amount free of tax.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AllowanceRule<'a> {
    /// What it is called.
    pub name: &'a str,
    /// A year.
    pub amount: Exact,
    /// How it shrinks for high pay; null when it does not.
    pub taper: Option<TaperRule>,
}

/// Of an allowance, `lose` is lost for each `per` of gross pay above `above`, a part of `per` in
/// proportion, until nothing is left.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[expect(missing_docs, reason = "said above")]
pub struct TaperRule {
    pub above: Exact,
    pub lose: Exact,
    pub per: Exact,
}

/// A tax or contribution.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChargeRule<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it is charged on.
    pub on: ChargedOn,
    /// Rising; each rate counts for what falls into its band.
    pub bands: Vec<ChargeBand>,
    /// The most it can be, a year; null when there is no such limit.
    pub cap: Option<Exact>,
    /// Nothing to pay up to some pay; null when there is no such rule.
    pub rebate: Option<RebateRule>,
    /// A charge on the charge, after the rebate; null when there is none.
    pub cess: Option<CessRule<'a>>,
}

/// What a charge is charged on.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChargedOn {
    /// Pay less the allowances.
    Taxable,
    /// All pay.
    Gross,
}

/// One band of a charge.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ChargeBand {
    /// The upper end, a year; null for the last.
    pub to: Option<Exact>,
    /// Per cent.
    pub percent: Exact,
}

/// Nothing to pay up to some taxable pay.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct RebateRule {
    /// Taxable pay a year up to which nothing is charged.
    pub taxable_to: Exact,
    /// Just above it, the charge is at most what exceeds it.
    pub marginal_relief: bool,
}

/// A charge on a charge.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CessRule<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Per cent of the charge.
    pub percent: Exact,
}

/// Where rules end.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RulesEnd<'a> {
    /// Taxable pay a year above which nothing is computed.
    pub taxable_above: Exact,
    /// Why.
    pub why: &'a str,
}
