//! Owns what a page's Markdown must not do: slips that a parser takes in its stride and a reader
//! would see, such as a heading without a space or a table with a cell too few. The entry point is
//! [`Parsed::anchors`], which checks the page and gives what links may lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::super::diagnostics::Code;
use super::super::directives::Directive;
use super::super::hidden::is_hidden;
use super::super::tables::certifications::Certification;
use super::super::tables::is_id;
use super::{MASK_START, Parsed, slug};

/// Quotations and lists within one another.
const MAX_DEPTH: usize = 12;

impl Parsed<'_> {
    /// Notes what is wrong with the Markdown, and gives the anchors of the page: ids and aliases
    /// of its headings, and of the certifications it shows.
    pub(in crate::content) fn anchors(&self, certifications: &[Certification]) -> BTreeSet<String> {
        let mut check = Check {
            page: self,
            anchors: self.shown(certifications).map(|shown| shown.id.clone()).collect(),
            open: Vec::new(),
            within: [0; Open::Other as usize + 1],
            last_level: 1,
            columns: 0,
            defined: BTreeMap::new(),
            used: BTreeSet::new(),
            note: None,
        };
        for index in 0..self.events.len() {
            check.event(index);
        }
        check.footnotes();
        check.anchors
    }

    /// The certifications that the page shows.
    fn shown<'c>(
        &self,
        certifications: &'c [Certification],
    ) -> impl Iterator<Item = &'c Certification> {
        let groups: Vec<Option<&str>> = self
            .directives
            .iter()
            .filter_map(|(_, directive)| match directive {
                Some(Directive::Certifications(group)) => Some(group.as_deref()),
                _ => None,
            })
            .collect();
        certifications.iter().filter(move |certification| {
            groups.iter().any(|group| group.is_none_or(|group| group == certification.group))
        })
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
    note: Option<&'c str>,
}

impl<'c> Check<'c, '_> {
    fn error(
        &self,
        code: Code,
        at: usize,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) {
        self.page.file.error(code, at..at, message, help);
    }

    fn is_open(&self, open: Open) -> bool {
        self.within[open as usize] > 0
    }

    fn event(&mut self, index: usize) {
        let (event, span) = &self.page.events[index];
        match event {
            Event::Start(tag) => self.start(tag, span, index),
            Event::Text(text) => {
                self.hidden(text, span);
                self.text(span);
            }
            Event::InlineHtml(html) if !is_comment(html) => {
                self.raw_html(span.start);
            }
            Event::Html(_) if !self.is_open(Open::Html) => self.raw_html(span.start),
            Event::End(TagEnd::FootnoteDefinition) => {
                self.note = None;
                self.end();
            }
            Event::End(_) => self.end(),
            Event::FootnoteReference(name) => {
                // A note that only refers to itself is found by nobody.
                if self.note != Some(name) {
                    self.used.insert(name);
                }
                if self.is_open(Open::Link) || self.is_open(Open::Image) {
                    self.error(
                        Code::LinkSyntax,
                        span.start,
                        "a footnote stands inside a link",
                        "put it behind the link".to_owned(),
                    );
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
                    self.error(Code::DuplicateId, span.start, message, None);
                }
                self.note = Some(name);
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
            self.error(
                Code::NestedTooDeep,
                span.start,
                format!("more than {MAX_DEPTH} {what} within one another"),
                "nobody can follow this: make it flat".to_owned(),
            );
        }
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        classes: &[CowStr<'_>],
        attrs: &[(CowStr<'_>, Option<CowStr<'_>>)],
        span: &Range<usize>,
        index: usize,
    ) {
        let text = self.page.plain_text(index);
        let source = self.page.masked[span.clone()].trim_end();
        self.level(level, &text, span);
        if self.is_open(Open::Container) {
            self.error(
                Code::MisplacedHeading,
                span.start,
                "a heading stands inside a quotation, a list or a note",
                "end that first, or make the words bold".to_owned(),
            );
        }
        let mut wrong = false;
        let mut names: Vec<&str> = id.iter().map(|id| &***id).collect();
        let braces = source.rfind('{').map_or("", |at| &source[at..]);
        if names.len() + braces.matches(" #").count() > 1 {
            wrong = true;
            let help = "one id a heading; earlier ones as {#id alias=old-id}";
            self.error(
                Code::HeadingSyntax,
                span.start,
                "this heading has two ids",
                help.to_owned(),
            );
        }
        if text.trim_end().ends_with(" #") || text.trim_end().ends_with(" ##") {
            wrong = true;
            let help = "a heading needs no # behind it; the id comes last";
            self.error(
                Code::HeadingSyntax,
                span.start,
                "the signs behind this heading would be shown",
                help.to_owned(),
            );
        }
        if let Some(class) = classes.first() {
            wrong = true;
            let message = format!("headings have no classes: `.{class}`");
            self.error(Code::UnknownKey, span.start, message, "write {#id}".to_owned());
        }
        for (key, value) in attrs {
            if let ("alias", Some(value)) = (&**key, value) {
                names.extend(value.split(','));
            } else {
                wrong = true;
                self.error(
                    Code::UnknownKey,
                    span.start,
                    format!("a heading has no attribute `{key}`"),
                    "write `{#id alias=old-id}`".to_owned(),
                );
            }
        }
        if id.is_none() && !wrong && !text.contains("{#") {
            self.error(
                Code::HeadingWithoutId,
                span.start,
                format!("the heading “{}” has no id, so nobody can link to it", text.trim()),
                format!("write `{{#{}}}` at its end", slug(&text)),
            );
        }
        for name in names {
            self.anchor(name, span);
        }
    }

    fn anchor(&mut self, name: &str, span: &Range<usize>) {
        if name.contains(MASK_START) {
            self.error(
                Code::MisplacedDirective,
                span.start,
                "an id holds no directive",
                "write the id itself".to_owned(),
            );
            return;
        }
        if !is_id(name) {
            self.error(
                Code::BadId,
                span.start,
                format!("`{name}` is not written as an id"),
                format!("use lower-case letters, digits and hyphens: `{}`", slug(name)),
            );
        } else if ["main", "guide-contents", "page-contents", "notes"].contains(&name)
            || ["fn-", "fnref-", "note-", "cite-"].iter().any(|prefix| name.starts_with(prefix))
        {
            self.error(
                Code::BadId,
                span.start,
                format!("`#{name}` is used by the page itself"),
                "choose another id".to_owned(),
            );
        } else if self.anchors.contains(name) {
            self.error(
                Code::DuplicateId,
                span.start,
                format!("`#{name}` names another heading or a certification of this page already"),
                "give each heading its own id".to_owned(),
            );
        }
        self.anchors.insert(name.to_owned());
    }

    fn level(&mut self, level: HeadingLevel, text: &str, span: &Range<usize>) {
        let level = level as usize;
        if level == 1 {
            self.error(
                Code::SecondTitle,
                span.start,
                "a page has one level-one heading, and it is `title` above",
                "begin headings with `##`".to_owned(),
            );
        } else if level > self.last_level + 1 {
            self.error(
                Code::HeadingSkip,
                span.start,
                format!("a heading of level {level} follows one of level {}", self.last_level),
                format!("write `{}`", "#".repeat(self.last_level + 1)),
            );
        }
        self.last_level = level;
        if text.trim().is_empty() {
            let help = "write what follows, or delete it";
            self.error(Code::EmptyHeading, span.start, "this heading is empty", help.to_owned());
        }
    }

    /// Lines that are meant for a heading or a table and were taken for text.
    fn paragraph(&self, span: &Range<usize>) {
        let mut at = span.start;
        for line in self.page.masked[span.clone()].split_inclusive('\n') {
            let inner = line.trim_start_matches(['>', ' ', '\t']);
            let start = at + line.len() - inner.len();
            at += line.len();
            let signs = inner.bytes().take_while(|b| *b == b'#').count();
            if signs > 1 && !inner[signs..].trim().is_empty() {
                self.error(
                    Code::HeadingSyntax,
                    start,
                    "this is not read as a heading",
                    "a heading is two to six #, a space, its words, and {#id}".to_owned(),
                );
                return;
            }
            let trimmed = inner.trim_end();
            let rule = trimmed.contains("--")
                && trimmed.contains('|')
                && trimmed.bytes().all(|b| b"|-: ".contains(&b));
            if rule || trimmed.starts_with('|') && trimmed.len() > 1 {
                self.error(
                    Code::TableShape,
                    start,
                    "this is not read as a table",
                    "a table is a line of heads and right below it a line | --- | --- | with as \
                     many cells, without empty lines between the rows"
                        .to_owned(),
                );
                return;
            }
        }
    }

    fn table_row(&self, span: &Range<usize>) {
        let cells = cells(&self.page.masked[span.clone()]);
        if cells != self.columns {
            self.error(
                Code::TableShape,
                span.start,
                format!("this row has {cells} cells, and the head of the table {}", self.columns),
                "write as many, empty ones between two |; a | inside a cell is written \\|; a table \
                 ends with an empty line"
                    .to_owned(),
            );
        }
    }

    /// Characters that nobody sees, written as `&#x202E;`; as they are they were told with the file.
    fn hidden(&self, text: &str, span: &Range<usize>) {
        let written = &self.page.masked[span.clone()];
        // Directives are masked by such characters; one more than those was written by its number.
        let more = |c: char| text.matches(c).count() > written.matches(c).count();
        if let Some(hidden) = text.chars().find(|&c| is_hidden(c) && more(c)) {
            self.error(
                Code::HiddenCharacter,
                span.start,
                format!("a character that nobody sees: U+{:04X}", u32::from(hidden)),
                "delete it, and look whether more follow".to_owned(),
            );
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
            self.error(Code::MisplacedDirective, place.start, message, help.to_owned());
        }
        let text = &self.page.masked[span.clone()];
        self.stray(text, span.start);
    }

    /// Signs of Markdown that did not come to mean anything.
    fn stray(&self, text: &str, start: usize) {
        let page = self.page.masked;
        let found = |sign: &str| {
            text.match_indices(sign)
                .map(|(at, _)| at + start)
                .find(|at| !page[..*at].ends_with('\\'))
        };
        if let Some(at) = found("{#") {
            self.error(
                Code::HeadingSyntax,
                at,
                "an id stands at the end of a heading, and nowhere else",
                "a heading is two to six #, a space, its words, and one {#id}".to_owned(),
            );
        }
        if let Some(at) = found("[^") {
            let name = page[at + 2..].split(']').next().unwrap_or_default();
            if !name.is_empty() && !name.contains(char::is_whitespace) {
                self.error(
                    Code::UndefinedFootnote,
                    at,
                    format!("there is no footnote `{name}`"),
                    format!("define it in a line of its own: [^{name}]: …"),
                );
                return;
            }
        }
        for (sign, what) in [("**", "bold text"), ("`", "code"), ("~~", "struck text")] {
            if let Some(at) = found(sign) {
                self.error(
                    Code::StrayMarkup,
                    at,
                    format!("`{sign}` would be shown as it is: {what} that begins or ends nowhere"),
                    format!("close it in the same paragraph, or write \\{sign}"),
                );
                return;
            }
        }
        for sign in ["]", ")"] {
            let Some(at) = found(sign) else { continue };
            let rest = &page[at + 1..];
            let meant = if sign == "]" {
                rest.starts_with('(')
                    || rest.strip_prefix(" (").is_some_and(|rest| is_address(rest, ')'))
            } else {
                rest.strip_prefix('[').is_some_and(|rest| is_address(rest, ']'))
            };
            if meant {
                let line = page[..at].rfind('\n').map_or(0, |newline| newline + 1);
                let open = if sign == "]" { '[' } else { '(' };
                let from = page[line..at].rfind(open).map_or(at, |found| found + line);
                self.error(
                    Code::LinkSyntax,
                    from,
                    "this is not read as a link",
                    "a link is [its words](address), without a space between and in the address"
                        .to_owned(),
                );
                return;
            }
        }
    }

    fn no_directive_in(&self, title: &str, span: &Range<usize>) {
        self.hidden(title, span);
        if title.contains(MASK_START) {
            self.error(
                Code::MisplacedDirective,
                span.start,
                "the title of a link holds no directive",
                "write the words themselves".to_owned(),
            );
        }
    }

    fn raw_html(&self, at: usize) {
        self.error(
            Code::RawHtml,
            at,
            "HTML in Markdown is not passed through",
            "write Markdown, a directive, or put it into `code`".to_owned(),
        );
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
                self.error(
                    Code::RawHtml,
                    span.start + at,
                    "this comment does not end, and hides what follows",
                    "end it with -->".to_owned(),
                );
                return;
            };
            at += "<!--".len() + end + "-->".len();
        }
    }

    fn footnotes(&self) {
        for (name, span) in &self.defined {
            if !self.used.contains(name) {
                self.error(
                    Code::UnusedFootnote,
                    span.start,
                    format!("nothing refers to the footnote `{name}`"),
                    format!("write [^{name}] where it belongs, or delete it"),
                );
            }
        }
    }
}

fn is_comment(html: &str) -> bool {
    html.starts_with("<!--") && html.ends_with("-->")
}

/// Whether what stands before a closing bracket looks like the address of a link.
fn is_address(rest: &str, close: char) -> bool {
    let Some(address) = rest.split(['\n', close]).next() else { return false };
    !address.contains(' ')
        && (address.contains(".md")
            || address.contains("://")
            || address.starts_with(['/', '#']) && address.len() > 1)
}

/// The cells of a row as they are written.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut bars = 0;
    let mut last_is_bar = false;
    let mut escaped = false;
    for c in row.chars() {
        last_is_bar = c == '|' && !escaped;
        bars += usize::from(last_is_bar);
        escaped = c == '\\' && !escaped;
    }
    if last_is_bar { bars } else { bars + 1 }
}
