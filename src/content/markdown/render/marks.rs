//! Owns the marks by which fragments go through the HTML writer, which knows nothing of them.

use super::super::{MASK_END, MASK_START};
use crate::content::document::Fragment;

/// The fragments that were marked, in order.
#[derive(Default)]
pub(super) struct Marks(Vec<Fragment>);

impl Marks {
    /// What stands in the place of a fragment.
    pub(super) fn add(&mut self, fragment: Fragment) -> String {
        self.0.push(fragment);
        format!("{MASK_START}{}{MASK_END}", self.0.len() - 1)
    }

    /// HTML cut at its marks, with the marked fragments between the pieces.
    pub(super) fn cut(&self, html: &str) -> Vec<Fragment> {
        let mut fragments = Vec::with_capacity(self.0.len() * 2 + 1);
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(MASK_START) {
            let Some((number, after)) = after.split_once(MASK_END) else { break };
            if !before.is_empty() {
                fragments.push(Fragment::Html(before.to_owned()));
            }
            fragments.extend(number.parse::<usize>().ok().and_then(|n| self.0.get(n)).cloned());
            rest = after;
        }
        if !rest.is_empty() {
            fragments.push(Fragment::Html(rest.to_owned()));
        }
        fragments
    }
}
