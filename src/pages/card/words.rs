//! Owns words on a card: where a text breaks, at which size it fits, and how it is written as SVG.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::draw::escape::Escaped;
use crate::draw::text::{self, Font};
use crate::fonts::Face;

/// A text broken into lines at a size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FittedText {
    pub(super) size: f32,
    pub(super) lines: Vec<String>,
}

impl FittedText {
    pub(super) fn line_count(&self) -> f32 {
        number(self.lines.len())
    }
}

#[expect(clippy::cast_precision_loss, reason = "a handful of things")]
pub(super) fn number(count: usize) -> f32 {
    count as f32
}

/// Sets a text at the largest of the sizes, given from the largest down, at which it takes no more
/// lines than asked for. At the smallest, what does not fit is cut with an ellipsis.
pub(super) fn fit(text: &str, face: Face, sizes: &[f32], width: f32, most: usize) -> FittedText {
    let mut last = FittedText { size: 0.0, lines: Vec::new() };
    for size in sizes {
        let lines = wrap(text, face, *size, width);
        if lines.len() <= most {
            return FittedText { size: *size, lines: balanced(text, face, *size, width, lines) };
        }
        last = FittedText { size: *size, lines };
    }
    last.lines.truncate(most);
    if let Some(line) = last.lines.pop() {
        last.lines.push(cut(&format!("{line} …"), face, last.size, width));
    }
    last
}

/// A text on one line, cut with an ellipsis where it is too long.
pub(super) fn cut(text: &str, face: Face, size: f32, width: f32) -> String {
    if face.width(text, size) <= width {
        return text.to_owned();
    }
    let mut kept = text.trim_end_matches('…').trim_end().to_owned();
    while !kept.is_empty() && face.width(&kept, size) + face.width("…", size) > width {
        kept.pop();
    }
    kept.truncate(kept.trim_end_matches([' ', ',', '.', ';', ':']).len());
    kept + "…"
}

fn wrap(text: &str, face: Face, size: f32, width: f32) -> Vec<String> {
    let font = Font { face, size: f64::from(size), own: true };
    let lines = text::wrap(text, font, f64::from(width), usize::MAX);
    lines.into_iter().map(Cow::into_owned).collect()
}

/// The same number of lines, as even as can be.
fn balanced(text: &str, face: Face, size: f32, width: f32, lines: Vec<String>) -> Vec<String> {
    let mut best = lines;
    let mut narrower = width;
    while best.len() > 1 && narrower > width / 2.0 {
        narrower -= width / 40.0;
        let lines = wrap(text, face, size, narrower);
        if lines.len() > best.len() {
            break;
        }
        best = lines;
    }
    best
}

/// Which end of a line stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    End,
}

/// Writes a line of text whose baseline is at `y`.
pub(super) fn write_line(
    svg: &mut String,
    text: &str,
    (face, size, colour): (Face, f32, &str),
    (x, y): (f32, f32),
    anchor: Anchor,
) {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::End => r#" text-anchor="end""#,
    };
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        r#"<text x="{x}" y="{y}" font-family="{}" font-weight="{}" font-size="{size}" fill="{colour}"{anchor}>{}</text>"#,
        face.family(),
        face.weight(),
        Escaped(text),
    );
}
