//! Owns how a site is built from its content: what is rendered, in which order, and what stands at
//! which path. The entry point is [`Site::build`]. Must not know requests.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use jiff::civil::Date;

use super::assets::{Asset, Assets};
use super::cache::QueryCache;
use super::compress::Effort;
use super::headers::{CachePolicy, Kind, Security};
use super::placed::{BuildError, Placed, PlacedWithHeaders};
use super::resource::{Draft, Resource};
use super::{Entry, PageInfo, Site, feeds, offline, parallel, single_file};
use crate::address::{self, Query, Urls};
use crate::config::Config;
use crate::content::Content;
use crate::draw::diagram::Colours;
use crate::pages::{self, Asked, Shared};
use crate::pay::comparison::Selection;
use crate::{api, media_type};

/// Which function of [`pages`] renders a page.
#[derive(Clone, Copy, Debug)]
enum PageKind {
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
    /// Renders and hashes everything that no query changes. The result is a function of the content
    /// and the settings alone, the calendar day among them, so that replicas answer alike.
    pub fn build(content: impl Into<Arc<Content>>, config: &Config) -> Result<Self, BuildError> {
        let content = content.into();
        let urls = Urls::new(config.base_url.as_ref());
        let security = Security::new(config.is_https()).framed_by(&config.frame_ancestors);
        let Assets { urls: assets, files } = Assets::embedded(&urls)?;

        let shared = Shared { content: &content, urls: &urls, assets: &assets };
        let builder = Builder { shared, today: config.today, port: config.listen.port() };
        let (pages, mut drafts) = builder.pages()?;
        drafts.extend(builder.pages_apart()?);
        drafts.extend(builder.images());
        drafts.extend(builder.pictures());
        drafts.extend(builder.tables()?);
        drafts.extend(builder.feeds(&pages)?);
        drafts.extend(builder.sections_as_markdown()?);
        let single_file = single_file::draft(&shared, &files)?;
        drafts.extend(files.into_iter().map(asset));
        // Last, because its version is a hash of all others.
        let worker = offline::worker(&shared, &drafts)?;

        let mut entries = entries(drafts, [single_file, worker], &security);
        add_redirects(&content, &mut entries);
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
}

/// What the steps of a build share.
struct Builder<'a> {
    shared: Shared<'a>,
    today: Date,
    /// Stands in addresses that must be absolute where no base URL is set.
    port: u16,
}

impl Builder<'_> {
    /// The pages that people read, in their order, and each as a draft.
    fn pages(&self) -> Result<(Vec<PageInfo>, Vec<Placed>), BuildError> {
        let planned = list_pages(self.shared.content);
        let rendered = parallel::map(&planned, |(page, kind)| self.render(*kind, &page.path));
        let mut drafts = Vec::with_capacity(planned.len());
        let mut pages = Vec::with_capacity(planned.len());
        for ((page, _), html) in planned.into_iter().zip(rendered) {
            drafts.push((page.path.clone(), Draft::page(html?)));
            pages.push(page);
        }
        // The whole guide was first because it takes longest; the list of pages ends with it.
        pages.sort_by_key(|page| page.path == address::WHOLE_GUIDE);
        Ok((pages, drafts))
    }

    fn render(&self, kind: PageKind, path: &str) -> Result<String, BuildError> {
        let shared = &self.shared;
        match kind {
            PageKind::Compare => self.with_defaults(pages::compare),
            PageKind::Home => pages::home(shared),
            PageKind::Plan => pages::plan(shared),
            PageKind::About => pages::about(shared),
            PageKind::Sources => pages::sources(shared),
            PageKind::WholeGuide => pages::guide(shared),
            PageKind::Section(index) => pages::section(shared, index),
            PageKind::Country(index) => {
                pages::country(shared, &shared.content.salaries.countries[index])
            }
        }
        .map_err(BuildError::page(path))
    }

    /// A comparison as it is when nothing is chosen.
    fn with_defaults(
        &self,
        render: fn(&Shared<'_>, &Asked<'_>) -> askama::Result<String>,
    ) -> askama::Result<String> {
        let defaults = Selection::defaults(&self.shared.content.salaries);
        render(&self.shared, &Asked { selection: &defaults, ignored: &[], today: self.today })
    }

    /// The pages that no list of pages names.
    fn pages_apart(&self) -> Result<[Placed; 3], BuildError> {
        let embed =
            self.with_defaults(pages::embed).map_err(BuildError::page(address::EMBED_COMPARE))?;
        let embed = Draft { kind: Kind::Embed, ..Draft::page(embed) };
        let search =
            pages::search(&self.shared, None).map_err(BuildError::page(address::SEARCH))?;
        Ok([
            (address::EMBED_COMPARE.to_owned(), embed),
            (address::SEARCH.to_owned(), Draft::page(search)),
            offline::page(&self.shared)?,
        ])
    }

    /// The images of the content.
    fn images(&self) -> impl Iterator<Item = Placed> {
        self.shared.content.images.iter().map(|image| {
            let kind = media_type::of_name(&image.name);
            let body = Bytes::copy_from_slice(&image.bytes);
            let draft = Draft::new(Kind::Picture, kind, CachePolicy::Revalidate, body);
            (address::image(&image.name), draft)
        })
    }

    /// The pictures that the program draws. Their PNGs are drawn when somebody asks.
    fn pictures(&self) -> impl Iterator<Item = Placed> {
        self.shared.content.pictures.iter().map(|picture| {
            let svg = pages::picture(&self.shared, picture, Colours::LightAndDark).svg;
            let draft = Draft::new(Kind::Picture, "image/svg+xml", CachePolicy::Revalidate, svg);
            (address::picture_svg(&picture.id), draft)
        })
    }

    /// The tables for programs that no query changes.
    fn tables(&self) -> Result<impl Iterator<Item = Placed>, BuildError> {
        let Shared { content, urls, .. } = self.shared;
        let tables = api::tables(api::Context { content, urls, today: self.today })?;
        Ok(tables
            .into_iter()
            .map(|table| (table.path, Draft::data("application/json", table.body))))
    }

    /// What programs look for that read no pages.
    fn feeds(&self, pages: &[PageInfo]) -> Result<impl Iterator<Item = Placed>, BuildError> {
        let Shared { content, urls, .. } = self.shared;
        let feeds = [
            feeds::sitemap(pages, urls, self.port),
            feeds::robots(urls),
            feeds::feed(content, urls, self.port)?,
            feeds::llms(content, urls),
            feeds::manifest(content, urls),
        ];
        Ok(feeds.into_iter().chain(feeds::opensearch(&content.site.short_title, urls)))
    }

    /// Each section for programs that read text.
    fn sections_as_markdown(&self) -> Result<Vec<Placed>, BuildError> {
        let sections = self.shared.content.sections.iter().enumerate();
        let markdown = sections.map(|(index, section)| {
            let path = address::section_markdown(&section.id);
            let text = pages::section_as_markdown(&self.shared, index)
                .map_err(BuildError::page(path.as_str()))?;
            Ok((path, Draft::data("text/markdown; charset=utf-8", text)))
        });
        markdown.collect()
    }
}

/// Every page that people read, with what takes longest to render first.
fn list_pages(content: &Content) -> Vec<(PageInfo, PageKind)> {
    let edition = content.site.date;
    let latest = content.sections.iter().map(|section| section.page.checked).max();
    let page = |path: &str, title: &str, checked: Date, kind| {
        (PageInfo { path: path.to_owned(), title: title.to_owned(), checked }, kind)
    };
    let Content { home, about, .. } = content;
    let whole = latest.unwrap_or(edition);
    let mut pages = vec![
        page(address::WHOLE_GUIDE, "The whole guide", whole, PageKind::WholeGuide),
        page(address::HOME, &home.title, home.checked, PageKind::Home),
    ];
    pages.extend(content.sections.iter().enumerate().map(|(index, section)| {
        let path = address::section(&section.id);
        page(&path, &section.page.title, section.page.checked, PageKind::Section(index))
    }));
    pages.extend(content.salaries.countries.iter().enumerate().map(|(index, country)| {
        let path = address::country(&country.code);
        let title = format!("Pay in {}", country.in_sentence);
        page(&path, &title, edition, PageKind::Country(index))
    }));
    pages.push(page(address::COMPARE, "Compare pay", edition, PageKind::Compare));
    if content.has_plan() {
        pages.push(page(address::PLAN, "A plan of your own", edition, PageKind::Plan));
    }
    pages.push(page(address::SOURCES, "Sources", edition, PageKind::Sources));
    pages.push(page(address::ABOUT, &about.title, about.checked, PageKind::About));
    pages
}

/// What answers at each path.
fn entries(
    drafts: Vec<Placed>,
    with_headers: [PlacedWithHeaders; 2],
    security: &Security,
) -> HashMap<Box<str>, Entry> {
    let effort = Effort::for_total(drafts.iter().map(|(_, draft)| draft.body.len()).sum());
    let plain = drafts.into_iter().map(|(path, draft)| {
        let resource = Box::new(Resource::new(draft, security, effort));
        let takes_query = address::query_of(&path) != Query::None;
        let entry = if takes_query { Entry::Defaults } else { Entry::Resource };
        (path.into(), entry(resource))
    });
    let with_headers = with_headers.into_iter().map(|(path, draft, headers)| {
        let resource = Resource::new(draft, security, effort);
        let resource = headers
            .iter()
            .fold(resource, |resource, (name, value)| resource.with_header(name, value));
        (path.into(), Entry::Resource(Box::new(resource)))
    });
    plain.chain(with_headers).collect()
}

/// Adds the redirects of the content. What stands at a path already is never replaced.
fn add_redirects(content: &Content, entries: &mut HashMap<Box<str>, Entry>) {
    for redirect in &content.redirects {
        // The Markdown of a section has moved with it.
        let markdown = format!("{}.md", redirect.to);
        if address::section_of(&redirect.from).is_some() && entries.contains_key(markdown.as_str())
        {
            let from = format!("{}.md", redirect.from);
            entries.entry(from.into()).or_insert(Entry::Redirect(markdown));
        }
        entries
            .entry(redirect.from.as_str().into())
            .or_insert_with(|| Entry::Redirect(redirect.to.clone()));
    }
}

fn asset(file: Asset) -> Placed {
    (file.path, Draft::new(Kind::Asset, file.content_type, CachePolicy::Immutable, file.body))
}
