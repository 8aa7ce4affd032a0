//! Owns the page of one country: all that is known of pay there.

use askama::Template;
use rust_decimal::Decimal;

use super::layout::{Day, Layout};
use super::pay;
use super::renderer::Renderer;
use super::{Shared, json_ld};
use crate::address;
use crate::address::query::{COUNTRY, PAY};
use crate::date::PartialDate;
use crate::pay::comparison::{Comparison, Pay, Row, Selection};
use crate::pay::exchange::{PerCurrency, value_of};
use crate::pay::take_home::TakeHomeRules;
use crate::pay::{Country, Figures, SalaryData};

#[derive(Template)]
#[template(path = "country.html")]
struct View<'a> {
    layout: Layout<'a>,
    country: &'a Country,
    title: String,
    chart: String,
    table: String,
    others: Vec<Line>,
    /// Whether any of them gives percentiles.
    percentiles: bool,
    rules: Option<Rules<'a>>,
    rate: Option<Rate<'a>>,
    compare: String,
    net: String,
    notes: String,
}

/// What another source says, ready for the table.
struct Line {
    source: String,
    mark: String,
    whom: String,
    about: Vec<String>,
    figures: Vec<(String, String)>,
    withheld: Option<String>,
    sample: String,
    small: bool,
    as_of: String,
    basis: &'static str,
    note: Option<String>,
}

/// Tax rules in words.
struct Rules<'a> {
    of: &'a TakeHomeRules,
    sentences: Vec<String>,
    mark: String,
    holds_until: Day,
}

/// What one unit of the base currency is worth.
struct Rate<'a> {
    base: &'a str,
    plural: &'a str,
    now: (PartialDate, Decimal),
    earlier: Vec<(PartialDate, Decimal)>,
    mark: String,
    holds_until: Day,
}

/// All that is known of pay in a country.
pub fn country(shared: &Shared<'_>, country: &Country) -> Result<String, askama::Error> {
    let data = &shared.content.salaries;
    let mut page = Renderer::new(*shared);
    let codes = [country.code.clone()];
    let title = format!("Pay in {}", country.in_sentence);
    let description = format!(
        "Pay of the {} in {}: bands, other sources, tax, rates. {}",
        data.career, country.in_sentence, country.insight
    );
    let path = address::country(&country.code);
    let code = country.code.as_str();
    let compare = |choice: &[_]| shared.urls.path(&address::comparison(choice));
    let mut selection = Selection::defaults(data);
    selection.countries.retain(|code| *code == country.code);
    let comparison = Comparison::new(data, &selection);
    let mut others = Vec::new();
    for row in comparison.rows().filter(|row| !row.own) {
        others.push(line(&mut page, data, row)?);
    }
    View {
        layout: Layout::new(*shared, &path, &title, &country.name, &description)
            .with_parent("Compare pay", address::COMPARE)
            .about(json_ld::occupations(data, country)),
        country,
        chart: pay::charts_in_page(&mut page, &codes, false)?,
        table: pay::table(&mut page, &codes, false)?,
        percentiles: comparison
            .rows()
            .any(|row| !row.own && matches!(row.original, Figures::Percentiles(_))),
        others,
        rules: rules(&mut page, data, country)?,
        rate: rate(&mut page, data, country)?,
        compare: compare(&[(COUNTRY, code)]),
        net: compare(&[(COUNTRY, code), (PAY, Pay::Net.as_str())]),
        notes: page.notes.render()?,
        title,
    }
    .render()
}

fn line<'a>(page: &mut Renderer<'a>, data: &'a SalaryData, row: &Row<'_>) -> askama::Result<Line> {
    let mark = match data.source(row.source.id.as_str()) {
        Some(source) => page.notes.mark(source, None)?,
        None => String::new(),
    };
    let write = |amount| row.currency.compact(amount);
    let figures = match &row.original {
        Figures::Percentiles(percentiles) => percentiles
            .points()
            .map(|(percent, amount)| {
                let name = if percent == 50 { "median".to_owned() } else { format!("p{percent}") };
                (name, write(amount))
            })
            .collect(),
        Figures::Median(median) => vec![("median".to_owned(), write(*median))],
        Figures::Range(range) => vec![(String::new(), row.currency.compact_range(range))],
        Figures::Withheld(_) => vec![],
    };
    let about = [
        row.title.map(str::to_owned),
        row.occupation.map(|occupation| format!("another occupation: {occupation}")),
        row.city.map(|city| format!("{city} alone")),
    ];
    Ok(Line {
        source: row.source.publisher.clone(),
        mark,
        whom: row.label().into_owned(),
        about: about.into_iter().flatten().collect(),
        figures,
        withheld: match &row.original {
            Figures::Withheld(why) => Some(why.clone()),
            _ => None,
        },
        sample: row.sample.text(),
        small: row.small_sample,
        as_of: row.as_of.to_string(),
        basis: row.basis.text(),
        note: row.note.map(str::to_owned),
    })
}

fn rules<'a>(
    page: &mut Renderer<'a>,
    data: &'a SalaryData,
    country: &Country,
) -> askama::Result<Option<Rules<'a>>> {
    let found = data.take_home(country.code.as_str());
    let (Some(rules), Some(currency)) = (found, data.currency(country.currency.as_str())) else {
        return Ok(None);
    };
    let mark = match data.source(rules.source.as_str()) {
        Some(source) => page.notes.mark(source, None)?,
        None => String::new(),
    };
    let write = |amount| currency.exact(amount);
    let allowances = rules.allowances.iter().map(|allowance| {
        let taper = allowance.taper.map(|taper| format!(", {}", taper.in_words(write)));
        let (name, amount) = (&allowance.name, write(allowance.amount));
        format!("{name}: {amount} is free of tax{}.", taper.unwrap_or_default())
    });
    let charges = rules.charges.iter();
    let charges = charges.map(|charge| format!("{}, {}", charge.name, charge.in_words(write)));
    let mut sentences: Vec<String> = allowances.chain(charges).collect();
    if let Some(end) = &rules.not_computed {
        let above = write(end.taxable_above);
        sentences.push(format!("Above {above} of taxable pay nothing is worked out. {}", end.why));
    }
    Ok(Some(Rules { of: rules, sentences, mark, holds_until: rules.holds_until.into() }))
}

fn rate<'a>(
    page: &mut Renderer<'a>,
    data: &'a SalaryData,
    country: &Country,
) -> askama::Result<Option<Rate<'a>>> {
    let Some(rates) = data.rates.as_ref().filter(|rates| rates.base != country.currency) else {
        return Ok(None);
    };
    let of = |rates: &[PerCurrency]| value_of(rates, country.currency.as_str());
    let currencies = (data.currency(rates.base.as_str()), data.currency(country.currency.as_str()));
    let (Some(now), (Some(base), Some(currency))) = (of(&rates.rates), currencies) else {
        return Ok(None);
    };
    let mark = match data.source(rates.source.as_str()) {
        Some(source) => page.notes.mark(source, None)?,
        None => String::new(),
    };
    Ok(Some(Rate {
        base: &base.name,
        plural: &currency.plural,
        now: (rates.as_of, now),
        earlier: rates
            .earlier
            .iter()
            .filter_map(|set| Some((set.as_of, of(&set.rates)?)))
            .collect(),
        mark,
        holds_until: rates.holds_until.into(),
    }))
}
