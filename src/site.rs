//! Owns the built site: every page, asset and feed, rendered, hashed and compressed, made once
//! from the content. The entry point is [`Site::build`]; a request is a look-up, [`Site::find`].
//! It must not know connections or requests.

pub mod assets;
pub mod cache;
pub mod compress;
mod feeds;
pub mod headers;
mod keeping;
pub(crate) mod parallel;
pub mod raster;
pub mod resource;
mod suggestions;
pub mod urls;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::OnceLock;

use bytes::Bytes;
use http::StatusCode;
use jiff::civil::Date;

use crate::api;
use crate::config::Config;
use crate::content::Content;
use crate::draw::diagram::Colours;
use crate::pages::card::icon::ICONS;
use crate::pages::{self, Asked, Finder, Shared};
use crate::pay::comparison::Selection;
use assets::{AssetError, AssetUrls, Assets};
use cache::QueryCache;
use compress::{Effort, Encoding};
use headers::{CachePolicy, Kind, Security};
use resource::{Draft, Resource, content_type};
use urls::Urls;

/// The comparison, which answers queries.
const COMPARE: &str = "/compare";
/// The search, which answers queries.
const SEARCH: &str = "/search";
/// The comparison for frames, which answers queries.
const EMBED: &str = "/embed/compare";

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

/// Why a site could not be built: a mistake in this program, since the content was checked.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A template failed.
    #[error("the page {path} cannot be rendered: {source}")]
    Page {
        /// Which page.
        path: String,
        /// What the template says.
        source: askama::Error,
    },
    /// A table cannot be written.
    #[error("the tables for programs cannot be written: {0}")]
    Tables(#[from] serde_json::Error),
    /// The files that come with the program do not fit together.
    #[error("the style sheets and scripts do not fit together: {0}")]
    Assets(#[from] AssetError),
}

/// Which template makes a page.
#[derive(Clone, Copy, Debug)]
enum Template {
    Home,
    About,
    Sources,
    WholeGuide,
    Section(usize),
    Country(usize),
    Compare,
    Plan,
}

impl Site {
    /// Renders and hashes everything that no query changes. What comes out is a function of the
    /// content and the settings alone.
    pub fn build(content: impl Into<Arc<Content>>, config: &Config) -> Result<Self, BuildError> {
        let content = content.into();
        let urls = Urls::new(config.base_url.as_ref());
        let security = Security::new(config.is_https()).framed_by(&config.frame_ancestors);
        let Assets { urls: assets, files } = Assets::embedded(&urls)?;

        let salaries = &content.salaries;
        let defaults = Selection::defaults(salaries);
        let asked = Asked { selection: &defaults, ignored: &[], today: config.today };
        let planned = plan(&content);
        let shared = Shared { content: &content, urls: &urls, assets: &assets };
        let rendered =
            parallel::map(&planned, |(page, template)| render(&shared, &asked, page, *template));
        let mut pages = Vec::with_capacity(planned.len());
        let mut drafts = Vec::with_capacity(planned.len() + files.len() + 8);
        for ((page, _), html) in planned.into_iter().zip(rendered) {
            drafts.push((page.path.clone(), Draft::page(html?)));
            pages.push(page);
        }
        let embed = pages::embed(&shared, &asked)
            .map_err(|source| BuildError::Page { path: EMBED.to_owned(), source })?;
        drafts.push((EMBED.to_owned(), Draft { kind: Kind::Embed, ..Draft::page(embed) }));
        let search = pages::search(&shared, None)
            .map_err(|source| BuildError::Page { path: SEARCH.to_owned(), source })?;
        drafts.push((SEARCH.to_owned(), Draft::page(search)));
        // The whole guide is rendered first because it takes longest; readers expect it later.
        pages.sort_by_key(|page| page.path == "/guide");

        drafts.push(keeping::offline(&shared)?);
        let file = keeping::file(&shared, &files)?;
        drafts.extend(files.into_iter().map(asset));
        drafts.extend(content.images.iter().map(|image| {
            let path = format!("/images/{}", image.name);
            let body = Bytes::copy_from_slice(&image.bytes);
            (path, other(Kind::Picture, content_type(&image.name), CachePolicy::Revalidate, body))
        }));
        drafts.extend(content.pictures.iter().map(|picture| {
            let svg = pages::picture(&shared, picture, Colours::LightAndDark).svg;
            let path = format!("/pictures/{}.svg", picture.id);
            (path, other(Kind::Picture, "image/svg+xml", CachePolicy::Revalidate, svg.into()))
        }));
        let context = api::Context { content: &content, urls: &urls, today: config.today };
        drafts.extend(api::tables(context)?.into_iter().map(|table| {
            let body = table.body.into();
            (table.path, other(Kind::Data, "application/json", CachePolicy::Hour, body))
        }));
        let port = config.listen.port();
        drafts.extend([
            feeds::sitemap(&pages, &urls, port),
            feeds::robots(&urls),
            feeds::feed(&content, &urls, port),
            feeds::llms(&content, &urls),
            feeds::manifest(&content, &urls),
        ]);
        drafts.extend(feeds::opensearch(&content.site.short_title, &urls));
        for (index, section) in content.sections.iter().enumerate() {
            let path = format!("/guide/{}.md", section.id);
            let body = pages::section_as_markdown(&shared, index)
                .map_err(|source| BuildError::Page { path: path.clone(), source })?;
            let kind = "text/markdown; charset=utf-8";
            drafts.push((path, other(Kind::Data, kind, CachePolicy::Hour, body.into())));
        }

        // With headers of their own.
        let singular = [file, keeping::worker(&shared, &drafts)?];
        let effort = Effort::for_total(drafts.iter().map(|(_, draft)| draft.body.len()).sum());
        let mut entries: HashMap<Box<str>, Entry> = drafts
            .into_iter()
            .map(|(path, draft)| {
                let resource = Box::new(Resource::new(draft, &security, effort));
                let queried = [COMPARE, EMBED, SEARCH].contains(&path.as_str());
                let entry = if queried { Entry::Defaults } else { Entry::Resource };
                (path.into(), entry(resource))
            })
            .collect();
        for (path, draft, headers) in singular {
            let resource = Resource::new(draft, &security, effort);
            let resource = headers
                .iter()
                .fold(resource, |resource, (name, value)| resource.with_header(name, value));
            entries.insert(path.into(), Entry::Resource(Box::new(resource)));
        }
        for redirect in &content.redirects {
            // The Markdown of a section has moved with it.
            let markdown = format!("{}.md", redirect.to);
            if redirect.from.starts_with("/guide/") && entries.contains_key(markdown.as_str()) {
                let from = format!("{}.md", redirect.from);
                entries.entry(from.into()).or_insert(Entry::Redirect(markdown));
            }
            entries
                .entry(redirect.from.as_str().into())
                .or_insert_with(|| Entry::Redirect(redirect.to.clone()));
        }
        Ok(Self {
            content,
            urls,
            assets,
            security,
            today: config.today,
            queries: QueryCache::default(),
            drawings: QueryCache::default(),
            entries,
            pages,
            finder: OnceLock::new(),
        })
    }

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

/// Every page of the site, with what takes longest first.
fn plan(content: &Content) -> Vec<(PageInfo, Template)> {
    let edition = content.site.date;
    let latest = content.sections.iter().map(|section| section.page.checked).max();
    let page = |path: &str, title: &str, checked: Date, template| {
        (PageInfo { path: path.to_owned(), title: title.to_owned(), checked }, template)
    };
    let home = &content.home;
    let about = &content.about;
    let mut pages = vec![
        page("/guide", "The whole guide", latest.unwrap_or(edition), Template::WholeGuide),
        page("/", &home.title, home.checked, Template::Home),
    ];
    pages.extend(content.sections.iter().enumerate().map(|(index, section)| {
        let path = format!("/guide/{}", section.id);
        page(&path, &section.page.title, section.page.checked, Template::Section(index))
    }));
    pages.extend(content.salaries.countries.iter().enumerate().map(|(index, country)| {
        let path = format!("/salaries/{}", country.code);
        let title = format!("Pay in {}", country.in_sentence);
        page(&path, &title, edition, Template::Country(index))
    }));
    pages.push(page(COMPARE, "Compare pay", edition, Template::Compare));
    if content.has_plan() {
        pages.push(page("/plan", "A plan of your own", edition, Template::Plan));
    }
    pages.push(page("/sources", "Sources", edition, Template::Sources));
    pages.push(page("/about", &about.title, about.checked, Template::About));
    pages
}

fn render(
    shared: &Shared<'_>,
    asked: &Asked<'_>,
    page: &PageInfo,
    template: Template,
) -> Result<String, BuildError> {
    match template {
        Template::Compare => pages::compare(shared, asked),
        Template::Home => pages::home(shared),
        Template::Plan => pages::plan(shared),
        Template::About => pages::about(shared),
        Template::Sources => pages::sources(shared),
        Template::WholeGuide => pages::guide(shared),
        Template::Section(index) => pages::section(shared, index),
        Template::Country(index) => {
            pages::country(shared, &shared.content.salaries.countries[index])
        }
    }
    .map_err(|source| BuildError::Page { path: page.path.clone(), source })
}

fn asset(file: assets::Asset) -> (String, Draft) {
    let draft = other(Kind::Asset, file.content_type, CachePolicy::Immutable, file.body);
    (file.path, draft)
}

fn other(kind: Kind, content_type: &'static str, policy: CachePolicy, body: Bytes) -> Draft {
    Draft { status: StatusCode::OK, kind, content_type, policy, body }
}
