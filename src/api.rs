//! Owns the tables for programs: the comparison as JSON and CSV, the pay tables as JSON, and the
//! description of all of them. The entry points are [`compare`], which answers a query, and
//! [`tables`], which are made once with the site. Must not know HTTP.
//!
//! Other people's programs read these documents, so a field may be added and never renamed; that is
//! why documents and their rows have types of their own. Smaller parts, such as a source or a tax
//! rule, are types of [`crate::pay`]. Every property is always there, and `null` where nothing is
//! known. Amounts, rates and per cents are decimal strings ([`Exact`](crate::pay::exact::Exact)),
//! because most programs round JSON numbers.

pub mod comparison;
pub mod csv;
mod openapi;
pub mod problem;
pub mod query;
pub mod shapes;
pub mod tables;

use jiff::civil::Date;
use serde::Serialize;

use crate::address::{self, Urls};
use crate::content::Content;
use crate::pay::SalaryData;
use crate::pay::comparison::{Comparison, Ignored, Selection, display_currencies};
use problem::Problem;

/// What the documents are made from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The guide.
    pub content: &'a Content,
    /// The maker of addresses.
    pub urls: &'a Urls,
    /// The day for which the site was built, which says what is out of date.
    pub today: Date,
}

/// The comparison for programs, in either form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `compare.json`
    Json,
    /// `compare.csv`
    Csv,
}

impl Form {
    /// Its path below the base path.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Json => address::COMPARE_JSON,
            Self::Csv => address::COMPARE_CSV,
        }
    }
}

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// It cannot be understood; says what is wrong with it.
    #[error("the query cannot be used")]
    Refused(Box<Problem>),
    /// The rows cannot be written, which is a fault of the program.
    #[error("the rows cannot be written: {0}")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// An answer to a query.
#[derive(Debug)]
pub struct Answer {
    /// The document.
    pub body: Vec<u8>,
    /// The query has a reader's own figure, so no cache may keep the answer.
    pub private: bool,
}

/// Exactly the rows that the page shows for the same query. The page ignores values that cannot be
/// used; here they are refused, because a program would not notice that it got another table.
pub fn compare(context: Context<'_>, form: Form, raw_query: &str) -> Result<Answer, NoAnswer> {
    let instance = context.urls.path(form.path());
    let pairs = query::pairs(raw_query).map_err(|error| {
        NoAnswer::Refused(Box::new(Problem::unreadable(error, instance.clone())))
    })?;
    let private =
        pairs.iter().any(|(name, value)| name == address::query::OFFER && !value.trim().is_empty());
    let data = &context.content.salaries;
    let (selection, reported) = Selection::parse(pairs, data);
    let (ignored, refused): (Vec<_>, Vec<_>) =
        reported.into_iter().partition(|report| lacks_a_currency(report, &selection, data));
    if !refused.is_empty() {
        let description = context.urls.path(address::OPENAPI);
        let kind = format!("{description}#/components/schemas/ParameterError");
        let problem = Problem::bad_values(refused, kind, instance);
        return Err(NoAnswer::Refused(Box::new(problem)));
    }
    let comparison = Comparison::new(data, &selection);
    let body = match form {
        Form::Json => {
            let document = comparison::ComparisonDocument::new(context, &comparison, ignored);
            serde_json::to_vec(&document).map_err(Into::into)
        }
        Form::Csv => csv::write(&comparison),
    };
    body.map(|body| Answer { body, private }).map_err(NoAnswer::Fault)
}

/// Whether the report is about an own figure whose currency is not known. That is not refused: it
/// depends on the chosen countries, and no value may be refused because of another one.
fn lacks_a_currency(report: &Ignored, selection: &Selection, data: &SalaryData) -> bool {
    report.name == address::query::OFFER
        && selection.offer_currency.is_none()
        && display_currencies(data)
            .any(|currency| currency.parse(&report.value).is_ok_and(|amount| !amount.is_zero()))
}

/// A document that no query changes.
#[derive(Debug)]
pub struct Table {
    /// Below the base path.
    pub path: String,
    /// JSON.
    pub body: Vec<u8>,
}

/// All tables that no query changes: of all countries, of each, and the description of the whole.
pub fn tables(context: Context<'_>) -> Result<Vec<Table>, serde_json::Error> {
    let document = tables::TablesDocument::new(context);
    let mut all = vec![
        Table::new(address::PAY_TABLES, &document)?,
        Table::new(address::OPENAPI, &openapi::document(context)?)?,
    ];
    for country in &context.content.salaries.countries {
        if let Some(document) = tables::CountryDocument::new(context, country) {
            all.push(Table::new(address::country_table(&country.code), &document)?);
        }
    }
    Ok(all)
}

impl Table {
    fn new(path: impl Into<String>, document: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self { path: path.into(), body: serde_json::to_vec(document)? })
    }
}
