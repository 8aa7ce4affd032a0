//! Owns the controls of the comparison: a sentence whose words are real, labelled controls.

use std::collections::HashSet;

use crate::address;
use crate::id::CountryCode;
use crate::pages::Shared;
use crate::pay::comparison::{
    Adjust, DisplayCurrency, GroupBy, Pay, Selection, display_currencies, other_sources,
};
use crate::pay::money::Period;

/// The form, filled with what was asked for.
#[derive(Debug)]
pub(super) struct Form<'a> {
    pub(super) action: String,
    pub(super) levels: Vec<Choice<'a>>,
    pub(super) countries: Vec<Choice<'a>>,
    pub(super) sources: Vec<Choice<'a>>,
    pub(super) currencies: Vec<Choice<'a>>,
    pub(super) pay: [Choice<'a>; 2],
    pub(super) adjust: Option<[Choice<'a>; 2]>,
    pub(super) period: [Choice<'a>; 2],
    pub(super) group: [Choice<'a>; 2],
    pub(super) offer: String,
    pub(super) offer_currencies: Vec<Choice<'a>>,
}

/// One word of a control.
#[derive(Debug)]
pub(super) struct Choice<'a> {
    pub(super) value: String,
    pub(super) text: &'a str,
    pub(super) chosen: bool,
}

impl<'a> Form<'a> {
    pub(super) fn new(shared: &Shared<'a>, selection: &Selection) -> Self {
        let data = &shared.content.salaries;
        let choice =
            |value: &str, text: &'a str, chosen| Choice { value: value.to_owned(), text, chosen };
        let chosen: HashSet<&CountryCode> = selection.countries.iter().collect();
        let local = selection.currency == DisplayCurrency::Local;
        let mut currencies = vec![choice("local", "local currency", local)];
        currencies.extend(display_currencies(data).map(|currency| {
            let chosen =
                matches!(&selection.currency, DisplayCurrency::Of(c) if *c == currency.code);
            choice(&currency.code.as_str().to_lowercase(), &currency.name, chosen)
        }));
        let pays_in = |code: &str| data.countries.iter().any(|c| c.currency == *code);
        // Without a choice the first country's own currency is as good a guess as any.
        let offered = selection.offer_currency.as_ref().or(selection
            .countries
            .first()
            .and_then(|code| data.country(code.as_str()).map(|country| &country.currency)));
        let offer_currencies = data
            .currencies
            .iter()
            .filter(|currency| pays_in(currency.code.as_str()))
            .map(|currency| {
                let chosen = offered == Some(&currency.code);
                choice(&currency.code.as_str().to_lowercase(), &currency.plural, chosen)
            })
            .collect();
        Self {
            action: shared.urls.path(address::COMPARE),
            levels: data
                .levels
                .iter()
                .map(|l| choice(l.id.as_str(), &l.short, selection.levels.contains(&l.id)))
                .collect(),
            countries: data
                .countries
                .iter()
                .map(|c| choice(c.code.as_str(), &c.name, chosen.contains(&c.code)))
                .collect(),
            sources: other_sources(data)
                .map(|s| choice(s.id.as_str(), &s.publisher, selection.sources.contains(&s.id)))
                .collect(),
            currencies,
            pay: [
                choice(Pay::Gross.as_str(), "before tax", selection.pay == Pay::Gross),
                choice(Pay::Net.as_str(), "take-home", selection.pay == Pay::Net),
            ],
            adjust: data.purchasing_power.as_ref().map(|_| {
                let market = selection.adjust == Adjust::Market;
                [
                    choice(Adjust::Market.as_str(), "at market rates", market),
                    choice(
                        Adjust::PurchasingPower.as_str(),
                        "by purchasing power (rough)",
                        !market,
                    ),
                ]
            }),
            period: [
                choice("year", "a year", selection.period == Period::Year),
                choice("month", "a month", selection.period == Period::Month),
            ],
            group: [
                choice("country", "country", selection.group == GroupBy::Country),
                choice("level", "level", selection.group == GroupBy::Level),
            ],
            offer: selection.offer.map_or(String::new(), |offer| offer.normalize().to_string()),
            offer_currencies,
        }
    }
}
