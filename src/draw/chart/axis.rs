//! Owns the axis: where it ends, which values get a line, and which of those get a label.
//! It knows nothing of rows beyond how far they reach.

use super::data::{Axis, Mark, Row, Tick};
use super::scale::{Frame, Percent};
use crate::draw::escape::Escaped;
use crate::draw::put::put;
use crate::draw::text;
use crate::fonts::Face;

impl Axis {
    /// An axis that reaches at least `max`, with three to five ticks at round values from zero.
    /// Without a usable `max` there is only the tick at zero.
    pub fn nice(max: f64, label: impl Fn(f64) -> String) -> Self {
        let zero = || Tick { at: 0.0, label: label(0.0) };
        let Some((step, steps)) = division(max) else {
            return Self { max: 1.0, ticks: vec![zero()] };
        };
        let max = max.max(step * steps);
        let ticks = std::iter::once(zero())
            .chain((1..=4).map(f64::from).take_while(|&n| n <= steps).map(|n| {
                let at = n * step;
                Tick { at, label: label(at) }
            }))
            .collect();
        Self { max, ticks }
    }
}

/// A round step and how many of it the axis shows, two to four.
fn division(max: f64) -> Option<(f64, f64)> {
    if !(max.is_finite() && max > 0.0) {
        return None;
    }
    let power = 10_f64.powf((max / 5.0).log10().floor());
    let round = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|round| round * power);
    // Ending on a tick looks calmer, where it costs the bars next to nothing.
    let ending_on_tick = round
        .into_iter()
        .map(|step| (step, (max / step).ceil()))
        .find(|&(step, steps)| (2.0..=4.0).contains(&steps) && step * steps <= max * 1.08);
    let smallest = || {
        let divided = round.into_iter().map(|step| (step, (max / step).floor()));
        divided.into_iter().find(|&(_, steps)| (2.0..=4.0).contains(&steps))
    };
    ending_on_tick.or_else(smallest).filter(|(step, _)| step.is_normal())
}

/// How far an axis must go for these rows, with room left for the arrow of an open top. For
/// charts that share an axis, pass the rows of all of them.
pub fn reach<'a>(rows: impl IntoIterator<Item = &'a Row>) -> f64 {
    let mut furthest = 0.0_f64;
    let mut see = |value: Option<f64>, room: f64| {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            furthest = furthest.max(value * room);
        }
    };
    for row in rows {
        match &row.mark {
            Mark::Band { low, high, open, .. } => {
                see(Some(*low), if high.is_none() && *open { 1.15 } else { 1.0 });
                see(*high, if *open { 1.12 } else { 1.0 });
            }
            Mark::Percentiles { p10, p25, p50, p75, p90 } => {
                for value in [p10, p25, p50, p75, p90] {
                    see(*value, 1.0);
                }
            }
            Mark::Point(value) => see(Some(*value), 1.0),
            Mark::Nothing(_) => {}
        }
        see(row.marker.as_ref().map(|marker| marker.at), 1.02);
    }
    furthest
}

/// Writes the lines and their labels below rows that end at `bottom`, and returns the height of the
/// whole drawing, in pixels.
pub(super) fn draw(
    lines: &mut String,
    labels: &mut String,
    axis: &Axis,
    frame: Frame<'_>,
    bottom: u32,
) -> u32 {
    let scale = frame.scale;
    let font = frame.font(Face::Sans, 12.0);
    let (below_rows, to_baseline, to_end) = if frame.dense { (5, 14, 18) } else { (8, 16, 22) };
    let foot = bottom + below_rows;
    let mut taken = f64::NEG_INFINITY;
    let mut labelled = false;
    for tick in &axis.ticks {
        if tick.at < 0.0 || scale.is_beyond(tick.at) {
            continue;
        }
        let Some(at) = scale.place(tick.at) else { continue };
        let x = Percent(at);
        let class = if at == 0.0 { "g z" } else { "g" };
        put!(lines, r#"<line class=""#, class, r#"" x1=""#, x, r#"" x2=""#, x);
        put!(lines, r#"" y2=""#, foot, r#""/>"#);

        let wide = scale.share(text::width(&tick.label, font));
        let (begins, anchor) = if at - wide / 2.0 < 0.0 {
            (at, "")
        } else if at + wide / 2.0 > 100.0 {
            (at - wide, r#" text-anchor="end""#)
        } else {
            (at - wide / 2.0, r#" text-anchor="middle""#)
        };
        // On a phone a label that would touch its neighbour is left out; its line stays.
        if tick.label.is_empty() || begins < taken || begins < 0.0 || begins + wide > 100.0 {
            continue;
        }
        taken = begins + wide + scale.share(6.0);
        labelled = true;
        put!(
            labels,
            r#"<text class="t" x=""#,
            x,
            r#"" y=""#,
            foot + to_baseline,
            "\"",
            anchor,
            ">"
        );
        put!(labels, Escaped(&tick.label), "</text>");
    }
    foot + if labelled { to_end } else { 2 }
}
