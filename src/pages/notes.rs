//! Owns citations: the numbered marks in a page's text, and the notes at its end, one for each source.
//! A mark may hold a gloss, a short form of the note, which wide screens show in the margin. The entry
//! point is [`Notes`].

use std::fmt::Write as _;

use askama::Template;
use askama::filters::{Html, escape};

use super::Shared;
use super::amounts;
use crate::content::tables::statistics::Column;
use crate::date::PartialDate;
use crate::pay::{Known, Source};
use crate::text::sentence::capitalised;

/// The sources cited so far on one page.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    list: Vec<Note<'a>>,
    /// Whether the text is inside a table just now. Marks there have no gloss, because a table has no
    /// margin beside it.
    pub(super) in_table: bool,
}

/// One cited source.
#[derive(Debug)]
pub(super) struct Note<'a> {
    source: SourceLine<'a>,
    /// How many marks lead here.
    marks: usize,
    /// What was cited from it, where dates or samples differ from figure to figure.
    details: Vec<String>,
    /// Glosses that marks hold already.
    glosses: Vec<String>,
}

#[derive(Template)]
#[template(path = "_partials/mark.html")]
struct Mark<'n> {
    number: usize,
    occurrence: usize,
    /// Publisher and detail, when this mark is the first to say them.
    gloss: Option<(&'n str, &'n str)>,
}

#[derive(Template)]
#[template(path = "_partials/notes.html")]
struct List<'n> {
    notes: &'n [Note<'n>],
}

/// A source in one line, as it stands in notes and in the list of sources.
#[derive(Clone, Debug, Template)]
#[template(path = "_partials/source_line.html")]
pub(super) struct SourceLine<'a> {
    pub(super) source: &'a Source,
    /// Whether the line says how the source is known.
    pub(super) says_how: bool,
}

impl<'a> SourceLine<'a> {
    /// How the guide knows it, in words.
    pub(super) fn known(&self) -> &'static str {
        match self.source.known {
            Known::FirstHand => "read at first hand",
            Known::SecondHand => "known at second hand",
            Known::Own => "this guide’s own",
        }
    }

    /// Its date at the beginning of a sentence.
    fn dated(&self) -> String {
        capitalised(&self.source.as_of.to_string())
    }

    /// The day on which the editors last looked.
    pub(super) fn checked(&self) -> super::layout::Day {
        self.source.checked.into()
    }

    /// Whether a link can lead to it; the guide itself needs none.
    fn no_link_known(&self) -> bool {
        self.source.url.is_none() && self.source.known != Known::Own
    }

    fn url(&self) -> Option<&'a str> {
        self.source.url.as_deref()
    }
}

impl Note<'_> {
    /// The source, and what was cited from it.
    fn text(&self) -> askama::Result<String> {
        let mut html = self.source.render()?;
        if !self.details.is_empty() {
            write!(html, " Here: {}.", escape(self.details.join(" / "), Html)?)?;
        }
        Ok(html)
    }
}

impl<'a> Notes<'a> {
    /// A mark for a source; `detail` says which date and sample this figure has.
    pub(super) fn mark(
        &mut self,
        source: &'a Source,
        detail: Option<String>,
    ) -> askama::Result<String> {
        let index = self.list.iter().position(|n| n.source.source.id == source.id);
        let index = index.unwrap_or_else(|| {
            let source = SourceLine { source, says_how: true };
            self.list.push(Note { source, marks: 0, details: Vec::new(), glosses: Vec::new() });
            self.list.len() - 1
        });
        let note = &mut self.list[index];
        note.marks += 1;
        let gloss = match &detail {
            Some(detail) => detail.clone(),
            None => source.as_of.to_string(),
        };
        let new =
            if detail.is_some() { !note.glosses.contains(&gloss) } else { note.glosses.is_empty() };
        let has_gloss = new && !self.in_table;
        if has_gloss {
            note.glosses.push(gloss.clone());
        }
        if let Some(detail) = detail.filter(|d| !note.details.contains(d)) {
            note.details.push(detail);
        }
        let mark = Mark {
            number: index + 1,
            occurrence: note.marks,
            gloss: has_gloss.then_some((&source.publisher, &gloss)),
        };
        mark.render()
    }

    /// A mark for a figure of a statistics table.
    pub(super) fn mark_column(
        &mut self,
        shared: Shared<'a>,
        column: &Column,
    ) -> askama::Result<String> {
        match shared.content.salaries.source(column.source.as_str()) {
            Some(source) => self.mark(source, Some(date_and_sample(column))),
            None => Ok(String::new()),
        }
    }

    /// The notes one by one, as HTML, in the order of their numbers.
    pub(super) fn texts(&self) -> askama::Result<Vec<String>> {
        self.list.iter().map(Note::text).collect()
    }

    /// The notes at the end of the page; nothing when nothing was cited.
    pub(super) fn render(&self) -> askama::Result<String> {
        if self.list.is_empty() {
            return Ok(String::new());
        }
        List { notes: &self.list }.render()
    }
}

/// "about 2024, sample 1,000".
pub(super) fn date_and_sample(column: &Column) -> String {
    let date = match column.as_of {
        PartialDate::Unknown => "undated".to_owned(),
        known => known.to_string(),
    };
    format!("{date}; {}", amounts::sample(&column.sample))
}
