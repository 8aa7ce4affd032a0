//! Owns the order in which the files of pay are read.

use crate::content::diagnostics::Code;
use crate::content::tables::countries::{countries, levels};
use crate::content::tables::dates::ExpiryDate;
use crate::content::tables::guide_files::GuideFiles;
use crate::content::tables::names::Declarations;
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
    let levels = data.levels.iter().map(|level| &level.id);
    let currencies = data.currencies.iter().map(|currency| &currency.code);
    let sources = data.sources.iter().map(|source| &source.id);
    let declared = Declarations {
        levels: guide.names("levels.toml", Code::UnknownLevel, levels),
        currencies: guide.names("currencies.toml", Code::UnknownCurrency, currencies),
        sources: guide.names("sources.toml", Code::UnknownSource, sources),
        edition: guide.edition,
    };
    data.rates = money::rates(guide, &declared, &mut expiries);
    data.purchasing_power =
        money::purchasing_power(guide, &declared, data.rates.as_ref(), &mut expiries);
    data.countries = countries(guide, &declared);
    data.take_home =
        take_home::read(guide, &declared, &data.countries, &data.currencies, &mut expiries);
    (data, declared, expiries)
}
