//! Owns the way from the content's pay data to the tables.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{
    About, AllowanceRule, BandTable, CessRule, ChargeBand, ChargeRule, ChargedOn, CountryDocument,
    CountryTable, Currency, EarlierRates, ExchangeRates, Grouping, LargeUnit, OtherTable,
    PerCurrency, PurchasingPower, RebateRule, RulesEnd, TablesDocument, TakeHomeRules, TaperRule,
};
use crate::api::Context;
use crate::api::exact::Exact;
use crate::api::shapes::{Figures, Level, Sample, Source, Years};
use crate::id::CurrencyCode;
use crate::pay::{self, SalaryData, Scope, exchange, money, take_home};

impl<'a> TablesDocument<'a> {
    /// Of the whole guide.
    pub fn new(context: Context<'a>) -> Self {
        let data = &context.content.salaries;
        let currency = |code: &str| data.currency(code);
        Self {
            about: about(context),
            levels: data.levels.iter().map(Level::from).collect(),
            countries: data
                .countries
                .iter()
                .map(|country| table(data, country, currency(country.currency.as_str())))
                .collect(),
            currencies: data.currencies.iter().map(Currency::from).collect(),
            exchange_rates: data.rates.as_ref().map(|rates| exchange_rates(rates, |_| true)),
            purchasing_power: data.purchasing_power.as_ref().map(|p| purchasing_power(p, |_| true)),
            take_home: data.take_home.iter().map(TakeHomeRules::from).collect(),
            sources: data.sources.iter().map(Source::from).collect(),
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
            levels: data.levels.iter().map(Level::from).collect(),
            country: table(data, country, Some(currency)),
            currency: currency.into(),
            exchange_rates: rates
                .map(|rates| exchange_rates(rates, |c| *c == *code || *c == rates.base)),
            purchasing_power: power.map(|power| purchasing_power(power, |c| *c == *code)),
            take_home: rules.map(TakeHomeRules::from),
            sources: data
                .sources
                .iter()
                .filter(|source| used.contains(source.id.as_str()))
                .map(Source::from)
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
    currency: Option<&money::Currency>,
) -> CountryTable<'a> {
    CountryTable {
        code: country.code.as_str(),
        name: &country.name,
        currency: country.currency.as_str(),
        cities: country.cities.iter().map(String::as_str).collect(),
        insight: &country.insight,
        bands: country.bands.iter().map(|one| band(one, currency)).collect(),
        others: country.others.iter().map(|one| other(one, data.small_sample_below)).collect(),
    }
}

fn band<'a>(band: &'a pay::Band, currency: Option<&money::Currency>) -> BandTable<'a> {
    BandTable {
        level: band.level.as_str(),
        figures: Figures::Range {
            low: Exact(band.range.low),
            high: band.range.high.map(Exact),
            open: band.range.is_open(),
        },
        text: currency.map(|currency| currency.compact_range(&band.range)).unwrap_or_default(),
        years: Years::stated(&band.years),
        basis: band.basis.into(),
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
        as_of: other.as_of.into(),
        basis: other.basis.into(),
        note: other.note.as_deref(),
    }
}

impl<'a> From<&'a money::Currency> for Currency<'a> {
    fn from(currency: &'a money::Currency) -> Self {
        Self {
            code: currency.code.as_str(),
            name: &currency.name,
            plural: &currency.plural,
            symbol: &currency.symbol,
            grouping: match currency.grouping {
                money::Grouping::Western => Grouping::Western,
                money::Grouping::Indian => Grouping::Indian,
            },
            decimals: currency.decimals,
            units: currency
                .units
                .iter()
                .map(|unit| LargeUnit {
                    suffix: &unit.suffix,
                    word: &unit.word,
                    value: Exact(unit.value),
                })
                .collect(),
        }
    }
}

fn per_currency(
    numbers: &[(CurrencyCode, Decimal)],
    wanted: impl Fn(&CurrencyCode) -> bool,
) -> Vec<PerCurrency<'_>> {
    numbers
        .iter()
        .filter(|(code, _)| wanted(code))
        .map(|(code, value)| PerCurrency { currency: code.as_str(), value: Exact(*value) })
        .collect()
}

fn exchange_rates(
    rates: &exchange::ExchangeRates,
    wanted: impl Fn(&CurrencyCode) -> bool,
) -> ExchangeRates<'_> {
    ExchangeRates {
        base: rates.base.as_str(),
        source: rates.source.as_str(),
        as_of: rates.as_of.into(),
        holds_until: rates.holds_until.to_string(),
        note: rates.note.as_deref(),
        rates: per_currency(&rates.rates, &wanted),
        earlier: rates
            .earlier
            .iter()
            .map(|(as_of, rates)| EarlierRates {
                as_of: (*as_of).into(),
                rates: per_currency(rates, &wanted),
            })
            .collect(),
    }
}

fn purchasing_power(
    power: &exchange::PurchasingPower,
    wanted: impl Fn(&CurrencyCode) -> bool,
) -> PurchasingPower<'_> {
    PurchasingPower {
        source: power.source.as_str(),
        year: power.year,
        unit: &power.unit_name,
        holds_until: power.holds_until.to_string(),
        note: &power.note,
        factors: per_currency(&power.factors, wanted),
    }
}

impl<'a> From<&'a take_home::TakeHomeRules> for TakeHomeRules<'a> {
    fn from(rules: &'a take_home::TakeHomeRules) -> Self {
        Self {
            country: rules.country.as_str(),
            tax_year: &rules.tax_year,
            caption: rules.caption.as_deref(),
            source: rules.source.as_str(),
            holds_until: rules.holds_until.to_string(),
            omits: rules.omits.iter().map(String::as_str).collect(),
            applies_to: &rules.applies_to,
            allowances: rules
                .allowances
                .iter()
                .map(|allowance| AllowanceRule {
                    name: &allowance.name,
                    amount: Exact(allowance.amount),
                    taper: allowance.taper.map(|taper| TaperRule {
                        above: Exact(taper.above),
                        lose: Exact(taper.lose),
                        per: Exact(taper.per),
                    }),
                })
                .collect(),
            charges: rules.charges.iter().map(charge).collect(),
            not_computed: rules
                .not_computed
                .as_ref()
                .map(|end| RulesEnd { taxable_above: Exact(end.taxable_above), why: &end.why }),
        }
    }
}

fn charge(charge: &take_home::Charge) -> ChargeRule<'_> {
    ChargeRule {
        name: &charge.name,
        on: match charge.on {
            take_home::ChargeBase::Taxable => ChargedOn::Taxable,
            take_home::ChargeBase::Gross => ChargedOn::Gross,
        },
        bands: charge
            .bands
            .iter()
            .map(|band| ChargeBand { to: band.to.map(Exact), percent: Exact(band.percent) })
            .collect(),
        cap: charge.cap.map(Exact),
        rebate: charge.rebate.map(|rebate| RebateRule {
            taxable_to: Exact(rebate.taxable_to),
            marginal_relief: rebate.marginal_relief,
        }),
        cess: charge
            .cess
            .as_ref()
            .map(|cess| CessRule { name: &cess.name, percent: Exact(cess.percent) }),
    }
}
