//! Owns the drawing of diagrams: loops, layers, routes, steps and timelines. Finished labels and
//! places between 0 and 1 in, one SVG out.
//!
//! Entry points: [`Diagram::inline`] for a page, [`Diagram::standalone`] for a file of its own. As in
//! [`chart`](super::chart), there is no `viewBox` on a page: shapes are placed at percentages of the
//! width and text keeps its size. It knows nothing of careers, pages or files.

mod canvas;
mod layers;
mod loops;
mod route;
mod standalone;
mod steps;
#[cfg(test)]
mod tests;
mod timeline;

use std::fmt::Write as _;

use super::escape::{self, Escaped};
use canvas::Canvas;
pub use layers::Layer;
pub use loops::LoopNode;
pub use route::Stop;
pub use standalone::{Colours, Credit, Standalone};
pub use steps::{Fact, Step, Steps};
pub use timeline::{LineStyle, Span, Timeline, Track};

/// A diagram, ready to be drawn at any width.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    /// Begins every id in the SVG, so it must be unique on the page.
    pub id: String,
    /// The message, read out as its name.
    pub title: String,
    /// The picture in words, read out as its description.
    pub summary: String,
    /// What is drawn.
    pub scene: Scene,
}

/// What can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Scene {
    /// A loop.
    Loop(Vec<LoopNode>),
    /// Layers, the lowest first.
    Layers(Vec<Layer>),
    /// A staircase, the lowest step first.
    Steps(Steps),
    /// Tracks along an axis of time.
    Timeline(Timeline),
    /// Stops along a way, and a note on how to read it.
    Route(Vec<Stop>, String),
    /// Charts under one another.
    Charts(Vec<TitledChart>),
}

/// A finished chart under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct TitledChart {
    /// Above the chart.
    pub heading: String,
    /// The `<svg>` element.
    pub svg: String,
    /// In pixels.
    pub height: f64,
}

/// A screen of 320 pixels, less margins: the narrowest width at which a diagram must be legible, in
/// pixels.
const NARROW: f64 = 288.0;
/// The column of text where `css/parts/picture.css` says that there is room for it, in pixels.
const WIDE: f64 = 520.0;

impl Diagram {
    /// The SVG for a page, whose style sheet holds `css/parts/picture.css`.
    ///
    /// It is drawn twice, because names break over several lines, and lines broken for a phone leave
    /// half of a column of text empty. The style sheet shows one of the two drawings. The second
    /// costs nearly nothing once the page is compressed.
    pub fn inline(&self) -> String {
        let (narrow, wide) = (self.draw(NARROW), self.draw(WIDE));
        let id = escape::id(&self.id);
        let alike = narrow.body == wide.body;
        let words = format!(
            r#"<title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>"#,
            Escaped(&self.title),
            Escaped(&self.summary)
        );
        let mut svg = String::with_capacity(narrow.body.len() + wide.body.len() + 800);
        let mut put = |class: &str, canvas: &Canvas, words: &str| {
            // Both drawings are named by the words of the first, which may be hidden: a name and a
            // description may come from an element that is not shown. Writing to a string cannot fail.
            let _ = write!(
                svg,
                r#"<svg class="pic{class}" role="img" paint-order="stroke" aria-labelledby="{id}-t" aria-describedby="{id}-d" width="100%" height="{:.0}">{words}{}</svg>"#,
                canvas.y.ceil(),
                canvas.body,
            );
        };
        put(if alike { "" } else { " slim" }, &narrow, &words);
        if !alike {
            put(" wide", &wide, "");
        }
        svg
    }

    /// Draws it for widths from `narrowest` upwards, in pixels.
    fn draw(&self, narrowest: f64) -> Canvas {
        let mut canvas = Canvas::new(narrowest);
        match &self.scene {
            Scene::Loop(nodes) => loops::draw(&mut canvas, nodes),
            Scene::Layers(layers) => layers::draw(&mut canvas, layers),
            Scene::Steps(steps) => steps::draw(&mut canvas, steps),
            Scene::Timeline(timeline) => timeline::draw(&mut canvas, timeline),
            Scene::Route(stops, note) => route::draw(&mut canvas, stops, note),
            Scene::Charts(charts) => {
                for TitledChart { heading, svg, height } in charts {
                    canvas.y += 22.0;
                    let _ = write!(
                        canvas.body,
                        r#"<g class="pic"><text class="b" y="{:.0}">{}</text></g><svg y="{:.0}" width="100%" height="{height:.0}" overflow="visible">{svg}</svg>"#,
                        canvas.y,
                        Escaped(heading),
                        canvas.y + 8.0
                    );
                    canvas.y += height + 30.0;
                }
            }
        }
        canvas
    }
}
