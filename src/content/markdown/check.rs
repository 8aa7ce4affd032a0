//! Owns the checks of a page's Markdown for mistakes that the parser accepts and a reader would
//! see, such as a heading without a space. The entry point is [`Parsed::anchors`].

mod headings;
mod stray_markup;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::diagnostics::{Code, Reported};
use super::super::directives::Directive;
use super::super::tables::certifications::Certification;
use super::{MASK_START, Parsed};
use crate::text::invisible::is_invisible;

/// Quotations and lists within one another.
const MAX_DEPTH: usize = 12;

impl Parsed<'_> {
    /// Reports what is wrong with the Markdown, and gives the anchors of the page: ids and aliases
    /// of its headings, and of the certifications it shows.
    pub(in crate::content) fn anchors(&self, certifications: &[Certification]) -> BTreeSet<String> {
        let mut check = Check {
            page: self,
            anchors: certifications
                .iter()
                .filter(|certification| self.shows(certification))
                .map(|certification| certification.id.clone())
                .collect(),
            open: Vec::new(),
            within: [0; Open::Other as usize + 1],
            last_level: 1,
            columns: 0,
            defined: BTreeMap::new(),
            used: BTreeSet::new(),
            footnote: None,
        };
        for index in 0..self.events.len() {
            check.event(index);
        }
        check.footnotes();
        check.anchors
    }

    fn shows(&self, certification: &Certification) -> bool {
        self.directives
            .iter()
            .filter_map(|(_, found)| found.as_ref())
            .any(|d| d.shows(certification))
    }
}

/// What an open element forbids to those within it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Heading,
    Link,
    Image,
    Code,
    Html,
    /// Quotations, lists and the like, in which no heading stands.
    Container,
    Emphasis,
    Other,
}

struct Check<'c, 'a> {
    page: &'c Parsed<'a>,
    anchors: BTreeSet<String>,
    open: Vec<Open>,
    /// How many of each kind are open.
    within: [usize; Open::Other as usize + 1],
    last_level: usize,
    /// Of the table being read.
    columns: usize,
    defined: BTreeMap<&'c str, Range<usize>>,
    used: BTreeSet<&'c str>,
    /// The footnote being read.
    footnote: Option<&'c str>,
}

impl<'c> Check<'c, '_> {
    fn error(&self, code: Code, at: usize, message: impl Into<String>) -> Reported<'_> {
        self.page.file.error(code, at, message)
    }

    fn is_open(&self, open: Open) -> bool {
        self.within[open as usize] > 0
    }

    fn event(&mut self, index: usize) {
        let (event, span) = &self.page.events[index];
        match event {
            Event::Start(tag) => self.start(tag, span, index),
            Event::Text(text) => {
                self.invisible(text, span);
                self.text(span);
            }
            Event::InlineHtml(html) if !is_comment(html) => {
                self.raw_html(span.start);
            }
            Event::Html(_) if !self.is_open(Open::Html) => self.raw_html(span.start),
            Event::End(TagEnd::FootnoteDefinition) => {
                self.footnote = None;
                self.end();
            }
            Event::End(_) => self.end(),
            Event::FootnoteReference(name) => {
                // A reader would never reach a footnote that only refers to itself.
                if self.footnote != Some(name) {
                    self.used.insert(name);
                }
                if self.is_open(Open::Link) || self.is_open(Open::Image) {
                    self.error(Code::LinkSyntax, span.start, "a footnote stands inside a link")
                        .help("put it behind the link");
                }
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        if let Some(open) = self.open.pop() {
            self.within[open as usize] -= 1;
        }
    }

    fn start(&mut self, tag: &'c Tag<'_>, span: &Range<usize>, index: usize) {
        let open = match tag {
            Tag::Heading { level, id, classes, attrs } => {
                self.heading(*level, id.as_ref(), classes, attrs, span, index);
                Open::Heading
            }
            Tag::Paragraph => {
                self.paragraph(span);
                Open::Other
            }
            Tag::Link { title, .. } => {
                self.no_directive_in(title, span);
                Open::Link
            }
            Tag::Image { title, .. } => {
                self.no_directive_in(title, span);
                Open::Image
            }
            Tag::CodeBlock(_) => Open::Code,
            Tag::HtmlBlock => {
                self.html_block(span);
                Open::Html
            }
            Tag::Table(columns) => {
                self.columns = columns.len();
                Open::Other
            }
            Tag::TableRow => {
                self.table_row(span);
                Open::Other
            }
            Tag::FootnoteDefinition(name) => {
                if self.defined.insert(name, span.clone()).is_some() {
                    let message = format!("the footnote `{name}` is defined twice");
                    self.error(Code::DuplicateId, span.start, message);
                }
                self.footnote = Some(name);
                Open::Container
            }
            Tag::BlockQuote(_) | Tag::List(_) | Tag::DefinitionList => Open::Container,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => Open::Emphasis,
            _ => Open::Other,
        };
        self.open.push(open);
        self.within[open as usize] += 1;
        let what = match open {
            Open::Container => "quotations and lists",
            Open::Emphasis => "signs of emphasis",
            _ => return,
        };
        if self.within[open as usize] == MAX_DEPTH + 1 {
            let message = format!("more than {MAX_DEPTH} {what} within one another");
            self.error(Code::NestedTooDeep, span.start, message)
                .help("nobody can follow this: make it flat");
        }
    }

    /// Invisible characters that are written as `&#x202E;`. Those that stand in the file themselves
    /// have been reported with the file.
    fn invisible(&self, text: &str, span: &Range<usize>) {
        let written = &self.page.masked[span.clone()];
        // Directives are masked by such characters; one more than those was written by its number.
        let more = |c: char| text.matches(c).count() > written.matches(c).count();
        if let Some(found) = text.chars().find(|&c| is_invisible(c) && more(c)) {
            let message = format!("a character that nobody sees: U+{:04X}", u32::from(found));
            self.error(Code::HiddenCharacter, span.start, message)
                .help("delete it, and look whether more follow");
        }
    }

    fn text(&self, span: &Range<usize>) {
        if self.is_open(Open::Code) || self.is_open(Open::Html) {
            return;
        }
        for (place, directive) in self.page.directives_in(span) {
            let makes_link = !matches!(directive, Some(Directive::Pay(..)));
            let (message, help) = if self.is_open(Open::Image) {
                ("alternative text holds no directive", "write the words themselves")
            } else if self.is_open(Open::Heading) {
                (
                    "a heading holds no directive: contents and links need its plain text",
                    "write the words themselves",
                )
            } else if self.is_open(Open::Link) && makes_link {
                ("this directive makes a link, and stands inside one", "put it behind the link")
            } else {
                continue;
            };
            self.error(Code::MisplacedDirective, place.start, message).help(help);
        }
        let text = &self.page.masked[span.clone()];
        self.stray(text, span.start);
    }

    fn no_directive_in(&self, title: &str, span: &Range<usize>) {
        self.invisible(title, span);
        if title.contains(MASK_START) {
            let message = "the title of a link holds no directive";
            self.error(Code::MisplacedDirective, span.start, message)
                .help("write the words themselves");
        }
    }

    fn raw_html(&self, at: usize) {
        self.error(Code::RawHtml, at, "HTML in Markdown is not passed through")
            .help("write Markdown, a directive, or put it into `code`");
    }

    /// Comments are dropped, and nothing else of HTML is allowed.
    fn html_block(&self, span: &Range<usize>) {
        let html = &self.page.masked[span.clone()];
        let mut at = 0;
        loop {
            let rest = &html[at..];
            let blank = rest.len() - rest.trim_start_matches(['>', ' ', '\t', '\r', '\n']).len();
            let rest = &rest[blank..];
            at += blank;
            if rest.is_empty() {
                return;
            }
            let Some(comment) = rest.strip_prefix("<!--") else {
                self.raw_html(span.start + at);
                return;
            };
            let Some(end) = comment.find("-->") else {
                let message = "this comment does not end, and hides what follows";
                self.error(Code::RawHtml, span.start + at, message).help("end it with -->");
                return;
            };
            at += "<!--".len() + end + "-->".len();
        }
    }

    fn footnotes(&self) {
        for (name, span) in &self.defined {
            if !self.used.contains(name) {
                let message = format!("nothing refers to the footnote `{name}`");
                self.error(Code::UnusedFootnote, span.start, message)
                    .help(format!("write [^{name}] where it belongs, or delete it"));
            }
        }
    }
}

fn is_comment(html: &str) -> bool {
    html.starts_with("<!--") && html.ends_with("-->")
}
