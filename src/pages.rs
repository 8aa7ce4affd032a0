//! Owns what all pages share. The submodules hold one page each: its view model and template
//! struct, from the content (and a query) to HTML. Pages know no HTTP.

mod about;
mod amounts;
pub mod card;
mod certification_lists;
mod certifications;
mod compare;
mod country;
mod directives;
mod document;
mod exported;
mod guide;
mod home;
mod json_ld;
mod layout;
mod lists;
mod markdown;
mod notes;
mod offline;
mod pay;
mod pictures;
mod plan;
mod problem;
mod renderer;
mod roadmap;
mod search;
mod section;
mod sources;
mod statistics;
#[cfg(test)]
mod tests;

pub use about::about;
pub use compare::{Asked, compare, compare_in_export, embed};
pub use country::country;
pub use exported::{moved, search_in_export};
pub use guide::guide;
pub use home::home;
pub use markdown::section as section_as_markdown;
pub use offline::offline;
pub use offline::single_file::{STYLE as SINGLE_FILE_STYLE, SingleFile, single_file};
pub use pictures::picture;
pub use plan::plan;
pub use problem::{failure, not_found};
pub use search::{Finder, search};
pub use section::section;
pub use sources::sources;

use crate::address::AssetUrls;
use crate::address::Urls;
use crate::content::Content;
use crate::content::document::Target;

/// What every page is made from.
#[derive(Clone, Copy, Debug)]
pub struct Shared<'a> {
    /// The guide.
    pub content: &'a Content,
    /// The maker of addresses.
    pub urls: &'a Urls,
    /// Addresses of style sheets, scripts and icons.
    pub assets: &'a AssetUrls,
}

impl Shared<'_> {
    /// Where a link of the content leads.
    pub(crate) fn target(&self, target: &Target) -> String {
        match target {
            Target::Anchor(anchor) => format!("#{anchor}"),
            elsewhere => self.link(&elsewhere.path().unwrap_or_default()),
        }
    }

    /// A link of the content, which may be a path of this site.
    pub(crate) fn link(&self, href: &str) -> String {
        if href.starts_with('/') { self.urls.path(href) } else { href.to_owned() }
    }
}
