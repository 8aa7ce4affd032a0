//! Owns the order in which the files of pay are read.

use crate::content::tables::countries::{countries, levels};
use crate::content::tables::dates::ExpiryDate;
use crate::content::tables::guide_files::GuideFiles;
use crate::content::tables::names::{Declarations, DeclaredNames, FileState};
use crate::content::tables::site::SiteInfo;
use crate::content::tables::{money, sources, take_home};
use crate::pay::SalaryData;

/// All data of pay, the names that other files may refer to, and until when what holds.
pub(super) fn read(
    guide: &GuideFiles<'_>,
    site: Option<&SiteInfo>,
) -> (SalaryData, Declarations, Vec<ExpiryDate>) {
    let mut expiries = Vec::new();
    let mut data = SalaryData {
        career: site.map_or(String::new(), |site| site.career.clone()),
        edition: site.map_or(String::new(), |site| site.edition.clone()),
        small_sample_below: site.map_or(0, |site| site.small_sample_below),
        sources: sources::read(guide),
        currencies: money::currencies(guide),
        levels: levels(guide),
        ..SalaryData::default()
    };
    let mut declared = Declarations {
        levels: guide.names("levels.toml", data.levels.iter().map(|level| &level.id)),
        currencies: guide.names("currencies.toml", data.currencies.iter().map(|c| &c.code)),
        sources: guide.names("sources.toml", data.sources.iter().map(|source| &source.id)),
        countries: DeclaredNames::default(),
        edition: guide.edition,
    };
    data.rates = money::rates(guide, &declared, &mut expiries);
    data.purchasing_power =
        money::purchasing_power(guide, &declared, data.rates.as_ref(), &mut expiries);
    data.countries = countries(guide, &declared);
    // Countries are declared by the names of files, so no single file tells whether all are known.
    if guide.problems.is_broken_below(&guide.files.name("salaries")) {
        declared.countries.state = FileState::Broken;
    }
    declared.countries.list = data.countries.iter().map(|c| c.code.to_string()).collect();
    data.take_home =
        take_home::read(guide, &declared, &data.countries, &data.currencies, &mut expiries);
    (data, declared, expiries)
}
