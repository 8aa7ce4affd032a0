//! Owns the reading of a query into a selection: any text at all in; out come a sensible choice and
//! a few reports of values that cannot be used.
//!
//! SECURITY: the work is bounded by [`MAX_PAIRS`] and by the size of the content; what is repeated
//! to the reader is bounded by [`MAX_IGNORED`] and [`MAX_REPEATED`].

use rust_decimal::Decimal;

use super::selection::{
    Adjust, DisplayCurrency, GroupBy, Ignored, NO_SOURCE, Pay, Selection, display_currencies,
    other_sources,
};
use crate::address::query;
use crate::date::PartialDate;
use crate::id::CurrencyCode;
use crate::pay::SalaryData;
use crate::pay::money::Period;
use crate::text::invisible;

/// Name and value pairs that are looked at; a form of a large guide sends fewer.
const MAX_PAIRS: usize = 512;
/// Values that are reported.
const MAX_IGNORED: usize = 8;
/// Letters of a reported value.
const MAX_REPEATED: usize = 40;
/// Letters of an edition.
const MAX_EDITION: usize = 24;
/// Values that a message lists.
const MAX_LISTED: usize = 6;

/// Values that cannot be used, each once.
#[derive(Default)]
struct Reports(Vec<Ignored>);

impl Reports {
    fn add(&mut self, name: &str, value: &str, why: impl Into<String>) {
        if self.0.len() >= MAX_IGNORED {
            return;
        }
        let mut shown: String = value.chars().take(MAX_REPEATED).map(invisible::visible).collect();
        if value.chars().nth(MAX_REPEATED).is_some() {
            shown.push('…');
        }
        let ignored = Ignored { name: name.to_owned(), value: shown, why: why.into() };
        if !self.0.contains(&ignored) {
            self.0.push(ignored);
        }
    }
}

/// A parameter of which one value counts.
struct Single<T>(Option<T>);

impl<T> Default for Single<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: PartialEq> Single<T> {
    fn set(&mut self, name: &str, text: &str, value: Result<T, String>, reports: &mut Reports) {
        match (value, &self.0) {
            (Err(why), _) => reports.add(name, text, why),
            (Ok(value), None) => self.0 = Some(value),
            (Ok(value), Some(first)) if value != *first => {
                reports.add(name, text, "it is given more than once, and the first counts");
            }
            (Ok(_), Some(_)) => {}
        }
    }
}

/// What was read of each parameter, by position in the content where it is a choice of the content.
#[derive(Default)]
struct RawSelection {
    countries: Vec<usize>,
    levels: Vec<usize>,
    sources: Vec<usize>,
    no_other_source: bool,
    currency: Single<DisplayCurrency>,
    pay: Single<Pay>,
    adjust: Single<Adjust>,
    period: Single<Period>,
    group: Single<GroupBy>,
    offer: Single<String>,
    offer_currency: Single<CurrencyCode>,
    edition: Single<String>,
    rates: Single<PartialDate>,
}

impl Selection {
    /// Reads a query. Values of known parameters that cannot be used are reported, a few of them
    /// at most, and their parameter has its default; unknown parameters are passed over.
    /// Names of parameters count as written; values may be in any case.
    pub fn parse<I>(pairs: I, data: &SalaryData) -> (Self, Vec<Ignored>)
    where
        I: IntoIterator<Item = (String, String)>,
    {
        let mut raw = RawSelection::default();
        let mut reports = Reports::default();
        let mut pairs = pairs.into_iter();
        for (name, value) in pairs.by_ref().take(MAX_PAIRS) {
            let value = value.trim();
            // An empty field of a form is a field left alone.
            if !value.is_empty() {
                raw.read(&name, value, data, &mut reports);
            }
        }
        if pairs.next().is_some() {
            let why = format!("a query has {MAX_PAIRS} values at most, and the rest is not read");
            reports.add("query", "…", why);
        }
        let mut selection = Selection::defaults(data);
        keep_chosen(&mut selection.countries, raw.countries);
        keep_chosen(&mut selection.levels, raw.levels);
        if !raw.sources.is_empty() {
            keep_chosen(&mut selection.sources, raw.sources);
        } else if raw.no_other_source {
            selection.sources.clear();
        }
        selection.currency = raw.currency.0.unwrap_or_default();
        selection.pay = raw.pay.0.unwrap_or_default();
        selection.adjust = raw.adjust.0.unwrap_or_default();
        selection.period = raw.period.0.unwrap_or_default();
        selection.group = raw.group.0.unwrap_or_default();
        selection.edition = raw.edition.0;
        selection.rates = raw.rates.0;
        selection.offer_currency = raw.offer_currency.0;
        if let Some(text) = raw.offer.0 {
            read_offer(&mut selection, &text, data, &mut reports);
        }
        (selection, reports.0)
    }
}

impl RawSelection {
    fn read(&mut self, name: &str, value: &str, data: &SalaryData, reports: &mut Reports) {
        match name {
            query::COUNTRY => {
                let codes = || data.countries.iter().map(|country| country.code.as_str());
                add_choice(&mut self.countries, name, value, codes, "country", reports);
            }
            query::LEVEL => {
                let ids = || data.levels.iter().map(|level| level.id.as_str());
                add_choice(&mut self.levels, name, value, ids, "level", reports);
            }
            query::SOURCE => self.read_source(value, data, reports),
            query::CURRENCY => {
                let read = read_display_currency(value, data);
                self.currency.set(name, value, read, reports);
            }
            query::PAY => {
                let read = read_word(value, [Pay::Gross, Pay::Net], Pay::as_str);
                self.pay.set(name, value, read, reports);
            }
            query::ADJUST => {
                let read =
                    read_word(value, [Adjust::Market, Adjust::PurchasingPower], Adjust::as_str);
                self.adjust.set(name, value, read, reports);
            }
            query::PERIOD => {
                let read = read_word(value, [Period::Year, Period::Month], Period::as_str);
                self.period.set(name, value, read, reports);
            }
            query::GROUP => {
                let read = read_word(value, [GroupBy::Country, GroupBy::Level], GroupBy::as_str);
                self.group.set(name, value, read, reports);
            }
            query::OFFER => self.offer.set(name, value, Ok(value.to_owned()), reports),
            query::OFFER_CURRENCY => {
                let read = read_currency(value, data, "");
                self.offer_currency.set(name, value, read, reports);
            }
            query::EDITION => self.edition.set(name, value, read_edition(value), reports),
            query::RATES => {
                let read = value.to_lowercase().parse::<PartialDate>().map_err(|_| {
                    "it is not a date of exchange rates: write it like 2026-06".to_owned()
                });
                self.rates.set(name, value, read, reports);
            }
            _ => {}
        }
    }

    fn read_source(&mut self, value: &str, data: &SalaryData, reports: &mut Reports) {
        let others = || other_sources(data).map(|source| source.id.as_str());
        if others().any(|id| id.eq_ignore_ascii_case(value)) {
            add_choice(&mut self.sources, query::SOURCE, value, others, "source", reports);
            return;
        }
        // The guide's own bands are always there, so to choose their source chooses no other.
        let own = data
            .countries
            .iter()
            .flat_map(|country| &country.bands)
            .any(|band| band.source.as_str().eq_ignore_ascii_case(value));
        if own || value.eq_ignore_ascii_case(NO_SOURCE) {
            self.no_other_source = true;
        } else {
            add_choice(&mut self.sources, query::SOURCE, value, others, "source", reports);
        }
    }
}

/// Adds the position of `value` among `known`, or reports it.
fn add_choice<'a, K: Iterator<Item = &'a str>>(
    chosen: &mut Vec<usize>,
    name: &str,
    value: &str,
    known: impl Fn() -> K,
    what: &str,
    reports: &mut Reports,
) {
    match known().position(|id| id.eq_ignore_ascii_case(value)) {
        Some(position) => chosen.push(position),
        None => {
            reports.add(
                name,
                value,
                with_choices(&format!("there is no such {what} here"), known()),
            );
        }
    }
}

/// Keeps those at the given positions, in their own order; all when none is given.
fn keep_chosen<T>(all: &mut Vec<T>, mut chosen: Vec<usize>) {
    if chosen.is_empty() {
        return;
    }
    chosen.sort_unstable();
    let mut position = 0;
    all.retain(|_| {
        let is_chosen = chosen.binary_search(&position).is_ok();
        position += 1;
        is_chosen
    });
}

fn read_word<T: Copy, const N: usize>(
    value: &str,
    words: [T; N],
    as_str: fn(T) -> &'static str,
) -> Result<T, String> {
    words
        .into_iter()
        .find(|word| as_str(*word).eq_ignore_ascii_case(value))
        .ok_or_else(|| with_choices("it is not one of the choices", words.into_iter().map(as_str)))
}

fn read_display_currency(value: &str, data: &SalaryData) -> Result<DisplayCurrency, String> {
    if value.eq_ignore_ascii_case("local") {
        return Ok(DisplayCurrency::Local);
    }
    read_currency(value, data, "local").map(DisplayCurrency::Of)
}

fn read_currency(value: &str, data: &SalaryData, also: &str) -> Result<CurrencyCode, String> {
    if let Some(currency) =
        display_currencies(data).find(|currency| currency.code.as_str().eq_ignore_ascii_case(value))
    {
        return Ok(currency.code.clone());
    }
    let declared =
        data.currencies.iter().any(|currency| currency.code.as_str().eq_ignore_ascii_case(value));
    let why = if declared {
        "there is no exchange rate for it"
    } else {
        "there is no such currency here"
    };
    let codes: Vec<String> =
        display_currencies(data).map(|currency| currency.code.as_str().to_lowercase()).collect();
    let also = (!also.is_empty()).then_some(also);
    Err(with_choices(why, also.into_iter().chain(codes.iter().map(String::as_str))))
}

fn read_edition(value: &str) -> Result<String, String> {
    let fits = value.len() <= MAX_EDITION
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    if fits { Ok(value.to_owned()) } else { Err("it is not the name of an edition".to_owned()) }
}

fn read_offer(selection: &mut Selection, text: &str, data: &SalaryData, reports: &mut Reports) {
    let chosen = selection.offer_currency.as_ref().and_then(|code| data.currency(code.as_str()));
    let named = || display_currencies(data).find(|currency| currency.is_named_in(text));
    let Some(currency) = chosen.or_else(named).or_else(|| only_currency(selection, data)) else {
        let codes: Vec<String> =
            display_currencies(data).map(|c| c.code.as_str().to_lowercase()).collect();
        let why =
            with_choices("say its currency in offer_currency", codes.iter().map(String::as_str));
        reports.add(query::OFFER, text, why);
        return;
    };
    match currency.parse(text) {
        Ok(amount) if amount > Decimal::ZERO => {
            selection.offer = Some(amount);
            selection.offer_currency = Some(currency.code.clone());
        }
        Ok(_) => reports.add(query::OFFER, text, "it must be more than nothing"),
        Err(error) => reports.add(query::OFFER, text, error.to_string()),
    }
}

/// The currency that all chosen countries share.
fn only_currency<'a>(
    selection: &Selection,
    data: &'a SalaryData,
) -> Option<&'a crate::pay::money::Currency> {
    let mut codes = selection
        .countries
        .iter()
        .filter_map(|code| data.country(code.as_str()))
        .map(|country| country.currency.as_str());
    let first = codes.next()?;
    codes.all(|code| code == first).then(|| data.currency(first)).flatten()
}

fn with_choices<'a>(why: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.take(MAX_LISTED + 1).collect();
    let more = known.len() > MAX_LISTED;
    known.truncate(MAX_LISTED);
    match known.as_slice() {
        [] => why.to_owned(),
        [one] => format!("{why}: there is {one}"),
        [first @ .., last] if !more => format!("{why}: choose {} or {last}", first.join(", ")),
        some => format!("{why}: choose {} or another", some.join(", ")),
    }
}
