//! Owns the reading of `levels.toml` and `salaries/<code>.toml`.

mod plausible;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::dates::required_past_date;
use super::guide_files::GuideFiles;
use super::names::{Declarations, check_names, each_with_id};
use super::survey::{basis, sample};
use crate::content::diagnostics::{Code, FileText};
use crate::content::reader::Table;
use crate::id::{CountryCode, CurrencyCode, LevelId};
use crate::pay::{Band, Country, Figures, Level, Other, Percentiles, Range, Scope, Years};

/// The steps of the career, from the first upwards.
pub(in crate::content) fn levels(guide: &GuideFiles<'_>) -> Vec<Level> {
    let mut names = BTreeSet::new();
    let mut level = |id, item: &Table<'_>| {
        let (name, short) = own_names(item, &mut names);
        item.check_drawn(&["name", "short"]);
        Level { id: LevelId::new(id), name, short }
    };
    let levels = guide.read("levels.toml", |table| each_with_id(table, "level", &mut level));
    levels.unwrap_or_default()
}

/// The name of a level or country and its short form, which no other may have.
fn own_names(table: &Table<'_>, others: &mut BTreeSet<String>) -> (String, String) {
    let name = table.text_at("name");
    let short = table.optional_text_at("short").unwrap_or_else(|| name.clone());
    check_names(&table.file, others, &[&name, &short]);
    (name.value, short.value)
}

/// All countries, in the order of their names.
pub(in crate::content) fn countries(
    guide: &GuideFiles<'_>,
    declared: &Declarations,
) -> Vec<Country> {
    let mut names = BTreeSet::new();
    let mut countries: Vec<Country> = guide
        .folder("salaries")
        .into_iter()
        .map(|(code, file)| country(code, file, declared, &mut names))
        .collect();
    countries.sort_by(|a, b| a.name.cmp(&b.name));
    countries
}

/// Reads a country. One with mistakes is returned all the same, so that what refers to it is not
/// reported as well.
fn country(
    code: &str,
    file: FileText<'_>,
    declared: &Declarations,
    names: &mut BTreeSet<String>,
) -> Country {
    if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_lowercase()) {
        file.error(Code::BadId, 0, format!("`{code}` is not an ISO 3166-1 country code"))
            .help("name the file with two lower-case letters: de.toml");
    }
    let table = Table::parse(file);
    let in_sentence = table.optional_text("in_sentence");
    let (name, short) = own_names(&table, names);
    let currency = declared.currencies.named_in(&table, "currency");
    let cities = table.plain_texts("cities");
    let insight = table.text("insight");
    let bands = bands(&table, declared);
    let others = table.each("other", |item| other(item, declared));
    table.check_drawn(&["name", "in_sentence", "short"]);
    table.finish();
    plausible::check(&bands, &others, declared);
    Country {
        code: CountryCode::new(code),
        in_sentence: in_sentence.unwrap_or_else(|| name.clone()),
        name,
        short,
        currency: CurrencyCode::new(currency.unwrap_or_default()),
        cities,
        insight,
        bands: bands.into_iter().map(|band| band.value).collect(),
        others: others.into_iter().map(|other| other.value).collect(),
    }
}

/// A value, and the table it was read from.
struct FromTable<'t, T> {
    value: T,
    table: Table<'t>,
    /// Whether its figures could be read.
    sound: bool,
}

fn bands<'t>(table: &Table<'t>, declared: &Declarations) -> Vec<FromTable<'t, Band>> {
    let mut bands: Vec<FromTable<'_, Band>> = Vec::new();
    for item in table.tables("band") {
        let level = declared.levels.named_in(&item, "level");
        let range = range(&item);
        let source = declared.source(&item);
        let band = Band {
            level: LevelId::new(level.clone().unwrap_or_default()),
            range: range.unwrap_or(NO_RANGE),
            years: years(&item),
            basis: basis(&item),
            basis_note: item.optional_text("basis_note"),
            note: item.optional_text("note"),
            source,
        };
        item.finish();
        let Some(level) = level else { continue };
        if bands.iter().any(|known| known.value.level == *level.as_str()) {
            let message = format!("there is a band of level `{level}` already");
            item.error(Code::DuplicateId, "level", message)
                .help("one band a level; other sources' figures go under [[other]]");
            continue;
        }
        bands.push(FromTable { value: band, table: item, sound: range.is_some() });
    }
    let levels = &declared.levels.list;
    bands.sort_by_key(|band| levels.iter().position(|level| band.value.level == *level.as_str()));
    bands
}

/// Takes the place of a range with a mistake, which has been reported.
const NO_RANGE: Range = Range { low: Decimal::ZERO, high: None, open: true };

/// `low`, `high` and `open` of a table.
fn range(table: &Table<'_>) -> Option<Range> {
    let low = table.amount("low");
    let high = table.optional_amount("high");
    let open = table.flag("open");
    let low = low?;
    if let Some(high) = high {
        if high < low {
            table
                .error(Code::LowAboveHigh, "low", format!("`low` ({low}) is above `high` ({high})"))
                .help("swap them, or look for a wrong digit");
            return None;
        }
    } else if !open && !table.has("high") {
        table.missing("high", "…`, or `open = true");
        return None;
    } else if table.has("high") {
        return None; // its own mistake has been reported
    }
    Some(Range { low, high, open })
}

fn years(table: &Table<'_>) -> Years {
    let message = if table.is_list("years") {
        let small = |n: Decimal| u8::try_from(n).ok().filter(|_| n.is_integer() && n < 80.into());
        let years: Vec<Option<u8>> = table.numbers("years").into_iter().map(small).collect();
        match years[..] {
            [Some(from)] => return Years::Span { from, to: None },
            [Some(from), Some(to)] if from <= to => return Years::Span { from, to: Some(to) },
            _ => "`years` must be one or two rising whole numbers",
        }
    } else if table.has("years") && !table.is_text("years") {
        "`years` must be a list, or words"
    } else {
        return table.optional_text("years").map_or(Years::NotStated, Years::Words);
    };
    table.error(Code::BadYears, "years", message).help("write [2, 4], or [8] for eight and more");
    Years::NotStated
}

fn other<'t>(table: &Table<'t>, declared: &Declarations) -> FromTable<'t, Other> {
    let source = declared.source(table);
    let level = table.has("level").then(|| declared.levels.named_in(table, "level"));
    let of_years = table.has("years").then(|| years(table));
    if level.is_some() && of_years.is_some() {
        table
            .error(Code::ConflictingFields, "years", "`level` and `years` stand side by side")
            .help("keep what the source states");
    }
    let scope = match (level, of_years) {
        (Some(level), _) => Scope::Level(LevelId::new(level.unwrap_or_default())),
        (None, Some(years)) => Scope::Years(years),
        (None, None) => Scope::AllLevels,
    };
    let figures = figures(table);
    let sound = figures.is_some();
    let other = Other {
        source,
        title: table.optional_text("title"),
        scope,
        city: table.optional_text("city"),
        occupation: table.optional_text("occupation"),
        figures: figures.unwrap_or(Figures::Withheld(String::new())),
        sample: sample(table),
        as_of: required_past_date(table, "as_of", declared.edition),
        basis: basis(table),
        note: table.optional_text("note"),
    };
    FromTable { value: other, table: table.clone(), sound }
}

fn figures(table: &Table<'_>) -> Option<Figures> {
    let band = table.within("range", |item| range(item).map(Figures::Range));
    let points = table.within("percentiles", |item| percentiles(item).map(Figures::Percentiles));
    let median = table.optional_amount("median").map(|m| Some(Figures::Median(m)));
    let withheld = table.optional_text("withheld").map(|why| Some(Figures::Withheld(why)));
    let mut given = [band, points, median, withheld].into_iter().flatten();
    let first = given.next();
    if given.next().is_some() || first.is_none() {
        let any = ["range", "percentiles", "median", "withheld"].iter().any(|key| table.has(key));
        if (first.is_some() || !any) && !table.file.is_broken() {
            let message =
                "exactly one of `range`, `percentiles`, `median` and `withheld` must stand here";
            table
                .file
                .error(Code::Figures, table.at, message)
                .help("figures of different kinds go into entries of their own");
        }
        return None;
    }
    first.flatten()
}

fn percentiles(table: &Table<'_>) -> Option<Percentiles> {
    let keys = ["p10", "p25", "p50", "p75", "p90"];
    let points = keys.map(|key| table.optional_amount(key));
    let mut last: Option<Decimal> = None;
    for (key, point) in keys.iter().zip(&points) {
        let Some(point) = *point else { continue };
        if last.is_some_and(|last| point < last) {
            let message = format!("`{key}` is below the percentile before it");
            table
                .error(Code::LowAboveHigh, key, message)
                .help("percentiles rise; look for a wrong digit");
            return None;
        }
        last = Some(point);
    }
    if last.is_none() {
        if !keys.iter().any(|key| table.has(key)) {
            table.missing("p50", "…");
        }
        return None;
    }
    let [p10, p25, p50, p75, p90] = points;
    Some(Percentiles { p10, p25, p50, p75, p90 })
}
