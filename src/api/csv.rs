//! Owns the comparison as CSV: one record a row of the page, as of RFC 4180, with a header line.
//! The reader's own figure is never in it.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::Serialize;

use super::comparison::Scope;
use crate::pay::comparison::{Comparison, Conversion, DisplayFigures, Row};
use crate::pay::exact::Exact;
use crate::pay::money::Denomination;
use crate::pay::{Figures, Percentiles, Range, SalaryData, Sample};

/// The media type: the first line is a header.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

/// The records of a comparison, header first.
pub(super) fn write(
    comparison: &Comparison<'_>,
) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS.iter().map(|(name, _)| name))?;
    for row in comparison.rows() {
        let record = Record { data: comparison.data, row };
        writer.write_record(COLUMNS.iter().map(|(_, cell)| cell(&record).into_owned()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The names of the columns, separated by commas and spaces, for the description.
pub(super) fn columns() -> String {
    COLUMNS.map(|(name, _)| name).join(", ")
}

/// What the cells of one line are made of.
struct Record<'a> {
    data: &'a SalaryData,
    row: &'a Row<'a>,
}

type Cell<'a> = Cow<'a, str>;

/// The name of a column, and its cell in a line.
type Column = (&'static str, for<'a> fn(&Record<'a>) -> Cell<'a>);

/// Others read columns by name: add at the end, rename none.
const COLUMNS: [Column; 53] = [
    ("country_code", |r| text(r.row.country.code.as_str())),
    ("country", |r| text(&*r.row.country.name)),
    ("scope", |r| plain(Scope::new(r.row).kind)),
    ("level", |r| text(Scope::new(r.row).level.map_or("", |level| level.id.as_str()))),
    ("scope_text", |r| text(r.row.label())),
    ("own", |r| plain(r.row.own)),
    ("source", |r| text(r.row.source.id.as_str())),
    ("publisher", |r| text(&*r.row.source.publisher)),
    ("source_title", |r| text(&*r.row.source.title)),
    ("source_url", |r| optional_text(r.row.source.url.as_deref())),
    ("source_known", |r| plain(r.row.source.known)),
    ("as_of", |r| text(r.row.as_of.notation())),
    ("title", |r| optional_text(r.row.title)),
    ("city", |r| optional_text(r.row.city)),
    ("occupation", |r| optional_text(r.row.occupation)),
    ("years", |r| optional_text(r.row.years.text())),
    ("basis", |r| plain(r.row.basis)),
    ("basis_note", |r| optional_text(r.row.basis_note)),
    ("note", |r| optional_text(r.row.note)),
    ("sample", |r| match r.row.sample {
        Sample::Size(size) => plain(size),
        words => text(words.text()),
    }),
    ("sample_small", |r| plain(r.row.small_sample)),
    ("original_currency", |r| text(r.row.currency.code.as_str())),
    ("kind", |r| match r.row.original {
        Figures::Range(_) => "range".into(),
        Figures::Percentiles(_) => "percentiles".into(),
        Figures::Median(_) => "median".into(),
        Figures::Withheld(_) => "withheld".into(),
    }),
    ("original_low", |r| number(range(r.original()).map(|range| range.low))),
    ("original_high", |r| number(range(r.original()).and_then(|range| range.high))),
    ("original_open", |r| optional(range(r.original()).map(Range::is_open))),
    ("original_p10", |r| number(percentiles(r.original()).p10)),
    ("original_p25", |r| number(percentiles(r.original()).p25)),
    ("original_median", |r| number(r.row.original.median())),
    ("original_p75", |r| number(percentiles(r.original()).p75)),
    ("original_p90", |r| number(percentiles(r.original()).p90)),
    ("original_text", |r| text(r.row.original_text())),
    ("shown_unit", |r| optional_text(r.row.shown.as_ref().map(|shown| unit(shown.denomination)))),
    ("shown_period", |r| optional_text(r.row.shown.as_ref().map(|shown| shown.period.as_str()))),
    ("shown_net", |r| optional(r.row.shown.as_ref().map(|shown| shown.net))),
    ("shown_approximate", |r| optional(r.row.shown.as_ref().map(|shown| shown.approximate))),
    ("shown_low", |r| number(range(r.shown()).map(|range| range.low))),
    ("shown_high", |r| number(range(r.shown()).and_then(|range| range.high))),
    ("shown_open", |r| optional(range(r.shown()).map(Range::is_open))),
    ("shown_p10", |r| number(percentiles(r.shown()).p10)),
    ("shown_p25", |r| number(percentiles(r.shown()).p25)),
    ("shown_median", |r| number(r.shown().and_then(Figures::median))),
    ("shown_p75", |r| number(percentiles(r.shown()).p75)),
    ("shown_p90", |r| number(percentiles(r.shown()).p90)),
    ("shown_text", |r| optional_text(r.row.shown.as_ref().map(DisplayFigures::text))),
    ("rate", |r| match r.row.conversion {
        Some(Conversion::Exchange { rate, .. }) => number(Some(rate.value)),
        _ => Cell::default(),
    }),
    ("ppp_factor", |r| match r.row.conversion {
        Some(Conversion::PurchasingPower { factor, .. }) => number(Some(factor)),
        _ => Cell::default(),
    }),
    ("rate_as_of", |r| match r.row.conversion {
        Some(Conversion::Exchange { as_of, .. }) => text(as_of.notation()),
        Some(Conversion::PurchasingPower { power, .. }) => plain(power.year),
        None => Cell::default(),
    }),
    ("rate_source", |r| match r.row.conversion {
        Some(Conversion::Exchange { .. }) => {
            optional_text(r.data.rates.as_ref().map(|rates| rates.source.as_str()))
        }
        Some(Conversion::PurchasingPower { power, .. }) => text(power.source.as_str()),
        None => Cell::default(),
    }),
    ("tax_year", |r| optional_text(r.row.rules.map(|rules| &*rules.tax_year))),
    ("tax_caption", |r| optional_text(r.row.rules.and_then(|rules| rules.caption.as_deref()))),
    ("missing", |r| {
        let missing: Vec<&str> = r.row.missing.iter().map(|missing| &*missing.text).collect();
        text(missing.join("; "))
    }),
    ("edition", |r| text(&*r.data.edition)),
];

impl<'a> Record<'a> {
    fn original(&self) -> Option<&'a Figures> {
        Some(&self.row.original)
    }

    fn shown(&self) -> Option<&'a Figures> {
        self.row.shown.as_ref().map(|shown| &shown.figures)
    }
}

fn range(figures: Option<&Figures>) -> Option<&Range> {
    if let Some(Figures::Range(range)) = figures { Some(range) } else { None }
}

fn percentiles(figures: Option<&Figures>) -> Percentiles {
    if let Some(Figures::Percentiles(five)) = figures { *five } else { Percentiles::default() }
}

fn unit<'a>(denomination: Denomination<'a>) -> &'a str {
    match denomination {
        Denomination::Currency(currency) => currency.code.as_str(),
        Denomination::International(power) => &power.unit_name,
    }
}

/// SECURITY: a spreadsheet takes a cell that begins like a formula for one, and runs it. So a `'`
/// is put before it.
fn text<'a>(text: impl Into<Cell<'a>>) -> Cell<'a> {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let text = text.into();
    if text.starts_with(FORMULA) { format!("'{text}").into() } else { text }
}

fn optional_text<'a>(some: Option<impl Into<Cell<'a>>>) -> Cell<'a> {
    some.map(text).unwrap_or_default()
}

/// A word, a number or a flag, as serde writes it.
fn plain(value: impl Serialize) -> Cell<'static> {
    fmt::from_fn(|f| value.serialize(&mut *f)).to_string().into()
}

fn optional(value: Option<impl Serialize>) -> Cell<'static> {
    value.map(plain).unwrap_or_default()
}

fn number(number: Option<Decimal>) -> Cell<'static> {
    optional(number.map(Exact))
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
        let cells = ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "plain", "", "8+ years"];
        assert_eq!(texts.map(text), cells);
        assert_eq!(number(Some((-5).into())), "-5");
    }
}
