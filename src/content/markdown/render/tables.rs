//! Owns tables: the alignment of columns, and which cells are headings of rows or columns.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::super::MASK_START;
use super::{Writer, escape};
use crate::content::document::Fragment;

/// The table being read.
#[derive(Default)]
pub(super) struct Table<'w> {
    /// How its columns are aligned.
    columns: &'w [Alignment],
    /// The columns still to come in the row being read.
    to_come: &'w [Alignment],
    /// Whether that row is the head.
    in_head: bool,
    /// Whether the head has nothing above the first column, so that its cells name their rows.
    names_rows: bool,
}

impl<'w> Writer<'w, '_> {
    pub(super) fn table(&mut self, columns: &'w [Alignment], index: usize) {
        let heads = escape(&self.table_heads(index));
        let start = self.mark(Fragment::TableStart);
        self.raw(format!(
            "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table: {heads}\"><table>{start}"
        ));
        self.table.columns = columns;
    }

    pub(super) fn row(&mut self, in_head: bool) {
        self.raw(if in_head { "<thead><tr>" } else { "<tr>" });
        self.table.to_come = self.table.columns;
        self.table.in_head = in_head;
    }

    /// Opens a cell. Where the first cell of the head is empty, it is no heading, and the cells
    /// below it are the headings of their rows. Pages allow no `style` attribute, so alignment is a
    /// class.
    pub(super) fn cell(&mut self, index: usize) {
        let first = self.table.to_come.len() == self.table.columns.len();
        let column = self.table.to_come.split_first().map_or(Alignment::None, |(first, rest)| {
            self.table.to_come = rest;
            *first
        });
        let class = match column {
            Alignment::Right => " class=\"right\"",
            Alignment::Center => " class=\"middle\"",
            Alignment::Left | Alignment::None => "",
        };
        let filled = self.parsed.end_of(index) > index + 1;
        if self.table.in_head && first {
            self.table.names_rows = !filled;
        }
        let (name, scope) = match self.table.in_head {
            true if filled => ("th", " scope=\"col\""),
            false if filled && first && self.table.names_rows => ("th", " scope=\"row\""),
            _ => ("td", ""),
        };
        self.raw(format!("<{name}{scope}{class}>"));
        self.ends.push(format!("</{name}>").into());
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
