//! Owns the comparison as CSV: one record a row of the page, as of RFC 4180, with a header line.
//! The reader's own figure is never in it.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::comparison::{Scope, ScopeKind};
use crate::pay::comparison::{Comparison, Conversion, DisplayFigures, Row};
use crate::pay::exact::Exact;
use crate::pay::money::Denomination;
use crate::pay::{Basis, Figures, Known, SalaryData, Sample};

/// The media type: the first line is a header.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// The records of a comparison, header first.
pub(super) fn write(comparison: &Comparison<'_>) -> Result<Vec<u8>, Fault> {
    let mut rows = comparison.rows().map(|row| Record::new(comparison.data, row)).peekable();
    if rows.peek().is_none() {
        return header();
    }
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    rows.try_for_each(|row| writer.serialize(row))?;
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The header line alone. The writer makes it of the field names of the first record, so an empty
/// record is written and cut off again.
fn header() -> Result<Vec<u8>, Fault> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.serialize(Record::default())?;
    let mut lines = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    let end = lines.iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| at + 1);
    lines.truncate(end);
    Ok(lines)
}

/// The names of the columns, separated by commas and spaces, for the description.
pub(super) fn columns() -> String {
    let header = header().unwrap_or_default();
    String::from_utf8_lossy(&header).trim_end().replace(',', ", ")
}

/// One record. The names of its fields are the header, in this order, and others read columns by
/// name: add at the end, rename none.
#[derive(Default, Serialize)]
struct Record<'a> {
    country_code: Text<'a>,
    country: Text<'a>,
    scope: Option<ScopeKind>,
    level: Text<'a>,
    scope_text: Text<'a>,
    own: bool,
    source: Text<'a>,
    publisher: Text<'a>,
    source_title: Text<'a>,
    source_url: Text<'a>,
    source_known: Option<Known>,
    as_of: Text<'a>,
    title: Text<'a>,
    city: Text<'a>,
    occupation: Text<'a>,
    years: Text<'a>,
    basis: Basis,
    basis_note: Text<'a>,
    note: Text<'a>,
    sample: Text<'a>,
    sample_small: bool,
    original_currency: Text<'a>,
    kind: &'static str,
    original_low: Option<Exact>,
    original_high: Option<Exact>,
    original_open: Option<bool>,
    original_p10: Option<Exact>,
    original_p25: Option<Exact>,
    original_median: Option<Exact>,
    original_p75: Option<Exact>,
    original_p90: Option<Exact>,
    original_text: Text<'a>,
    shown_unit: Text<'a>,
    shown_period: Text<'a>,
    shown_net: Option<bool>,
    shown_approximate: Option<bool>,
    shown_low: Option<Exact>,
    shown_high: Option<Exact>,
    shown_open: Option<bool>,
    shown_p10: Option<Exact>,
    shown_p25: Option<Exact>,
    shown_median: Option<Exact>,
    shown_p75: Option<Exact>,
    shown_p90: Option<Exact>,
    shown_text: Text<'a>,
    rate: Option<Exact>,
    ppp_factor: Option<Exact>,
    rate_as_of: Text<'a>,
    rate_source: Text<'a>,
    tax_year: Text<'a>,
    tax_caption: Text<'a>,
    missing: Text<'a>,
    edition: Text<'a>,
}

impl<'a> Record<'a> {
    fn new(data: &'a SalaryData, row: &'a Row<'a>) -> Self {
        let scope = Scope::new(row);
        let original = FigureCells::new(&row.original);
        let shown = row.shown.as_ref();
        let cells = shown.map(|shown| FigureCells::new(&shown.figures)).unwrap_or_default();
        let (rate, ppp_factor, rate_as_of, rate_source) = match &row.conversion {
            None => (None, None, Text::default(), Text::default()),
            Some(Conversion::Exchange { rate, as_of }) => {
                let source = data.rates.as_ref().map(|rates| rates.source.as_str());
                (Some(Exact(rate.value)), None, as_of.notation().into(), source.into())
            }
            Some(Conversion::PurchasingPower { factor, power }) => {
                let source = power.source.as_str();
                (None, Some(Exact(*factor)), power.year.to_string().into(), source.into())
            }
        };
        let missing: Vec<&str> = row.missing.iter().map(|missing| missing.text.as_str()).collect();
        Self {
            country_code: row.country.code.as_str().into(),
            country: row.country.name.as_str().into(),
            scope: Some(scope.kind),
            level: scope.level.map(|level| level.id.as_str()).into(),
            scope_text: scope.text.into(),
            own: row.own,
            source: row.source.id.as_str().into(),
            publisher: row.source.publisher.as_str().into(),
            source_title: row.source.title.as_str().into(),
            source_url: row.source.url.as_deref().into(),
            source_known: Some(row.source.known),
            as_of: row.as_of.notation().into(),
            title: row.title.into(),
            city: row.city.into(),
            occupation: row.occupation.into(),
            years: row.years.text().unwrap_or_default().into(),
            basis: row.basis,
            basis_note: row.basis_note.into(),
            note: row.note.into(),
            sample: match row.sample {
                Sample::Size(size) => size.to_string().into(),
                words => words.text().into(),
            },
            sample_small: row.small_sample,
            original_currency: row.currency.code.as_str().into(),
            kind: match row.original {
                Figures::Range(_) => "range",
                Figures::Percentiles(_) => "percentiles",
                Figures::Median(_) => "median",
                Figures::Withheld(_) => "withheld",
            },
            original_low: original.low,
            original_high: original.high,
            original_open: original.open,
            original_p10: original.p10,
            original_p25: original.p25,
            original_median: original.median,
            original_p75: original.p75,
            original_p90: original.p90,
            original_text: row.original_text().into(),
            shown_unit: shown
                .map(|shown| match shown.denomination {
                    Denomination::Currency(currency) => currency.code.as_str(),
                    Denomination::International(power) => &power.unit_name,
                })
                .into(),
            shown_period: shown.map(|shown| shown.period.as_str()).into(),
            shown_net: shown.map(|shown| shown.net),
            shown_approximate: shown.map(|shown| shown.approximate),
            shown_low: cells.low,
            shown_high: cells.high,
            shown_open: cells.open,
            shown_p10: cells.p10,
            shown_p25: cells.p25,
            shown_median: cells.median,
            shown_p75: cells.p75,
            shown_p90: cells.p90,
            shown_text: shown.map(DisplayFigures::text).unwrap_or_default().into(),
            rate,
            ppp_factor,
            rate_as_of,
            rate_source,
            tax_year: row.rules.map(|rules| rules.tax_year.as_str()).into(),
            tax_caption: row.rules.and_then(|rules| rules.caption.as_deref()).into(),
            missing: missing.join("; ").into(),
            edition: data.edition.as_str().into(),
        }
    }
}

/// Figures of any kind, side by side.
#[derive(Default)]
struct FigureCells {
    low: Option<Exact>,
    high: Option<Exact>,
    open: Option<bool>,
    p10: Option<Exact>,
    p25: Option<Exact>,
    median: Option<Exact>,
    p75: Option<Exact>,
    p90: Option<Exact>,
}

impl FigureCells {
    fn new(figures: &Figures) -> Self {
        let mut cells = Self { median: figures.median().map(Exact), ..Self::default() };
        match figures {
            Figures::Range(range) => {
                cells.low = Some(Exact(range.low));
                cells.high = range.high.map(Exact);
                cells.open = Some(range.is_open());
            }
            Figures::Percentiles(five) => {
                [cells.p10, cells.p25] = [five.p10, five.p25].map(|point| point.map(Exact));
                [cells.p75, cells.p90] = [five.p75, five.p90].map(|point| point.map(Exact));
            }
            Figures::Median(_) | Figures::Withheld(_) => {}
        }
        cells
    }
}

/// A cell of text; nothing is an empty one.
///
/// SECURITY: a spreadsheet takes a cell that begins like a formula for one, and runs it. So a `'`
/// is put before it.
#[derive(Default)]
struct Text<'a>(Cow<'a, str>);

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.into())
    }
}

impl<'a> From<Option<&'a str>> for Text<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.unwrap_or_default().into()
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
        if self.0.starts_with(FORMULA) {
            serializer.serialize_str(&format!("'{}", self.0))
        } else {
            serializer.serialize_str(&self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pay::comparison::Selection;
    use crate::testing::pay_data;

    #[test]
    fn a_comparison_without_rows_still_has_the_header() {
        let mut data = pay_data();
        let lines = |data: &SalaryData| {
            let selection = Selection::defaults(data);
            String::from_utf8(write(&Comparison::new(data, &selection)).unwrap()).unwrap()
        };
        let full = lines(&data);
        data.countries.clear();
        let empty = lines(&data);
        assert_eq!(empty.lines().count(), 1);
        assert!(full.starts_with(&empty) && empty.ends_with("missing,edition\r\n"), "{empty}");
    }

    #[test]
    fn no_cell_of_text_begins_like_a_formula() {
        let texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain", "", "8+ years"];
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        writer.serialize((texts.map(Text::from), Exact((-5).into()))).unwrap();
        let line = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        assert_eq!(line, "'=1+1,'+1,'-1,'@SUM(A1),'\tx,plain,,8+ years,-5\n");
    }
}
