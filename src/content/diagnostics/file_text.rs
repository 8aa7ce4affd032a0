//! Owns a text file being read, and where in it a problem is: its line and its column.

use super::{Code, Diagnostic, Problems, Reported, Severity};

/// A text file being read: where problems in it are.
#[derive(Clone, Copy, Debug)]
pub struct FileText<'a> {
    /// As messages show it: "content/site.toml".
    pub name: &'a str,
    /// The whole file, front matter included.
    pub text: &'a str,
    /// Where problems go.
    pub problems: &'a Problems,
}

impl<'a> FileText<'a> {
    /// Reports an error at a byte of the file.
    pub fn error(&self, code: Code, at: usize, message: impl Into<String>) -> Reported<'a> {
        self.report(Severity::Error, code, at, message.into())
    }

    /// Reports what should be corrected although the guide can be served, at a byte of the file.
    pub fn warning(&self, code: Code, at: usize, message: impl Into<String>) -> Reported<'a> {
        self.report(Severity::Warning, code, at, message.into())
    }

    fn report(&self, severity: Severity, code: Code, at: usize, message: String) -> Reported<'a> {
        let (line, column) = self.line_and_column(at);
        if self.is_broken() {
            let mut garbled = self.problems.garbled.borrow_mut();
            let here = (self.name.to_owned(), line);
            if code == Code::TomlSyntax {
                garbled.insert(here);
            } else if garbled.contains(&here) {
                return Reported { problems: self.problems, index: None };
            }
        }
        let file = self.name.to_owned();
        self.problems.push(Diagnostic { severity, code, file, line, column, message, help: None })
    }

    /// Line and column of a byte of the file, both counted from 1, the column in characters.
    pub fn line_and_column(&self, at: usize) -> (usize, usize) {
        let at = self.text.floor_char_boundary(at);
        let mut all = self.problems.lines.borrow_mut();
        if let Some(lines) = all.get_mut(self.name) {
            return lines.line_and_column(self.text, at);
        }
        all.entry(self.name.to_owned())
            .or_insert_with(|| Lines::new(self.text))
            .line_and_column(self.text, at)
    }

    /// Whether a part of the file could not be read, so that what seems missing may be there.
    pub fn is_broken(&self) -> bool {
        self.problems.is_broken(self.name)
    }
}

/// Where the lines of a file begin.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    /// The place asked for last: line counted from 0, bytes, column. The next is often near.
    last: (usize, usize, usize),
}

impl Lines {
    fn new(text: &str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after).collect(), last: (0, 0, 1) }
    }

    fn line_and_column(&mut self, text: &str, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        let (last_line, from, column) = self.last;
        let (from, column) =
            if line == last_line && from <= at { (from, column) } else { (self.starts[line], 1) };
        let column = column + text[from..at].chars().count();
        self.last = (line, at, column);
        (line + 1, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters_not_bytes() {
        let problems = Problems::default();
        let file = FileText { name: "x", text: "one\n₹₹x", problems: &problems };
        assert_eq!(file.line_and_column(0), (1, 1));
        assert_eq!(file.line_and_column(4 + 6), (2, 3));
        assert_eq!(file.line_and_column(999), (2, 4));
    }
}
