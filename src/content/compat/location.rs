//! Owns finding the line and column of something in a file of a guide, for messages. The entry
//! points are [`find_line`] and [`find_value`]. What cannot be found gets the nearest location that
//! can.

use std::fmt;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::super::figures::Step;
use super::super::source::Files;

/// A line and column of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SourceLocation {
    /// The path as messages show it: "content/site.toml".
    file: String,
    /// Counted from 1.
    line: usize,
    /// Counted from 1, in characters.
    column: usize,
}

impl fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl SourceLocation {
    /// The beginning of a file.
    pub(super) fn start(files: &Files, path: &str) -> Self {
        Self { file: files.name(path), line: 1, column: 1 }
    }
}

/// The text of a file without its byte order mark; empty when there is no file.
fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    let bytes = files.files.get(path).map(Vec::as_slice).unwrap_or_default();
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// The first line of a file that matches; otherwise the beginning of the file.
pub(super) fn find_line(
    files: &Files,
    path: &str,
    matches: impl FnMut(&str) -> bool,
) -> SourceLocation {
    let line = text(files, path).lines().position(matches);
    SourceLocation { line: line.map_or(1, |line| line + 1), ..SourceLocation::start(files, path) }
}

/// The value at the end of the steps, or at the last step that exists.
pub(super) fn find_value(files: &Files, path: &str, steps: &[Step]) -> SourceLocation {
    let text = text(files, path);
    let (root, _) = DeTable::parse_recoverable(text);
    let at = find(root.get_ref(), steps).map_or(0, |span| span.start);
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    SourceLocation { file: files.name(path), line, column }
}

fn find(root: &DeTable<'_>, steps: &[Step]) -> Option<Range<usize>> {
    let (first, rest) = steps.split_first()?;
    let Step::Key(key) = first else { return None };
    let (written, value) = root.get_key_value(key.as_str())?;
    let mut found = written.span();
    let mut here = value;
    for step in rest {
        let next = match (step, here.get_ref()) {
            (Step::Key(key), DeValue::Table(table)) => table.get(key.as_str()),
            (Step::Item(index), DeValue::Array(items)) => items.get(*index),
            (Step::With(key, wanted), DeValue::Array(items)) => items.iter().find(|item| {
                matches!(item.get_ref(), DeValue::Table(table)
                    if table.get(*key).and_then(|value| value.get_ref().as_str())
                        == Some(wanted.as_str()))
            }),
            _ => None,
        };
        let Some(next) = next else { break };
        found = next.span();
        here = next;
    }
    Some(found)
}
