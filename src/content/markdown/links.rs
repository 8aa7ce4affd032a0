//! Owns where the links and images of a page lead. All are resolved once, before HTML and Markdown
//! are written, so that a link that leads nowhere is reported once. The entry point is
//! [`Parsed::resolve_links`].

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::super::diagnostics::Code;
use super::super::document::Target;
use super::{MASK_START, Parsed, Rendering};

/// Targets by the number of the event that begins the link or image. Those that lead nowhere are
/// missing.
#[derive(Debug)]
pub(super) struct Links(HashMap<usize, Target>);

impl Links {
    /// Where the link or image leads; none when it leads nowhere, which was reported.
    pub(super) fn target(&self, event: usize) -> Option<&Target> {
        self.0.get(&event)
    }

    /// The same for the rest of a page that is refused in any case.
    pub(super) fn target_or_nowhere(&self, event: usize) -> Target {
        self.target(event).cloned().unwrap_or(Target::Anchor(String::new()))
    }
}

impl Parsed<'_> {
    /// Resolves the links and images of the page. Problems go to the file's list.
    pub(super) fn resolve_links(&self, with: &Rendering<'_>) -> Links {
        let mut targets = HashMap::new();
        for (number, (event, span)) in self.events.iter().enumerate() {
            let Event::Start(tag) = event else { continue };
            let target = match tag {
                Tag::Link { dest_url, link_type: LinkType::Email, .. } => {
                    self.resolve_link(with, &format!("mailto:{dest_url}"), span)
                }
                Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                    self.resolve_link(with, dest_url, span)
                }
                _ => continue,
            };
            targets.extend(target.map(|target| (number, target)));
        }
        Links(targets)
    }

    fn resolve_link(
        &self,
        with: &Rendering<'_>,
        href: &str,
        span: &Range<usize>,
    ) -> Option<Target> {
        if href.contains(MASK_START) {
            self.file.error(
                Code::MisplacedDirective,
                span.clone(),
                "an address holds no directive",
                "write the address itself".to_owned(),
            );
            return None;
        }
        with.index.resolve(with.path, &self.file, href, span.clone())
    }
}
