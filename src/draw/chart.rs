//! Owns the drawing of bar charts: numbers and finished labels in, one inline SVG out.
//!
//! Entry points: [`draw`] for a chart, [`overview()`] for bars without a word. It knows nothing of
//! pay, currencies, pages or files, and it rounds nothing that a reader sees: the `f64` positions
//! serve only to place things.
//!
//! Why there is no `viewBox`: one SVG must be right at every width. A `viewBox` would scale the text
//! with the drawing, so all horizontal positions are percentages of the width and text keeps its
//! size. Whatever depends on the length of a text is decided for the narrowest width. Colours are in
//! `static/css/parts/chart.css`, because the policy of the pages allows no style in them.

mod axis;
mod data;
mod mark;
mod overview;
mod row;
mod scale;
#[cfg(test)]
mod tests;

pub use axis::reach;
pub use data::{Axis, Chart, Layout, Mark, Marker, Row, Tick, Tone};
pub use overview::overview;

use super::escape::{self, Escaped};
use super::put::put;
use mark::SharedShapes;
use row::Buffers;
use scale::{Frame, Scale};

/// A chart as SVG.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The `<svg>` element, as wide as what it stands in.
    pub svg: String,
    /// In pixels.
    pub height: u32,
}

/// Draws the chart. Never fails: what cannot be drawn is left out, what lies beyond the axis is
/// shown as going on beyond it.
pub fn draw(chart: &Chart, layout: Layout) -> Drawing {
    let id = escape::id(&chart.id);
    let frame = Frame {
        id: &id,
        scale: Scale::new(chart.axis.max, layout.narrowest),
        indent: chart.rows.iter().map(|row| row::indent(row.tone, layout)).max().unwrap_or(0),
        dense: layout.dense,
    };

    let mut rows = String::with_capacity(chart.rows.len() * 600);
    let mut buffers = Buffers::default();
    let mut shapes = SharedShapes::default();
    let mut y = 0;
    let mut before: Option<&Row> = None;
    for row in &chart.rows {
        y += row::gap(before, row, layout.dense);
        y += row::draw(&mut rows, &mut buffers, &mut shapes, frame, before, row, y);
        before = Some(row);
    }

    let mut lines = String::with_capacity(400);
    let mut labels = String::with_capacity(400);
    let height = axis::draw(&mut lines, &mut labels, &chart.axis, frame, y);

    let id = id.as_str();
    let mut svg = String::with_capacity(rows.len() + chart.summary.len() + 2_000);
    put!(
        &mut svg,
        r#"<svg class="chart" role="img" paint-order="stroke" aria-labelledby=""#,
        id,
        "-t\"",
    );
    if !chart.summary.is_empty() {
        put!(&mut svg, r#" aria-describedby=""#, id, "-d\"");
    }
    put!(&mut svg, r#" width="100%" height=""#, height, r#""><title id=""#, id, r#"-t">"#);
    put!(&mut svg, Escaped(&chart.title), "</title>");
    if !chart.summary.is_empty() {
        put!(&mut svg, r#"<desc id=""#, id, r#"-d">"#, Escaped(&chart.summary), "</desc>");
    }
    shapes.define(&mut svg, id);
    // Later elements are painted over earlier ones: lines lie under bars, labels over both.
    svg.push_str(&lines);
    svg.push_str(&rows);
    svg.push_str(&labels);
    svg.push_str("</svg>");
    Drawing { svg, height }
}
