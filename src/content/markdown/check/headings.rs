//! Owns the checks of headings: a level that fits, one id that is free, and words.

use std::ops::Range;

use pulldown_cmark::{CowStr, HeadingLevel};

use super::super::{MASK_START, slug};
use super::{Check, Open};
use crate::content::diagnostics::Code;
use crate::content::tables::names::is_id;

impl Check<'_, '_> {
    pub(super) fn heading(
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
            let message = "a heading stands inside a quotation, a list or a note";
            self.error(Code::MisplacedHeading, span.start, message)
                .help("end that first, or make the words bold");
        }
        let mut wrong = false;
        let mut names: Vec<&str> = id.iter().map(|id| &***id).collect();
        let braces = source.rfind('{').map_or("", |at| &source[at..]);
        if names.len() + braces.matches(" #").count() > 1 {
            wrong = true;
            self.error(Code::HeadingSyntax, span.start, "this heading has two ids")
                .help("one id a heading; earlier ones as {#id alias=old-id}");
        }
        if text.trim_end().ends_with(" #") || text.trim_end().ends_with(" ##") {
            wrong = true;
            let message = "the signs behind this heading would be shown";
            self.error(Code::HeadingSyntax, span.start, message)
                .help("a heading needs no # behind it; the id comes last");
        }
        if let Some(class) = classes.first() {
            wrong = true;
            let message = format!("headings have no classes: `.{class}`");
            self.error(Code::UnknownKey, span.start, message).help("write {#id}");
        }
        for (key, value) in attrs {
            if let ("alias", Some(value)) = (&**key, value) {
                names.extend(value.split(','));
            } else {
                wrong = true;
                let message = format!("a heading has no attribute `{key}`");
                self.error(Code::UnknownKey, span.start, message)
                    .help("write `{#id alias=old-id}`");
            }
        }
        if id.is_none() && !wrong && !text.contains("{#") {
            let message =
                format!("the heading “{}” has no id, so nobody can link to it", text.trim());
            self.error(Code::HeadingWithoutId, span.start, message)
                .help(format!("write `{{#{}}}` at its end", slug(&text)));
        }
        for name in names {
            self.anchor(name, span);
        }
    }

    fn anchor(&mut self, name: &str, span: &Range<usize>) {
        if name.contains(MASK_START) {
            self.error(Code::MisplacedDirective, span.start, "an id holds no directive")
                .help("write the id itself");
            return;
        }
        if !is_id(name) {
            self.error(Code::BadId, span.start, format!("`{name}` is not written as an id"))
                .help(format!("use lower-case letters, digits and hyphens: `{}`", slug(name)));
        } else if ["main", "guide-contents", "page-contents", "notes"].contains(&name)
            || ["fn-", "fnref-", "note-", "cite-"].iter().any(|prefix| name.starts_with(prefix))
        {
            self.error(Code::BadId, span.start, format!("`#{name}` is used by the page itself"))
                .help("choose another id");
        } else if self.anchors.contains(name) {
            let message =
                format!("`#{name}` names another heading or a certification of this page already");
            self.error(Code::DuplicateId, span.start, message).help("give each heading its own id");
        }
        self.anchors.insert(name.to_owned());
    }

    fn level(&mut self, level: HeadingLevel, text: &str, span: &Range<usize>) {
        let level = level as usize;
        if level == 1 {
            let message = "a page has one level-one heading, and it is `title` above";
            self.error(Code::SecondTitle, span.start, message).help("begin headings with `##`");
        } else if level > self.last_level + 1 {
            let message =
                format!("a heading of level {level} follows one of level {}", self.last_level);
            self.error(Code::HeadingSkip, span.start, message)
                .help(format!("write `{}`", "#".repeat(self.last_level + 1)));
        }
        self.last_level = level;
        if text.trim().is_empty() {
            self.error(Code::EmptyHeading, span.start, "this heading is empty")
                .help("write what follows, or delete it");
        }
    }
}
