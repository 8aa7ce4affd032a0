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
pub use build::BuildError;
use cache::QueryCache;
use compress::{Effort, Encoding};
use headers::Security;
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
    /// Apart, so that pictures cannot push out pages.
    drawings: QueryCache,
    entries: HashMap<Box<str>, Entry>,
    pages: Vec<PageInfo>,
    finder: OnceLock<Finder>,
}

/// What stands at a path.
#[derive(Debug)]
pub enum Entry {
    /// Something to send.
    Resource(Box<Resource>),
    /// Something to send to those who ask for it without a query; a route answers the others.
    Defaults(Box<Resource>),
    /// A path below the base, perhaps with an anchor, or an http(s) address.
    Redirect(String),
}

/// A page as others speak of it.
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
    /// Packs everything ahead of the requests, the smallest first. This takes far longer than all
    /// else, so the site serves meanwhile: what is asked for before its turn is packed then, into
    /// the same bytes.
    pub fn pack(&self) {
        self.pack_while(|| true);
    }

    /// The same, for as long as it is worth the trouble.
    pub fn pack_while(&self, worthwhile: impl Fn() -> bool) {
        self.finder();
        let mut resources: Vec<&Resource> =
            self.resources().map(|(_, resource)| resource).collect();
        resources.sort_by_key(|resource| resource.identity().body.len());
        for resource in resources {
            if !worthwhile() {
                return;
            }
            resource.packed(Encoding::Brotli);
            resource.packed(Encoding::Gzip);
        }
    }

    /// Takes over what another edition has packed already and this one would pack into the same
    /// bytes, so that a small change costs little.
    pub fn inherit(&self, other: &Self) {
        for (path, resource) in self.resources() {
            if let Some(Entry::Resource(old) | Entry::Defaults(old)) = other.entries.get(path) {
                resource.inherit(old);
            }
        }
    }

    /// Everything that is there before anybody asks, by path below the base path.
    pub fn resources(&self) -> impl Iterator<Item = (&str, &Resource)> {
        self.entries.iter().filter_map(|(path, entry)| match entry {
            Entry::Resource(resource) | Entry::Defaults(resource) => Some((&**path, &**resource)),
            Entry::Redirect(_) => None,
        })
    }

    /// Every path below the base path at which something stands, in order.
    pub fn addresses(&self) -> Vec<&str> {
        let drawn = ICONS.iter().map(|icon| icon.path);
        let mut addresses: Vec<&str> =
            self.entries.keys().map(|path| &**path).chain(drawn).collect();
        addresses.sort_unstable();
        addresses
    }

    /// What stands at a path below the base path.
    pub fn find(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// What can be sent at once at a path below the base path.
    pub fn ready(&self, path: &str, query: Option<&str>) -> Option<&Resource> {
        match self.entries.get(path)? {
            Entry::Resource(resource) => Some(resource),
            Entry::Defaults(resource) if query.is_none() => Some(resource),
            Entry::Defaults(_) | Entry::Redirect(_) => None,
        }
    }

    /// Makes something to send while a reader waits, with the headers of this site.
    pub fn resource(&self, draft: Draft) -> Resource {
        Resource::new(draft, &self.security, Effort::Quick)
    }

    /// What was made for queries before.
    pub fn queries(&self) -> &QueryCache {
        &self.queries
    }

    /// What was drawn before.
    pub fn drawings(&self) -> &QueryCache {
        &self.drawings
    }

    /// What pages are made from.
    pub fn shared(&self) -> Shared<'_> {
        Shared { content: &self.content, urls: &self.urls, assets: &self.assets }
    }

    /// Everything that can be found. Made when it is first needed, by [`Site::pack`] unless a reader
    /// is very early.
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
        suggestions::nearest(path, &self.pages)
            .into_iter()
            .map(|page| (page.title.clone(), self.urls.path(&page.path)))
            .collect()
    }
}
