//! Owns the page of all sources: how each is known, and which figures rest on it.

use std::collections::HashMap;

use askama::Template;

use super::Shared;
use super::layout::{Layout, MenuEntry};
use super::notes::SourceLine;
use crate::address;
use crate::address::query::ADJUST;
use crate::content::directives::Directive;
use crate::id::SourceId;
use crate::pay::Known;
use crate::pay::comparison::Adjust;

#[derive(Template)]
#[template(path = "sources.html")]
struct View<'a> {
    layout: Layout<'a>,
    total: usize,
    groups: Vec<Group<'a>>,
}

/// Sources that are known in the same way.
struct Group<'a> {
    title: &'static str,
    explanation: &'static str,
    entries: Vec<(SourceLine<'a>, Uses)>,
}

/// What rests on a source: figures, and pages that cite it.
#[derive(Clone, Default)]
struct Uses {
    figures: Vec<Use>,
    pages: Vec<Use>,
}

#[derive(Clone, PartialEq)]
struct Use {
    text: String,
    href: Option<String>,
}

/// Every source, how it is known, and what rests on it.
pub fn sources(shared: &Shared<'_>) -> Result<String, askama::Error> {
    let mut uses = Index::of(*shared);
    let sources = &shared.content.salaries.sources;
    let kinds = [
        (Known::FirstHand, "Read at first hand", "The page or the data file itself was read."),
        (
            Known::SecondHand,
            "Known at second hand",
            "Read in another text that quotes it. Trust these less, and check them before you rely on one.",
        ),
        (Known::Own, "This guide’s own", "Figures of the guide itself."),
    ];
    let groups = kinds.into_iter().map(|(known, title, explanation)| {
        let entries = sources.iter().filter(|source| source.known == known);
        let entries = entries.map(|source| {
            (SourceLine { source, says_how: false }, uses.0.remove(&source.id).unwrap_or_default())
        });
        Group { title, explanation, entries: entries.collect() }
    });
    let groups = groups.filter(|group| !group.entries.is_empty()).collect();
    let description = "Every source of this guide: how it is known, how old it is, where to check it, and which figures rest on it.";
    View {
        layout: Layout::new(*shared, address::SOURCES, "Sources", "Sources", description)
            .in_menu(MenuEntry::Sources, true),
        total: sources.len(),
        groups,
    }
    .render()
}

/// Uses by source.
struct Index<'a>(HashMap<&'a SourceId, Uses>);

impl<'a> Index<'a> {
    fn of(shared: Shared<'a>) -> Self {
        let mut index = Self(HashMap::new());
        let places = index.add_pages(shared);
        index.add_pay(shared);
        index.add_tables(shared, &places);
        index
    }

    fn add(&mut self, source: &'a SourceId, text: String, href: Option<String>) {
        let figures = &mut self.0.entry(source).or_default().figures;
        let use_ = Use { text, href };
        if !figures.contains(&use_) {
            figures.push(use_);
        }
    }

    /// Citations in texts. Gives back where each statistics table is first shown, and where the
    /// certifications are.
    fn add_pages(&mut self, shared: Shared<'a>) -> HashMap<&'a str, String> {
        let content = shared.content;
        let mut places = HashMap::new();
        let sections = content.sections.iter();
        let pages = sections.map(|section| (&section.page, address::section(&section.id))).chain([
            (&content.home, address::HOME.to_owned()),
            (&content.about, address::ABOUT.to_owned()),
        ]);
        for (page, path) in pages {
            let href = shared.urls.path(&path);
            for directive in page.document.directives() {
                let cited: Vec<&SourceId> = match directive {
                    Directive::Cite(source) => vec![source],
                    Directive::Stat { statistic, column, .. } => {
                        places.entry(statistic.as_str()).or_insert_with(|| href.clone());
                        let table = content.statistic(statistic);
                        table
                            .into_iter()
                            .flat_map(|table| &table.columns)
                            .filter(|found| found.id == *column)
                            .map(|column| &column.source)
                            .collect()
                    }
                    Directive::StatTable(id) | Directive::StatChart(id) => {
                        places.insert(id, href.clone());
                        let table = content.statistic(id);
                        table.into_iter().flat_map(|t| &t.columns).map(|c| &c.source).collect()
                    }
                    Directive::Certifications(_) => {
                        places.entry("").or_insert_with(|| href.clone());
                        vec![]
                    }
                    _ => vec![],
                };
                for source in cited {
                    let pages = &mut self.0.entry(source).or_default().pages;
                    let here = Use { text: page.nav.clone(), href: Some(href.clone()) };
                    if !pages.contains(&here) {
                        pages.push(here);
                    }
                }
            }
        }
        places
    }

    fn add_pay(&mut self, shared: Shared<'a>) {
        let data = &shared.content.salaries;
        for country in &data.countries {
            let href = shared.urls.path(&address::country(&country.code));
            for band in &country.bands {
                self.add(&band.source, format!("Pay bands, {}", country.name), Some(href.clone()));
            }
            for other in &country.others {
                let text = format!("Other figures of pay, {}", country.name);
                self.add(&other.source, text, Some(href.clone()));
            }
            if let Some(rules) = data.take_home(country.code.as_str()) {
                let text = format!("Take-home pay, {}, {}", country.name, rules.tax_year);
                self.add(&rules.source, text, Some(format!("{href}#take-home")));
            }
        }
        let compare = |choice: &[_]| Some(shared.urls.path(&address::comparison(choice)));
        if let Some(rates) = &data.rates {
            self.add(&rates.source, "All converted amounts".to_owned(), compare(&[]));
        }
        if let Some(power) = &data.purchasing_power {
            let text = "Pay by purchasing power".to_owned();
            let adjusted = compare(&[(ADJUST, Adjust::PurchasingPower.as_str())]);
            self.add(&power.source, text, adjusted);
        }
    }

    fn add_tables(&mut self, shared: Shared<'a>, places: &HashMap<&str, String>) {
        for table in &shared.content.statistics {
            for column in &table.columns {
                let text = if column.short == table.title {
                    table.title.clone()
                } else {
                    format!("{}: {}", table.title, column.short)
                };
                self.add(&column.source, text, places.get(table.id.as_str()).cloned());
            }
        }
        for certification in &shared.content.certifications {
            let text = format!("{}: {}", certification.issuer, certification.name);
            let href = places.get("").map(|board| format!("{board}#{}", certification.id));
            self.add(&certification.source, text, href);
        }
    }
}
