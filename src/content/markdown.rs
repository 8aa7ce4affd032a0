//! Owns the reading of Markdown. A page is parsed once into events; [`Parsed::anchors`] gives what
//! links may lead to, and [`Parsed::render`] turns the same events into HTML fragments, headings
//! and plain text. Raw HTML never passes. Knows nothing of templates.

mod check;
mod links;
mod render;
mod source;

use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TextMergeWithOffset,
};

use super::Callouts;
use super::diagnostics::{Code, FileText};
use super::directives::{self, Directive, LoadedData};
use super::document::{Document, MarkdownPiece};
use super::links::Index;

/// Stands for a directive in what the Markdown parser sees: a private character that the parser
/// takes for text, padded to the length of the directive, so that all places in the file stay the
/// same.
const MASK_START: char = '\u{E000}';
const MASK_END: char = '\u{E001}';

/// A page as events, its directives read.
#[derive(Debug)]
pub(super) struct Parsed<'a> {
    file: FileText<'a>,
    /// What the Markdown parser saw.
    masked: &'a str,
    events: Vec<(Event<'a>, Range<usize>)>,
    /// In order of their places; none for a directive with a mistake, which has been reported, or
    /// in code.
    directives: Vec<(Range<usize>, Option<Directive>)>,
    /// Where the text begins, after the front matter.
    body: usize,
    /// Where links by reference say where they lead.
    definitions: Vec<Range<usize>>,
}

/// What a page is rendered with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rendering<'a> {
    /// The page's file below the content folder.
    pub(super) path: &'a str,
    /// Where links may lead.
    pub(super) index: &'a Index<'a>,
    /// The words on callouts.
    pub(super) callouts: &'a Callouts,
}

/// The text of a page with its directives masked, which [`Parsed`] borrows.
#[derive(Debug)]
pub(super) struct MaskedText {
    text: String,
    places: Vec<Range<usize>>,
    /// Braces that begin or end no directive.
    stray: Vec<usize>,
    body: usize,
}

impl MaskedText {
    /// Masks the directives of the text from `body` on.
    pub(super) fn new(text: &str, body: usize) -> Self {
        let mut masked = String::with_capacity(text.len());
        // Front matter becomes as many spaces, so that places in the file stay the same.
        masked.push_str(&" ".repeat(body));
        let mut places = Vec::new();
        let mut stray = Vec::new();
        let mut copied = body;
        let mut at = body;
        while let Some(braces) = text[at..].find(['{', '}']).map(|found| found + at) {
            let Some(end) = directive_end(text, braces) else {
                let double = ["{{", "}}"].iter().any(|pair| text[braces..].starts_with(pair));
                if double {
                    stray.push(braces);
                }
                at = braces + if double { 2 } else { 1 };
                continue;
            };
            masked.push_str(&text[copied..braces]);
            masked.push(MASK_START);
            masked.push_str(&"x".repeat(end - braces - MASK_START.len_utf8() * 2));
            masked.push(MASK_END);
            places.push(braces..end);
            (copied, at) = (end, end);
        }
        masked.push_str(&text[copied..]);
        Self { text: masked, places, stray, body }
    }
}

/// Where the directive that begins at a brace ends, if one does: on the same line, without
/// braces and code inside, and long enough to be masked.
fn directive_end(text: &str, start: usize) -> Option<usize> {
    let inside = text[start..].strip_prefix("{{")?;
    let length = inside.find(['{', '}', '`', '\n'])?;
    (inside[length..].starts_with("}}") && length >= 2).then_some(start + length + 4)
}

impl<'a> Parsed<'a> {
    /// Parses a page. `known` is what its directives may refer to.
    pub(super) fn new(file: FileText<'a>, masked: &'a MaskedText, known: &LoadedData<'_>) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_GFM;
        let undefined = |link: BrokenLink<'_>| -> Option<(CowStr<'a>, CowStr<'a>)> {
            report_undefined(&file, masked.body, &link);
            None
        };
        let body = &masked.text[masked.body..];
        let moved = |span: Range<usize>| span.start + masked.body..span.end + masked.body;
        let parser = Parser::new_with_broken_link_callback(body, options, Some(undefined));
        let definitions = parser.reference_definitions().iter();
        let definitions = definitions.map(|(_, link)| moved(link.span.clone())).collect();
        // The parser splits a text at signs that it did not use. A `**` is only found in whole
        // texts.
        let events: Vec<(Event<'a>, Range<usize>)> =
            TextMergeWithOffset::new(parser.into_offset_iter())
                .map(|(event, span)| (event, moved(span)))
                .collect();
        let code = code_spans(&events);
        let in_code = |at: usize| {
            let before = code.partition_point(|span| span.start <= at);
            before.checked_sub(1).is_some_and(|last| code[last].contains(&at))
        };
        let directives = masked.places.iter().map(|place| {
            let directive = (!in_code(place.start)).then(|| directives::parse(&file, place, known));
            (place.clone(), directive.flatten())
        });
        let directives = directives.collect();
        for &at in masked.stray.iter().filter(|&&at| !in_code(at)) {
            report_stray(&file, at);
        }
        Self { file, masked: &masked.text, events, directives, body: masked.body, definitions }
    }

    /// The page for readers, and its Markdown for programs. Problems go to the file's list.
    pub(super) fn render(&self, with: &Rendering<'_>) -> (Document, Vec<MarkdownPiece>) {
        let links = self.resolve_links(with);
        (self.document(&links, with.callouts), self.markdown_pieces(&links, with.callouts))
    }

    /// The directives within a place, in order.
    fn directives_in(&self, span: &Range<usize>) -> &[(Range<usize>, Option<Directive>)] {
        let from = self.directives.partition_point(|(place, _)| place.start < span.start);
        let to = self.directives.partition_point(|(place, _)| place.end <= span.end);
        self.directives.get(from..to).unwrap_or_default()
    }

    /// The plain text between a start event and its end.
    fn plain_text(&self, start: usize) -> String {
        let mut text = String::new();
        for (event, _) in &self.events[start..self.end_of(start)] {
            match event {
                Event::Text(part) | Event::Code(part) => text.push_str(part),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }

    /// Where the end of a start event stands.
    fn end_of(&self, start: usize) -> usize {
        let mut depth = 0;
        for (index, (event, _)) in self.events.iter().enumerate().skip(start) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return index;
            }
        }
        self.events.len()
    }
}

/// The places in order where braces stand for themselves: code, and comments.
fn code_spans(events: &[(Event<'_>, Range<usize>)]) -> Vec<Range<usize>> {
    events
        .iter()
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Code(_)
                    | Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
                    | Event::InlineHtml(_)
            )
        })
        .map(|(_, span)| span.clone())
        .collect()
}

fn report_stray(file: &FileText<'_>, at: usize) {
    let (message, help) = if file.text[at..].starts_with("}}") {
        (
            "no directive ends here",
            "a directive is {{name …}}; put braces meant as such into `code`",
        )
    } else {
        (
            "the directive that begins here does not end on its line",
            "close it with }}, or put braces meant as such into `code`",
        )
    };
    file.error(Code::UnclosedDirective, at, message).help(help);
}

const CALLOUTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// What the parser takes for a link by reference and finds no definition of.
fn report_undefined(file: &FileText<'_>, body: usize, link: &BrokenLink<'_>) {
    let error = |code, message: String| file.error(code, link.span.start + body, message);
    if let Some(kind) = link.reference.strip_prefix('!') {
        if CALLOUTS.iter().any(|known| kind.eq_ignore_ascii_case(known)) {
            let message = format!("`[!{kind}]` does not begin a callout here");
            error(Code::UnknownCallout, message)
                .help("it stands alone on the first line of a quotation: `> [!NOTE]`");
        } else {
            error(Code::UnknownCallout, format!("there is no kind of callout `{kind}`"))
                .suggest(kind, CALLOUTS);
        }
    } else if link.reference.contains(MASK_START) {
        error(Code::MisplacedDirective, "the name of a link holds no directive".to_owned())
            .help("write the address itself: [words](page.md)");
    } else if !matches!(link.link_type, LinkType::Shortcut | LinkType::ShortcutUnknown) {
        // Shortcuts such as [sic] are ordinary brackets; the other forms are meant as links.
        error(Code::UndefinedReference, format!("there is no link reference `{}`", link.reference))
            .help(format!("define it: `[{}]: …`", link.reference));
    }
}

/// A kind of callout as `site.toml` and style sheets name it.
fn callout_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// An id made from a text.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}
