//! Owns what one Markdown page is after reading: HTML in fragments, headings, plain text, links.
//! All of them come from the same pass, so that contents, search and pages never disagree.
//! Must not know the HTML of headings, addresses of the site, or what directives show.

use crate::address;
use jiff::civil::Date;

use super::directives::Directive;
use super::href::Link;
use crate::id::SectionId;

/// A page with its front matter.
#[derive(Debug)]
pub struct Page {
    /// Its file in the content folder: "guide/skills.md".
    pub file: String,
    /// The only level-one heading.
    pub title: String,
    /// Short form for menus; the title where none is given.
    pub nav: String,
    /// Standfirst, line in contents lists, meta description.
    pub description: String,
    /// When its facts were last checked.
    pub checked: Date,
    /// One line shown under the title.
    pub status: Option<String>,
    /// The tool that goes with the page.
    pub next: Option<Link>,
    /// The text.
    pub document: Document,
    /// The same text as Markdown, without front matter and attributes of headings, for programs.
    pub markdown: Vec<MarkdownPiece>,
}

/// The text of a page.
#[derive(Debug, Default)]
pub struct Document {
    /// In order; joined, they are the HTML of the text.
    pub fragments: Vec<Fragment>,
    /// The plain text above the first heading, and the data in it.
    pub intro: PlainText,
    /// In order.
    pub headings: Vec<Heading>,
    /// Words of running text.
    pub words: usize,
}

/// A piece of a page's HTML. Ids, addresses and data are written by the pages: only they know where
/// the site is mounted, and which ids the sections of the whole guide share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// Ready HTML.
    Html(String),
    /// The value of an `href` or `src`, written and escaped by the page, which knows addresses.
    Href(Target),
    /// The value of the `id` of a footnote, written by the page.
    Id(String),
    /// A heading begins: its number in [`Document::headings`]. The page writes its tag, because the
    /// level and the id differ from page to page.
    HeadingStart(usize),
    /// That heading ends.
    HeadingEnd(usize),
    /// A table begins: what follows stands in its cells. Its tags are in the HTML.
    TableStart,
    /// The table ends.
    TableEnd,
    /// A place where the program puts data. Block directives stand outside any paragraph.
    Directive(Directive),
}

/// A piece of a page's Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkdownPiece {
    /// Markdown as the author wrote it.
    Text(String),
    /// The address of a link, written by the page.
    Href(Target),
    /// A place where the program puts data.
    Directive(Directive),
}

/// Where a link of the content leads; checked to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The home page.
    Home,
    /// The about page, perhaps at a heading.
    About(Option<String>),
    /// A section, perhaps at a heading.
    Section(SectionId, Option<String>),
    /// A path of the site itself, from its root, perhaps with query and fragment.
    Path(String),
    /// A heading of the same page.
    Anchor(String),
    /// A file of `images/`.
    Image(String),
    /// http, https or mailto.
    External(String),
}

impl Target {
    /// The path from the root of the site, or the address of another site; none for a heading of
    /// the same page.
    pub fn path(&self) -> Option<String> {
        let with = |path: String, anchor: &Option<String>| match anchor {
            Some(anchor) => format!("{path}#{anchor}"),
            None => path,
        };
        Some(match self {
            Self::Home => address::HOME.to_owned(),
            Self::About(anchor) => with(address::ABOUT.to_owned(), anchor),
            Self::Section(id, anchor) => with(address::section(id), anchor),
            Self::Path(path) | Self::External(path) => path.clone(),
            Self::Image(name) => address::image(name),
            Self::Anchor(_) => return None,
        })
    }
}

/// A section, or a heading of one, whose words are the name of an entry in a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingRef {
    /// The section.
    pub section: SectionId,
    /// The heading's anchor, or an earlier one of it.
    pub anchor: Option<String>,
}

impl HeadingRef {
    /// As a link leads there.
    pub fn target(&self) -> Target {
        Target::Section(self.section.clone(), self.anchor.clone())
    }
}

/// A heading of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Earlier anchors, which still lead here.
    pub aliases: Vec<String>,
    /// As plain text.
    pub text: String,
    /// The plain text below it up to the next heading, for search and descriptions.
    pub body: PlainText,
}

/// A text without markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainText {
    /// The words, a space between each two, and one on either side of data that has it.
    pub text: String,
    /// Where in the text, counted in bytes, the program puts which data, in order.
    pub data: Vec<(usize, Directive)>,
}

impl Document {
    /// The data that the text places, in order.
    pub fn directives(&self) -> impl Iterator<Item = &Directive> {
        self.fragments.iter().filter_map(|fragment| match fragment {
            Fragment::Directive(directive) => Some(directive),
            _ => None,
        })
    }

    /// The headings of the second level, which contents lists name.
    pub fn main_headings(&self) -> Vec<&Heading> {
        self.headings.iter().filter(|heading| heading.level == 2).collect()
    }
}

impl Page {
    /// Minutes to read at 230 words a minute (Brysbaert 2019: 238 for English non-fiction), at
    /// least one.
    pub fn reading_minutes(&self) -> usize {
        self.document.words.div_ceil(230).max(1)
    }
}
