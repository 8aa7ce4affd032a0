//! Owns the layers: boxes that rest on those below them, the lowest layer the strongest.

use crate::draw::text::width;

use super::canvas::{BOLD, Canvas, LINE, line_count};

/// Boxes side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What they have in common.
    pub name: String,
    /// What stands in them.
    pub boxes: Vec<String>,
    /// Whether it is new, and so drawn with a broken edge.
    pub newer: bool,
}

/// Between boxes, per cent of the width.
const GAP: f64 = 2.0;
/// From the edge of a box to its text.
const PAD: f64 = 8.0;
const MOST_COLUMNS: usize = 4;

/// Draws layers, given from the lowest upwards.
pub(super) fn draw(canvas: &mut Canvas, layers: &[Layer]) {
    for (depth, layer) in layers.iter().enumerate().rev() {
        canvas.y += 15.0;
        canvas.text("s", 0.0, 0.0, canvas.y, &layer.name);
        canvas.y += 7.0;
        let class = match (layer.newer, depth) {
            (true, _) => "x3",
            (_, 0) => "x0",
            (_, 1) => "x1",
            _ => "x2",
        };
        let columns = columns(canvas, &layer.boxes);
        for row in layer.boxes.chunks(columns) {
            draw_row(canvas, class, row);
        }
        canvas.y += 6.0;
    }
}

/// As many as can hold the longest word.
fn columns(canvas: &Canvas, boxes: &[String]) -> usize {
    let words = boxes.iter().flat_map(|text| text.split_whitespace());
    let longest = words.map(|word| width(word, BOLD)).fold(0.0, f64::max);
    let fits = |columns: &usize| canvas.share(wide(*columns)) - 2.0 * PAD >= longest;
    let most = MOST_COLUMNS.min(boxes.len()).max(1);
    (1..=most).rev().find(fits).unwrap_or(1)
}

/// How wide a box is when so many share the width, per cent.
fn wide(columns: usize) -> f64 {
    let columns = f64::from(u8::try_from(columns).unwrap_or(u8::MAX)).max(1.0);
    (100.0 - GAP * (columns - 1.0)) / columns
}

fn draw_row(canvas: &mut Canvas, class: &str, row: &[String]) {
    let width = wide(row.len());
    let limit = canvas.share(width) - 2.0 * PAD;
    let lines = row.iter().map(|text| line_count(text, BOLD, limit)).fold(1.0, f64::max);
    let height = lines * LINE + 18.0;
    let mut x = 0.0;
    for text in row {
        canvas.rect(class, (x, width), canvas.y, height);
        let first = canvas.y + (height - line_count(text, BOLD, limit) * LINE) / 2.0 + 13.5;
        canvas.lines("b m", (x + width / 2.0, 0.0), first, text, limit);
        x += width + GAP;
    }
    canvas.y += height + 6.0;
}
