//! Owns the way from a document of the content to its HTML: ready HTML as it is, headings, ids and
//! addresses from the [`Renderer`], data from [`directives`]. The entry point is [`to_html`].

use std::fmt::Write as _;

use askama::filters::{Html, escape};

use super::directives;
use super::renderer::Renderer;
use crate::content::directives::Directive;
use crate::content::document::{Document, Fragment};

/// The HTML of a document.
pub(super) fn to_html<'a>(
    page: &mut Renderer<'a>,
    document: &'a Document,
) -> askama::Result<String> {
    page.begin_document(document);
    let mut html = String::new();
    for fragment in &document.fragments {
        match fragment {
            Fragment::Html(text) => html.push_str(text),
            Fragment::Id(id) => write!(html, "{}", escape(page.id_on_page(id), Html)?)?,
            Fragment::Href(target) => write!(html, "{}", escape(page.href(target), Html)?)?,
            Fragment::HeadingStart(number) => {
                html.push_str(&page.heading_start(&document.headings[*number])?);
            }
            Fragment::HeadingEnd(number) => {
                html.push_str(&page.heading_end(&document.headings[*number]));
            }
            Fragment::TableStart => page.notes.in_table = true,
            Fragment::TableEnd => page.notes.in_table = false,
            Fragment::Directive(directive) => {
                if matches!(directive, Directive::Cite(_)) {
                    trim_before_mark(&mut html);
                }
                html.push_str(&directives::to_html(page, directive)?);
            }
        }
    }
    Ok(html)
}

/// Takes away the space before the mark of a source, which would let a line begin with the mark.
/// Between two marks it stays, because their numbers would read as one.
fn trim_before_mark(html: &mut String) {
    let end = html.trim_end().len();
    if !html[..end].ends_with("</sup>") {
        html.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_at_its_word_and_apart_from_another_mark() {
        for (before, after) in [
            ("<p>says it ", "<p>says it"),
            ("<p>says it\n", "<p>says it"),
            ("<p>says it<sup>1</sup> ", "<p>says it<sup>1</sup> "),
        ] {
            let mut html = before.to_owned();
            trim_before_mark(&mut html);
            assert_eq!(html, after);
        }
    }
}
