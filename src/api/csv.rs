//! Owns the comparison as CSV: one record a row of the page, as of RFC 4180, with a header line.
//! The reader's own figure is never in it.

use crate::pay::comparison::{Comparison, Conversion, Row};
use crate::pay::money::Denomination;
use crate::pay::{Figures, Known, SalaryData, Sample};

use super::exact::Exact;

/// The media type: the first line is a header.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// The records of a comparison, header first.
pub(super) fn write(comparison: &Comparison<'_>) -> Result<Vec<u8>, Fault> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut record = Record::default();
    writer.write_record(HEADER)?;
    for row in comparison.rows() {
        record.0.clear();
        fill(&mut record, comparison.data, row);
        // Fewer or more fields than the header has are an error of the writer.
        writer.write_record(&record.0)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The columns. Others read them by name: add at the end, rename none.
pub(super) const HEADER: [&str; 53] = [
    "country_code",
    "country",
    "scope",
    "level",
    "scope_text",
    "own",
    "source",
    "publisher",
    "source_title",
    "source_url",
    "source_known",
    "as_of",
    "title",
    "city",
    "occupation",
    "years",
    "basis",
    "basis_note",
    "note",
    "sample",
    "sample_small",
    "original_currency",
    "kind",
    "original_low",
    "original_high",
    "original_open",
    "original_p10",
    "original_p25",
    "original_median",
    "original_p75",
    "original_p90",
    "original_text",
    "shown_unit",
    "shown_period",
    "shown_net",
    "shown_approximate",
    "shown_low",
    "shown_high",
    "shown_open",
    "shown_p10",
    "shown_p25",
    "shown_median",
    "shown_p75",
    "shown_p90",
    "shown_text",
    "rate",
    "ppp_factor",
    "rate_as_of",
    "rate_source",
    "tax_year",
    "tax_caption",
    "missing",
    "edition",
];

fn fill(record: &mut Record, data: &SalaryData, row: &Row<'_>) {
    use crate::pay::comparison::RowScope;
    let (scope, level) = match row.scope {
        RowScope::Level(level) => ("level", level.id.as_str()),
        RowScope::Years(_) => ("years", ""),
        RowScope::AllLevels => ("all-levels", ""),
    };
    record.text(row.country.code.as_str());
    record.text(&row.country.name);
    record.text(scope);
    record.text(level);
    record.text(&row.label());
    record.flag(row.own);
    record.text(row.source.id.as_str());
    record.text(&row.source.publisher);
    record.text(&row.source.title);
    record.text(row.source.url.as_deref().unwrap_or_default());
    record.text(match row.source.known {
        Known::Read => "first-hand",
        Known::Quoted => "second-hand",
        Known::Own => "own",
    });
    record.text(&row.as_of.notation());
    for text in [row.title, row.city, row.occupation] {
        record.text(text.unwrap_or_default());
    }
    record.text(&row.years.text().unwrap_or_default());
    record.text(row.basis.as_str());
    record.text(row.basis_note.unwrap_or_default());
    record.text(row.note.unwrap_or_default());
    match row.sample {
        Sample::Size(size) => record.0.push(size.to_string()),
        words => record.text(&words.text()),
    }
    record.flag(row.small_sample);
    record.text(row.currency.code.as_str());
    record.text(kind(&row.original));
    record.figures(Some(&row.original));
    record.text(&row.original_text());
    shown(record, row);
    conversion(record, data, row.conversion.as_ref());
    record.text(row.rules.map_or("", |rules| &rules.tax_year));
    record.text(row.rules.and_then(|rules| rules.caption.as_deref()).unwrap_or_default());
    let missing: Vec<&str> = row.missing.iter().map(|missing| missing.text.as_str()).collect();
    record.text(&missing.join("; "));
    record.text(&data.edition);
}

fn kind(figures: &Figures) -> &'static str {
    match figures {
        Figures::Range(_) => "range",
        Figures::Percentiles(_) => "percentiles",
        Figures::Median(_) => "median",
        Figures::Withheld(_) => "withheld",
    }
}

fn shown(record: &mut Record, row: &Row<'_>) {
    let Some(shown) = &row.shown else {
        for _ in 0..4 {
            record.text("");
        }
        record.figures(None);
        record.text("");
        return;
    };
    record.text(match shown.denomination {
        Denomination::Currency(currency) => currency.code.as_str(),
        Denomination::International(power) => &power.unit_name,
    });
    record.text(shown.period.as_str());
    record.flag(shown.net);
    record.flag(shown.approximate);
    record.figures(Some(&shown.figures));
    record.text(&shown.text());
}

fn conversion(record: &mut Record, data: &SalaryData, conversion: Option<&Conversion<'_>>) {
    match conversion {
        None => (0..4).for_each(|_| record.text("")),
        Some(Conversion::Exchange { rate, as_of }) => {
            record.0.push(Exact(rate.value).to_string());
            record.text("");
            record.text(&as_of.notation());
            record.text(data.rates.as_ref().map_or("", |rates| rates.source.as_str()));
        }
        Some(Conversion::PurchasingPower { factor, power }) => {
            record.text("");
            record.0.push(Exact(*factor).to_string());
            record.0.push(power.year.to_string());
            record.text(power.source.as_str());
        }
    }
}

/// One line in the making.
#[derive(Default)]
struct Record(Vec<String>);

impl Record {
    /// SECURITY: a spreadsheet takes a cell that begins like this for a formula, and runs it.
    fn text(&mut self, text: &str) {
        let formula =
            text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        self.0.push(if formula { format!("'{text}") } else { text.to_owned() });
    }

    fn flag(&mut self, yes: bool) {
        self.text(if yes { "true" } else { "false" });
    }

    fn number(&mut self, number: Option<rust_decimal::Decimal>) {
        self.0.push(number.map(|number| Exact(number).to_string()).unwrap_or_default());
    }

    /// Low, high, open, and the five percentiles.
    fn figures(&mut self, figures: Option<&Figures>) {
        let (low, high, open) = match figures {
            Some(Figures::Range(range)) => (Some(range.low), range.high, Some(range.is_open())),
            _ => (None, None, None),
        };
        self.number(low);
        self.number(high);
        match open {
            Some(open) => self.flag(open),
            None => self.text(""),
        }
        let five = match figures {
            Some(Figures::Percentiles(five)) => [five.p10, five.p25, five.p50, five.p75, five.p90],
            Some(Figures::Median(median)) => [None, None, Some(*median), None, None],
            _ => [None; 5],
        };
        for point in five {
            self.number(point);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_text_begins_like_a_formula() {
        let mut record = Record::default();
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain", "", "8+ years"] {
            record.text(text);
        }
        record.number(Some((-5).into()));
        assert_eq!(
            record.0,
            ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "plain", "", "8+ years", "-5"]
        );
    }
}
