//! Owns the pay figures of the guide as pages show them. The submodules hold one form each: an
//! amount in a sentence, a table, charts, sentences of findings, a summary for the home page.

mod amount;
pub(super) mod bars;
mod charts;
mod findings;
mod summary;
mod table;
mod units;

pub(super) use amount::band;
pub(super) use charts::{charts_in_page, standalone_charts};
pub(super) use findings::findings;
pub(super) use summary::{CountrySummary, summaries};
pub(super) use table::table;
pub(super) use units::{group_units, unit_explanations};

use crate::id::CountryCode;
use crate::pay::comparison::Selection;
use crate::pay::{Basis, SalaryData, Years};

/// Only the guide's own bands of some countries, or of all where none is named.
pub(super) fn own_bands(data: &SalaryData, countries: &[CountryCode]) -> Selection {
    let mut selection = Selection::defaults(data);
    selection.sources.clear();
    if !countries.is_empty() {
        selection.countries.retain(|code| countries.contains(code));
    }
    selection
}

/// "2–4 years" and "total compensation (includes equity and bonuses)", as far as they are stated.
pub(super) fn years_and_basis(years: &Years, basis: Basis, note: Option<&str>) -> Vec<String> {
    let basis = match (basis, note) {
        (Basis::NotStated, note) => note.map(str::to_owned),
        (stated, None) => Some(stated.text().to_owned()),
        (stated, Some(note)) => Some(format!("{} ({note})", stated.text())),
    };
    years.text().into_iter().chain(basis).collect()
}
