//! Owns the keys `sample` and `basis`: from how many people figures come, and of which kind of pay.

use crate::content::diagnostics::Code;
use crate::content::reader::Table;
use crate::pay::{Basis, Sample};

/// `sample` (a number) or `sample_note` (words).
pub(super) fn sample(table: &Table<'_>) -> Sample {
    let size = table.optional_count("sample");
    let words = table.optional_text("sample_note");
    match (size, words) {
        (Some(_), Some(_)) => {
            let message = "`sample` and `sample_note` stand side by side";
            table
                .error(Code::ConflictingFields, "sample_note", message)
                .help("keep the number, and put the words into `note`");
            Sample::NotStated
        }
        (Some(0), None) => {
            let message = "`sample` is 0, and figures come from somebody";
            table
                .error(Code::NumberOutOfRange, "sample", message)
                .help("leave it out when it is not stated");
            Sample::NotStated
        }
        (Some(size), None) => Sample::Size(size),
        (None, Some(words)) => Sample::Words(words),
        (None, None) => Sample::NotStated,
    }
}

pub(super) fn basis(table: &Table<'_>) -> Basis {
    table.choice("basis", &[("base", Basis::Base), ("total", Basis::Total)]).unwrap_or_default()
}
