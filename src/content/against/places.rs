//! Owns where in a file of a guide something stands, for telling people. Files were checked when
//! the guide was read, so that what cannot be found here is told at the nearest place there is.

use std::fmt;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::super::figures::Step;
use super::super::source::Files;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// As it is told to people.
    file: String,
    /// Counted from 1.
    line: usize,
    /// Counted from 1, in characters.
    column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Place {
    /// The beginning of a file.
    pub(super) fn start(files: &Files, path: &str) -> Self {
        Self { file: files.name(path), line: 1, column: 1 }
    }
}

/// The text of a file; empty when there is none. A mark of byte order counts for nothing.
fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    let bytes = files.files.get(path).map(Vec::as_slice).unwrap_or_default();
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// The first line of a file that is looked for, or its beginning.
pub(super) fn in_line(files: &Files, path: &str, is_it: impl FnMut(&str) -> bool) -> Place {
    let line = text(files, path).lines().position(is_it);
    Place { line: line.map_or(1, |line| line + 1), ..Place::start(files, path) }
}

/// The value at the end of the steps, or of as many of them as can be gone.
pub(super) fn in_toml(files: &Files, path: &str, steps: &[Step]) -> Place {
    let text = text(files, path);
    let (root, _) = DeTable::parse_recoverable(text);
    let at = find(root.get_ref(), steps).map_or(0, |span| span.start);
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Place { file: files.name(path), line, column }
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
