//! Owns the bars of a card: the rows of the page's charts, drawn for a picture of one size. What
//! they show, and against which axis, is the page's; how large they are is decided here.

use std::fmt::Write as _;

use super::Panel;
use super::frame::{ACCENT, INK, INK_SOFT, LEFT, PAPER, RIGHT, RULE, STEPS};
use super::words::{Anchor, cut, line};
use crate::chart::{Mark, Row, Tone};
use crate::fonts::Face;

/// Panels side by side: more could not be read where cards are shown.
const COLUMNS: usize = 3;
/// Between columns.
const GUTTER: f32 = 44.0;
/// Caption and bar of one row, at least and at most.
const PITCH: (f32, f32) = (50.0, 78.0);
/// In panels this wide a figure far from its bar would be hard to follow.
const WIDE: f32 = 600.0;

/// A part of the card.
#[derive(Clone, Copy)]
struct Area {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

/// Draws the panels between two heights, and says how many rows had no room.
pub(super) fn draw(svg: &mut String, panels: &[Panel], top: f32, bottom: f32) -> usize {
    svg.push_str(
        r#"<defs><pattern id="h" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"#,
    );
    let _ = write!(
        svg,
        r#"<rect width="7" height="7" fill="{PAPER}"/><path d="M1.5 0v7" stroke="{ACCENT}" stroke-width="2.4"/></pattern></defs>"#
    );
    let is_own = |panel: &&Panel| panel.picture.rows.iter().any(|row| row.tone != Tone::Thin);
    let any_own = panels.iter().any(|panel| is_own(&panel));
    let shown: Vec<&Panel> =
        panels.iter().filter(|panel| !any_own || is_own(panel)).take(COLUMNS).collect();
    let columns = number(shown.len().max(1));
    let across = (RIGHT - LEFT - GUTTER * (columns - 1.0)) / columns;
    // One that needs a second line gives all of them one, or their bars would not be level.
    let beside = shown.iter().all(|panel| {
        let heading = HEADING.0.width(&panel.heading, HEADING.1);
        heading + GAP + UNITS.0.width(&panel.units, UNITS.1) <= across
    });
    let all: usize = panels.iter().map(|panel| panel.picture.rows.len()).sum();
    let mut drawn = 0;
    for (index, panel) in shown.into_iter().enumerate() {
        let left = LEFT + number(index) * (across + GUTTER);
        drawn += draw_panel(svg, panel, Area { left, right: left + across, top, bottom }, beside);
    }
    all - drawn
}

const HEADING: (Face, f32, &str) = (Face::Serif, 27.0, INK);
const UNITS: (Face, f32, &str) = (Face::Sans, 20.0, INK_SOFT);
/// Between the two.
const GAP: f32 = 14.0;

/// Draws a panel, with its units beside its heading or below it, and says how many rows it shows.
fn draw_panel(svg: &mut String, panel: &Panel, area: Area, beside: bool) -> usize {
    let across = area.right - area.left;
    let name = cut(&panel.heading, HEADING.0, HEADING.1, across);
    line(svg, &name, HEADING, (area.left, area.top + 24.0), Anchor::Start);
    let mut top = area.top + 38.0;
    let text = cut(&panel.units, UNITS.0, UNITS.1, across);
    if beside {
        let indent = match HEADING.0.width(&name, HEADING.1) {
            0.0 => 0.0,
            wide => wide + GAP,
        };
        line(svg, &text, UNITS, (area.left + indent, area.top + 24.0), Anchor::Start);
    } else {
        line(svg, &text, UNITS, (area.left, area.top + 49.0), Anchor::Start);
        top += 25.0;
    }
    let foot = area.bottom - 26.0;
    let rows = chosen(&panel.picture.rows, foot - top);
    if rows.is_empty() {
        return 0;
    }
    let pitch = ((foot - top) / number(rows.len())).clamp(PITCH.0, PITCH.1);
    let foot = (top + pitch * number(rows.len())).min(foot);
    let scale = Scale { area, max: panel.picture.axis.max };
    axis(svg, panel, scale, top + 4.0, foot);
    for (index, row) in rows.iter().enumerate() {
        let top = top + pitch * number(index);
        draw_row(svg, row, scale, top, pitch);
    }
    rows.len()
}

/// The guide's own rows first, then as many others as fit, all in their own order.
fn chosen(rows: &[Row], room: f32) -> Vec<&Row> {
    let mut most = 0;
    while number(most + 1) * PITCH.0 <= room {
        most += 1;
    }
    let own = rows.iter().filter(|row| row.tone != Tone::Thin).count().min(most);
    let (mut of_own, mut of_others) = (own, most - own);
    rows.iter()
        .filter(|row| {
            let left = if row.tone == Tone::Thin { &mut of_others } else { &mut of_own };
            let chosen = *left > 0;
            *left = left.saturating_sub(1);
            chosen
        })
        .collect()
}

/// From a value to a place on the card.
#[derive(Clone, Copy)]
struct Scale {
    area: Area,
    max: f64,
}

impl Scale {
    /// Held within the axis; none for what is not a number.
    #[expect(clippy::cast_possible_truncation, reason = "a place on a card")]
    fn place(self, value: f64) -> Option<f32> {
        if value.is_nan() || self.max <= 0.0 {
            return None;
        }
        let share = (value.clamp(0.0, self.max) / self.max) as f32;
        Some(self.area.left + share * (self.area.right - self.area.left))
    }
}

fn axis(svg: &mut String, panel: &Panel, scale: Scale, top: f32, foot: f32) {
    let small = (Face::Sans, 18.0, INK_SOFT);
    let mut taken = f32::NEG_INFINITY;
    for tick in &panel.picture.axis.ticks {
        let Some(x) = scale.place(tick.at) else { continue };
        let colour = if tick.at == 0.0 { INK_SOFT } else { RULE };
        let _ = write!(
            svg,
            r#"<path d="M{x:.1} {top:.1}V{foot:.1}" stroke="{colour}" stroke-width="1.5"/>"#
        );
        let wide = small.0.width(&tick.label, small.1);
        let (begins, anchor) = if x - wide / 2.0 < scale.area.left {
            (x, Anchor::Start)
        } else if x + wide / 2.0 > scale.area.right {
            (x - wide, Anchor::End)
        } else {
            (x - wide / 2.0, Anchor::Middle)
        };
        if begins >= taken {
            taken = begins + wide + 10.0;
            line(svg, &tick.label, small, (x, foot + 20.0), anchor);
        }
    }
}

fn draw_row(svg: &mut String, row: &Row, scale: Scale, top: f32, pitch: f32) {
    let own = row.tone != Tone::Thin;
    let (face, colour) = if own { (Face::SansBold, INK) } else { (Face::Sans, INK_SOFT) };
    let size = if own { 24.0 } else { 21.0 };
    let Area { left, right, .. } = scale.area;
    let base = top + 26.0;
    // Text stands beside the line at zero, over the lines of the axis.
    let left = left + 10.0;
    let across = right - left;
    let value = cut(&row.value_label, face, size, across);
    let wide = face.width(&value, size);
    let tall = if own { (pitch - 36.0).clamp(14.0, 24.0) } else { 10.0 };
    let end = mark(svg, row, scale, base + 9.0, tall);
    let beside = across > WIDE && end.is_some_and(|end| end + 16.0 + wide <= right);
    let taken = if value.is_empty() || beside { 0.0 } else { wide + 16.0 };
    let name = cut(&row.caption, face, size, across - taken);
    halo(svg, &name, (face, size, colour), (left, base), Anchor::Start);
    match end.filter(|_| beside) {
        Some(end) => {
            let level = base + 9.0 + tall / 2.0 + size * 0.35;
            halo(svg, &value, (face, size, colour), (end + 16.0, level), Anchor::Start);
        }
        None => halo(svg, &value, (face, size, colour), (right, base), Anchor::End),
    }
}

/// A line of text that stays legible over the lines of the axis.
fn halo(svg: &mut String, text: &str, set: (Face, f32, &str), at: (f32, f32), anchor: Anchor) {
    if text.is_empty() {
        return;
    }
    let _ = write!(svg, r#"<g stroke="{PAPER}" stroke-width="7" stroke-linejoin="round">"#);
    line(svg, text, (set.0, set.1, PAPER), at, anchor);
    svg.push_str("</g>");
    line(svg, text, set, at, anchor);
}

/// Fill, and outline where the fill alone is too light.
fn colours(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Thin => (INK_SOFT, "none"),
        Tone::Step { n, of } => match (n.max(1), of) {
            (1, 2..) => (STEPS[0], STEPS[2]),
            (n, of) if n >= of && of > 1 => (STEPS[2], "none"),
            _ => (STEPS[1], STEPS[2]),
        },
    }
}

/// Draws what a row shows, and says where it ends at the right; none where nothing is drawn.
fn mark(svg: &mut String, row: &Row, scale: Scale, top: f32, tall: f32) -> Option<f32> {
    let (fill, outline) = colours(row.tone);
    let middle = top + tall / 2.0;
    let place = |value: Option<f64>| value.and_then(|value| scale.place(value));
    let rule = |svg: &mut String, from: f32, to: f32| {
        let _ = write!(
            svg,
            r#"<path d="M{from:.1} {middle:.1}H{to:.1}" stroke="{INK_SOFT}" stroke-width="2.5"/>"#
        );
    };
    match &row.mark {
        Mark::Band { low, high, open, overlaps } => {
            let from = scale.place(*low)?;
            let stated = place(*high).unwrap_or(from);
            let end = if *open { (stated + 44.0).min(scale.area.right) } else { stated };
            // Against the edge the arrow needs a little of the bar to be seen at all.
            let solid = if *open { stated.min(end - 22.0) } else { stated };
            if *open {
                arrow(svg, fill, (solid.max(from), end), top, tall);
            }
            bar(svg, (from, solid), top, tall, fill, outline);
            for (low, high) in overlaps {
                if let (Some(low), Some(high)) = (scale.place(*low), scale.place(*high)) {
                    bar(svg, (low.max(from), high.min(solid)), top, tall, "url(#h)", STEPS[2]);
                }
            }
            Some(end)
        }
        Mark::Percentiles { p10, p25, p50, p75, p90 } => {
            if let (Some(from), Some(to)) = (place(*p10), place(*p90)) {
                rule(svg, from, to);
            }
            if let (Some(from), Some(to)) = (place(*p25), place(*p75)) {
                bar(svg, (from, to), top, tall, fill, outline);
            }
            if let Some(at) = place(*p50) {
                let (from, to) = (top - 4.0, top + tall + 4.0);
                let _ = write!(
                    svg,
                    r#"<path d="M{at:.1} {from:.1}V{to:.1}" stroke="{INK}" stroke-width="3.5"/>"#
                );
            }
            [p10, p25, p50, p75, p90].into_iter().filter_map(|p| place(*p)).reduce(f32::max)
        }
        Mark::Point(value) => {
            let at = scale.place(*value)?;
            let _ = write!(svg, r#"<circle cx="{at:.1}" cy="{middle:.1}" r="7" fill="{fill}"/>"#);
            Some(at + 7.0)
        }
        Mark::Bar(value) => {
            let to = scale.place(*value)?;
            bar(svg, (scale.area.left, to), top, tall, fill, outline);
            Some(to)
        }
        Mark::Nothing(why) => {
            let text = (Face::Sans, 19.0, INK_SOFT);
            let left = scale.area.left + 10.0;
            let why = cut(why, text.0, text.1, scale.area.right - left);
            halo(svg, &why, text, (left, top + 14.0), Anchor::Start);
            None
        }
    }
}

fn bar(svg: &mut String, (from, to): (f32, f32), top: f32, tall: f32, fill: &str, outline: &str) {
    if to <= from {
        return;
    }
    let wide = to - from;
    let _ = write!(
        svg,
        r#"<rect x="{from:.1}" y="{top:.1}" width="{wide:.1}" height="{tall:.1}" fill="{fill}" stroke="{outline}" stroke-width="2"/>"#
    );
}

/// A top without a stated end: bars that grow thinner, and a head.
fn arrow(svg: &mut String, fill: &str, (from, to): (f32, f32), top: f32, tall: f32) {
    let middle = top + tall / 2.0;
    let step = (to - from - 8.0) / 4.0;
    for (index, opacity) in [0.75, 0.5, 0.3].into_iter().enumerate() {
        let x = from + number(index) * step;
        let _ = write!(
            svg,
            r#"<rect x="{x:.1}" y="{top:.1}" width="{step:.1}" height="{tall:.1}" fill="{fill}" fill-opacity="{opacity}"/>"#
        );
    }
    let (tip, back) = (to - 1.0, to - 9.0);
    let _ = write!(
        svg,
        r#"<path d="M{back:.1} {:.1}L{tip:.1} {middle:.1}L{back:.1} {:.1}" fill="none" stroke="{INK}" stroke-width="2.5"/>"#,
        middle - 8.0,
        middle + 8.0,
    );
}

#[expect(clippy::cast_precision_loss, reason = "a handful of things")]
fn number(count: usize) -> f32 {
    count as f32
}
