//! Owns the way: numbered stops on a line, each with what one is left with, and a place to get
//! off after it.

use std::fmt::Write as _;

use crate::draw::escape::Escaped;
use crate::draw::text::width;

use super::canvas::{BOLD, Canvas, LINE, SMALL};

/// A stretch of the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Its name.
    pub name: String,
    /// How long it takes.
    pub time: String,
    /// What one is left with.
    pub leaves: String,
}

/// From the left edge to the text, in pixels.
const INDENT: f64 = 50.0;

/// Draws a way, from its beginning at the top.
pub(super) fn draw(canvas: &mut Canvas, stops: &[Stop], note: &str) {
    let limit = canvas.narrowest - INDENT;
    canvas.y += 2.0;
    for (index, stop) in stops.iter().enumerate() {
        let top = canvas.y;
        let at = canvas.body.len();
        canvas.text("n m", 0.0, 17.0, top + 22.0, &(index + 1).to_string());
        let mut y = top + 22.0;
        if width(&stop.name, BOLD) + width(&stop.time, SMALL) + 12.0 <= limit {
            let _ = write!(
                canvas.body,
                r#"<text class="b" dx="{INDENT}" y="{y}">{}<tspan class="s q" dx="10">{}</tspan></text>"#,
                Escaped(&stop.name),
                Escaped(&stop.time)
            );
            y += LINE;
        } else {
            y = canvas.lines("b", (0.0, INDENT), y, &stop.name, limit);
            y = canvas.lines("s", (0.0, INDENT), y - 1.0, &stop.time, limit);
        }
        // A branch to the right: here one may get off, with this in hand.
        y = canvas.lines("s", (0.0, INDENT + 22.0), y + 10.0, &stop.leaves, limit - 22.0);
        let exit = top + 22.0 + (y - top - 22.0) / 2.0;
        canvas.y = y + 14.0;
        let text = canvas.body.split_off(at);
        let exit = exit.max(top + 44.0);
        let bottom = if index + 1 == stops.len() { exit - 14.0 } else { canvas.y + 17.0 };
        canvas.path(
            "t",
            0.0,
            0.0,
            &format!("M17 {:.0}V{bottom:.0}M17 {:.0}q0 14 14 14h24", top + 17.0, exit - 14.0),
        );
        canvas.path("d", 0.0, top + 17.0, "M1 0a16 16 0 1 0 32 0a16 16 0 1 0-32 0");
        canvas.path("o", 0.0, exit, "M52 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0");
        canvas.body.push_str(&text);
    }
    canvas.y = canvas.lines("s", (0.0, 0.0), canvas.y + 14.0, note, canvas.narrowest) - 8.0;
}
