//! Owns problems of the content, written as `file:line:col: error[code]: message` with a help line.
//! The entry points are [`Problems`], which collects them while a guide is read, because an author
//! wants to see all of them at once, and [`Diagnostics`], which lists them. Must not know what the
//! files mean.

mod code;
mod file_text;
mod suggest;

pub use code::Code;
pub use file_text::FileText;
pub use suggest::suggest;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::text::invisible::is_invisible;
use file_text::Lines;

/// Whether a problem keeps the guide from being served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The guide cannot be served.
    Error,
    /// The guide is served, and the page says so where it matters.
    Warning,
}

/// One problem, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it keeps the guide from being served.
    pub severity: Severity,
    /// Which rule is broken.
    pub code: Code,
    /// The file, with the content folder as it was given: "content/guide/skills.md".
    pub file: String,
    /// Counted from 1, in the whole file.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(
            f,
            "{}:{}:{}: {severity}[{}]: {}",
            Plain(&self.file),
            self.line,
            self.column,
            self.code,
            Plain(&self.message)
        )?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {}", Plain(help))?;
        }
        Ok(())
    }
}

/// A text of the guide as it may stand on a terminal: without control characters, and cut to a few
/// lines.
struct Plain<'a>(&'a str);

/// In characters.
const MAX_TEXT_LENGTH: usize = 400;

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SECURITY: names of files and values come from a guide that somebody else may have made.
        for c in self.0.chars().take(MAX_TEXT_LENGTH) {
            if c.is_control() || is_invisible(c) {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        if self.0.chars().nth(MAX_TEXT_LENGTH).is_some() { f.write_str("…") } else { Ok(()) }
    }
}

/// All problems of a guide, in order of file and line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Sorted by place. A problem that was found twice is listed once.
    pub fn new(mut list: Vec<Diagnostic>) -> Self {
        list.sort_by(|a, b| {
            (&a.file, a.line, a.column, a.code, &a.message)
                .cmp(&(&b.file, b.line, b.column, b.code, &b.message))
        });
        list.dedup();
        Self(list)
    }

    /// The problems, in order of file and line.
    pub fn list(&self) -> &[Diagnostic] {
        &self.0
    }

    /// The problems to show, and how many more there are.
    pub fn shortened(&self) -> (&[Diagnostic], usize) {
        let listed = &self.0[..self.0.len().min(MAX_LISTED)];
        (listed, self.0.len() - listed.len())
    }

    /// The problems to show, each from the beginning of a line, and the number of the others.
    pub fn lines(&self) -> impl fmt::Display {
        fmt::from_fn(|f| {
            let (listed, more) = self.shortened();
            listed.iter().try_for_each(|diagnostic| writeln!(f, "{diagnostic}"))?;
            if more > 0 { writeln!(f, "… and {more} more") } else { Ok(()) }
        })
    }
}

/// A folder that is no guide has a problem in every line, and nobody reads more than these.
const MAX_LISTED: usize = 200;

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.lines())?;
        match self.0.len() {
            1 => f.write_str("1 problem"),
            n => write!(f, "{n} problems"),
        }
    }
}

/// Collects problems while a guide is read.
#[derive(Debug, Default)]
pub struct Problems {
    list: RefCell<Vec<Diagnostic>>,
    /// Files and folders that could not be read whole. What seems missing in them may be there, and
    /// is not reported, so that one mistake gives one problem.
    broken: RefCell<BTreeSet<String>>,
    /// Lines that are not TOML: their values are a guess of the parser, so problems there are left
    /// out.
    garbled: RefCell<BTreeSet<(String, usize)>>,
    /// Where the lines of files with problems begin. Counting lines for each problem would take
    /// time by the square of their number.
    lines: RefCell<BTreeMap<String, Lines>>,
}

impl Problems {
    /// Adds a problem.
    pub fn push(&self, diagnostic: Diagnostic) -> Reported<'_> {
        let mut list = self.list.borrow_mut();
        list.push(diagnostic);
        Reported { problems: self, index: Some(list.len() - 1) }
    }

    /// Reports an error of a file as a whole; `file` as messages show it.
    pub fn file_error(&self, code: Code, file: &str, message: impl Into<String>) -> Reported<'_> {
        let (severity, file, message) = (Severity::Error, file.to_owned(), message.into());
        self.push(Diagnostic { severity, code, file, line: 1, column: 1, message, help: None })
    }

    /// Whether there is none that keeps the guide from being served.
    pub fn is_empty(&self) -> bool {
        !self.list.borrow().iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether there is one in a file.
    pub fn any_in(&self, file: &str) -> bool {
        self.list.borrow().iter().any(|diagnostic| diagnostic.file == file)
    }

    /// Calls a function with each.
    pub fn each(&self, mut show: impl FnMut(&Diagnostic)) {
        self.list.borrow().iter().for_each(&mut show);
    }

    /// Records that a part of a file, or all of it, could not be read. The caller reports why.
    pub fn mark_broken(&self, file: &str) {
        self.broken.borrow_mut().insert(file.to_owned());
    }

    /// Whether a part of a file, or all of it, could not be read.
    pub fn is_broken(&self, file: &str) -> bool {
        let broken = self.broken.borrow();
        let folders = file.match_indices('/').map(|(slash, _)| &file[..slash]);
        broken.contains(file) || folders.into_iter().any(|folder| broken.contains(folder))
    }

    /// Whether a folder, or anything in it, could not be read.
    pub fn is_broken_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        self.is_broken(folder) || self.broken.borrow().iter().any(|file| file.starts_with(&below))
    }

    /// Removes all problems of a rule and returns them, if there are at least so many.
    pub fn take(&self, code: Code, at_least: usize) -> Vec<Diagnostic> {
        let mut list = self.list.borrow_mut();
        if list.iter().filter(|diagnostic| diagnostic.code == code).count() < at_least {
            return Vec::new();
        }
        list.extract_if(.., |diagnostic| diagnostic.code == code).collect()
    }

    /// All problems.
    pub fn into_diagnostics(self) -> Diagnostics {
        Diagnostics::new(self.list.into_inner())
    }
}

/// A problem that was just reported, to which a help line can be added.
pub struct Reported<'a> {
    problems: &'a Problems,
    /// Its number in the list; none where the problem was left out.
    index: Option<usize>,
}

impl Reported<'_> {
    /// Says what to do.
    pub fn help(self, help: impl Into<String>) {
        if let Some(index) = self.index {
            self.problems.list.borrow_mut()[index].help = Some(help.into());
        }
    }

    /// Names what may have been meant by a name that does not exist.
    pub fn suggest<'n>(self, wrong: &str, known: impl IntoIterator<Item = &'n str>) {
        if let Some(help) = suggest(wrong, known) {
            self.help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_problems_some_are_listed_and_all_are_counted() {
        let problem = |line| Diagnostic {
            severity: Severity::Error,
            code: Code::BadId,
            file: "x".to_owned(),
            line,
            column: 1,
            message: "wrong".to_owned(),
            help: None,
        };
        let text = Diagnostics::new((1..=MAX_LISTED + 3).map(problem).collect()).to_string();
        assert_eq!(text.matches("error[").count(), MAX_LISTED);
        assert!(text.ends_with("\n… and 3 more\n203 problems"), "{text}");
        let text = Diagnostics::new((1..=MAX_LISTED).map(problem).collect()).to_string();
        assert!(text.ends_with("error[bad-id]: wrong\n200 problems"), "{text}");
    }
}
