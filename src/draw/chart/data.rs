//! Owns what a chart is made of: rows, shapes, axis, and the room there is. Plain data.

/// Rows of bars over one axis that begins at zero.
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

/// A caption with a shape under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// At the left above the mark.
    pub caption: String,
    /// Small print: at the right of the caption where both fit a phone, else under it.
    pub detail: Option<String>,
    /// The shape in figures, such as "45K–75K"; the "+" of an open top belongs in it.
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
    /// No bar, and why.
    Nothing(String),
}

/// How prominent a row is, which is shown by more than colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Step `n` (from 1) of a scale of `of` steps: a shade of one hue, and an icon of `n` filled
    /// columns beside the caption.
    Step {
        /// Which step, from 1.
        n: u8,
        /// Of how many.
        of: u8,
    },
    /// A thin grey bar, for what stands beside the main rows.
    Thin,
}

/// A zero-based axis, drawn as vertical lines with their labels at the foot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// The value at the right edge. Charts to be compared share it.
    pub max: f64,
    /// Where lines are drawn, in ascending order.
    pub ticks: Vec<Tick>,
}

/// A line across the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// What it says.
    pub label: String,
}

/// How much room a chart has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The narrowest width, in pixels, at which every label must be readable. Where a label goes is
    /// decided for this width, because a page can be as narrow, and the same SVG serves all.
    pub narrowest: f64,
    /// For a picture in pixels: rows stand close together, have no icon of their step, and are
    /// measured with the fonts of this program.
    pub dense: bool,
}

impl Layout {
    /// For a page: a screen of 320 pixels, less its margins.
    pub const PAGE: Self = Self { narrowest: 280.0, dense: false };
}
