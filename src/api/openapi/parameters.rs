//! Owns the parameters of the description: what can be chosen is content.

use serde_json::Value;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Required, Schema};

use crate::address::query as names;
use crate::pay::SalaryData;
use crate::pay::comparison::{
    Adjust, GroupBy, Pay, Selection, display_codes, display_currencies, other_sources,
};
use crate::pay::money::Period;

/// What an edition may look like.
const EDITION: &str = "^[A-Za-z0-9._-]{0,24}$";
/// The dates that rates have here; other notations of ISO 8601-2 are understood too.
const MONTH_OR_YEAR: &str = "^([0-9]{4}(-(0[1-9]|1[0-2]))?)?$";
/// More than nothing, far less than a million million, with no more decimals than every currency
/// has, so that it is right whichever currency goes with it.
fn amount(data: &SalaryData) -> String {
    let decimals = display_currencies(data).map(|currency| currency.decimals).min().unwrap_or(0);
    match decimals {
        0 => "^(0*[1-9][0-9]{0,9})?$".to_owned(),
        1 => r"^(0*[1-9][0-9]{0,9}(\.[0-9])?|0+\.[1-9])?$".to_owned(),
        _ => r"^(0*[1-9][0-9]{0,9}(\.[0-9]{1,2})?|0+\.(0[1-9]|[1-9][0-9]?))?$".to_owned(),
    }
}

/// The parameters of the comparison, in the order of the form.
pub(super) fn of_comparison(data: &SalaryData) -> Vec<Parameter> {
    let defaults = Selection::defaults(data);
    let countries = data.countries.iter().map(|country| country.code.as_str().to_owned());
    let levels = data.levels.iter().map(|level| level.id.as_str().to_owned());
    let currencies = display_codes(data);
    let display = std::iter::once("local".to_owned()).chain(currencies.iter().cloned());
    let sources = std::iter::once("none".to_owned())
        .chain(other_sources(data).map(|source| source.id.as_str().to_owned()));
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    vec![
        several(names::COUNTRY, "Countries to show; all when none is given.", countries.collect()),
        several(names::LEVEL, "Levels to show; all when none is given.", levels.collect()),
        one_of(
            names::CURRENCY,
            "What amounts are shown in: `local`, each country in its own, or one for all. Without \
             effect with `adjust=ppp`.",
            display.collect(),
            &defaults.currency.in_address(),
        ),
        one_of(
            names::PAY,
            "Before tax, or take-home pay by the rules of each country.",
            words(&[Pay::Gross.as_str(), Pay::Net.as_str()]),
            defaults.pay.as_str(),
        ),
        one_of(
            names::ADJUST,
            "At market rates, or by purchasing power in international dollars, which is rough.",
            words(&[Adjust::Market.as_str(), Adjust::PurchasingPower.as_str()]),
            defaults.adjust.as_str(),
        ),
        one_of(
            names::PERIOD,
            "Pay a year or a month.",
            words(&[Period::Year.as_str(), Period::Month.as_str()]),
            defaults.period.as_str(),
        ),
        one_of(
            names::GROUP,
            "What the order of the rows follows first.",
            words(&[GroupBy::Country.as_str(), GroupBy::Level.as_str()]),
            defaults.group.as_str(),
        ),
        several(
            names::SOURCE,
            "Sources that stand beside the guide's own bands; all when none is given, and no other \
             for `none`.",
            sources.collect(),
        ),
        text(
            names::OFFER,
            "The reader's own figure: gross, a year. It is marked on the guide's own bands, and no \
             copy of the answer is kept. Other ways in which people write amounts, with \
             signs, separators and words, are understood too.",
            &amount(data),
            "1800000",
        ),
        one_of(
            names::OFFER_CURRENCY,
            "The currency of `offer`. It may be left out where `offer` names one, or all chosen \
             countries share one; otherwise `offer` is left out of the answer, which says so in \
             `ignored`.",
            currencies,
            "",
        ),
        text(
            names::EDITION,
            "The edition of the data that the address was made for.",
            EDITION,
            &data.edition,
        ),
        text(
            names::RATES,
            "The date of the exchange rates that the address was made for.",
            MONTH_OR_YEAR,
            "2026-06",
        ),
    ]
}

/// The code of a country within a path.
pub(super) fn country_in_path(data: &SalaryData) -> Parameter {
    let codes = data.countries.iter().map(|country| country.code.as_str().to_owned());
    ParameterBuilder::new()
        .name("code")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The country."))
        .schema(Some(choice(codes.collect())))
        .build()
}

fn query(name: &str) -> ParameterBuilder {
    ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(Required::False)
}

fn several(name: &str, description: &str, choices: Vec<String>) -> Parameter {
    query(name)
        .description(Some(description))
        .style(Some(utoipa::openapi::path::ParameterStyle::Form))
        .explode(Some(true))
        .schema(Some(
            ArrayBuilder::new().items(RefOr::T(Schema::Object(choice(or_empty(choices))))).build(),
        ))
        .build()
}

fn one_of(name: &str, description: &str, choices: Vec<String>, default: &str) -> Parameter {
    let mut schema = choice(or_empty(choices));
    schema.default = (!default.is_empty()).then(|| Value::String(default.to_owned()));
    query(name).description(Some(description)).schema(Some(schema)).build()
}

fn text(name: &str, description: &str, pattern: &str, example: &str) -> Parameter {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .examples([example])
        .build();
    query(name).description(Some(description)).schema(Some(schema)).build()
}

fn choice(choices: Vec<String>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(choices)).build()
}

/// A form sends its empty fields too.
fn or_empty(mut choices: Vec<String>) -> Vec<String> {
    choices.push(String::new());
    choices
}
