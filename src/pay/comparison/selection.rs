//! Owns what a reader can choose, and how choices are written in an address.

#[cfg(test)]
mod tests;

use std::borrow::{Borrow, Cow};
use std::collections::HashSet;

use rust_decimal::Decimal;
use serde::Serialize;
use url::form_urlencoded;
use utoipa::ToSchema;

use crate::address::query as names;
use crate::date::PartialDate;
use crate::id::{CountryCode, CurrencyCode, LevelId, SourceId};
use crate::pay::money::{Currency, Period};
use crate::pay::{SalaryData, Source};

/// What a reader chose to see. Lists are in the order of the content and without repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// At least one, when the data have any.
    pub countries: Vec<CountryCode>,
    /// At least one, when the data have any.
    pub levels: Vec<LevelId>,
    /// What amounts are shown in; without effect under [`Adjust::PurchasingPower`].
    pub currency: DisplayCurrency,
    /// Before or after tax.
    pub pay: Pay,
    /// At market rates or by purchasing power.
    pub adjust: Adjust,
    /// A year or a month.
    pub period: Period,
    /// How rows are grouped.
    pub group: GroupBy,
    /// Which other sources stand beside the guide's own bands; may be empty.
    pub sources: Vec<SourceId>,
    /// The reader's own figure, gross a year; never part of an address that the program makes.
    pub offer: Option<Decimal>,
    /// The currency of `offer`: always there when `offer` is, and may be there without.
    pub offer_currency: Option<CurrencyCode>,
    /// The edition of the data that an address was made for.
    pub edition: Option<String>,
    /// The date of the rates that an address was made for.
    pub rates: Option<PartialDate>,
}

/// What amounts are shown in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DisplayCurrency {
    /// Each country in its own.
    #[default]
    Local,
    /// All in one.
    Of(CurrencyCode),
}

/// Before or after tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pay {
    /// Before tax.
    #[default]
    Gross,
    /// Take-home pay.
    Net,
}

/// How amounts of different countries are made comparable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Adjust {
    /// At the market's exchange rate.
    #[default]
    Market,
    /// By what money buys there, in international dollars.
    PurchasingPower,
}

/// How rows are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GroupBy {
    /// Under their country.
    #[default]
    Country,
    /// Under their level.
    Level,
}

/// A value of a known parameter that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ParameterError)]
pub struct Ignored {
    /// The name of the parameter; `query` when it is about the query as a whole.
    #[serde(rename = "parameter")]
    pub name: String,
    /// The value, cut short when it is long.
    pub value: String,
    /// What is wrong with it, and what to write instead.
    #[serde(rename = "detail")]
    pub why: String,
}

impl Selection {
    /// What is shown when nothing is chosen: everything, as it stands.
    pub fn defaults(data: &SalaryData) -> Self {
        Self {
            countries: data.countries.iter().map(|country| country.code.clone()).collect(),
            levels: data.levels.iter().map(|level| level.id.clone()).collect(),
            currency: DisplayCurrency::Local,
            pay: Pay::Gross,
            adjust: Adjust::Market,
            period: Period::Year,
            group: GroupBy::Country,
            sources: other_sources(data).map(|source| source.id.clone()).collect(),
            offer: None,
            offer_currency: None,
            edition: None,
            rates: None,
        }
    }

    /// The shortest query that shows the same: in the order of the form, defaults and the reader's
    /// own figure left out, so that one view has one address. Empty for the defaults.
    pub fn canonical_query(&self, data: &SalaryData) -> String {
        let defaults = Self::defaults(data);
        let chosen = self.parameters().into_iter().zip(defaults.parameters());
        let chosen = chosen.filter(|(own, default)| own != default).map(|(own, _)| own);
        let with_effect =
            |(name, _): &Parameter<'_>| *name != names::CURRENCY || self.adjust == Adjust::Market;
        write_query(chosen.filter(with_effect))
    }

    /// A query that says everything, the edition of the data and the date of the rates included,
    /// so that an old link can say what has changed since. Without the reader's own figure.
    pub fn share_query(&self, data: &SalaryData) -> String {
        let edition = (names::EDITION, vec![data.edition.as_str().into()]);
        let rates = data.rates.as_ref();
        let rates = rates.map(|rates| (names::RATES, vec![rates.as_of.notation().into()]));
        write_query(self.parameters().into_iter().chain([edition]).chain(rates))
    }

    /// What is chosen, in the order of the form.
    fn parameters(&self) -> [Parameter<'_>; 8] {
        fn all<T: Borrow<str>>(values: &[T]) -> Vec<Cow<'_, str>> {
            values.iter().map(|value| value.borrow().into()).collect()
        }
        let no_source = vec![NO_SOURCE.into()];
        let sources = if self.sources.is_empty() { no_source } else { all(&self.sources) };
        [
            (names::COUNTRY, all(&self.countries)),
            (names::LEVEL, all(&self.levels)),
            (names::CURRENCY, vec![self.currency.in_address().into()]),
            (names::PAY, vec![self.pay.as_str().into()]),
            (names::ADJUST, vec![self.adjust.as_str().into()]),
            (names::PERIOD, vec![self.period.as_str().into()]),
            (names::GROUP, vec![self.group.as_str().into()]),
            (names::SOURCE, sources),
        ]
    }
}

/// The name of a parameter, and its values.
type Parameter<'a> = (&'static str, Vec<Cow<'a, str>>);

fn write_query<'a>(parameters: impl Iterator<Item = Parameter<'a>>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, values) in parameters {
        query.extend_pairs(values.iter().map(|value| (name, value)));
    }
    query.finish()
}

/// The value of `source` that chooses no other source at all.
pub(super) const NO_SOURCE: &str = "none";

/// The currencies in which amounts can be shown: those with a rate, in the order of the content,
/// and those in which some country pays.
pub fn display_currencies(data: &SalaryData) -> impl Iterator<Item = &Currency> {
    data.currencies.iter().filter(|currency| {
        let code = currency.code.as_str();
        data.rates.as_ref().is_some_and(|rates| rates.has(code))
            || data.countries.iter().any(|country| country.currency == *code)
    })
}

/// The codes of [`display_currencies`], as in an address.
pub fn display_codes(data: &SalaryData) -> Vec<String> {
    display_currencies(data).map(|currency| currency.code.as_str().to_lowercase()).collect()
}

/// The sources that stand beside the guide's own bands, in the order of the content.
pub fn other_sources(data: &SalaryData) -> impl Iterator<Item = &Source> {
    let used: HashSet<&SourceId> = data
        .countries
        .iter()
        .flat_map(|country| country.others.iter().map(|other| &other.source))
        .collect();
    data.sources.iter().filter(move |source| used.contains(&source.id))
}

impl DisplayCurrency {
    /// As in an address: "gbp", "local".
    pub fn in_address(&self) -> String {
        match self {
            Self::Local => "local".to_owned(),
            Self::Of(code) => code.as_str().to_lowercase(),
        }
    }
}

impl Pay {
    /// As in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gross => "gross",
            Self::Net => "net",
        }
    }
}

impl Adjust {
    /// As in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Market => "market",
            Self::PurchasingPower => "ppp",
        }
    }
}

impl GroupBy {
    /// As in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Level => "level",
        }
    }
}
