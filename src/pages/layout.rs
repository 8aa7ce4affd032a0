//! Owns the frame around every page: head, header, menu, breadcrumbs, footer. The entry point is
//! [`Layout`]: templates that extend `base.html` have one named `layout`. Must not know what a page
//! shows.

use jiff::civil::Date;

use super::Shared;
use super::json_ld::{self, Crumb};
use crate::address;
use crate::content::SiteInfo;
use crate::date::spell_date;

/// An entry of the main menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MenuEntry {
    /// The whole guide, and every section of it.
    Guide,
    /// The comparison.
    Compare,
    /// The search.
    Search,
    /// The plan.
    Plan,
    /// The list of sources.
    Sources,
}

/// The style sheet of a page. A page has one alone, because a browser paints nothing before it has
/// them all, and each further one costs a telephone two round trips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// Pages to read, with everything that a text may place.
    Text,
    /// The whole guide on one page.
    WholeGuide,
    /// The comparison.
    Compare,
    /// The plan.
    Plan,
    /// The search, and pages that offer it.
    Search,
}

impl Sheet {
    /// Its source name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "css/text.css",
            Self::WholeGuide => "css/whole.css",
            Self::Compare => "css/compare.css",
            Self::Plan => "css/plan.css",
            Self::Search => "css/search.css",
        }
    }
}

/// What `base.html` needs.
#[derive(Debug)]
pub(crate) struct Layout<'a> {
    /// What all pages share.
    pub(crate) shared: Shared<'a>,
    /// The text of `<title>`.
    pub(crate) title: String,
    /// For search engines and previews.
    pub(crate) description: String,
    /// The absolute address of the page; none without a base URL or for pages without an address.
    pub(crate) canonical: Option<String>,
    /// The absolute address of its preview card; none where there is no canonical address.
    pub(crate) card: Option<String>,
    /// Whether the page is an article, for previews, rather than a list or a tool.
    pub(crate) is_article: bool,
    /// The address of the same as Markdown, for programs.
    pub(crate) markdown: Option<String>,
    /// What the page is about, in the words of schema.org.
    subjects: Vec<serde_json::Value>,
    /// Whether search engines may list the page.
    pub(crate) indexed: bool,
    /// The marked entry of the menu, if any, and whether this page is the one it leads to.
    menu: Option<(MenuEntry, bool)>,
    /// The pages above this one, from the home page down.
    pub(crate) crumbs: Vec<Crumb>,
    /// The last breadcrumb: this page.
    pub(crate) here: String,
    sheet: Sheet,
}

/// An entry of the main menu as a page shows it.
#[derive(Debug)]
pub(crate) struct MenuItem {
    /// What it says.
    pub(crate) text: &'static str,
    /// Where it leads.
    pub(crate) href: String,
    /// The value of `aria-current`.
    pub(crate) current: Option<&'static str>,
}

impl<'a> Layout<'a> {
    /// The frame of the page at `path`, named `title` in tabs and `here` in the breadcrumbs.
    pub(crate) fn new(
        shared: Shared<'a>,
        path: &str,
        title: &str,
        here: &str,
        description: &str,
    ) -> Self {
        let short = &shared.content.site.short_title;
        Self {
            shared,
            title: if title.starts_with(short.as_str()) {
                title.to_owned()
            } else {
                format!("{title} · {short}")
            },
            description: description.to_owned(),
            canonical: shared.urls.absolute(path),
            card: shared.urls.absolute(&address::card(path)),
            is_article: false,
            markdown: None,
            subjects: Vec::new(),
            indexed: true,
            menu: None,
            crumbs: vec![Crumb { text: short.clone(), href: shared.urls.path(address::HOME) }],
            here: here.to_owned(),
            sheet: Sheet::Text,
        }
    }

    /// With another style sheet than that of pages to read.
    pub(crate) fn with_sheet(mut self, sheet: Sheet) -> Self {
        self.sheet = sheet;
        self
    }

    /// The address of the page's style sheet.
    pub(crate) fn sheet(&self) -> &'a str {
        self.shared.assets.href(self.sheet.name())
    }

    /// Marks an entry of the menu; `is_its_page` when the page is the one it leads to.
    pub(crate) fn in_menu(mut self, entry: MenuEntry, is_its_page: bool) -> Self {
        self.menu = Some((entry, is_its_page));
        self
    }

    /// Adds a page between the home page and this one.
    pub(crate) fn with_parent(mut self, text: &str, path: &str) -> Self {
        self.crumbs.push(Crumb { text: text.to_owned(), href: self.shared.urls.path(path) });
        self
    }

    /// Without breadcrumbs, and with the title alone in the tab: for the home page.
    pub(crate) fn for_home(mut self, title: &str) -> Self {
        self.crumbs.clear();
        title.clone_into(&mut self.title);
        self
    }

    /// For pages that are no address of their own: not listed, without a canonical address.
    pub(crate) fn unlisted(mut self) -> Self {
        self.indexed = false;
        self.canonical = None;
        self.card = None;
        self
    }

    /// For a page that is for one reader alone: neither listed nor previewed. Its canonical address
    /// is that of the same without what is the reader's own.
    pub(crate) fn private(mut self) -> Self {
        self.indexed = false;
        self.card = None;
        self
    }

    /// Says what the page is about.
    pub(crate) fn about(mut self, subjects: impl IntoIterator<Item = serde_json::Value>) -> Self {
        self.subjects.extend(subjects);
        self
    }

    /// Says that the page is a text of its own, and at which path it stands as Markdown.
    pub(crate) fn for_article(mut self, path: &str) -> Self {
        self.is_article = true;
        self.markdown = Some(self.shared.urls.path(path));
        self
    }

    /// What search engines read: what the page is about and where it stands.
    pub(crate) fn json_ld(&self) -> String {
        let mut graph = self.subjects.clone();
        if self.indexed {
            graph.extend(json_ld::breadcrumbs(self.shared, &self.crumbs, &self.here));
        }
        json_ld::script(&graph)
    }

    pub(crate) fn site(&self) -> &'a SiteInfo {
        &self.shared.content.site
    }

    /// The date of the edition.
    pub(crate) fn date(&self) -> Day {
        self.site().date.into()
    }

    /// The address of a path of the site.
    pub(crate) fn path(&self, path: &str) -> String {
        self.shared.urls.path(path)
    }

    /// The address of an asset.
    pub(crate) fn asset(&self, name: &'a str) -> &'a str {
        self.shared.assets.href(name)
    }

    /// The address of the description for browsers that search by themselves; it needs absolute
    /// addresses, so that there is none without a base URL.
    pub(crate) fn opensearch(&self) -> Option<String> {
        self.shared.urls.absolute(address::OPENSEARCH)
    }

    /// A link of the content, which may be a path of this site.
    pub(crate) fn link(&self, href: &str) -> String {
        self.shared.link(href)
    }

    /// Whether the guide knows any pay.
    pub(crate) fn has_pay(&self) -> bool {
        !self.shared.content.salaries.countries.is_empty()
    }

    /// The main menu. A guide without pay has nothing to compare.
    pub(crate) fn menu(&self) -> Vec<MenuItem> {
        [
            ("Guide", address::WHOLE_GUIDE, MenuEntry::Guide, true),
            ("Compare pay", address::COMPARE, MenuEntry::Compare, self.has_pay()),
            ("Plan", address::PLAN, MenuEntry::Plan, self.shared.content.has_plan()),
            ("Sources", address::SOURCES, MenuEntry::Sources, true),
            ("Search", address::SEARCH, MenuEntry::Search, true),
        ]
        .into_iter()
        .filter(|(.., is_there)| *is_there)
        .map(|(text, path, entry, _)| MenuItem {
            text,
            href: self.shared.urls.path(path),
            current: self
                .menu
                .filter(|(marked, _)| *marked == entry)
                .map(|(_, is_its_page)| if is_its_page { "page" } else { "true" }),
        })
        .collect()
    }
}

/// A calendar day for `<time>`: how it is written and what stands in `datetime`.
#[derive(Clone, Debug)]
pub(crate) struct Day {
    /// "24 November 2026".
    pub(crate) text: String,
    /// "2026-11-24".
    pub(crate) notation: String,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { text: spell_date(date), notation: date.to_string() }
    }
}
