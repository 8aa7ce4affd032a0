//! Owns the writing of events as HTML fragments. What a page must finish later (headings,
//! addresses, ids, data) goes through the HTML writer as numbered marks, at which its output is
//! cut. The entry point is [`Parsed::document`].

mod footnotes;
mod marks;
mod tables;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

use super::super::Callouts;
use super::super::diagnostics::{Code, Reported};
use super::super::directives::Directive;
use super::super::document::{Document, Fragment, Heading, PlainText, Target};
use super::links::{Links, target_or_nowhere};
use super::{MASK_END, MASK_START, Parsed, callout_name};
use footnotes::Footnotes;
use marks::Marks;
use tables::Table;

impl Parsed<'_> {
    /// HTML fragments, headings and plain text. Problems go to the file's list.
    pub(super) fn document(&self, links: &Links, callouts: &Callouts) -> Document {
        let mut writer = Writer {
            parsed: self,
            links,
            callouts,
            out: Vec::with_capacity(self.events.len()),
            marks: Marks::default(),
            document: Document::default(),
            words: String::new(),
            footnotes: Footnotes::default(),
            ends: Vec::new(),
            table: Table::default(),
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
    links: &'w Links,
    callouts: &'w Callouts,
    out: Vec<Event<'w>>,
    marks: Marks,
    document: Document,
    /// All text of the page, for counting.
    words: String,
    footnotes: Footnotes<'w>,
    /// What closes each open link, callout and cell.
    ends: Vec<CowStr<'w>>,
    table: Table<'w>,
}

impl<'w> Writer<'w, '_> {
    fn raw(&mut self, html: impl Into<CowStr<'w>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    /// What stands in the HTML for a fragment until it is cut out.
    fn mark(&mut self, fragment: Fragment) -> String {
        self.marks.add(fragment)
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

    fn error(&self, code: Code, span: &Range<usize>, message: &str) -> Reported<'_> {
        self.parsed.file.error(code, span.start, message)
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
            Event::Html(_) | Event::InlineHtml(_) => {} // refused everywhere, which was reported
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
            Tag::Link { title, .. } => {
                if self.parsed.plain_text(index).trim().is_empty() {
                    self.error(Code::EmptyLink, span, "this link has no text")
                        .help("say where it leads");
                }
                let mark = self.mark(Fragment::Href(target_or_nowhere(self.links, index)));
                let title = title_attribute(title);
                self.raw(format!("<a href=\"{mark}\"{title}>"));
                self.ends.push("</a>".into());
            }
            Tag::BlockQuote(Some(kind)) => {
                let kind = callout_name(*kind);
                let label = escape(self.callouts.word(kind));
                self.raw(format!(
                    "<div class=\"callout callout-{kind}\" role=\"note\" aria-label=\"{label}\">\
                     <p class=\"callout-label\">{label}</p>\n"
                ));
                self.ends.push("</div>\n".into());
            }
            Tag::BlockQuote(None) => {
                self.raw("<blockquote>\n");
                self.ends.push("</blockquote>\n".into());
            }
            Tag::Table(columns) => self.table(columns, index),
            Tag::TableHead => self.row(true),
            Tag::TableRow => self.row(false),
            Tag::TableCell => self.cell(index),
            Tag::CodeBlock(_) => {
                self.raw("<pre tabindex=\"0\"><code>");
            }
            Tag::FootnoteDefinition(name) => self.begin_footnote(name),
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
            TagEnd::Table => {
                let end = self.mark(Fragment::TableEnd);
                self.raw(format!("{end}</tbody></table></div>\n"));
            }
            TagEnd::CodeBlock => self.raw("</code></pre>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
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

    fn heading(&mut self, index: usize) -> usize {
        let (Event::Start(Tag::Heading { level, id, attrs, .. }), _) = &self.parsed.events[index]
        else {
            return index + 1;
        };
        let end = self.parsed.end_of(index);
        let text = self.parsed.plain_text(index);
        let id = id.as_ref().map_or_else(|| super::slug(&text), ToString::to_string);
        let aliases: Vec<String> = attrs
            .iter()
            .filter(|(key, _)| &**key == "alias")
            .filter_map(|(_, value)| value.as_ref())
            .flat_map(|value| value.split(',').map(str::to_owned))
            .collect();
        let level = *level as u8;
        let number = self.document.headings.len();
        let start = self.mark(Fragment::HeadingStart(number));
        self.raw(start);
        let above = self.plain();
        let (length, data) = (above.text.len(), above.data.len());
        let mut inner = index + 1;
        while inner < end {
            inner = self.event(inner);
        }
        // The words of a heading do not belong to the text above it.
        let above = self.plain();
        above.text.truncate(length);
        above.data.truncate(data);
        let here = self.mark(Fragment::Href(Target::Anchor(id.clone())));
        let label = escape(&text);
        let end_mark = self.mark(Fragment::HeadingEnd(number));
        // The HTML writer begins a new line before the next block unless one has just begun.
        self.raw(format!(
            " <a class=\"anchor\" href=\"{here}\" aria-label=\"Link to this heading: {label}\">#\
             </a>{end_mark}\n"
        ));
        self.words.push(' ');
        let body = PlainText::default();
        self.document.headings.push(Heading { level, id, aliases, text, body });
        end + 1
    }

    fn image(&mut self, index: usize) -> usize {
        let (Event::Start(Tag::Image { title, .. }), span) = &self.parsed.events[index] else {
            return index + 1;
        };
        let alternative = self.parsed.plain_text(index);
        if alternative.trim().is_empty() {
            self.error(Code::MissingAlt, span, "this picture has no alternative text")
                .help("say between the brackets what it shows: ![what it shows](…)");
        }
        let target = self.links.get(&index);
        match target {
            Some(Target::Image(_)) | None => {}
            Some(_) => self
                .error(
                    Code::MissingAsset,
                    span,
                    "pictures come from the folder images/ of the guide, not from elsewhere",
                )
                .help("put the file there and write ../images/name.png"),
        }
        if let Some(target @ Target::Image(_)) = target {
            let mark = self.mark(Fragment::Href(target.clone()));
            let title = title_attribute(title);
            let alternative = escape(&alternative);
            self.raw(format!("<img src=\"{mark}\" alt=\"{alternative}\"{title} loading=\"lazy\">"));
        }
        self.parsed.end_of(index) + 1
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
            // Code shows the braces as they are written; a wrong directive was reported.
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
                    let message = "this directive makes a block and stands inside a sentence";
                    self.error(Code::MisplacedDirective, place, message)
                        .help("put it into a paragraph of its own");
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

    fn finish(mut self) -> Document {
        self.footnote_list();
        let mut page = String::new();
        html::push_html(&mut page, self.out.into_iter());
        self.document.words = self.words.split_whitespace().count();
        self.document.fragments = self.marks.cut(&page);
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
}

/// A title of a link or an image as an attribute, if there is one.
fn title_attribute(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) }
}

/// Text as it may stand in an attribute or between tags.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}
