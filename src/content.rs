//! Owns the guide as typed, checked data. The entry point is [`Content::load`]: it reads a folder
//! (or the copy embedded in the binary) and gives either the whole guide or every problem in it,
//! each with file, line and column. Must not know templates or HTTP.

pub mod compat;
pub mod diagnostics;
pub mod directives;
pub mod document;
mod figures;
mod href;
mod links;
mod load;
mod markdown;
mod reader;
pub mod source;
pub mod tables;

pub use href::Link;
pub use tables::site::{Callouts, Redirect, SiteInfo};

use jiff::civil::Date;

use crate::id::SectionId;
use crate::pay::SalaryData;
use diagnostics::Diagnostics;
use document::{HeadingRef, Page};
use tables::certifications::Certification;
use tables::changes::Change;
use tables::pictures::Picture;
use tables::resources::Resource;
use tables::roadmap::Roadmap;
use tables::skills::Skills;
use tables::statistics::Statistic;

/// A whole guide, checked: every reference in it leads somewhere.
#[derive(Debug)]
pub struct Content {
    /// `site.toml`.
    pub site: SiteInfo,
    /// `home.md`.
    pub home: Page,
    /// `about.md`.
    pub about: Page,
    /// `guide/*.md` in reading order.
    pub sections: Vec<Section>,
    /// Levels, countries, currencies, rates, rules and sources.
    pub salaries: SalaryData,
    /// `statistics/*.toml`, by id.
    pub statistics: Vec<Statistic>,
    /// `certifications.toml`.
    pub certifications: Vec<Certification>,
    /// `resources.toml`.
    pub resources: Vec<Resource>,
    /// `roadmap.toml`.
    pub roadmap: Roadmap,
    /// `skills.toml`.
    pub skills: Skills,
    /// `pictures.toml`.
    pub pictures: Vec<Picture>,
    /// `changes.toml`, newest first.
    pub changes: Vec<Change>,
    /// `synonyms.toml`: groups of words that mean the same to a reader who searches.
    pub synonyms: Vec<Vec<String>>,
    /// `redirects.toml` and the aliases of pages: from a path, to a path or `path#anchor`.
    pub redirects: Vec<Redirect>,
    /// Files of `images/`, by name, as they are.
    pub images: Vec<Image>,
    /// Until when rates, factors and rules hold.
    pub expiries: Vec<tables::dates::ExpiryDate>,
    /// Warnings that do not depend on the day; [`Content::warnings`] gives all.
    pub warnings: Vec<diagnostics::Diagnostic>,
}

/// One section of the guide.
#[derive(Debug)]
pub struct Section {
    /// Its file name, and so its address: `/guide/<id>`.
    pub id: SectionId,
    /// Its text.
    pub page: Page,
}

/// A picture of the content folder.
#[derive(Clone)]
pub struct Image {
    /// Path below `images/`.
    pub name: String,
    /// The file as it is.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Image({}, {} bytes)", self.name, self.bytes.len())
    }
}

impl Content {
    /// The section of that id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.id == *id)
    }

    /// All warnings on a day, those of figures and rules that no longer hold included.
    pub fn warnings(&self, today: Date) -> Diagnostics {
        let passed = self.expiries.iter().filter(|expiry| today > expiry.holds_until);
        let passed = passed.map(|expiry| expiry.warning.clone());
        Diagnostics::new(self.warnings.iter().cloned().chain(passed).collect())
    }

    /// The statistics table of that id.
    pub fn statistic(&self, id: &str) -> Option<&Statistic> {
        self.statistics.iter().find(|s| s.id == id)
    }

    /// The certification of that id.
    pub fn certification(&self, id: &str) -> Option<&Certification> {
        self.certifications.iter().find(|c| c.id == id)
    }

    /// The certifications whose entries a page shows, in the order of their file.
    pub fn certifications_on(&self, page: &Page) -> impl Iterator<Item = &Certification> {
        self.certifications.iter().filter(|certification| {
            page.document.directives().any(|directive| directive.shows(certification))
        })
    }

    /// The picture of that id.
    pub fn picture(&self, id: &str) -> Option<&Picture> {
        self.pictures.iter().find(|p| p.id == id)
    }

    /// What a place is called: its heading, or its section in menus.
    pub fn name_of(&self, place: &HeadingRef) -> &str {
        let Some(section) = self.section(place.section.as_str()) else { return "" };
        let heading = place.anchor.as_ref().and_then(|anchor| {
            let mut headings = section.page.document.headings.iter();
            headings.find(|heading| heading.id == *anchor || heading.aliases.contains(anchor))
        });
        heading.map_or(&section.page.nav, |heading| &heading.text)
    }

    /// Whether there is anything that a reader could make a plan of.
    pub fn has_plan(&self) -> bool {
        !self.roadmap.phases.is_empty() || !self.skills.skills.is_empty()
    }

    /// The resource of that id.
    pub fn resource(&self, id: &str) -> Option<&Resource> {
        self.resources.iter().find(|r| r.id == id)
    }
}
