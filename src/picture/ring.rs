//! Owns the loop: stations on a track with rounded corners, clockwise, the first at the top. On
//! straight stretches an arrow points the right way at every width, which it would not on an
//! ellipse that widens with the screen.

use std::fmt::Write as _;

use super::canvas::{BOLD, Canvas, LINE, SMALL, SMALL_LINE, count};

/// Something that follows the one before it; after the last comes the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// Its name.
    pub name: String,
    /// What it hands on.
    pub gives: Option<String>,
}

/// Stations reach this far out of the track.
const DOT: f64 = 16.0;
/// From the middle of a station to its text.
const GAP: f64 = 28.0;

impl Station {
    fn given(&self) -> Option<String> {
        self.gives.as_ref().map(|gives| format!("→ {gives}"))
    }

    fn height(&self, limit: f64) -> f64 {
        let given = self.given().map_or(0.0, |given| count(&given, SMALL, limit));
        count(&self.name, BOLD, limit) * LINE + given * SMALL_LINE
    }
}

/// Draws a loop, on whose left and right the caller leaves room for the stations' outer halves.
pub(super) fn draw(canvas: &mut Canvas, stations: &[Station]) {
    let inside = canvas.least - 2.0 * DOT - 4.0;
    let side = inside / 2.0 - GAP - 4.0;
    let odd = stations.len() % 2;
    let rows = stations.len() / 2;
    let start = canvas.y + DOT;
    let tallest = stations.iter().skip(odd).map(|station| station.height(side)).fold(0.0, f64::max);
    let pitch = tallest.max(2.0 * DOT) + 34.0;
    let top = match stations.first() {
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
    for (index, station) in stations.iter().enumerate() {
        let number = (index + 1).to_string();
        if odd == 1 && index == 0 {
            dot(canvas, 50.0, start, &number);
            let y = start + 40.0;
            label(canvas, ("m", 50.0, 0.0), y, station, inside - 70.0);
            continue;
        }
        let place = index - odd;
        let (percent, dx, row) =
            if place < rows { (100.0, -GAP, place) } else { (0.0, GAP, 2 * rows - 1 - place) };
        let y = y_of(row);
        dot(canvas, percent, y, &number);
        let first = y - station.height(side) / 2.0 + 13.0;
        label(canvas, ("", percent, dx), first, station, side);
    }
    canvas.y = bottom + 12.0;
}

fn label(
    canvas: &mut Canvas,
    (class, percent, dx): (&str, f64, f64),
    y: f64,
    station: &Station,
    limit: f64,
) {
    let y = canvas.lines(&format!("b {class}"), (percent, dx), y, &station.name, limit);
    if let Some(given) = station.given() {
        canvas.lines(&format!("s {class}"), (percent, dx), y - 2.0, &given, limit);
    }
}

fn dot(canvas: &mut Canvas, percent: f64, y: f64, number: &str) {
    canvas.circle("d", percent, y, DOT);
    canvas.text("n m", percent, 0.0, y + 5.0, number);
}

/// Between stations and on the way around the corners.
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
