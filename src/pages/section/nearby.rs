//! Owns which sections the page of a section lists. The entry point is [`NearbySections::around`].

use super::super::Shared;
use crate::address;
use crate::content::Section;

/// Sections around the present one. Pages of a large guide do not list all of it, because the sum of
/// all pages would grow with the square of the guide.
pub(in crate::pages) struct NearbySections<'a> {
    /// The number of the first one listed.
    pub(in crate::pages) start: usize,
    /// Section, address, and whether it is the present one.
    pub(in crate::pages) rows: Vec<(&'a Section, String, bool)>,
    /// Whether some are left out.
    pub(in crate::pages) partial: bool,
}

impl<'a> NearbySections<'a> {
    /// Most sections in one list.
    const SIZE: usize = 15;

    /// The sections around that of a number in the reading order, counted from 0.
    pub(in crate::pages) fn around(shared: Shared<'a>, index: usize) -> Self {
        let sections = &shared.content.sections;
        let size = Self::SIZE.min(sections.len());
        let start = index.saturating_sub(size / 2).min(sections.len() - size);
        let rows = sections.iter().enumerate().skip(start).take(size).map(|(at, section)| {
            (section, shared.urls.path(&address::section(&section.id)), at == index)
        });
        Self { start: start + 1, rows: rows.collect(), partial: size < sections.len() }
    }
}
