//! Owns the search for signs of Markdown that the parser took for plain text, so that readers would
//! see them.

use std::ops::Range;

use super::Check;
use crate::content::diagnostics::Code;

impl Check<'_, '_> {
    /// Reports lines that were meant as a heading or a table and taken for text.
    pub(super) fn paragraph(&self, span: &Range<usize>) {
        let mut at = span.start;
        for line in self.page.masked[span.clone()].split_inclusive('\n') {
            let inner = line.trim_start_matches(['>', ' ', '\t']);
            let start = at + line.len() - inner.len();
            at += line.len();
            let signs = inner.bytes().take_while(|b| *b == b'#').count();
            if signs > 1 && !inner[signs..].trim().is_empty() {
                self.error(Code::HeadingSyntax, start, "this is not read as a heading")
                    .help("a heading is two to six #, a space, its words, and {#id}");
                return;
            }
            let trimmed = inner.trim_end();
            let rule = trimmed.contains("--")
                && trimmed.contains('|')
                && trimmed.bytes().all(|b| b"|-: ".contains(&b));
            if rule || trimmed.starts_with('|') && trimmed.len() > 1 {
                self.error(Code::TableShape, start, "this is not read as a table").help(
                    "a table is a line of heads and right below it a line | --- | --- | with as \
                     many cells, without empty lines between the rows",
                );
                return;
            }
        }
    }

    pub(super) fn table_row(&self, span: &Range<usize>) {
        let cells = cells(&self.page.masked[span.clone()]);
        if cells != self.columns {
            let columns = self.columns;
            let message =
                format!("this row has {cells} cells, and the head of the table {columns}");
            self.error(Code::TableShape, span.start, message).help(
                "write as many, empty ones between two |; a | inside a cell is written \\|; a table \
                 ends with an empty line",
            );
        }
    }

    /// Reports signs of Markdown that were taken for text.
    pub(super) fn stray(&self, text: &str, start: usize) {
        let page = self.page.masked;
        let found = |sign: &str| {
            text.match_indices(sign)
                .map(|(at, _)| at + start)
                .find(|at| !page[..*at].ends_with('\\'))
        };
        if let Some(at) = found("{#") {
            let message = "an id stands at the end of a heading, and nowhere else";
            self.error(Code::HeadingSyntax, at, message)
                .help("a heading is two to six #, a space, its words, and one {#id}");
        }
        if let Some(at) = found("[^") {
            let name = page[at + 2..].split(']').next().unwrap_or_default();
            if !name.is_empty() && !name.contains(char::is_whitespace) {
                self.error(Code::UndefinedFootnote, at, format!("there is no footnote `{name}`"))
                    .help(format!("define it in a line of its own: [^{name}]: …"));
                return;
            }
        }
        for (sign, what) in [("**", "bold text"), ("`", "code"), ("~~", "struck text")] {
            if let Some(at) = found(sign) {
                let message =
                    format!("`{sign}` would be shown as it is: {what} that begins or ends nowhere");
                self.error(Code::StrayMarkup, at, message)
                    .help(format!("close it in the same paragraph, or write \\{sign}"));
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
                self.error(Code::LinkSyntax, from, "this is not read as a link").help(
                    "a link is [its words](address), without a space between and in the address",
                );
                return;
            }
        }
    }
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
