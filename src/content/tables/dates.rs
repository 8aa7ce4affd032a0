//! Owns the dates of data files: days that must be past, dates as precise as is known, and the day
//! until which a file holds.

use jiff::civil::Date;

use crate::content::diagnostics::{Code, Diagnostic, Severity};
use crate::content::reader::Table;
use crate::date::{PartialDate, spell_date};

/// The day until which a data file holds.
#[derive(Clone, Debug)]
pub struct ExpiryDate {
    /// The last day.
    pub holds_until: Date,
    /// What to report on later days.
    pub warning: Diagnostic,
}

/// In years. Rates and tax rules hold for about one, so more is a wrong digit.
const MAX_YEARS_FROM_EDITION: i16 = 10;

/// `holds_until`: the day until which a file holds, which is added to the list as well.
pub(super) fn expiry(
    table: &Table<'_>,
    edition: Option<Date>,
    expiries: &mut Vec<ExpiryDate>,
) -> Option<Date> {
    let holds_until = table.date("holds_until")?;
    if let Some(edition) = edition
        && (holds_until.year() - edition.year()).abs() > MAX_YEARS_FROM_EDITION
    {
        let message = format!(
            "`holds_until` is more than {MAX_YEARS_FROM_EDITION} years from the edition's date"
        );
        table
            .error(Code::BadDate, "holds_until", message)
            .help("look for a wrong digit: rates and tax rules hold for a year or so");
    }
    let (line, column) = table.file.line_and_column(table.place_of("holds_until"));
    let warning = Diagnostic {
        severity: Severity::Warning,
        code: Code::Expired,
        file: table.file.name.to_owned(),
        line,
        column,
        message: format!("this held until {}, and pages say so", spell_date(holds_until)),
        help: Some("look for what holds now, and move `holds_until` on with it".to_owned()),
    };
    expiries.push(ExpiryDate { holds_until, warning });
    Some(holds_until)
}

/// A day on which something was seen or done, which cannot be after that of the edition.
pub(in crate::content) fn past_day(
    table: &Table<'_>,
    key: &'static str,
    edition: Option<Date>,
) -> Option<Date> {
    let date = table.date(key)?;
    check_past(table, key, date, edition);
    Some(date)
}

/// The date of which figures are, which cannot be after the edition.
pub(super) fn past_date(
    table: &Table<'_>,
    key: &'static str,
    edition: Option<Date>,
) -> Option<PartialDate> {
    let date = table.optional_partial_date(key)?;
    // Only the first day is compared: rules may hold for a year that has begun and has not ended.
    if date != PartialDate::Unknown {
        check_past(table, key, date.first_day(), edition);
    }
    Some(date)
}

/// As [`past_date`], for a key that must be there.
pub(super) fn required_past_date(
    table: &Table<'_>,
    key: &'static str,
    edition: Option<Date>,
) -> PartialDate {
    past_date(table, key, edition).unwrap_or_else(|| {
        table.missing(key, "\"2026-06\"");
        PartialDate::Unknown
    })
}

/// Figures of earlier years are typing errors.
const FIRST_YEAR: i16 = 1900;

fn check_past(table: &Table<'_>, key: &str, date: Date, edition: Option<Date>) {
    if date.year() < FIRST_YEAR {
        let message = format!("`{key}` lies in the year {}", date.year());
        table.error(Code::BadDate, key, message).help("look for a wrong digit");
    } else if let Some(edition) = edition.filter(|edition| date > *edition) {
        let message = format!("`{key}` is after {edition}, the date of this edition");
        table
            .error(Code::FutureDate, key, message)
            .help("look for a wrong digit, or move `date` of site.toml on");
    }
}
