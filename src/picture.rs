//! Owns the drawing of pictures that are no charts: things that go round, rest on each other or
//! follow in time. Finished labels and places between 0 and 1 in, one SVG out.
//!
//! Entry points: [`Picture::inline`] for a page, [`Picture::alone`] for a file of its own. As in
//! [`chart`](crate::chart), there is no `viewBox` on a page: shapes stand at percentages of the
//! width and text keeps its size. Where lines break is decided twice, for the narrowest screen and
//! for a column of text, and the style sheet shows the one for which there is room. It knows
//! nothing of careers, pages or files.

mod alone;
mod canvas;
mod layers;
mod ring;
mod route;
mod steps;
#[cfg(test)]
mod tests;
mod timeline;

use std::fmt::Write as _;

use crate::chart::text::{self, Escaped};
pub use alone::{Alone, Paint, Words};
use canvas::Canvas;
pub use layers::Layer;
pub use ring::Station;
pub use route::Stop;
pub use steps::{Fact, Step, Steps};
pub use timeline::{Look, Span, Thread, Timeline};

/// A picture, ready to be drawn at any width.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
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
    Ring(Vec<Station>),
    /// Layers, the lowest first.
    Layers(Vec<Layer>),
    /// A staircase, the lowest step first.
    Steps(Steps),
    /// Threads along an axis of time.
    Timeline(Timeline),
    /// Stops along a way, and how to read it.
    Route(Vec<Stop>, String),
    /// Charts under one another, each with its heading and its height.
    Charts(Vec<(String, String, f64)>),
}

/// A screen of 320 pixels, less margins: the narrowest width at which a picture must be legible.
const NARROW: f64 = 288.0;
/// The column of text where `css/parts/picture.css` says that there is room for it.
const WIDE: f64 = 520.0;

impl Picture {
    /// The SVG as it stands in a page, whose style sheet `css/parts/picture.css` dresses it.
    pub fn inline(&self) -> String {
        let (narrow, wide) = (self.draw(NARROW), self.draw(WIDE));
        let id = text::id(&self.id);
        let alike = narrow.body == wide.body;
        let words = format!(
            r#"<title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>"#,
            Escaped(&self.title),
            Escaped(&self.summary)
        );
        let mut svg = String::with_capacity(narrow.body.len() + wide.body.len() + 800);
        let mut put = |class: &str, canvas: &Canvas, words: &str| {
            // Writing to a string cannot fail. A name may come from an element that is not shown.
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

    /// Draws it for widths from `least` upwards.
    fn draw(&self, least: f64) -> Canvas {
        let mut canvas = Canvas::new(least);
        match &self.scene {
            Scene::Ring(stations) => ring::draw(&mut canvas, stations),
            Scene::Layers(layers) => layers::draw(&mut canvas, layers),
            Scene::Steps(steps) => steps::draw(&mut canvas, steps),
            Scene::Timeline(timeline) => timeline::draw(&mut canvas, timeline),
            Scene::Route(stops, note) => route::draw(&mut canvas, stops, note),
            Scene::Charts(charts) => {
                for (heading, chart, height) in charts {
                    canvas.y += 22.0;
                    let _ = write!(
                        canvas.body,
                        r#"<g class="pic"><text class="b" y="{:.0}">{}</text></g><svg y="{:.0}" width="100%" height="{height:.0}" overflow="visible">{chart}</svg>"#,
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
