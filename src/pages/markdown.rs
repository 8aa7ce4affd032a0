//! Owns a section as Markdown, for programs that read text: its data written out, its sources as
//! footnotes, its links absolute where the host is known. The entry point is [`section`]. The data is
//! turned from the HTML of the page into Markdown, so that the two cannot disagree and a new
//! directive needs nothing here.

mod from_html;

use std::fmt::Write as _;

use super::renderer::Renderer;
use super::{Shared, amounts, directives};
use crate::address;
use crate::content::document::{MarkdownPiece, Target};
use crate::date::spell_date;

/// The section in that place of the reading order.
pub fn section(shared: &Shared<'_>, index: usize) -> Result<String, askama::Error> {
    let section = &shared.content.sections[index];
    let page = &section.page;
    let site = &shared.content.site;
    let own = address::section(&section.id);
    let place = |path: &str| shared.urls.absolute_or_path(path);
    let absolute = |href: &str| match (href.strip_prefix('#'), href.strip_prefix('/')) {
        (Some(_), _) => format!("{}{href}", place(&own)),
        // The pages have put the base path before it already.
        (_, Some(_)) => shared.urls.at_origin(href),
        _ => href.to_owned(),
    };
    let mut renderer = Renderer::new(*shared);
    let mut text = String::new();
    for piece in &page.markdown {
        match piece {
            MarkdownPiece::Text(markdown) => text.push_str(markdown),
            MarkdownPiece::Href(Target::Anchor(anchor)) => {
                let _ = write!(text, "{}#{anchor}", place(&own));
            }
            MarkdownPiece::Href(target) => text.push_str(&absolute(&shared.target(target))),
            MarkdownPiece::Directive(directive) => {
                let html = directives::to_html(&mut renderer, directive)?;
                if directive.is_block() {
                    let line = text.rsplit('\n').next().unwrap_or_default();
                    // Within a quotation or a list, all lines begin as the first one does.
                    let start: String =
                        line.chars().map(|c| if c == '>' { c } else { ' ' }).collect();
                    let lines =
                        from_html::block(&html, &absolute).replace('\n', &format!("\n{start}"));
                    text.push_str(&lines);
                } else {
                    text.push_str(&from_html::inline(&html, &absolute));
                }
            }
        }
    }
    let mut out = format!("# {}\n\n{}\n\n", page.title, page.description);
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "Section {} of [{}]({}), edition {}. Checked on {}. Text under [{}]({}). The same \
         [as a page]({}).\n\n",
        amounts::number((index + 1).into()),
        site.title,
        place(address::HOME),
        site.edition,
        spell_date(page.checked),
        site.licence.text,
        absolute(&site.licence.href),
        place(&own),
    );
    if let Some(status) = &page.status {
        let _ = write!(out, "> {status}\n\n");
    }
    out.push_str(tidy(&text).trim());
    out.push('\n');
    for (number, note) in renderer.notes.texts()?.iter().enumerate() {
        let _ = write!(out, "\n[^{}]: {}", number + 1, from_html::inline(note, &absolute));
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    Ok(out)
}

/// No more than one empty line, where a comment or a definition stood.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    let mut in_code = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            in_code = !in_code;
        }
        empty = if line.trim().is_empty() && !in_code { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
