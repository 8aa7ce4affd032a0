//! Owns the drawing of bar charts: numbers and finished labels in, one inline SVG out.
//!
//! Entry point: [`render`]. It knows nothing of pay, currencies, pages or files, and it
//! rounds nothing that a reader sees: every word and figure in the picture is a label from the
//! caller, while the `f64` positions serve only to place things.
//!
//! One SVG serves every width. All horizontal positions are percentages of the width, there is
//! no `viewBox`, so text keeps its size, and whatever depends on the length of a text is decided
//! for the narrowest screen. Colours live in `static/css/parts/chart.css`.

mod axis;
mod mark;
pub(crate) mod put;
mod row;
mod scale;
pub(crate) mod text;

#[cfg(test)]
mod tests;

pub use axis::{Axis, Tick, reach};
use mark::Needs;
use put::put;
use row::{Frame, Scratch};
use scale::Scale;
pub(crate) use text::Escaped;

/// One picture: rows of bars over one zero-based axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// Begins every id in the SVG, so it must be unique on the page.
    pub id: String,
    /// The message of the chart, read out as its name.
    pub title: String,
    /// The chart in words, read out as its description; left out where empty.
    pub summary: String,
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// What the rows are measured against.
    pub axis: Axis,
}

/// A caption with a mark under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// At the left above the mark.
    pub caption: String,
    /// Small print: at the right of the caption where both fit a phone, else under it.
    pub detail: Option<String>,
    /// The mark in figures, such as "45K–75K"; the "+" of an open top belongs in it.
    pub value_label: String,
    /// What is drawn.
    pub mark: Mark,
    /// How it is drawn.
    pub tone: Tone,
    /// A figure to measure this row against. Neighbouring rows with the same marker share one
    /// line and one label.
    pub marker: Option<Marker>,
}

/// A vertical line with a label above it, for a figure of the reader's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// Where on the axis. Beyond its end only the label is shown, with an arrow.
    pub at: f64,
    /// What the line says.
    pub label: String,
}

/// The shape of a row's data. Numbers that are not finite are not drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A bar that floats between two values.
    Band {
        /// Where it begins.
        low: f64,
        /// Where it ends, when that is known.
        high: Option<f64>,
        /// Whether it goes on beyond `high` (or beyond `low`) without a stated end.
        open: bool,
        /// Parts shared with other bars, which are hatched.
        overlaps: Vec<(f64, f64)>,
    },
    /// A whisker from the tenth to the ninetieth percentile, a thicker bar between the
    /// quartiles and a tick at the median; of each only what is known.
    Percentiles {
        /// Tenth percentile.
        p10: Option<f64>,
        /// Lower quartile.
        p25: Option<f64>,
        /// Median.
        p50: Option<f64>,
        /// Upper quartile.
        p75: Option<f64>,
        /// Ninetieth percentile.
        p90: Option<f64>,
    },
    /// A lone value.
    Point(f64),
    /// A bar from zero.
    Bar(f64),
    /// No bar, and why.
    Nothing(String),
}

/// The weight of a row, told by more than colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Step `n` (from 1) of a scale of `of` steps: a shade of one hue, and a mark of `n` columns
    /// beside the caption.
    Step {
        /// Which step, from 1.
        n: u8,
        /// Of how many.
        of: u8,
    },
    /// A thin grey bar, for what stands beside the main rows.
    Thin,
}

/// Draws the chart. Never fails: what cannot be drawn is left out, what lies beyond the axis is
/// shown as going on beyond it.
pub fn render(chart: &Chart) -> String {
    draw(chart).0
}

/// As [`render`], with the height in pixels.
pub fn draw(chart: &Chart) -> (String, u32) {
    let id = text::id(&chart.id);
    let frame = Frame {
        id: &id,
        scale: Scale::new(chart.axis.max),
        indent: chart.rows.iter().map(|row| row::indent(row.tone)).max().unwrap_or(0),
    };

    let mut rows = String::with_capacity(chart.rows.len() * 600);
    let mut scratch = Scratch::default();
    let mut needs = Needs::default();
    let mut y = 0;
    let mut before: Option<&Row> = None;
    for row in &chart.rows {
        y += row::gap(before, row);
        y += row::draw(&mut rows, &mut scratch, &mut needs, frame, before, row, y);
        before = Some(row);
    }

    let foot = y + 8;
    let mut grid = String::with_capacity(400);
    let mut labels = String::with_capacity(400);
    let height = axis::draw(&mut grid, &mut labels, &chart.axis, frame.scale, foot);

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
    needs.define(&mut svg, id);
    svg.push_str(&grid);
    svg.push_str(&rows);
    svg.push_str(&labels);
    svg.push_str("</svg>");
    (svg, height)
}
