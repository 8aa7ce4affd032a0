//! Owns the preview cards: what is shown where somebody passes on a link to a page or to a
//! comparison. One SVG of 1200 by 630 each, drawn from the same rows as the page. The entry points
//! are [`page`] and [`compare`]. Knows no PNG and no HTTP.

mod bars;
mod frame;
pub mod icon;
#[cfg(test)]
mod tests;
mod words;

pub use frame::{INK, PAPER};

use super::Shared;
use super::compare::pictures::{self, Picture};
use super::compare::result::units;
use crate::address;
use crate::content::Content;
use crate::date::spell_date;
use crate::id::CountryCode;
use crate::pay::comparison::{Comparison, Heading, Selection};
use crate::pay::findings::{self, CaveatKind};

/// Pixels across.
pub const WIDTH: u32 = 1200;
/// Pixels down.
pub const HEIGHT: u32 = 630;

/// What a card shows.
#[derive(Debug, Default)]
struct Card {
    /// Small, at the top right: what sort of page it is.
    kicker: String,
    /// The number of a section.
    number: Option<usize>,
    title: String,
    standfirst: String,
    panels: Vec<Panel>,
    /// Under the panels: what one must know to read them.
    note: String,
    /// At the foot, at the left and at the right.
    foot: (String, String),
    /// At the top left.
    guide: String,
}

/// Bars over one axis.
#[derive(Clone, Debug)]
struct Panel {
    heading: String,
    units: String,
    picture: Picture,
}

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
        own_bands(&mut card, content, Some(&country.code));
    } else if path == address::HOME {
        own_bands(&mut card, content, None);
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
fn own_bands(card: &mut Card, content: &Content, country: Option<&CountryCode>) {
    let data = &content.salaries;
    let mut selection = Selection::defaults(data);
    selection.sources.clear();
    selection.countries.retain(|code| country.is_none_or(|country| country == code));
    let comparison = Comparison::new(data, &selection);
    card.panels = panels(&comparison);
    card.note = note(&comparison);
    if country.is_some() {
        // The title says it.
        card.panels.iter_mut().for_each(|panel| panel.heading.clear());
    }
}

fn panels(comparison: &Comparison<'_>) -> Vec<Panel> {
    let groups = comparison.groups.iter().zip(pictures::pictures(comparison));
    groups
        .filter_map(|(group, picture)| {
            let heading = match group.heading {
                Heading::Country(country) => &country.name,
                _ => group.heading.text(),
            };
            let mut picture = picture?;
            if !matches!(group.heading, Heading::Country(_)) {
                // Columns are narrow, and the page says the names in full.
                for (drawn, row) in picture.rows.iter_mut().zip(&group.rows).filter(|r| r.1.own) {
                    drawn.caption.clone_from(&row.country.short);
                }
            }
            let units = units(group).unwrap_or_default();
            Some(Panel { heading: heading.to_owned(), units, picture })
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
