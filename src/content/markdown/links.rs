//! Owns where the links and images of a page lead. The entry point is [`Parsed::resolve_links`],
//! which is called once, before HTML and Markdown are written, so that a broken link is reported
//! once.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::super::diagnostics::Code;
use super::super::document::Target;
use super::{MASK_START, Parsed, Rendering};

/// Targets by the number of the event that begins the link or image. Those that lead nowhere are
/// missing; a page with such a link is refused.
pub(super) type Links = HashMap<usize, Target>;

/// What stands for the target of a link on a page that may have been refused.
pub(super) fn target_or_nowhere(links: &Links, event: usize) -> Target {
    links.get(&event).cloned().unwrap_or(Target::Anchor(String::new()))
}

impl Parsed<'_> {
    /// Resolves the links and images of the page. Problems go to the file's list.
    pub(super) fn resolve_links(&self, with: &Rendering<'_>) -> Links {
        let resolve = |(number, (event, span)): (usize, &(Event<'_>, Range<usize>))| {
            let href = match event {
                Event::Start(Tag::Link { dest_url, link_type: LinkType::Email, .. }) => {
                    format!("mailto:{dest_url}")
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    dest_url.to_string()
                }
                _ => return None,
            };
            if href.contains(MASK_START) {
                self.file
                    .error(Code::MisplacedDirective, span.start, "an address holds no directive")
                    .help("write the address itself");
                return None;
            }
            let target = with.index.resolve(with.path, &self.file, &href, span.start)?;
            Some((number, target))
        };
        self.events.iter().enumerate().filter_map(resolve).collect()
    }
}
