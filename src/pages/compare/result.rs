//! Owns what a comparison shows: message, charts, sentences, caveats, table, and addresses of the
//! same view in other forms.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Asked, pictures};
use crate::address;
use crate::address::query::{OFFER, OFFER_CURRENCY};
use crate::content::tables::changes::Change;
use crate::pages::Shared;
use crate::pay::comparison::{Comparison, DisplayFigures, Group, Heading, Ignored, Row};
use crate::pay::findings::{self, Caveat};
use crate::pay::{Basis, Sample};

/// Everything below the form.
#[derive(Debug)]
pub(super) struct View<'c> {
    pub(super) headline: String,
    pub(super) summary: Vec<String>,
    /// Charts with their headings.
    pub(super) charts: Vec<Block>,
    pub(super) findings: Vec<String>,
    pub(super) caveats: Vec<Caveat>,
    pub(super) ignored: Vec<Ignored>,
    pub(super) older: Option<Older<'c>>,
    pub(super) offer: Option<OfferView>,
    pub(super) table: Vec<TableGroup<'c>>,
    /// Whether amounts are not as their sources give them.
    pub(super) changed: bool,
    pub(super) addresses: Addresses,
    /// Where sources stand, up to their ids.
    pub(super) sources: String,
}

/// A chart under its heading.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) heading: String,
    /// "rupees a year, take-home", where all amounts are in the same.
    pub(super) units: String,
    /// The page of a country.
    pub(super) href: Option<String>,
    /// SVG; none where nothing is known.
    pub(super) svg: Option<String>,
}

/// What has changed since an older link was made.
#[derive(Debug)]
pub(super) struct Older<'a> {
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

/// Rows under one heading.
#[derive(Debug)]
pub(super) struct TableGroup<'c> {
    pub(super) heading: String,
    pub(super) rows: Vec<TableRow<'c>>,
}

/// One row of the table, with the words that only stand here.
#[derive(Debug)]
pub(super) struct TableRow<'c> {
    pub(super) row: &'c Row<'c>,
    pub(super) label: Cow<'c, str>,
    /// Years of the level.
    pub(super) years: Option<String>,
    pub(super) pay: String,
    /// As the source gives it, where that is something else.
    pub(super) original: Option<String>,
}

/// Addresses of the same view.
#[derive(Debug)]
pub(super) struct Addresses {
    /// With the reader's own figure, for the address bar alone.
    pub(super) here: String,
    /// Says everything, so that it never silently changes.
    pub(super) share: String,
    pub(super) csv: String,
    pub(super) json: String,
    pub(super) embed: String,
    /// Whether `embed` and `share` are whole addresses.
    pub(super) absolute: bool,
}

impl<'c> View<'c> {
    /// `query` is the canonical one of what was asked.
    pub(super) fn new(
        shared: &Shared<'c>,
        asked: &Asked<'_>,
        comparison: &'c Comparison<'_>,
        query: &str,
    ) -> Self {
        let by_country = |group: &Group<'_>| match group.heading {
            Heading::Country(country) => Some(shared.urls.path(&address::country(&country.code))),
            _ => None,
        };
        let charts = pictures::draw(comparison, "_c")
            .into_iter()
            .zip(&comparison.groups)
            .map(|(svg, group)| Block {
                heading: group.heading.text().to_owned(),
                units: units(group).unwrap_or_default(),
                href: by_country(group),
                svg,
            })
            .collect();
        let report = findings::Report::new(comparison);
        Self {
            headline: report.headline(),
            summary: report.summary(),
            charts,
            findings: report.findings().into_iter().map(|found| found.text).collect(),
            caveats: findings::caveats(comparison, Some(asked.today)),
            ignored: asked.ignored.to_vec(),
            older: older(shared, comparison),
            offer: offer(comparison),
            table: comparison
                .groups
                .iter()
                .filter(|group| !group.rows.is_empty())
                .map(|group| TableGroup {
                    heading: match units(group) {
                        Some(units) => format!("{}, {units}", group.heading.text()),
                        None => group.heading.text().to_owned(),
                    },
                    rows: group.rows.iter().map(|row| TableRow::new(group, row)).collect(),
                })
                .collect(),
            changed: comparison.rows().any(Row::is_changed),
            addresses: addresses(shared, asked, query),
            sources: shared.urls.path(&address::source("")),
        }
    }
}

/// What the amounts of a group are in; none when they are in several things.
pub(in crate::pages) fn units(group: &Group<'_>) -> Option<String> {
    let mut shown = group.rows.iter().filter_map(|row| row.shown.as_ref());
    let first = shown.next()?;
    if shown.any(|other| other.denomination != first.denomination) {
        return None;
    }
    let net = if first.net { ", take-home" } else { "" };
    Some(format!("{} {}{net}", first.denomination.plural(), first.period.spoken()))
}

impl<'c> TableRow<'c> {
    fn new(group: &Group<'_>, row: &'c Row<'c>) -> Self {
        Self {
            row,
            label: match group.heading {
                Heading::Country(_) => row.label(),
                Heading::Level(_) => Cow::Borrowed(&row.country.name),
                Heading::AllLevels => format!("{}, {}", row.country.name, row.label()).into(),
            },
            years: row.own.then(|| row.years.text()).flatten(),
            pay: row.shown.as_ref().map_or("not shown".to_owned(), DisplayFigures::text),
            original: row.is_changed().then(|| row.original_text()),
        }
    }

    /// What the row is about beside its label.
    pub(super) fn about(&self) -> impl Iterator<Item = &'c str> {
        [self.row.title, self.row.city, self.row.occupation].into_iter().flatten()
    }

    /// What the amounts count; begins a cell.
    pub(super) fn basis(&self) -> &'static str {
        match (self.row.basis, self.row.basis_note) {
            (Basis::NotStated, None) => "Not stated",
            (basis, _) => basis.text(),
        }
    }

    /// Notes and what is missing.
    pub(super) fn notes(&self) -> impl Iterator<Item = &'c str> {
        self.row.note.into_iter().chain(self.row.missing.iter().map(|missing| &*missing.text))
    }

    pub(super) fn sample(&self) -> Cow<'c, str> {
        match self.row.sample {
            Sample::Size(_) => format!("sample of {}", self.row.sample.text()).into(),
            Sample::Words(words) => Cow::Borrowed(words),
            Sample::NotStated => Cow::Borrowed("sample not stated"),
        }
    }
}

fn older<'a>(shared: &Shared<'a>, comparison: &Comparison<'_>) -> Option<Older<'a>> {
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
    Some(Older {
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

fn addresses(shared: &Shared<'_>, asked: &Asked<'_>, query: &str) -> Addresses {
    let data = &shared.content.salaries;
    let selection = asked.selection;
    let path = |path: &str| shared.urls.path(&address::with_query(path, query));
    let share = address::with_query(address::COMPARE, &selection.share_query(data));
    let embed = address::with_query(address::EMBED_COMPARE, query);
    let mut here = path(address::COMPARE);
    if let (Some(offer), Some(currency)) = (&selection.offer, &selection.offer_currency) {
        here.push(if here.contains('?') { '&' } else { '?' });
        // Writing to a string cannot fail.
        let _ = write!(
            here,
            "{OFFER}={}&{OFFER_CURRENCY}={}",
            offer.normalize(),
            currency.as_str().to_lowercase()
        );
    }
    Addresses {
        here,
        share: shared.urls.absolute_or_path(&share),
        csv: path(address::COMPARE_CSV),
        json: path(address::COMPARE_JSON),
        embed: shared.urls.absolute_or_path(&embed),
        absolute: shared.urls.absolute(address::HOME).is_some(),
    }
}
