//! Owns the frame around every page: head, header, navigation, breadcrumbs, footer. Templates
//! extend `base.html` and hold a [`Layout`] named `layout`. Knows nothing of what a page shows.

use jiff::civil::Date;

use super::{Shared, structured};
use crate::address;
use crate::content::SiteInfo;
use crate::date::spell_date;

/// The place of a page in the site, which the navigation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The whole guide, or a section of it.
    Guide,
    /// The comparison.
    Compare,
    /// The search.
    Search,
    /// The plan.
    Plan,
    /// The list of sources.
    Sources,
    /// None of the entries of the navigation.
    Elsewhere,
}

/// The style sheet of a page: one, because a browser on a telephone waits for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// Pages to read, with everything that a text may place.
    Text,
    /// The whole guide on one page.
    Whole,
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
            Self::Whole => "css/whole.css",
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
    /// Whether the page is a text of its own rather than a part of the site's machinery.
    pub(crate) is_article: bool,
    /// The address of the same as Markdown, for programs.
    pub(crate) markdown: Option<String>,
    /// What the page is about, in the words of schema.org.
    subjects: Vec<serde_json::Value>,
    /// Whether search engines may list the page.
    pub(crate) indexed: bool,
    /// The marked entry of the navigation, and whether it is this very page.
    place: (Place, bool),
    /// The pages above this one, from the home page down.
    pub(crate) crumbs: Vec<Crumb>,
    /// The last breadcrumb: this page.
    pub(crate) here: String,
    sheet: Sheet,
}

/// A page above the present one.
#[derive(Debug)]
pub(crate) struct Crumb {
    /// Its short name.
    pub(crate) text: String,
    /// Its address.
    pub(crate) href: String,
}

/// One entry of the main navigation.
#[derive(Debug)]
pub(crate) struct NavItem {
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
            place: (Place::Elsewhere, false),
            crumbs: vec![Crumb { text: short.clone(), href: shared.urls.path(address::HOME) }],
            here: here.to_owned(),
            sheet: Sheet::Text,
        }
    }

    /// With another style sheet than that of pages to read.
    pub(crate) fn dressed(mut self, sheet: Sheet) -> Self {
        self.sheet = sheet;
        self
    }

    /// The address of the page's style sheet.
    pub(crate) fn sheet(&self) -> &'a str {
        self.shared.assets.href(self.sheet.name())
    }

    /// Marks an entry of the navigation; `exactly` when the page is the one it leads to.
    pub(crate) fn at(mut self, place: Place, exactly: bool) -> Self {
        self.place = (place, exactly);
        self
    }

    /// Adds a page between the home page and this one.
    pub(crate) fn below(mut self, text: &str, path: &str) -> Self {
        self.crumbs.push(Crumb { text: text.to_owned(), href: self.shared.urls.path(path) });
        self
    }

    /// Without breadcrumbs, and with the title alone in the tab: for the home page.
    pub(crate) fn at_the_top(mut self, title: &str) -> Self {
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

    /// Says that the page is a text, and where it stands as Markdown.
    pub(crate) fn text_at(mut self, path: &str) -> Self {
        self.is_article = true;
        self.markdown = Some(self.shared.urls.path(path));
        self
    }

    /// What search engines read: what the page is about and where it stands.
    pub(crate) fn structured(&self) -> String {
        let mut graph = self.subjects.clone();
        if self.indexed {
            graph.extend(structured::breadcrumbs(self.shared, &self.crumbs, &self.here));
        }
        structured::script(&graph)
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
    pub(crate) fn pays(&self) -> bool {
        !self.shared.content.salaries.countries.is_empty()
    }

    /// The entries of the main navigation.
    pub(crate) fn navigation(&self) -> Vec<NavItem> {
        [
            ("Guide", address::WHOLE_GUIDE, Place::Guide),
            ("Compare pay", address::COMPARE, Place::Compare),
            ("Plan", address::PLAN, Place::Plan),
            ("Sources", address::SOURCES, Place::Sources),
            ("Search", address::SEARCH, Place::Search),
        ]
        .into_iter()
        .filter(|(_, _, place)| {
            // A guide without pay has nothing to compare.
            *place != Place::Compare || self.pays()
        })
        .filter(|(.., place)| *place != Place::Plan || self.shared.content.has_plan())
        .map(|(text, path, place)| NavItem {
            text,
            href: self.shared.urls.path(path),
            current: (self.place.0 == place).then_some(if self.place.1 { "page" } else { "true" }),
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
