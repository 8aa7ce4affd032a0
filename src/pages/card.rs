//! Owns the preview cards: what is shown where somebody passes on a link to a page or to a
//! comparison. One SVG of 1200 by 630 each, drawn from the same rows as the page. The entry points
//! are [`page`] and [`compare`]. Knows no PNG and no HTTP.

mod frame;
pub mod icon;
mod panels;
#[cfg(test)]
mod tests;
mod words;

pub use frame::{HEIGHT, WIDTH};

use super::Shared;
use super::pay::bars::{self, Context};
use super::pay::{group_units, own_bands};
use crate::address;
use crate::content::Content;
use crate::date::spell_date;
use crate::draw::style;
use crate::id::CountryCode;
use crate::pay::comparison::{Comparison, Heading, Selection};
use crate::pay::findings::{self, CaveatKind};
use frame::Card;
use panels::Panel;

/// The ground of cards, and of the site on light ground.
pub const PAPER: &str = style::PAPER.light;
/// Their text.
pub const INK: &str = style::INK.light;

/// The card of a page as SVG, by its path and heading.
pub fn page(shared: &Shared<'_>, path: &str, title: &str) -> String {
    let content = shared.content;
    let mut card = Card { title: title.to_owned(), ..framed(shared) };
    card.standfirst.clone_from(&content.site.description);
    if let Some(at) = address::section_of(path).and_then(|id| section(content, id)) {
        card.kicker.push_str("Guide");
        card.number = Some(at + 1);
        card.standfirst.clone_from(&content.sections[at].page.description);
    } else if let Some(country) =
        address::country_of(path).and_then(|code| content.salaries.country(code))
    {
        card.kicker.push_str("Pay");
        card.standfirst.clone_from(&country.insight);
        add_own_bands(&mut card, content, Some(&country.code));
    } else if path == address::HOME {
        add_own_bands(&mut card, content, None);
    } else if path == address::ABOUT {
        card.standfirst.clone_from(&content.about.description);
    } else if path == address::WHOLE_GUIDE {
        card.kicker.push_str("Guide");
    }
    frame::draw(&card)
}

/// The card of a comparison as SVG: its message, and as many of its bars as can be read, the
/// guide's own first. The reader's own figure is never drawn.
pub fn compare(shared: &Shared<'_>, selection: &Selection) -> String {
    let content = shared.content;
    let selection =
        Selection { offer: None, offer_currency: None, edition: None, ..selection.clone() };
    let comparison = Comparison::new(&content.salaries, &selection);
    let report = findings::Report::new(&comparison);
    let mut card = Card {
        kicker: format!("Compare {} pay", content.salaries.career),
        title: report.headline(),
        ..framed(shared)
    };
    card.panels = panels(&comparison);
    card.note = note(&comparison);
    if card.panels.is_empty() {
        card.standfirst = report.summary().join(" ");
    }
    frame::draw(&card)
}

/// What all cards have.
fn framed(shared: &Shared<'_>) -> Card {
    let site = &shared.content.site;
    let home = shared.urls.absolute(address::HOME).unwrap_or_default();
    let place = home.split_once("://").map_or("", |(_, place)| place).trim_end_matches('/');
    Card {
        guide: site.short_title.clone(),
        foot: (format!("Edition {}, {}", site.edition, spell_date(site.date)), place.to_owned()),
        ..Card::default()
    }
}

fn section(content: &Content, id: &str) -> Option<usize> {
    content.sections.iter().position(|section| section.id == *id)
}

/// Adds the guide's own bands of a country, or of all, as its page shows them.
fn add_own_bands(card: &mut Card, content: &Content, country: Option<&CountryCode>) {
    let data = &content.salaries;
    let selection = own_bands(data, country.map_or(&[], std::slice::from_ref));
    let comparison = Comparison::new(data, &selection);
    card.panels = panels(&comparison);
    card.note = note(&comparison);
    if country.is_some() {
        // The title says it.
        card.panels.iter_mut().for_each(|panel| panel.heading.clear());
    }
}

fn panels(comparison: &Comparison<'_>) -> Vec<Panel> {
    let groups = comparison.groups.iter().zip(bars::of_groups(comparison, Context::Comparison));
    groups
        .enumerate()
        .filter_map(|(index, (group, bars))| {
            let mut bars = bars?;
            let of_country = matches!(group.heading, Heading::Country(_));
            for (bar, row) in bars.rows.iter_mut().zip(&group.rows) {
                // Columns are narrow: the page has the names and the small print in full.
                bar.detail = None;
                if row.own && !of_country {
                    bar.caption.clone_from(&row.country.short);
                }
            }
            Some(Panel {
                id: format!("p{index}"),
                heading: group.heading.text().to_owned(),
                units: group_units(group).unwrap_or_default(),
                rows: bars.rows,
                axis: bars.axis,
            })
        })
        .collect()
}

/// How amounts were made comparable, in the words of the page; else what is common to all rows.
fn note(comparison: &Comparison<'_>) -> String {
    let open = comparison.rows().any(|row| row.own && row.original.is_open());
    let mut said: Vec<String> = findings::caveats(comparison, None)
        .into_iter()
        .filter(|caveat| matches!(caveat.kind, CaveatKind::Rates | CaveatKind::PurchasingPower))
        .map(|caveat| caveat.text)
        .collect();
    if said.is_empty() && !comparison.shares_axis() {
        said.push("Each country has an axis of its own, from zero.".to_owned());
    }
    if open {
        said.insert(0, "“+” means that the top is open.".to_owned());
    }
    said.join(" ")
}
