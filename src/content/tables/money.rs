//! Owns the reading of `currencies.toml`, `exchange-rates.toml` and `purchasing-power.toml`.

use rust_decimal::Decimal;

use super::dates::{ExpiryDate, expiry, required_past_date};
use super::guide_files::GuideFiles;
use super::names::{Declarations, FileState};
use crate::content::diagnostics::Code;
use crate::content::reader::{Located, Table, Value};
use crate::date::PartialDate;
use crate::id::{CurrencyCode, SourceId};
use crate::pay::exchange::{EarlierRates, ExchangeRates, PerCurrency, PurchasingPower, value_of};
use crate::pay::money::{Currency, Grouping, LargeUnit};

/// All currencies, in the order of the file.
pub(in crate::content) fn currencies(guide: &GuideFiles<'_>) -> Vec<Currency> {
    let Some(file) = guide.file("currencies.toml") else { return Vec::new() };
    let mut currencies: Vec<Currency> = Vec::new();
    for (code, table) in Table::parse(file).named_tables() {
        if code.value.len() != 3 || !code.value.bytes().all(|b| b.is_ascii_uppercase()) {
            let message = format!("`{}` is not an ISO 4217 currency code", code.value);
            file.error(Code::BadId, code.at, message).help("write three capital letters");
        }
        let symbol = table.text("symbol");
        if currencies.iter().any(|c| c.symbol == symbol && !symbol.is_empty()) {
            let message = format!("`{symbol}` is the symbol of another currency as well");
            table
                .error(Code::DuplicateSymbol, "symbol", message)
                .help("tell them apart by a letter before the sign");
        }
        check_sign(&table, "symbol", &symbol);
        let decimals = table.optional_count("decimals");
        if decimals.is_some_and(|decimals| decimals > 4) {
            let message = "a currency has at most four decimals";
            table.error(Code::NumberOutOfRange, "decimals", message);
        }
        currencies.push(Currency {
            code: CurrencyCode::new(code.value),
            name: table.text("name"),
            plural: table.text("plural"),
            symbol,
            grouping: table
                .choice("grouping", &[("western", Grouping::Western), ("indian", Grouping::Indian)])
                .unwrap_or(Grouping::Western),
            decimals: decimals.map_or(2, |decimals| decimals.min(4)),
            units: units(&table),
        });
        table.check_drawn(&["symbol", "plural", "name"]);
        table.finish();
    }
    currencies
}

/// Reports a currency sign that would be read as a part of the number beside it.
fn check_sign(table: &Table<'_>, key: &str, sign: &str) {
    let digit = |c: char| c.is_numeric() || c.is_whitespace() || ",+-≈–".contains(c);
    if sign.contains(digit) {
        let message = format!("`{sign}` would be read as a part of the number beside it");
        table.error(Code::BadId, key, message).help("use letters and signs of currencies");
    }
}

fn units(table: &Table<'_>) -> Vec<LargeUnit> {
    let mut units: Vec<LargeUnit> = Vec::new();
    for item in table.tables("units") {
        let value = item.amount("value");
        let suffix = item.text("suffix");
        check_sign(&item, "suffix", &suffix);
        if units.iter().any(|known| known.suffix == suffix) {
            let message = format!("`{suffix}` stands for another unit of this currency as well");
            item.error(Code::DuplicateSymbol, "suffix", message).help("tell them apart: K, M");
        }
        let unit =
            LargeUnit { suffix, word: item.text("word"), value: value.unwrap_or(Decimal::ONE) };
        item.check_drawn(&["suffix", "word"]);
        item.finish();
        let Some(value) = value else { continue };
        let last = units.last().map_or(Decimal::ONE, |u| u.value);
        if value <= last || !value.is_integer() {
            let message = format!("unit `{}` does not rise above the one before it", unit.suffix);
            item.error(Code::UnitOrder, "value", message)
                .help("list whole units above 1 from the smallest up: 1000, then 1000000");
            continue;
        }
        units.push(unit);
    }
    units
}

/// The exchange rates, if the guide has any.
pub(in crate::content) fn rates(
    guide: &GuideFiles<'_>,
    declared: &Declarations,
    expiries: &mut Vec<ExpiryDate>,
) -> Option<ExchangeRates> {
    let table = Table::parse(guide.file("exchange-rates.toml")?);
    let base = declared.currencies.named_in(&table, "base");
    let source = declared.sources.named_in(&table, "source");
    let as_of = required_past_date(&table, "as_of", declared.edition);
    let holds_until = expiry(&table, declared.edition, expiries);
    let note = table.optional_text("note");
    let rates = by_currency(&table, "rates", declared);
    let earlier = table.each("earlier", |set| {
        let as_of = required_past_date(set, "as_of", declared.edition);
        let earlier = by_currency(set, "rates", declared);
        check_jumps(&table, &rates, as_of, &earlier);
        EarlierRates { as_of, rates: per_currency(earlier) }
    });
    table.finish();
    let base = base?;
    let of_base = rates.iter().find(|(code, _)| *code == *base.as_str());
    let is_one = of_base.is_some_and(|(_, rate)| rate.value == Decimal::ONE);
    let known = declared.currencies.has(&base);
    if !is_one && known && table.has("rates") && !table.file.is_broken() {
        let message = format!("the base currency {base} must stand among the rates as 1");
        table
            .error(Code::BaseRate, "rates", message)
            .help(format!("write `{base} = 1` under [rates]"));
    }
    Some(ExchangeRates {
        base: CurrencyCode::new(base),
        source: SourceId::new(source?),
        as_of,
        holds_until: holds_until?,
        note,
        rates: per_currency(rates),
        earlier,
    })
}

/// Factors of later years are typing errors.
const MAX_YEAR: u32 = 2100;

/// The purchasing-power factors, if the guide has any.
pub(in crate::content) fn purchasing_power(
    guide: &GuideFiles<'_>,
    declared: &Declarations,
    rates: Option<&ExchangeRates>,
    expiries: &mut Vec<ExpiryDate>,
) -> Option<PurchasingPower> {
    let table = Table::parse(guide.file("purchasing-power.toml")?);
    let source = declared.sources.named_in(&table, "source");
    let year = table.optional_count("year");
    match &year {
        None => table.missing("year", "2024"),
        Some(year) if !(1990..=MAX_YEAR).contains(year) => table
            .error(Code::BadDate, "year", format!("{year} is no year of such factors"))
            .help("look for a wrong digit"),
        Some(_) => {}
    }
    let unit = table.optional_table("unit");
    if unit.is_none() {
        table.missing("unit", "{ name = \"2024 international dollars\", symbol = \"Int$\" }");
    }
    let holds_until = expiry(&table, declared.edition, expiries);
    let note = table.text("note");
    let factors = by_currency(&table, "factors", declared);
    table.finish();
    if let Some(rates) = rates {
        check_price_levels(&table, &factors, rates);
    }
    let unit = unit?;
    let (unit_name, unit_symbol) = (unit.text("name"), unit.text("symbol"));
    unit.finish();
    Some(PurchasingPower {
        source: SourceId::new(source?),
        year: i16::try_from(year?).unwrap_or(i16::MAX),
        unit_name,
        unit_symbol,
        holds_until: holds_until?,
        note,
        factors: per_currency(factors),
    })
}

/// A currency's figure, and where it stands.
type CurrencyFigure = (CurrencyCode, Located<Decimal>);

fn per_currency(figures: Vec<CurrencyFigure>) -> Vec<PerCurrency> {
    let without_span =
        |(currency, figure): CurrencyFigure| PerCurrency { currency, value: figure.value };
    figures.into_iter().map(without_span).collect()
}

fn by_currency(
    table: &Table<'_>,
    key: &'static str,
    declared: &Declarations,
) -> Vec<CurrencyFigure> {
    let Some(rates) = table.optional_table(key) else {
        table.missing(key, "{ … = … }");
        return Vec::new();
    };
    let mut found = Vec::new();
    for (code, rate) in rates.named(Value::number) {
        if declared.currencies.state == FileState::Missing || !declared.currencies.has(&code.value)
        {
            declared.currencies.check(&table.file, &code);
        } else if rate.value <= Decimal::ZERO {
            let message = format!("the figure for {} must be above zero", code.value);
            table.file.error(Code::NegativeAmount, rate.at, message);
        } else {
            found.push((CurrencyCode::new(code.value), rate));
        }
    }
    found
}

/// The largest factor by which a rate plausibly moves between two sets of rates.
const MAX_JUMP: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

fn check_jumps(
    table: &Table<'_>,
    rates: &[CurrencyFigure],
    as_of: PartialDate,
    earlier: &[CurrencyFigure],
) {
    for (code, then) in earlier {
        let Some((_, now)) = rates.iter().find(|(known, _)| known == code) else { continue };
        let (now, then) = (now, then.value);
        if now.value > then * MAX_JUMP || then > now.value * MAX_JUMP {
            let message =
                format!("{code} moved more than {MAX_JUMP}-fold from {then}, its rate of {as_of}");
            table.file.error(Code::ImplausibleRate, now.at, message).help(
                "look for a wrong digit in either; if it did move so far, leave it out of the \
                 earlier set",
            );
        }
    }
}

/// Prices in a country are at most so many times, and at least this part of, those of the base.
const MAX_PRICE_LEVEL: Decimal = Decimal::from_parts(4, 0, 0, false, 0);
const MIN_PRICE_LEVEL: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// Reports factors of purchasing power that do not fit the market rates.
fn check_price_levels(table: &Table<'_>, factors: &[CurrencyFigure], rates: &ExchangeRates) {
    // The international dollar is worth what a US dollar buys; with another base it is found by
    // the base's own factor.
    let base = factors.iter().find(|(code, _)| *code == rates.base);
    let Some((_, base)) = base else { return };
    for (code, factor) in factors {
        let Some(rate) = value_of(&rates.rates, code.as_str()) else { continue };
        let Some(level) =
            rate.checked_mul(base.value).and_then(|at_market| factor.value.checked_div(at_market))
        else {
            continue;
        };
        if level > MAX_PRICE_LEVEL || level < MIN_PRICE_LEVEL {
            let message = format!(
                "with the exchange rate {rate}, prices in {code} would be {level:.2} times those of \
                 the base"
            );
            table
                .file
                .error(Code::ImplausibleRate, factor.at, message)
                .help("look for a wrong digit here and in exchange-rates.toml");
        }
    }
}
