//! Owns the reading of a query into a selection, and the reports of values that cannot be used. Any
//! text at all may be in a query.
//!
//! SECURITY: the work is bounded by [`MAX_PAIRS`] and by the size of the content; what is repeated
//! to the reader is bounded by [`MAX_IGNORED`] and [`MAX_REPEATED`].

use rust_decimal::Decimal;

use super::selection::{
    Adjust, DisplayCurrency, GroupBy, Ignored, NO_SOURCE, Pay, Selection, display_codes,
    display_currencies, other_sources,
};
use crate::address::query;
use crate::date::PartialDate;
use crate::id::CurrencyCode;
use crate::pay::SalaryData;
use crate::pay::money::{Currency, Period};
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

/// What was read of each parameter, by position in the content where it is a choice of the content.
#[derive(Default)]
struct RawSelection {
    countries: Vec<usize>,
    levels: Vec<usize>,
    sources: Vec<usize>,
    no_other_source: bool,
    currency: Option<DisplayCurrency>,
    pay: Option<Pay>,
    adjust: Option<Adjust>,
    period: Option<Period>,
    group: Option<GroupBy>,
    offer: Option<String>,
    offer_currency: Option<CurrencyCode>,
    edition: Option<String>,
    rates: Option<PartialDate>,
}

impl Selection {
    /// Reads a query. Values of known parameters that cannot be used are reported, a few of them
    /// at most, and their parameter has its default; unknown parameters are ignored. Names of
    /// parameters must be in lower case; values may be in any case.
    pub fn parse<I>(pairs: I, data: &SalaryData) -> (Self, Vec<Ignored>)
    where
        I: IntoIterator<Item = (String, String)>,
    {
        let mut raw = RawSelection::default();
        let mut reports = Reports::default();
        let mut pairs = pairs.into_iter();
        for (name, value) in pairs.by_ref().take(MAX_PAIRS) {
            let value = value.trim();
            // A form sends its empty fields too.
            if !value.is_empty() {
                raw.read(Parameter { name: &name, value, data, reports: &mut reports });
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
        selection.currency = raw.currency.unwrap_or_default();
        selection.pay = raw.pay.unwrap_or_default();
        selection.adjust = raw.adjust.unwrap_or_default();
        selection.period = raw.period.unwrap_or_default();
        selection.group = raw.group.unwrap_or_default();
        selection.edition = raw.edition;
        selection.rates = raw.rates;
        selection.offer_currency = raw.offer_currency;
        if let Some(text) = raw.offer {
            read_offer(&mut selection, &text, data, &mut reports);
        }
        (selection, reports.0)
    }
}

impl RawSelection {
    fn read(&mut self, mut parameter: Parameter<'_>) {
        let Parameter { name, value, data, .. } = parameter;
        match name {
            query::COUNTRY => {
                let codes = || data.countries.iter().map(|country| country.code.as_str());
                parameter.choose(&mut self.countries, codes, "country");
            }
            query::LEVEL => {
                let ids = || data.levels.iter().map(|level| level.id.as_str());
                parameter.choose(&mut self.levels, ids, "level");
            }
            query::SOURCE => {
                let others = || other_sources(data).map(|source| source.id.as_str());
                let is_value = |id: &str| id.eq_ignore_ascii_case(value);
                let mut bands = data.countries.iter().flat_map(|country| &country.bands);
                let mut is_own = || bands.any(|band| is_value(band.source.as_str()));
                // The guide's own bands are always there, so to choose their source chooses no other.
                if !others().any(is_value) && (is_own() || is_value(NO_SOURCE)) {
                    self.no_other_source = true;
                } else {
                    parameter.choose(&mut self.sources, others, "source");
                }
            }
            query::CURRENCY => {
                parameter.set(&mut self.currency, read_display_currency(value, data));
            }
            query::PAY => {
                parameter.set(&mut self.pay, read_word(value, [Pay::Gross, Pay::Net], Pay::as_str));
            }
            query::ADJUST => {
                let words = [Adjust::Market, Adjust::PurchasingPower];
                parameter.set(&mut self.adjust, read_word(value, words, Adjust::as_str));
            }
            query::PERIOD => {
                let words = [Period::Year, Period::Month];
                parameter.set(&mut self.period, read_word(value, words, Period::as_str));
            }
            query::GROUP => {
                let words = [GroupBy::Country, GroupBy::Level];
                parameter.set(&mut self.group, read_word(value, words, GroupBy::as_str));
            }
            query::OFFER => parameter.set(&mut self.offer, Ok(value.to_owned())),
            query::OFFER_CURRENCY => {
                parameter.set(&mut self.offer_currency, read_currency(value, data, None));
            }
            query::EDITION => parameter.set(&mut self.edition, read_edition(value)),
            query::RATES => {
                let read = value.to_lowercase().parse().map_err(|_| {
                    "it is not a date of exchange rates: write it like 2026-06".to_owned()
                });
                parameter.set(&mut self.rates, read);
            }
            _ => {}
        }
    }
}

/// A name and a value of a query, while they are read.
struct Parameter<'q> {
    name: &'q str,
    value: &'q str,
    data: &'q SalaryData,
    reports: &'q mut Reports,
}

impl Parameter<'_> {
    /// Of a parameter that has one value the first counts; another one is reported.
    fn set<T: PartialEq>(&mut self, first: &mut Option<T>, value: Result<T, String>) {
        let why = match (value, &first) {
            (Err(why), _) => why,
            (Ok(value), Some(first)) if value != *first => {
                "it is given more than once, and the first counts".to_owned()
            }
            (Ok(value), _) => {
                first.get_or_insert(value);
                return;
            }
        };
        self.reports.add(self.name, self.value, why);
    }

    /// Adds the position of the value among those that are known, or reports it.
    fn choose<'a, K: Iterator<Item = &'a str>>(
        &mut self,
        chosen: &mut Vec<usize>,
        known: impl Fn() -> K,
        what: &str,
    ) {
        if let Some(position) = known().position(|id| id.eq_ignore_ascii_case(self.value)) {
            chosen.push(position);
            return;
        }
        let why = with_choices(&format!("there is no such {what} here"), known());
        self.reports.add(self.name, self.value, why);
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
    read_currency(value, data, Some("local")).map(DisplayCurrency::Of)
}

/// `also` can be chosen beside the currencies.
fn read_currency(
    value: &str,
    data: &SalaryData,
    also: Option<&str>,
) -> Result<CurrencyCode, String> {
    let is_value = |currency: &&Currency| currency.code.as_str().eq_ignore_ascii_case(value);
    if let Some(currency) = display_currencies(data).find(is_value) {
        return Ok(currency.code.clone());
    }
    let why = if data.currencies.iter().any(|currency| is_value(&currency)) {
        "there is no exchange rate for it"
    } else {
        "there is no such currency here"
    };
    Err(with_choices(why, also.map(str::to_owned).into_iter().chain(display_codes(data))))
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
        let why = with_choices("say its currency in offer_currency", display_codes(data));
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
fn only_currency<'a>(selection: &Selection, data: &'a SalaryData) -> Option<&'a Currency> {
    let mut codes = selection
        .countries
        .iter()
        .filter_map(|code| data.country(code.as_str()))
        .map(|country| country.currency.as_str());
    let first = codes.next()?;
    codes.all(|code| code == first).then(|| data.currency(first)).flatten()
}

fn with_choices<T: Into<String>>(why: &str, known: impl IntoIterator<Item = T>) -> String {
    let mut known: Vec<String> = known.into_iter().take(MAX_LISTED + 1).map(Into::into).collect();
    let more = known.len() > MAX_LISTED;
    known.truncate(MAX_LISTED);
    match known.as_slice() {
        [] => why.to_owned(),
        [one] => format!("{why}: there is {one}"),
        [first @ .., last] if !more => format!("{why}: choose {} or {last}", first.join(", ")),
        some => format!("{why}: choose {} or another", some.join(", ")),
    }
}
