//! Owns how the tables are filled from the content's pay data.

use std::collections::HashSet;

use super::{About, BandTable, CountryDocument, CountryTable, OtherTable, TablesDocument};
use crate::api::Context;
use crate::api::shapes::{Figures, Sample, Years};
use crate::pay::exact::Exact;
use crate::pay::exchange::{ExchangeRates, PurchasingPower};
use crate::pay::money::Currency;
use crate::pay::{self, SalaryData, Scope};

impl<'a> TablesDocument<'a> {
    /// Of the whole guide.
    pub fn new(context: Context<'a>) -> Self {
        let data = &context.content.salaries;
        let currency = |code: &str| data.currency(code);
        Self {
            about: about(context),
            levels: &data.levels,
            countries: data
                .countries
                .iter()
                .map(|country| table(data, country, currency(country.currency.as_str())))
                .collect(),
            currencies: &data.currencies,
            exchange_rates: data.rates.as_ref(),
            purchasing_power: data.purchasing_power.as_ref(),
            take_home: &data.take_home,
            sources: &data.sources,
        }
    }
}

impl<'a> CountryDocument<'a> {
    /// Of one country; none when its currency is not declared, which the content rules out.
    pub fn new(context: Context<'a>, country: &'a pay::Country) -> Option<Self> {
        let data = &context.content.salaries;
        let code = country.currency.as_str();
        let currency = data.currency(code)?;
        let rates = data.rates.as_ref().filter(|rates| rates.has(code));
        let power = data.purchasing_power.as_ref().filter(|power| power.factor(code).is_some());
        let rules = data.take_home(country.code.as_str());
        let own = country.bands.iter().map(|band| &band.source);
        let used: HashSet<&str> = own
            .chain(country.others.iter().map(|other| &other.source))
            .chain(rates.map(|rates| &rates.source))
            .chain(power.map(|power| &power.source))
            .chain(rules.map(|rules| &rules.source))
            .map(crate::id::SourceId::as_str)
            .collect();
        Some(Self {
            about: about(context),
            levels: &data.levels,
            country: table(data, country, Some(currency)),
            currency,
            exchange_rates: rates.map(|rates| rates_of(rates, code)),
            purchasing_power: power.map(|power| factor_of(power, code)),
            take_home: rules,
            sources: data
                .sources
                .iter()
                .filter(|source| used.contains(source.id.as_str()))
                .collect(),
        })
    }
}

fn about(context: Context<'_>) -> About<'_> {
    let site = &context.content.site;
    About {
        title: &site.title,
        career: &site.career,
        edition: &site.edition,
        date: site.date.to_string(),
        author: &site.author,
        licence: &site.licence.text,
        licence_url: &site.licence.href,
        small_sample_below: site.small_sample_below,
    }
}

fn table<'a>(
    data: &SalaryData,
    country: &'a pay::Country,
    currency: Option<&Currency>,
) -> CountryTable<'a> {
    CountryTable {
        code: country.code.as_str(),
        name: &country.name,
        currency: country.currency.as_str(),
        cities: &country.cities,
        insight: &country.insight,
        bands: country.bands.iter().map(|one| band(one, currency)).collect(),
        others: country.others.iter().map(|one| other(one, data.small_sample_below)).collect(),
    }
}

fn band<'a>(band: &'a pay::Band, currency: Option<&Currency>) -> BandTable<'a> {
    BandTable {
        level: band.level.as_str(),
        figures: Figures::Range {
            low: Exact(band.range.low),
            high: band.range.high.map(Exact),
            open: band.range.is_open(),
        },
        text: currency.map(|currency| currency.compact_range(&band.range)).unwrap_or_default(),
        years: Years::stated(&band.years),
        basis: band.basis,
        basis_note: band.basis_note.as_deref(),
        note: band.note.as_deref(),
        source: band.source.as_str(),
    }
}

fn other(other: &pay::Other, small_below: u32) -> OtherTable<'_> {
    let (level, years) = match &other.scope {
        Scope::Level(level) => (Some(level.as_str()), None),
        Scope::Years(years) => (None, Years::stated(years)),
        Scope::AllLevels => (None, None),
    };
    OtherTable {
        source: other.source.as_str(),
        level,
        years,
        title: other.title.as_deref(),
        city: other.city.as_deref(),
        occupation: other.occupation.as_deref(),
        figures: (&other.figures).into(),
        sample: Sample::new(&other.sample, small_below),
        as_of: other.as_of,
        basis: other.basis,
        note: other.note.as_deref(),
    }
}

/// The rates of that currency and of the base.
fn rates_of(all: &ExchangeRates, code: &str) -> ExchangeRates {
    let mut rates = all.clone();
    for some in rates.earlier.iter_mut().map(|set| &mut set.rates).chain([&mut rates.rates]) {
        some.retain(|rate| rate.currency == *code || rate.currency == all.base);
    }
    rates
}

fn factor_of(all: &PurchasingPower, code: &str) -> PurchasingPower {
    let mut power = all.clone();
    power.factors.retain(|factor| factor.currency == *code);
    power
}
