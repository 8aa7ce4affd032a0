//! Owns footnotes: their numbers, which follow the order of reference, and their list at the end.

use std::collections::HashMap;

use pulldown_cmark::Event;

use super::Writer;
use crate::content::document::{Fragment, Target};

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes<'w> {
    /// In order of reference.
    list: Vec<Footnote<'w>>,
    /// Where each stands in the list, by name.
    numbers: HashMap<String, usize>,
    /// Where the definitions being read began in the output, and their names.
    open: Vec<(usize, String)>,
}

#[derive(Default)]
struct Footnote<'w> {
    text: Vec<Event<'w>>,
    /// How often it is referred to.
    references: usize,
}

impl<'w> Footnotes<'w> {
    /// A footnote, and where it stands in the list.
    fn entry(&mut self, name: &str) -> (usize, &mut Footnote<'w>) {
        let next = self.list.len();
        let index = *self.numbers.entry(name.to_owned()).or_insert(next);
        if index == next {
            self.list.push(Footnote::default());
        }
        (index, &mut self.list[index])
    }
}

impl Writer<'_, '_> {
    pub(super) fn begin_footnote(&mut self, name: &str) {
        self.footnotes.open.push((self.out.len(), name.to_owned()));
    }

    /// What was written since it began is its text.
    pub(super) fn end_footnote(&mut self) {
        if let Some((start, name)) = self.footnotes.open.pop() {
            let text = self.out.split_off(start);
            self.footnotes.entry(&name).1.text = text;
        }
    }

    pub(super) fn footnote_reference(&mut self, name: &str) {
        let (index, footnote) = self.footnotes.entry(name);
        footnote.references += 1;
        let number = index + 1;
        // The link back leads to the first reference.
        let here = match footnote.references {
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

    /// The list below the text.
    pub(super) fn footnote_list(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes.list);
        if footnotes.is_empty() {
            return;
        }
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
}
