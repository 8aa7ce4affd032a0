//! Owns the shapes that all diagrams are made of. A place is a percentage of the width and, for
//! text, a distance from it in pixels; the classes are those of `static/css/parts/picture.css`.

use std::fmt::Write as _;

use crate::draw::escape::Escaped;
use crate::draw::text::{Font, wrap};
use crate::fonts::Face;

/// Names and numbers; the sizes are those of the style sheet, because lines are broken by them.
pub(super) const BOLD: Font = Font::of_reader(Face::SansBold, 14.0);
/// Small print.
pub(super) const SMALL: Font = Font::of_reader(Face::Sans, 12.5);
/// From one line of names to the next, in pixels.
pub(super) const LINE: f64 = 18.0;
/// From one line of small print to the next, in pixels.
pub(super) const SMALL_LINE: f64 = 16.0;

/// A drawing in the making.
#[derive(Debug)]
pub(super) struct Canvas {
    /// The narrowest width at which it must be legible, in pixels.
    pub(super) narrowest: f64,
    /// What is drawn so far.
    pub(super) body: String,
    /// Where the next thing may begin, in pixels from the top.
    pub(super) y: f64,
}

impl Canvas {
    pub(super) fn new(narrowest: f64) -> Self {
        Self { narrowest, body: String::new(), y: 0.0 }
    }

    /// The share of the narrowest width, in pixels.
    pub(super) fn share(&self, percent: f64) -> f64 {
        self.narrowest * percent / 100.0
    }

    /// A line of text on the baseline `y`, from a percentage and so many pixels beyond. Below zero
    /// it ends there instead; the class `m` centres it.
    pub(super) fn text(&mut self, class: &str, percent: f64, dx: f64, y: f64, text: &str) {
        let end = if dx < 0.0 { " e" } else { "" };
        let _ = write!(self.body, r#"<text class="{class}{end}""#);
        if percent > 0.0 {
            let _ = write!(self.body, r#" x="{}%""#, Tenths(percent));
        }
        if dx != 0.0 {
            let _ = write!(self.body, r#" dx="{}""#, Tenths(dx));
        }
        let _ = write!(self.body, r#" y="{}">{}</text>"#, Tenths(y), Escaped(text));
    }

    /// Text in lines no wider than `limit`, from the baseline `y`; gives the baseline of the line
    /// that would come next.
    pub(super) fn lines(
        &mut self,
        class: &str,
        (percent, dx): (f64, f64),
        mut y: f64,
        text: &str,
        limit: f64,
    ) -> f64 {
        let (font, step) = if class.starts_with('b') { (BOLD, LINE) } else { (SMALL, SMALL_LINE) };
        for line in wrap(text, font, limit, MOST_LINES) {
            self.text(class, percent, dx, y, &line);
            y += step;
        }
        y
    }

    /// A rectangle from one percentage, so many wide.
    pub(super) fn rect(&mut self, class: &str, (x, width): (f64, f64), y: f64, height: f64) {
        let _ = write!(
            self.body,
            r#"<rect class="{class}" x="{}%" y="{}" width="{}%" height="{}" rx="3"/>"#,
            Tenths(x),
            Tenths(y),
            Tenths(width),
            Tenths(height)
        );
    }

    /// A line between two places.
    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.body,
            r#"<line class="{class}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>"#,
            Tenths(from.0),
            Tenths(from.1),
            Tenths(to.0),
            Tenths(to.1)
        );
    }

    /// A circle of so many pixels around a place.
    pub(super) fn circle(&mut self, class: &str, percent: f64, y: f64, radius: f64) {
        let _ = write!(
            self.body,
            r#"<circle class="{class}" cx="{}%" cy="{}" r="{}"/>"#,
            Tenths(percent),
            Tenths(y),
            Tenths(radius)
        );
    }

    /// A shape in pixels around a place.
    pub(super) fn path(&mut self, class: &str, percent: f64, y: f64, path: &str) {
        let _ = write!(
            self.body,
            r#"<svg x="{}%" y="{}" overflow="visible"><path class="{class}" d="{path}"/></svg>"#,
            Tenths(percent),
            Tenths(y)
        );
    }
}

/// How many lines a text fills.
pub(super) fn line_count(text: &str, font: Font, limit: f64) -> f64 {
    f64::from(u8::try_from(wrap(text, font, limit, MOST_LINES).len()).unwrap_or(u8::MAX))
}

/// Longer texts are cut: a diagram is no place for them.
const MOST_LINES: usize = 12;

/// A number with one decimal at most.
struct Tenths(f64);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round();
        write!(f, "{}", if tenths == 0.0 { 0.0 } else { tenths / 10.0 })
    }
}
