//! Owns the charts of a card: panels side by side, each the chart of a page at the size that a card
//! needs. What they show, and against which axis, is decided where all bars are made.

use std::fmt::Write as _;

use super::words::{Anchor, cut, number, write_line};
use crate::draw::chart::{self, Axis, Chart, Drawing, Layout, Row, Tone};
use crate::draw::style::{INK, INK_SOFT};
use crate::fonts::Face;

/// Bars over one axis.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    /// Begins every id in the chart.
    pub(super) id: String,
    pub(super) heading: String,
    pub(super) units: String,
    pub(super) rows: Vec<Row>,
    pub(super) axis: Axis,
}

impl Panel {
    /// How many of its rows are the guide's own.
    fn own(&self) -> usize {
        self.rows.iter().filter(|row| row.tone != Tone::Thin).count()
    }
}

/// A part of the card, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// Panels side by side: more could not be read where cards are shown.
const COLUMNS: usize = 3;
/// Between columns.
const GUTTER: f32 = 44.0;
/// How many times larger than on a page charts may be drawn. The first is taken at which all of the
/// guide's own rows have room. Cards are shown at less than half their size; even at the last of
/// these, captions are legible there.
const SCALES: [f64; 6] = [1.9, 1.8, 1.7, 1.6, 1.5, 1.4];
/// A chart laid out for less, in pixels of a page, would have no room for a caption and its figures
/// on one line.
const LEAST_WIDTH: f64 = 200.0;

const HEADING: (Face, f32, &str) = (Face::Serif, 27.0, INK.light);
const UNITS: (Face, f32, &str) = (Face::Sans, 20.0, INK_SOFT.light);
/// Between the two, where they are on one line.
const GAP: f32 = 14.0;

/// Draws the panels, and returns how many rows had no room.
pub(super) fn draw(svg: &mut String, panels: &[Panel], area: Area) -> usize {
    let any_own = panels.iter().any(|panel| panel.own() > 0);
    let shown: Vec<&Panel> =
        panels.iter().filter(|panel| !any_own || panel.own() > 0).take(COLUMNS).collect();
    let columns = number(shown.len().max(1));
    let across = (area.right - area.left - GUTTER * (columns - 1.0)) / columns;
    // One that needs a second line gives all of them one, or their bars would not be level.
    let on_one_line = shown.iter().all(|panel| {
        let heading = HEADING.0.width(&panel.heading, HEADING.1);
        heading + GAP + UNITS.0.width(&panel.units, UNITS.1) <= across
    });
    let top = area.top + if on_one_line { 38.0 } else { 63.0 };
    let room = (f64::from(across), f64::from(area.bottom - top));
    let own_fit = |scale: &f64| {
        shown.iter().all(|panel| {
            let wanted = if any_own { panel.own() } else { panel.rows.len() };
            fitting(panel, wanted, room, *scale).is_some()
        })
    };
    let wide_enough = |scale: &f64| room.0 / scale >= LEAST_WIDTH;
    let scale = SCALES.into_iter().filter(wide_enough).find(own_fit);
    let scale = scale.unwrap_or(SCALES[SCALES.len() - 1]);

    let mut drawn = 0;
    for (index, panel) in shown.into_iter().enumerate() {
        let left = area.left + number(index) * (across + GUTTER);
        heading(svg, panel, (left, area.top), across, on_one_line);
        // Counted upwards, because a group may have hundreds of rows and a card has room for few.
        let fitting = (1..=panel.rows.len())
            .map_while(|most| Some((most, fitting(panel, most, room, scale)?)));
        let Some((rows, Drawing { svg: chart, height })) = fitting.last() else { continue };
        drawn += rows;
        let (width, down) = (room.0 / scale, f64::from(height) * scale);
        let _ = write!(
            svg,
            r#"<svg x="{left}" y="{top}" width="{across}" height="{down}" viewBox="0 0 {width} {height}" overflow="visible">{chart}</svg>"#,
        );
    }
    panels.iter().map(|panel| panel.rows.len()).sum::<usize>() - drawn
}

/// Writes the heading of a panel, with its units beside or below it.
fn heading(
    svg: &mut String,
    panel: &Panel,
    (left, top): (f32, f32),
    across: f32,
    on_one_line: bool,
) {
    let name = cut(&panel.heading, HEADING.0, HEADING.1, across);
    let units = cut(&panel.units, UNITS.0, UNITS.1, across);
    write_line(svg, &name, HEADING, (left, top + 24.0), Anchor::Start);
    let place = if on_one_line {
        let wide = HEADING.0.width(&name, HEADING.1);
        (left + if name.is_empty() { 0.0 } else { wide + GAP }, top + 24.0)
    } else {
        (left, top + 49.0)
    };
    write_line(svg, &units, UNITS, place, Anchor::Start);
}

/// The chart of so many rows of a panel, in their own order but the guide's own before others, laid
/// out for a page so narrow that it fills the room once it is enlarged; none where it is too tall.
fn fitting(panel: &Panel, rows: usize, (across, down): (f64, f64), scale: f64) -> Option<Drawing> {
    let mut own = panel.own().min(rows);
    let mut others = rows - own;
    let chosen = panel.rows.iter().filter(|row| {
        let left = if row.tone == Tone::Thin { &mut others } else { &mut own };
        let is_chosen = *left > 0;
        *left = left.saturating_sub(1);
        is_chosen
    });
    let chart = Chart {
        id: panel.id.clone(),
        title: panel.heading.clone(),
        summary: String::new(),
        rows: chosen.cloned().collect(),
        axis: panel.axis.clone(),
    };
    let drawing = chart::draw(&chart, Layout { narrowest: across / scale, dense: true });
    (f64::from(drawing.height) * scale <= down).then_some(drawing)
}
