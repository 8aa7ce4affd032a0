//! Owns the front matter of a page, and how a page is made of it and of its text.

use std::ops::Range;

use jiff::civil::Date;

use super::files::section_id;
use super::redirects::FileRedirect;
use crate::content::diagnostics::{Code, FileText};
use crate::content::document::Page;
use crate::content::href::{Link, check_redirected_path};
use crate::content::links::references::tool_address;
use crate::content::markdown::{Parsed, Rendering};
use crate::content::reader::{Located, Table};
use crate::content::tables::dates::past_day;
use crate::content::tables::names::is_id;
use crate::content::tables::site::Redirect;

/// The front matter of a page, as far as it does not refer to other pages.
pub(super) struct FrontMatter<'a> {
    pub(super) file: FileText<'a>,
    /// Below the content folder.
    pub(super) path: &'a str,
    pub(super) table: Table<'a>,
    /// Where the text begins.
    pub(super) body: usize,
    /// Whether there is any front matter.
    pub(super) found: bool,
}

impl<'a> FrontMatter<'a> {
    /// Reads the front matter of a file.
    pub(super) fn read(file: FileText<'a>, path: &'a str) -> Self {
        let (front, body, found) = front_matter(&file);
        Self { file, path, table: Table::parse_at(file, front), body, found }
    }
}

/// Where the front matter of a page stands, where its text begins, and whether there is any.
fn front_matter(file: &FileText<'_>) -> (Range<usize>, usize, bool) {
    let text = file.text;
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    let error = |message: &str| {
        file.error(Code::FrontMatter, 0, message).help(
            "front matter stands between two lines of +++: title = \"…\", description = \"…\", \
             checked = 2026-11-24",
        );
    };
    if first.trim_end() != "+++" {
        error("the page does not begin with front matter between two lines of `+++`");
        // The page is read as text, so that its own problems are reported as well, but without
        // front matter between `---`, which other programs use.
        let end = (first.trim_end() == "---").then(|| text[first.len()..].find("\n---"));
        let body = end.flatten().map_or(0, |end| first.len() + end + "\n---".len());
        return (0..0, body, false);
    }
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return (first.len()..at, at + line.len(), true);
        }
        at += line.len();
    }
    error("the front matter that begins here does not end with a line of `+++`");
    // Where it should end is a guess: before the first line that cannot be TOML.
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        let toml =
            line.contains('=') || line.trim().is_empty() || line.starts_with(['[', ']', '}']);
        if !toml || line.starts_with('#') {
            break;
        }
        at += line.len();
    }
    (first.len()..at, at, true)
}

/// Makes a page. Its redirects are added to the list.
pub(super) fn page<'a>(
    front: &FrontMatter<'a>,
    parsed: &Parsed<'_>,
    rendering: &Rendering<'_>,
    edition: Option<Date>,
    redirects: &mut Vec<FileRedirect<'a>>,
) -> Page {
    let FrontMatter { file, path, table, body, found } = front;
    let own = rendering.index.pages.get(*path).map(|page| page.page.path()).unwrap_or_default();
    let required = |key| if *found { table.text(key) } else { String::new() };
    let (title, description) = (required("title"), required("description"));
    let checked = if *found { past_day(table, "checked", edition) } else { None };
    let next = table.within("next", |item| {
        let text = item.text("text");
        let href = tool_address(rendering.index, path, &own, item, "href");
        Some(Link { text, href: href? })
    });
    for alias in table.texts("aliases") {
        if check_redirected_path(file, &alias) {
            let redirect = Redirect { from: alias.value, to: own.clone() };
            redirects.push((*file, Located { value: redirect, at: alias.at }));
        }
    }
    let nav = table.optional_text("nav").unwrap_or_else(|| title.clone());
    let status = table.optional_text("status");
    table.check_drawn(&["title", "description"]);
    table.finish();
    let (document, markdown) = parsed.render(rendering);
    // A page with problems may have lost its text to them.
    if document.fragments.is_empty() && *found && !file.problems.any_in(file.name) {
        file.error(Code::EmptyPage, *body, "this page has no text");
    }
    if let Some(id) = section_id(path) {
        check_name(file, id);
    }
    Page {
        file: (*path).to_owned(),
        title,
        nav,
        description,
        checked: checked.unwrap_or_default(),
        status,
        next: next.flatten(),
        document,
        markdown,
    }
}

fn check_name(file: &FileText<'_>, id: &str) {
    if !is_id(id) {
        file.error(Code::BadId, 0, format!("`{id}` becomes an address and is not written as one"))
            .help("name the file with lower-case letters, digits and hyphens");
    } else if id == "index" {
        // A folder of files serves guide/index.html as /guide, which is the whole guide.
        file.error(Code::BadId, 0, "`index` is the address of the whole guide")
            .help("choose another name");
    }
}
