//! Owns bars without a word, all on one line, for a glance at a whole career. The words stand beside
//! the drawing, so that it is hidden from those who listen.

use super::data::{Mark, Row};
use super::mark::{CLASSES, shade};
use super::scale::{Percent, Scale};
use crate::draw::put::put;

/// Draws the bands of some rows over one another, each a little lower than the one before, on a
/// scale from zero to `max`. An open band goes on to the end of the scale.
pub fn overview(rows: &[Row], max: f64) -> String {
    // Nothing here depends on the width of a text, and so not on the narrowest width.
    let scale = Scale::new(max, f64::INFINITY);
    let mut svg = String::with_capacity(80 + rows.len() * 70);
    svg.push_str(r#"<svg class="steps" aria-hidden="true" width="100%" height="12">"#);
    for row in rows {
        let Mark::Band { low, high, open, .. } = row.mark else { continue };
        let (Some(from), Some(to)) = (scale.place(low), scale.place(high.unwrap_or(low))) else {
            continue;
        };
        let to = if open { 100.0 } else { to };
        let shade = shade(row.tone);
        let y = ["0", "0", "2", "4"][shade];
        put!(&mut svg, r#"<rect class=""#, CLASSES[shade], if open { " open" } else { "" });
        put!(&mut svg, r#"" x=""#, Percent(from), r#"" width=""#, Percent(to - from));
        put!(&mut svg, r#"" y=""#, y, r#"" height="8"/>"#);
    }
    svg.push_str("</svg>");
    svg
}
