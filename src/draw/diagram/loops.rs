//! Owns the loop: nodes on a line with rounded corners, clockwise, the first at the top. Why no
//! ellipse: it widens with the screen, and an arrow on it would then point past the line. On straight
//! stretches an arrow points the right way at every width.

use std::fmt::Write as _;

use super::canvas::{BOLD, Canvas, LINE, SMALL, SMALL_LINE, line_count};

/// Something that follows the one before it; the first follows the last.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopNode {
    /// Its name.
    pub name: String,
    /// What it gives to the next.
    pub gives: Option<String>,
}

/// The circle of a node reaches this far out of the line, in pixels.
const DOT: f64 = 16.0;
/// From the middle of a node to its text, in pixels.
const GAP: f64 = 28.0;

impl LoopNode {
    fn given(&self) -> Option<String> {
        self.gives.as_ref().map(|gives| format!("→ {gives}"))
    }

    fn height(&self, limit: f64) -> f64 {
        let given = self.given().map_or(0.0, |given| line_count(&given, SMALL, limit));
        line_count(&self.name, BOLD, limit) * LINE + given * SMALL_LINE
    }
}

/// Draws a loop, on whose left and right the caller leaves room for the outer halves of the nodes.
pub(super) fn draw(canvas: &mut Canvas, nodes: &[LoopNode]) {
    let inside = canvas.narrowest - 2.0 * DOT - 4.0;
    let side = inside / 2.0 - GAP - 4.0;
    let odd = nodes.len() % 2;
    let rows = nodes.len() / 2;
    let start = canvas.y + DOT;
    let tallest = nodes.iter().skip(odd).map(|node| node.height(side)).fold(0.0, f64::max);
    let pitch = tallest.max(2.0 * DOT) + 34.0;
    let top = match nodes.first() {
        Some(first) if odd == 1 => first.height(inside - 70.0) + 34.0,
        _ => 20.0,
    };
    let y_of = |row: usize| {
        let row = f64::from(u16::try_from(row).unwrap_or(u16::MAX));
        start + top.max(44.0) + tallest / 2.0 + 8.0 + pitch * row
    };
    let last = y_of(rows.saturating_sub(1));
    let bottom = last + (tallest / 2.0 + 26.0).max(64.0);
    let _ = write!(
        canvas.body,
        r#"<rect class="t" y="{start:.0}" width="100%" height="{:.0}" rx="40"/>"#,
        bottom - start
    );
    arrows(canvas, odd == 1, (start, bottom), &(0..rows).map(y_of).collect::<Vec<_>>());
    for (index, node) in nodes.iter().enumerate() {
        let number = (index + 1).to_string();
        if odd == 1 && index == 0 {
            dot(canvas, 50.0, start, &number);
            let y = start + 40.0;
            label(canvas, ("m", 50.0, 0.0), y, node, inside - 70.0);
            continue;
        }
        let place = index - odd;
        let (percent, dx, row) =
            if place < rows { (100.0, -GAP, place) } else { (0.0, GAP, 2 * rows - 1 - place) };
        let y = y_of(row);
        dot(canvas, percent, y, &number);
        let first = y - node.height(side) / 2.0 + 13.0;
        label(canvas, ("", percent, dx), first, node, side);
    }
    canvas.y = bottom + 12.0;
}

fn label(
    canvas: &mut Canvas,
    (class, percent, dx): (&str, f64, f64),
    y: f64,
    node: &LoopNode,
    limit: f64,
) {
    let y = canvas.lines(&format!("b {class}"), (percent, dx), y, &node.name, limit);
    if let Some(given) = node.given() {
        canvas.lines(&format!("s {class}"), (percent, dx), y - 2.0, &given, limit);
    }
}

fn dot(canvas: &mut Canvas, percent: f64, y: f64, number: &str) {
    canvas.circle("d", percent, y, DOT);
    canvas.text("n m", percent, 0.0, y + 5.0, number);
}

/// Draws arrows between nodes and on the way around the corners.
fn arrows(canvas: &mut Canvas, on_top: bool, (top, bottom): (f64, f64), rows: &[f64]) {
    const RIGHT: &str = "M-4-7 4 0-4 7";
    const LEFT: &str = "M4-7-4 0 4 7";
    const DOWN: &str = "M-7-4 0 4 7-4";
    const UP: &str = "M-7 4 0-4 7 4";
    for percent in if on_top { vec![28.0, 72.0] } else { vec![50.0] } {
        canvas.path("a", percent, top, RIGHT);
    }
    for pair in rows.windows(2) {
        let middle = f64::midpoint(pair[0], pair[1]);
        canvas.path("a", 100.0, middle, DOWN);
        canvas.path("a", 0.0, middle, UP);
    }
    canvas.path("a", 50.0, bottom, LEFT);
}
