//! Owns what a reader can choose, and the one way in which choices are written in an address.

#[cfg(test)]
mod tests;

use std::borrow::Borrow;
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
        let mut query = Query::default();
        if self.countries != defaults.countries {
            query.all(names::COUNTRY, &self.countries);
        }
        if self.levels != defaults.levels {
            query.all(names::LEVEL, &self.levels);
        }
        let currency_counts = self.adjust == Adjust::Market;
        if currency_counts && self.currency != defaults.currency {
            query.one(names::CURRENCY, &self.currency.in_address());
        }
        if self.pay != defaults.pay {
            query.one(names::PAY, self.pay.as_str());
        }
        if self.adjust != defaults.adjust {
            query.one(names::ADJUST, self.adjust.as_str());
        }
        if self.period != defaults.period {
            query.one(names::PERIOD, self.period.as_str());
        }
        if self.group != defaults.group {
            query.one(names::GROUP, self.group.as_str());
        }
        if self.sources != defaults.sources {
            query.sources(&self.sources);
        }
        query.0.finish()
    }

    /// A query that says everything, the edition of the data and the date of the rates included,
    /// so that an old link can say what has changed since. Without the reader's own figure.
    pub fn share_query(&self, data: &SalaryData) -> String {
        let mut query = Query::default();
        query.all(names::COUNTRY, &self.countries);
        query.all(names::LEVEL, &self.levels);
        query.one(names::CURRENCY, &self.currency.in_address());
        query.one(names::PAY, self.pay.as_str());
        query.one(names::ADJUST, self.adjust.as_str());
        query.one(names::PERIOD, self.period.as_str());
        query.one(names::GROUP, self.group.as_str());
        query.sources(&self.sources);
        query.one(names::EDITION, &data.edition);
        if let Some(rates) = &data.rates {
            query.one(names::RATES, &rates.as_of.notation());
        }
        query.0.finish()
    }
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

/// The sources that stand beside the guide's own bands, in the order of the content.
pub fn other_sources(data: &SalaryData) -> impl Iterator<Item = &Source> {
    let used: HashSet<&SourceId> = data
        .countries
        .iter()
        .flat_map(|country| country.others.iter().map(|other| &other.source))
        .collect();
    data.sources.iter().filter(move |source| used.contains(&source.id))
}

/// A query string in the making.
struct Query(form_urlencoded::Serializer<'static, String>);

impl Default for Query {
    fn default() -> Self {
        Self(form_urlencoded::Serializer::new(String::new()))
    }
}

impl Query {
    fn one(&mut self, name: &str, value: &str) {
        self.0.append_pair(name, value);
    }

    fn all<T: Borrow<str>>(&mut self, name: &str, values: &[T]) {
        for value in values {
            self.one(name, value.borrow());
        }
    }

    fn sources(&mut self, sources: &[SourceId]) {
        if sources.is_empty() {
            self.one(names::SOURCE, NO_SOURCE);
        }
        self.all(names::SOURCE, sources);
    }
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
