//! Owns what is served: every page, asset and feed, rendered, hashed and compressed. Made once by
//! [`Site::build`]; a request is a look-up, [`Site::find`]. Must not know connections or requests.

pub mod assets;
mod build;
pub mod cache;
pub mod compress;
mod feeds;
pub mod headers;
mod offline;
pub(crate) mod parallel;
mod placed;
pub mod raster;
pub mod resource;
mod single_file;
mod suggestions;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::address::{AssetUrls, Urls};
use crate::content::Content;
use crate::pages::card::icon::ICONS;
use crate::pages::{Finder, Shared};
use cache::QueryCache;
use compress::{Effort, Encoding};
use headers::Security;
pub use placed::BuildError;
use resource::{Draft, Resource};

/// A guide, ready to send.
#[derive(Debug)]
pub struct Site {
    content: Arc<Content>,
    urls: Urls,
    assets: AssetUrls,
    security: Security,
    today: Date,
    queries: QueryCache,
    /// A store of its own, so that pictures cannot push out pages.
    drawings: QueryCache,
    entries: HashMap<Box<str>, Entry>,
    pages: Vec<PageInfo>,
    finder: OnceLock<Finder>,
}

/// What answers at a path.
#[derive(Debug)]
pub enum Entry {
    /// One thing, whatever the query.
    Resource(Box<Resource>),
    /// What is sent to a request without a query; the server makes the answer to one with a query.
    Defaults(Box<Resource>),
    /// A path below the base, perhaps with an anchor, or an http(s) address.
    Redirect(String),
}

/// What lists of pages say of a page.
#[derive(Clone, Debug)]
pub struct PageInfo {
    /// Below the base path: "/guide/skills".
    pub path: String,
    /// Its heading.
    pub title: String,
    /// When its facts were last checked.
    pub checked: Date,
}

impl Site {
    /// Packs everything ahead of the requests, the smallest first. Brotli at its best takes tens of
    /// milliseconds a page, far longer than all else, so the site is served meanwhile: what is asked
    /// for before its turn is packed then, into the same bytes.
    pub fn pack(&self) {
        self.pack_while(|| true);
    }

    /// The same, for as long as the result is wanted.
    pub fn pack_while(&self, is_wanted: impl Fn() -> bool) {
        self.finder();
        let mut resources: Vec<&Resource> =
            self.resources().map(|(_, resource)| resource).collect();
        resources.sort_by_key(|resource| resource.identity().body.len());
        for resource in resources {
            if !is_wanted() {
                return;
            }
            resource.packed(Encoding::Brotli);
            resource.packed(Encoding::Gzip);
        }
    }

    /// Takes over what another edition has packed already and this one would pack into the same
    /// bytes, so that a small change of a guide costs little time.
    pub fn inherit(&self, other: &Self) {
        for (path, resource) in self.resources() {
            if let Some(Entry::Resource(old) | Entry::Defaults(old)) = other.entries.get(path) {
                resource.inherit(old);
            }
        }
    }

    /// Everything that was made when the site was built, by path below the base path.
    pub fn resources(&self) -> impl Iterator<Item = (&str, &Resource)> {
        self.entries.iter().filter_map(|(path, entry)| match entry {
            Entry::Resource(resource) | Entry::Defaults(resource) => Some((&**path, &**resource)),
            Entry::Redirect(_) => None,
        })
    }

    /// Every path below the base path that answers, in alphabetical order.
    pub fn addresses(&self) -> Vec<&str> {
        let icons = ICONS.iter().map(|icon| icon.path);
        let mut addresses: Vec<&str> =
            self.entries.keys().map(|path| &**path).chain(icons).collect();
        addresses.sort_unstable();
        addresses
    }

    /// What answers at a path below the base path.
    pub fn find(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// What can be sent at once for a path below the base path and a query.
    pub fn ready(&self, path: &str, query: Option<&str>) -> Option<&Resource> {
        match self.entries.get(path)? {
            Entry::Resource(resource) => Some(resource),
            Entry::Defaults(resource) if query.is_none() => Some(resource),
            Entry::Defaults(_) | Entry::Redirect(_) => None,
        }
    }

    /// Makes an answer while a reader waits, with the headers of this site.
    pub fn resource(&self, draft: Draft) -> Resource {
        Resource::new(draft, &self.security, Effort::Quick)
    }

    /// Answers to queries that were made before.
    pub fn queries(&self) -> &QueryCache {
        &self.queries
    }

    /// Pictures in pixels that were drawn before.
    pub fn drawings(&self) -> &QueryCache {
        &self.drawings
    }

    /// What pages are made from.
    pub fn shared(&self) -> Shared<'_> {
        Shared { content: &self.content, urls: &self.urls, assets: &self.assets }
    }

    /// The index of the search. Made when it is first needed, which is by [`Site::pack`] unless a
    /// reader searches before that.
    pub fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| Finder::new(self.shared()))
    }

    /// The guide.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The day for which the site was built.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The maker of addresses.
    pub fn urls(&self) -> &Urls {
        &self.urls
    }

    /// Every page, in the order in which one would read them.
    pub fn pages(&self) -> &[PageInfo] {
        &self.pages
    }

    /// The pages whose addresses are nearest to one that does not exist: title and address.
    pub fn suggestions(&self, path: &str) -> Vec<(String, String)> {
        suggestions::nearest_pages(path, &self.pages)
            .into_iter()
            .map(|page| (page.title.clone(), self.urls.path(&page.path)))
            .collect()
    }
}
