//! Owns how countries, levels and lists of them are named inside the sentences of findings.

use crate::pay::Country;
use crate::pay::comparison::{Row, RowScope};
use crate::text::sentence::list;

/// Names in one sentence: a guide may have many countries, and a sentence must stay readable.
const MAX_NAMED: usize = 4;

/// "India, the United Kingdom and 5 more".
pub(super) fn listed(mut names: Vec<String>) -> String {
    if names.len() > MAX_NAMED {
        let more = names.len() - (MAX_NAMED - 1);
        names.truncate(MAX_NAMED - 1);
        names.push(format!("{more} more"));
    }
    list(&names)
}

/// As they stand inside a sentence: "India and the United States".
pub(super) fn listed_countries(countries: &[&Country]) -> String {
    listed(countries.iter().map(|country| country.in_sentence.clone()).collect())
}

/// "the US" when the long name has an article too.
pub(super) fn short_name(country: &Country) -> String {
    if country.in_sentence.starts_with("the ") {
        format!("the {}", country.short)
    } else {
        country.short.clone()
    }
}

/// Which people a row is about: "mid in the United Kingdom", "all levels in India".
pub(super) fn people(row: &Row<'_>) -> String {
    let people = match row.scope {
        RowScope::Level(level) => level.in_sentence(),
        RowScope::Years(years) => years.text().unwrap_or_else(|| "all levels".to_owned()),
        RowScope::AllLevels => "all levels".to_owned(),
    };
    format!("{people} in {}", row.country.in_sentence)
}
