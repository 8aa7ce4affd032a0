//! Owns the second half of reading Markdown: from events to fragments. What the program must
//! finish later (addresses, ids, data) goes through the HTML writer as numbered marks and is cut
//! out of its output.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd, html};

use super::super::Callouts;
use super::super::diagnostics::Code;
use super::super::directives::Directive;
use super::super::document::{Document, Fragment, Heading, PlainText, Target};
use super::super::links::Index;
use super::{MASK_END, MASK_START, Parsed};

/// What a page is rendered with.
#[derive(Clone, Copy, Debug)]
pub(in crate::content) struct Rendering<'a> {
    /// The page's file below the content folder.
    pub(in crate::content) path: &'a str,
    /// Where links may lead.
    pub(in crate::content) index: &'a Index<'a>,
    /// The words on callouts.
    pub(in crate::content) callouts: &'a Callouts,
}

impl Parsed<'_> {
    /// HTML fragments, headings and plain text. Problems go to the file's list.
    pub(in crate::content) fn render(&self, with: &Rendering<'_>) -> Document {
        let mut writer = Writer {
            parsed: self,
            with,
            out: Vec::with_capacity(self.events.len()),
            marks: Vec::new(),
            document: Document::default(),
            words: String::new(),
            footnotes: Vec::new(),
            numbers: HashMap::new(),
            open_footnotes: Vec::new(),
            ends: Vec::new(),
            columns: &[],
            to_come: &[],
            in_head: false,
        };
        let mut index = 0;
        while index < self.events.len() {
            index = writer.event(index);
        }
        writer.finish()
    }
}

struct Writer<'w, 'a> {
    parsed: &'w Parsed<'a>,
    with: &'w Rendering<'w>,
    out: Vec<Event<'w>>,
    marks: Vec<Fragment>,
    document: Document,
    /// All text of the page, for counting.
    words: String,
    /// Names of footnotes in order of reference, and their texts.
    footnotes: Vec<Footnote<'w>>,
    /// Where each stands in the list.
    numbers: HashMap<String, usize>,
    /// Where the definitions being read began in `out`, and their names.
    open_footnotes: Vec<(usize, String)>,
    /// What closes each open link, callout and cell.
    ends: Vec<CowStr<'w>>,
    /// How the columns of the table being read are aligned.
    columns: &'w [Alignment],
    /// The columns still to come in the row being read.
    to_come: &'w [Alignment],
    /// Whether that row is the head.
    in_head: bool,
}

#[derive(Default)]
struct Footnote<'w> {
    text: Vec<Event<'w>>,
    /// How often it is referred to.
    references: usize,
}

impl<'w> Writer<'w, '_> {
    fn raw(&mut self, html: impl Into<CowStr<'w>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn mark(&mut self, fragment: Fragment) -> String {
        self.marks.push(fragment);
        format!("{MASK_START}{}{MASK_END}", self.marks.len() - 1)
    }

    fn text(&mut self, text: &str) {
        self.words.push_str(text);
        let PlainText { text: plain, data } = self.plain();
        let after_data = data.last().is_some_and(|(place, _)| *place == plain.len());
        for (number, word) in text.split(char::is_whitespace).enumerate() {
            let begins = number == 1 && after_data;
            if number > 0 && (begins || !plain.is_empty() && !plain.ends_with(' ')) {
                plain.push(' ');
            }
            plain.push_str(word);
        }
    }

    /// The plain text that is being read: that below the last heading.
    fn plain(&mut self) -> &mut PlainText {
        match self.document.headings.last_mut() {
            Some(heading) => &mut heading.body,
            None => &mut self.document.intro,
        }
    }

    fn data(&mut self, directive: &Directive) {
        let plain = self.plain();
        plain.data.push((plain.text.len(), directive.clone()));
    }

    fn error(&self, code: Code, span: &Range<usize>, message: &str, help: &str) {
        let help = (!help.is_empty()).then(|| help.to_owned());
        self.parsed.file.error(code, span.clone(), message, help);
    }

    /// Writes one event, or several that belong together; gives the index of the next.
    fn event(&mut self, index: usize) -> usize {
        let (event, span) = &self.parsed.events[index];
        match event {
            Event::Start(Tag::Heading { .. }) => return self.heading(index),
            Event::Start(Tag::Image { .. }) => return self.image(index),
            Event::Start(Tag::Paragraph) if self.is_block_directive(index) => {
                let place = &self.parsed.events[index + 1].1;
                let directives = self.parsed.directives_in(place);
                if let Some(directive) = directives.first().and_then(|d| d.1.clone()) {
                    self.data(&directive);
                    let mark = self.mark(Fragment::Directive(directive));
                    self.raw(mark);
                }
                return index + 3;
            }
            Event::Start(tag) => self.start(tag, span, index),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text_event(text, span),
            Event::Code(code) => {
                let code = self.unmask(code, span);
                self.text(&code);
                self.out.push(Event::Code(code.into()));
            }
            Event::Html(_) | Event::InlineHtml(_) => {} // never passes, and was told
            Event::FootnoteReference(name) => self.footnote_reference(name),
            Event::TaskListMarker(done) => {
                let (label, glyph) = if *done { ("Done", "☑") } else { ("To do", "☐") };
                self.raw(format!(
                    "<span class=\"task\" role=\"img\" aria-label=\"{label}\">{glyph}</span> "
                ));
            }
            Event::SoftBreak | Event::HardBreak => {
                self.text(" ");
                self.out.push(event.clone());
            }
            _ => self.out.push(event.clone()),
        }
        index + 1
    }

    fn start(&mut self, tag: &'w Tag<'_>, span: &Range<usize>, index: usize) {
        match tag {
            Tag::Link { dest_url, title, link_type, .. } => {
                let href = match link_type {
                    pulldown_cmark::LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let target = self.resolve(&href, span);
                if self.parsed.plain_text(index).trim().is_empty() {
                    self.error(
                        Code::EmptyLink,
                        span,
                        "this link has no text",
                        "say where it leads",
                    );
                }
                let mark =
                    self.mark(Fragment::Href(target.unwrap_or(Target::Anchor(String::new()))));
                let title = if title.is_empty() {
                    String::new()
                } else {
                    format!(" title=\"{}\"", escape(title))
                };
                self.raw(format!("<a href=\"{mark}\"{title}>"));
                self.ends.push("</a>".into());
            }
            Tag::BlockQuote(Some(kind)) => {
                let words = self.with.callouts;
                let (class, label) = match kind {
                    BlockQuoteKind::Note => ("note", &words.note),
                    BlockQuoteKind::Tip => ("tip", &words.tip),
                    BlockQuoteKind::Important => ("important", &words.important),
                    BlockQuoteKind::Warning => ("warning", &words.warning),
                    BlockQuoteKind::Caution => ("caution", &words.caution),
                };
                let label = escape(label);
                self.raw(format!(
                    "<div class=\"callout callout-{class}\" role=\"note\" aria-label=\"{label}\">\
                     <p class=\"callout-label\">{label}</p>\n"
                ));
                self.ends.push("</div>\n".into());
            }
            Tag::BlockQuote(None) => {
                self.raw("<blockquote>\n");
                self.ends.push("</blockquote>\n".into());
            }
            Tag::Table(columns) => {
                let heads = self.table_heads(index);
                self.raw(format!(
                    "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table: {}\">\
                     <table>",
                    escape(&heads)
                ));
                self.columns = columns;
            }
            Tag::TableHead => {
                self.raw("<thead><tr>");
                self.to_come = self.columns;
                self.in_head = true;
            }
            Tag::TableRow => {
                self.raw("<tr>");
                self.to_come = self.columns;
                self.in_head = false;
            }
            Tag::TableCell => self.cell(index),
            Tag::CodeBlock(_) => {
                self.raw("<pre tabindex=\"0\"><code>");
            }
            Tag::FootnoteDefinition(name) => {
                self.open_footnotes.push((self.out.len(), name.to_string()));
            }
            Tag::HtmlBlock => {}
            tag => self.out.push(Event::Start(tag.clone())),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link | TagEnd::BlockQuote(_) | TagEnd::TableCell => {
                if let Some(end) = self.ends.pop() {
                    self.raw(end);
                }
            }
            TagEnd::TableHead => self.raw("</tr></thead><tbody>\n"),
            TagEnd::TableRow => self.raw("</tr>\n"),
            TagEnd::Table => self.raw("</tbody></table></div>\n"),
            TagEnd::CodeBlock => self.raw("</code></pre>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((start, name)) = self.open_footnotes.pop() {
                    let text = self.out.split_off(start);
                    let number = self.footnote(&name);
                    self.footnotes[number].text = text;
                }
            }
            TagEnd::HtmlBlock => {}
            tag => self.out.push(Event::End(tag)),
        }
        let block = !matches!(
            tag,
            TagEnd::Link
                | TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Image
        );
        if block {
            self.text(" ");
        }
    }

    /// Opens a cell. The corner above a column of names heads nothing, so it is no heading; and
    /// pages allow no `style` attribute, so alignment is a class.
    fn cell(&mut self, index: usize) {
        let column = self.to_come.split_first().map_or(Alignment::None, |(first, rest)| {
            self.to_come = rest;
            *first
        });
        let class = match column {
            Alignment::Right => " class=\"right\"",
            Alignment::Center => " class=\"middle\"",
            Alignment::Left | Alignment::None => "",
        };
        let heads = self.in_head && self.end_of(index) > index + 1;
        let name = if heads { "th" } else { "td" };
        let scope = if heads { " scope=\"col\"" } else { "" };
        self.raw(format!("<{name}{scope}{class}>"));
        self.ends.push(format!("</{name}>").into());
    }

    fn heading(&mut self, index: usize) -> usize {
        let (Event::Start(Tag::Heading { level, id, attrs, .. }), _) = &self.parsed.events[index]
        else {
            return index + 1;
        };
        let end = self.end_of(index);
        let text = self.parsed.plain_text(index);
        let id = id.as_ref().map_or_else(|| super::slug(&text), ToString::to_string);
        let aliases: Vec<String> = attrs
            .iter()
            .filter(|(key, _)| &**key == "alias")
            .filter_map(|(_, value)| value.as_ref())
            .flat_map(|value| value.split(',').map(str::to_owned))
            .collect();
        let level = *level as u8;
        let own = self.mark(Fragment::Id(id.clone()));
        self.raw(format!("<h{level} id=\"{own}\">"));
        for alias in &aliases {
            let alias = self.mark(Fragment::Id(alias.clone()));
            self.raw(format!("<span id=\"{alias}\" class=\"alias\"></span>"));
        }
        let above = self.plain();
        let (length, data) = (above.text.len(), above.data.len());
        let mut inner = index + 1;
        while inner < end {
            inner = self.event(inner);
        }
        // The words of a heading are its name, and no part of the text above it.
        let above = self.plain();
        above.text.truncate(length);
        above.data.truncate(data);
        let here = self.mark(Fragment::Href(Target::Anchor(id.clone())));
        let label = escape(&text);
        self.raw(format!(
            " <a class=\"anchor\" href=\"{here}\" aria-label=\"Link to this heading: {label}\">#\
             </a></h{level}>\n"
        ));
        self.words.push(' ');
        let body = PlainText::default();
        self.document.headings.push(Heading { level, id, aliases, text, body });
        end + 1
    }

    fn image(&mut self, index: usize) -> usize {
        let (Event::Start(Tag::Image { dest_url, title, .. }), span) = &self.parsed.events[index]
        else {
            return index + 1;
        };
        let alternative = self.parsed.plain_text(index);
        if alternative.trim().is_empty() {
            self.error(
                Code::MissingAlt,
                span,
                "this picture has no alternative text",
                "say between the brackets what it shows: ![what it shows](…)",
            );
        }
        let target = self.resolve(dest_url, span);
        match &target {
            Some(Target::Image(_)) | None => {}
            Some(_) => self.error(
                Code::MissingAsset,
                span,
                "pictures come from the folder images/ of the guide, not from elsewhere",
                "put the file there and write ../images/name.png",
            ),
        }
        if let Some(target @ Target::Image(_)) = target {
            let mark = self.mark(Fragment::Href(target));
            let title = if title.is_empty() {
                String::new()
            } else {
                format!(" title=\"{}\"", escape(title))
            };
            let alternative = escape(&alternative);
            self.raw(format!("<img src=\"{mark}\" alt=\"{alternative}\"{title} loading=\"lazy\">"));
        }
        self.end_of(index) + 1
    }

    fn text_event(&mut self, text: &'w str, span: &Range<usize>) {
        if !text.contains(MASK_START) {
            self.text(text);
            self.out.push(Event::Text(text.into()));
            return;
        }
        let parsed = self.parsed;
        let places = parsed.directives_in(span);
        if places.iter().any(|(_, directive)| directive.is_none()) {
            // Code shows the braces as they are written; a wrong directive was told.
            let text = self.unmask(text, span);
            self.text(&text);
            self.out.push(Event::Text(text.into()));
            return;
        }
        let mut rest = text;
        for (place, directive) in places {
            let Some((before, after)) = rest.split_once(MASK_START) else { break };
            let after = after.split_once(MASK_END).map_or("", |(_, after)| after);
            self.text(before);
            self.out.push(Event::Text(before.into()));
            if let Some(directive) = directive {
                if directive.is_block() {
                    self.error(
                        Code::MisplacedDirective,
                        place,
                        "this directive makes a block and stands inside a sentence",
                        "put it into a paragraph of its own",
                    );
                }
                self.data(directive);
                let mark = self.mark(Fragment::Directive(directive.clone()));
                self.raw(mark);
                self.words.push_str(" x ");
            }
            rest = after;
        }
        self.text(rest);
        self.out.push(Event::Text(rest.into()));
    }

    /// Where a footnote stands in the list: in order of reference.
    fn footnote(&mut self, name: &str) -> usize {
        let next = self.footnotes.len();
        let number = *self.numbers.entry(name.to_owned()).or_insert(next);
        if number == next {
            self.footnotes.push(Footnote::default());
        }
        number
    }

    fn footnote_reference(&mut self, name: &str) {
        let index = self.footnote(name);
        self.footnotes[index].references += 1;
        let number = index + 1;
        // The way back leads to the first reference.
        let here = match self.footnotes[index].references {
            1 => format!("fnref-{number}"),
            times => format!("fnref-{number}-{times}"),
        };
        let here = self.mark(Fragment::Id(here));
        let there = self.mark(Fragment::Href(Target::Anchor(format!("fn-{number}"))));
        self.raw(format!(
            "<sup class=\"fn\"><a id=\"{here}\" href=\"{there}\" \
             aria-label=\"Footnote {number}\">{number}</a></sup>"
        ));
    }

    fn finish(mut self) -> Document {
        let footnotes = std::mem::take(&mut self.footnotes);
        if !footnotes.is_empty() {
            self.raw("<ol class=\"footnotes\">");
            for (number, footnote) in (1..).zip(footnotes) {
                let here = self.mark(Fragment::Id(format!("fn-{number}")));
                let back = self.mark(Fragment::Href(Target::Anchor(format!("fnref-{number}"))));
                self.raw(format!("<li id=\"{here}\">"));
                self.out.extend(footnote.text);
                self.raw(format!(
                    "<a href=\"{back}\" aria-label=\"Back to reference {number}\">↩</a></li>"
                ));
            }
            self.raw("</ol>");
        }
        let mut page = String::new();
        html::push_html(&mut page, self.out.into_iter());
        self.document.words = self.words.split_whitespace().count();
        self.document.fragments = cut(&page, &self.marks);
        self.document
    }

    /// Whether a paragraph holds one block directive and nothing else.
    fn is_block_directive(&self, index: usize) -> bool {
        let events = &self.parsed.events;
        let (Some((Event::Text(text), span)), Some((Event::End(TagEnd::Paragraph), _))) =
            (events.get(index + 1), events.get(index + 2))
        else {
            return false;
        };
        let alone = text.starts_with(MASK_START)
            && text.find(MASK_END).is_some_and(|end| end + MASK_END.len_utf8() == text.len());
        alone
            && self.parsed.directives_in(span).first().is_some_and(|(_, directive)| {
                directive.as_ref().is_none_or(super::super::directives::Directive::is_block)
            })
    }

    /// Where a link leads; none, and a problem, when it leads nowhere.
    fn resolve(&self, href: &str, span: &Range<usize>) -> Option<Target> {
        if href.contains(MASK_START) {
            let message = "an address holds no directive";
            self.error(Code::MisplacedDirective, span, message, "write the address itself");
            return None;
        }
        self.with.index.resolve(self.with.path, &self.parsed.file, href, span.clone())
    }

    /// A text of code with its directives as they are written.
    fn unmask(&self, text: &str, span: &Range<usize>) -> String {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text;
        for (place, _) in self.parsed.directives_in(span) {
            let Some((before, after)) = rest.split_once(MASK_START) else { break };
            plain.push_str(before);
            plain.push_str(&self.parsed.file.text[place.clone()]);
            rest = after.split_once(MASK_END).map_or("", |(_, after)| after);
        }
        plain.push_str(rest);
        plain
    }

    fn end_of(&self, start: usize) -> usize {
        let mut depth = 0;
        for (index, (event, _)) in self.parsed.events.iter().enumerate().skip(start) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return index;
            }
        }
        self.parsed.events.len()
    }

    fn table_heads(&self, table: usize) -> String {
        let end = self.parsed.events[table..]
            .iter()
            .position(|(event, _)| matches!(event, Event::End(TagEnd::TableHead)))
            .map_or(table, |end| end + table);
        let heads: Vec<String> = (table..end)
            .filter(|&at| matches!(self.parsed.events[at].0, Event::Start(Tag::TableCell)))
            .map(|cell| self.parsed.plain_text(cell))
            .filter(|text| !text.trim().is_empty() && !text.contains(MASK_START))
            .collect();
        heads.join(", ")
    }
}

/// Cuts the numbered marks out of HTML.
fn cut(html: &str, marks: &[Fragment]) -> Vec<Fragment> {
    let mut fragments = Vec::with_capacity(marks.len() * 2 + 1);
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(MASK_START) {
        let Some((number, after)) = after.split_once(MASK_END) else { break };
        if !before.is_empty() {
            fragments.push(Fragment::Html(before.to_owned()));
        }
        fragments.extend(number.parse::<usize>().ok().and_then(|n| marks.get(n)).cloned());
        rest = after;
    }
    if !rest.is_empty() {
        fragments.push(Fragment::Html(rest.to_owned()));
    }
    fragments
}

/// Text as it may stand in an attribute or between tags.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}
