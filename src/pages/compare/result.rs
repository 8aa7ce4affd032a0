//! Owns what a comparison shows below its form: message, charts, sentences, caveats and table.

use super::Asked;
use super::addresses::Addresses;
use super::charts::ChartBlock;
use super::table::TableGroup;
use crate::address;
use crate::content::tables::changes::Change;
use crate::pages::Shared;
use crate::pay::comparison::{Comparison, Ignored, Row};
use crate::pay::findings::{self, Caveat};

/// Everything below the form.
#[derive(Debug)]
pub(super) struct ResultView<'c> {
    pub(super) headline: String,
    pub(super) summary: Vec<String>,
    /// Charts with their headings.
    pub(super) charts: Vec<ChartBlock>,
    pub(super) findings: Vec<String>,
    pub(super) caveats: Vec<Caveat>,
    pub(super) ignored: Vec<Ignored>,
    pub(super) older: Option<OlderLink<'c>>,
    pub(super) offer: Option<OfferView>,
    pub(super) table: Vec<TableGroup<'c>>,
    /// Whether amounts are not as their sources give them.
    pub(super) changed: bool,
    pub(super) addresses: Addresses,
    /// Where sources stand, up to their ids.
    pub(super) sources: String,
}

/// What has changed since the link was made that a reader followed.
#[derive(Debug)]
pub(super) struct OlderLink<'a> {
    pub(super) edition: Option<String>,
    pub(super) rates: Option<String>,
    pub(super) changes: Vec<&'a Change>,
}

/// The reader's own figure in words.
#[derive(Debug)]
pub(super) struct OfferView {
    pub(super) amount: String,
    pub(super) net: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) places: Vec<String>,
}

impl<'c> ResultView<'c> {
    /// `query` is the canonical one of what was asked.
    pub(super) fn new(
        shared: &Shared<'c>,
        asked: &Asked<'_>,
        comparison: &'c Comparison<'_>,
        query: &str,
    ) -> Self {
        let report = findings::Report::new(comparison);
        Self {
            headline: report.headline(),
            summary: report.summary(),
            charts: ChartBlock::of(shared, comparison),
            findings: report.findings().into_iter().map(|finding| finding.text).collect(),
            caveats: findings::caveats(comparison, Some(asked.today)),
            ignored: asked.ignored.to_vec(),
            older: older_link(shared, comparison),
            offer: offer(comparison),
            table: TableGroup::of(comparison),
            changed: comparison.rows().any(Row::is_changed),
            addresses: Addresses::new(shared, asked.selection, query),
            sources: shared.urls.path(&format!("{}#", address::SOURCES)),
        }
    }
}

fn older_link<'a>(shared: &Shared<'a>, comparison: &Comparison<'_>) -> Option<OlderLink<'a>> {
    let opened = comparison.opened_from.as_ref()?;
    let content = shared.content;
    let about_pay = |change: &&Change| {
        change.figure.as_ref().is_some_and(|figure| {
            ["salaries/", "exchange-rates/", "purchasing-power/", "take-home/"]
                .iter()
                .any(|kind| figure.starts_with(kind))
        })
    };
    // Newest first: what stands before the link's own edition came after it.
    let changes = match &opened.edition {
        Some(edition) => content
            .changes
            .iter()
            .take_while(|change| change.edition != *edition)
            .filter(about_pay)
            .take(12)
            .collect(),
        None => Vec::new(),
    };
    Some(OlderLink {
        edition: opened.edition.clone(),
        rates: opened.rates.map(|rates| rates.to_string()),
        changes,
    })
}

fn offer(comparison: &Comparison<'_>) -> Option<OfferView> {
    let offer = comparison.offer.as_ref()?;
    Some(OfferView {
        amount: offer.currency.exact(offer.gross),
        net: offer.net.as_ref().map(|net| {
            let caption = net.rules.caption.as_ref().map_or(String::new(), |c| format!(", {c}"));
            format!(
                "{} a year by the rules of {} for {}{caption}",
                offer.currency.exact(net.take_home.net),
                net.country.in_sentence,
                net.rules.tax_year
            )
        }),
        problem: offer.problem.clone(),
        places: offer
            .by_country
            .iter()
            .map(|place| format!("{}: {}", place.country.name, place.text))
            .collect(),
    })
}
