//! Owns the Markdown of a page for other programs: as the author wrote it, but with full addresses
//! and without what only this program understands. The entry point is [`Parsed::markdown_pieces`].

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::Callouts;
use super::super::document::MarkdownPiece;
use super::links::{Links, target_or_nowhere};
use super::{Parsed, callout_name};

/// What stands in the place of a part of the text.
type Edit = (Range<usize>, Vec<MarkdownPiece>);

impl Parsed<'_> {
    /// The Markdown of the page in pieces.
    pub(super) fn markdown_pieces(&self, links: &Links, words: &Callouts) -> Vec<MarkdownPiece> {
        let text = self.file.text;
        let mut edits = self.edits(links, words);
        edits.sort_by_key(|(place, _)| (place.start, place.end));
        let mut pieces = Vec::new();
        let mut at = self.body;
        for (place, mut instead) in edits {
            if place.start < at {
                continue; // within something that was replaced
            }
            pieces.push(MarkdownPiece::Text(text[at..place.start].to_owned()));
            pieces.append(&mut instead);
            at = place.end;
        }
        pieces.push(MarkdownPiece::Text(text[at..].to_owned()));
        pieces
    }

    fn edits(&self, links: &Links, words: &Callouts) -> Vec<Edit> {
        let text = |text: &str| vec![MarkdownPiece::Text(text.to_owned())];
        let mut edits: Vec<Edit> = self
            .directives
            .iter()
            .filter_map(|(place, directive)| {
                Some((place.clone(), vec![MarkdownPiece::Directive(directive.clone()?)]))
            })
            .collect();
        edits.extend(self.definitions.iter().map(|place| (place.clone(), text(""))));
        // Where each open element began, and where the last thing in it ended.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (index, (event, span)) in self.events.iter().enumerate() {
            match event {
                Event::Start(_) => open.push((index, span.start)),
                Event::End(end) => {
                    let Some((start, inner)) = open.pop() else { continue };
                    let whole = self.events[start].1.clone();
                    self.close(links, words, *end, start, inner, &mut edits);
                    if let Some((_, last)) = open.last_mut() {
                        *last = whole.end;
                    }
                }
                Event::Html(_) | Event::InlineHtml(_) => edits.push((span.clone(), text(""))),
                _ => {}
            }
            if let Some((_, last)) = open.last_mut()
                && !matches!(event, Event::Start(_) | Event::End(_))
            {
                *last = span.end;
            }
        }
        edits
    }

    fn close(
        &self,
        links: &Links,
        words: &Callouts,
        end: TagEnd,
        start: usize,
        inner: usize,
        edits: &mut Vec<Edit>,
    ) {
        let (Event::Start(tag), whole) = &self.events[start] else { return };
        let text = |text: String| vec![MarkdownPiece::Text(text)];
        match (end, tag) {
            (TagEnd::Heading(level), _) => {
                let first = self.events.get(start + 1).map_or(inner, |(_, span)| span.start);
                let marks = "#".repeat(level as usize) + " ";
                edits.push((whole.start..first.min(inner), text(marks)));
                edits.push((inner..whole.end, text("\n".to_owned())));
            }
            (
                TagEnd::Link | TagEnd::Image,
                Tag::Link { link_type, .. } | Tag::Image { link_type, .. },
            ) if !matches!(link_type, LinkType::Autolink | LinkType::Email) => {
                let target = target_or_nowhere(links, start);
                edits.push((
                    inner..whole.end,
                    vec![
                        MarkdownPiece::Text("](".to_owned()),
                        MarkdownPiece::Href(target),
                        MarkdownPiece::Text(")".to_owned()),
                    ],
                ));
            }
            (_, Tag::BlockQuote(Some(kind))) => {
                let first = self.events.get(start + 1).map_or(inner, |(_, span)| span.start);
                let label = words.word(callout_name(*kind));
                let head = &self.file.text[whole.start..first];
                if let (Some(from), Some(to)) = (head.find("[!"), head.find(']')) {
                    let place = whole.start + from..whole.start + to + 1;
                    edits.push((place, text(format!("**{label}.**"))));
                }
            }
            _ => {}
        }
    }
}
