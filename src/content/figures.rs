//! Owns the names of the guide's figures, by which `changes.toml` records that one changed. The
//! entry point is [`figures`].
//!
//! | Name | Figure |
//! |---|---|
//! | `salaries/<country>/<level>/low`, `high` | the guide's own band; an open top belongs to `high` |
//! | `salaries/<country>/<source>/<whom>/<what>` | what another source says; `<whom>` is a level, `years-2-4` or `all`, then `.city` and `.occupation` if it has them, then `.2` for a second entry of the same name |
//! | `exchange-rates/<currency>`, `purchasing-power/<currency>` | a rate, a factor |
//! | `take-home/<country>/<rule>` | a rule with all its amounts, by its own name |
//! | `statistics/<table>/<row>/<column>` | a cell |
//! | `certifications/<id>/status`, `price` | whether it can be taken, for how much |

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::markdown::slug;
use super::tables::certifications::Certification;
use super::tables::statistics::{Cell, Statistic};
use crate::pay::take_home::TakeHomeRules;
use crate::pay::{Country, Figures, Other, Range, SalaryData, Scope, Years};

/// A figure of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// "salaries/nz/head/low".
    pub(super) name: String,
    /// As text, to compare with another edition and for messages.
    pub(super) value: String,
    /// The file it stands in, below the content folder.
    pub(super) file: String,
    /// The steps to it within the file.
    pub(super) steps: Vec<Step>,
}

/// A step into a TOML file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item of a list, counted from 0.
    Item(usize),
    /// To the item of a list whose key has this text.
    With(&'static str, String),
}

/// All figures, in the order of the kinds above.
pub(super) fn figures(
    salaries: &SalaryData,
    statistics: &[Statistic],
    certifications: &[Certification],
) -> Vec<Figure> {
    let mut all = Vec::new();
    for country in &salaries.countries {
        bands(country, &mut all);
        others(country, &mut all);
    }
    for rate in salaries.rates.iter().flat_map(|rates| &rates.rates) {
        all.push(by_key("exchange-rates", "rates", rate.currency.as_str(), rate.value));
    }
    for factor in salaries.purchasing_power.iter().flat_map(|power| &power.factors) {
        let code = factor.currency.as_str();
        all.push(by_key("purchasing-power", "factors", code, factor.value));
    }
    for rules in &salaries.take_home {
        take_home(rules, &mut all);
    }
    for statistic in statistics {
        cells(statistic, &mut all);
    }
    for Certification { id, status, price, .. } in certifications {
        let status = Some(status.word());
        for (key, value) in [("status", status), ("price", price.as_deref())] {
            let Some(value) = value.map(str::to_owned) else { continue };
            let name = format!("certifications/{id}/{key}");
            let steps = vec![key_of("certification"), Step::With("id", id.clone()), key_of(key)];
            all.push(Figure { name, value, file: "certifications.toml".to_owned(), steps });
        }
    }
    all
}

fn key_of(key: &str) -> Step {
    Step::Key(key.to_owned())
}

/// Without the zeros at the end, which change no figure.
fn number(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A figure of a file that holds one table of numbers.
fn by_key(stem: &str, table: &str, key: &str, value: Decimal) -> Figure {
    Figure {
        name: format!("{stem}/{key}"),
        value: number(value),
        file: format!("{stem}.toml"),
        steps: vec![key_of(table), key_of(key)],
    }
}

/// The upper end as people write it: "130000+", or "open".
fn top(range: &Range) -> String {
    match range.high {
        Some(high) if range.open => format!("{}+", number(high)),
        Some(high) => number(high),
        None => "open".to_owned(),
    }
}

fn bands(country: &Country, all: &mut Vec<Figure>) {
    let code = &country.code;
    for band in &country.bands {
        for (key, value) in [("low", number(band.range.low)), ("high", top(&band.range))] {
            let name = format!("salaries/{code}/{}/{key}", band.level);
            let level = Step::With("level", band.level.to_string());
            let steps = vec![key_of("band"), level, key_of(key)];
            all.push(Figure { name, value, file: format!("salaries/{code}.toml"), steps });
        }
    }
}

fn others(country: &Country, all: &mut Vec<Figure>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, other) in country.others.iter().enumerate() {
        let mut name = format!("salaries/{}/{}/{}", country.code, other.source, whom(other));
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            // Writing to a string cannot fail.
            let _ = write!(name, ".{times}");
        }
        let (table, values) = match &other.figures {
            Figures::Range(range) => {
                let low = ("low".to_owned(), number(range.low));
                (Some("range"), vec![low, ("high".to_owned(), top(range))])
            }
            Figures::Percentiles(five) => {
                let points = five.points();
                let points = points.map(|(percent, point)| (format!("p{percent}"), number(point)));
                (Some("percentiles"), points.collect())
            }
            Figures::Median(median) => (None, vec![("median".to_owned(), number(*median))]),
            Figures::Withheld(_) => continue,
        };
        for (key, value) in values {
            let mut steps = vec![key_of("other"), Step::Item(index)];
            steps.extend(table.map(key_of));
            steps.push(key_of(&key));
            let (name, file) = (format!("{name}/{key}"), format!("salaries/{}.toml", country.code));
            all.push(Figure { name, value, file, steps });
        }
    }
}

fn whom(other: &Other) -> String {
    let mut whom = match &other.scope {
        Scope::Level(level) => level.to_string(),
        Scope::AllLevels | Scope::Years(Years::NotStated) => "all".to_owned(),
        Scope::Years(Years::Words(words)) => slug(words),
        Scope::Years(Years::Span { from, to: Some(to) }) => format!("years-{from}-{to}"),
        Scope::Years(Years::Span { from, to: None }) => format!("years-{from}"),
    };
    for part in [&other.city, &other.occupation].into_iter().flatten() {
        whom.push('.');
        whom.push_str(&slug(part));
    }
    whom
}

fn take_home(rules: &TakeHomeRules, all: &mut Vec<Figure>) {
    let country = &rules.country;
    let mut add = |rule: &str, value: String, steps: Vec<Step>| {
        let name = format!("take-home/{country}/{rule}");
        all.push(Figure { name, value, file: format!("take-home/{country}.toml"), steps });
    };
    for (index, allowance) in rules.allowances.iter().enumerate() {
        let mut value = number(allowance.amount);
        if let Some(taper) = &allowance.taper {
            let _ = write!(value, ", {}", taper.in_words(number));
        }
        add(&slug(&allowance.name), value, vec![key_of("allowance"), Step::Item(index)]);
    }
    for (index, charge) in rules.charges.iter().enumerate() {
        let value = charge.in_words(number).trim_end_matches('.').to_owned();
        add(&slug(&charge.name), value, vec![key_of("charge"), Step::Item(index)]);
    }
    if let Some(end) = &rules.not_computed {
        add("not-computed", number(end.taxable_above), vec![key_of("not_computed")]);
    }
}

fn cells(statistic: &Statistic, all: &mut Vec<Figure>) {
    for row in &statistic.rows {
        for (column, cell) in statistic.columns.iter().zip(&row.cells) {
            let Some(cell) = cell else { continue };
            let value = match cell {
                Cell::Number(value) => number(*value),
                Cell::Text(text) => text.clone(),
            };
            let name = format!("statistics/{}/{}/{}", statistic.id, row.id, column.id);
            let row = Step::With("id", row.id.clone());
            let steps = vec![key_of("row"), row, key_of("cells"), key_of(&column.id)];
            all.push(Figure {
                name,
                value,
                file: format!("statistics/{}.toml", statistic.id),
                steps,
            });
        }
    }
}
