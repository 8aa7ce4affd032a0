//! Owns the Markdown of a page as other programs can read it: as the author wrote it, with links
//! that lead somewhere from anywhere, and without what only this program understands. The entry
//! point is [`Parsed::source`]. Data and addresses are left to whoever knows them.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Tag, TagEnd};

use super::super::Callouts;
use super::super::document::{Fragment, Target};
use super::{MASK_START, Parsed, Rendering};

/// What stands in the place of a part of the text.
type Edit = (Range<usize>, Vec<Fragment>);

impl Parsed<'_> {
    /// The Markdown of the page in pieces: [`Fragment::Html`] holds Markdown here.
    pub(in crate::content) fn source(&self, with: &Rendering<'_>) -> Vec<Fragment> {
        let text = self.file.text;
        let mut edits = self.edits(with);
        edits.sort_by_key(|(place, _)| (place.start, place.end));
        let mut pieces = Vec::new();
        let mut at = self.body;
        for (place, mut instead) in edits {
            if place.start < at {
                continue; // within something that was replaced
            }
            pieces.push(Fragment::Html(text[at..place.start].to_owned()));
            pieces.append(&mut instead);
            at = place.end;
        }
        pieces.push(Fragment::Html(text[at..].to_owned()));
        pieces
    }

    fn edits(&self, with: &Rendering<'_>) -> Vec<Edit> {
        let text = |text: &str| vec![Fragment::Html(text.to_owned())];
        let mut edits: Vec<Edit> = self
            .directives
            .iter()
            .filter_map(|(place, directive)| {
                Some((place.clone(), vec![Fragment::Directive(directive.clone()?)]))
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
                    self.close(with, *end, start, inner, &mut edits);
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
        with: &Rendering<'_>,
        end: TagEnd,
        start: usize,
        inner: usize,
        edits: &mut Vec<Edit>,
    ) {
        let (Event::Start(tag), whole) = &self.events[start] else { return };
        let text = |text: String| vec![Fragment::Html(text)];
        match (end, tag) {
            (TagEnd::Heading(level), _) => {
                let first = self.events.get(start + 1).map_or(inner, |(_, span)| span.start);
                let marks = "#".repeat(level as usize) + " ";
                edits.push((whole.start..first.min(inner), text(marks)));
                edits.push((inner..whole.end, text("\n".to_owned())));
            }
            (
                TagEnd::Link | TagEnd::Image,
                Tag::Link { dest_url, link_type, .. } | Tag::Image { dest_url, link_type, .. },
            ) if !matches!(link_type, LinkType::Autolink | LinkType::Email)
                // An address that holds a directive was told as well.
                && !dest_url.contains(MASK_START) =>
            {
                let index = with.index;
                let place = whole.clone();
                // One that leads nowhere was told when the page was rendered.
                let target = index.resolve(with.path, &self.file, dest_url, place);
                let target = target.unwrap_or(Target::Anchor(String::new()));
                edits.push((
                    inner..whole.end,
                    vec![
                        Fragment::Html("](".to_owned()),
                        Fragment::Href(target),
                        Fragment::Html(")".to_owned()),
                    ],
                ));
            }
            (_, Tag::BlockQuote(Some(kind))) => {
                let first = self.events.get(start + 1).map_or(inner, |(_, span)| span.start);
                let label = label(with.callouts, *kind);
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

fn label(words: &Callouts, kind: BlockQuoteKind) -> &str {
    match kind {
        BlockQuoteKind::Note => &words.note,
        BlockQuoteKind::Tip => &words.tip,
        BlockQuoteKind::Important => &words.important,
        BlockQuoteKind::Warning => &words.warning,
        BlockQuoteKind::Caution => &words.caution,
    }
}
