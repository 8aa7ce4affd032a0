//! Owns the shapes of data: bands, percentiles, points and bars, and what they share.
//! Entry point: [`draw`]. It knows nothing of words.

use super::data::{Mark, Tone};
use super::scale::{Frame, Percent, Scale};
use crate::draw::put::put;

/// Which of the shapes that all rows share are in use.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SharedShapes {
    arrow: bool,
    hatch: bool,
}

impl SharedShapes {
    /// Defines the shapes in use: a mask and an arrow that take any colour, and one hatch for all
    /// steps. The arrow brings its own look, since browsers do not apply `.chart …` rules to
    /// what `<use>` copies.
    pub(super) fn define(self, svg: &mut String, id: &str) {
        if !(self.arrow || self.hatch) {
            return;
        }
        svg.push_str("<defs>");
        if self.arrow {
            put!(
                svg,
                r#"<linearGradient id=""#,
                id,
                r##"-g"><stop offset=".2" stop-color="#fff"/><stop offset=".95"/></linearGradient><mask id=""##,
                id,
                r#"-f" maskContentUnits="objectBoundingBox"><rect width="1" height="1" fill="url(#"#,
                id,
                r#"-g)"/></mask><path id=""#,
                id,
                r#"-a" d="M-7-5l5 5-5 5" fill="none" stroke="currentColor" stroke-width="2"/>"#,
            );
        }
        if self.hatch {
            put!(
                svg,
                r#"<pattern id=""#,
                id,
                r#"-h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hb" width="5" height="5"/><path class="h" d="M1 0v5"/></pattern>"#,
            );
        }
        svg.push_str("</defs>");
    }
}

/// The ends of a band as drawn: the solid part, and the end of the fade where it is open.
struct Band {
    low: f64,
    solid: f64,
    fade: Option<f64>,
}

/// Per cent of the width that an open top fades over: enough to be seen, not enough to be read
/// as a length.
const FADE: f64 = 14.0;

fn band(low: f64, high: Option<f64>, open: bool, scale: Scale) -> Option<Band> {
    let goes_on = open || scale.is_beyond(low) || high.is_some_and(|high| scale.is_beyond(high));
    let high = high.filter(|high| !high.is_nan()).unwrap_or(low);
    let (low, high) = if high < low { (high, low) } else { (low, high) };
    let (low, high) = (scale.place(low)?, scale.place(high)?);
    if !goes_on {
        return Some(Band { low, solid: high, fade: None });
    }
    let end = (high + FADE).min(100.0);
    // Against the edge of the axis the fade needs a little of the bar to be seen at all.
    let solid = high.min(end - 5.0);
    Some(Band { low: low.min(solid), solid, fade: Some(end) })
}

/// From where to where a mark is drawn, in per cent.
pub(super) fn extent(mark: &Mark, scale: Scale) -> Option<(f64, f64)> {
    match mark {
        Mark::Band { low, high, open, .. } => {
            let band = band(*low, *high, *open, scale)?;
            Some((band.low, band.fade.unwrap_or(band.solid)))
        }
        Mark::Percentiles { p10, p25, p50, p75, p90 } => {
            let places =
                || [p10, p25, p50, p75, p90].into_iter().filter_map(|p| scale.place((*p)?));
            let low = places().reduce(f64::min)?;
            Some((low, places().reduce(f64::max)?))
        }
        Mark::Point(value) => scale.place(*value).map(|at| (at, at)),
        Mark::Nothing(_) => None,
    }
}

/// Which shade a row has: three from 1 for the steps, however many steps there are, and 0 for a
/// thin row.
pub(super) fn shade(tone: Tone) -> usize {
    match tone {
        Tone::Thin => 0,
        Tone::Step { n, of } => match (n.max(1), of) {
            (1, 2..) => 1,
            (n, of) if n >= of && of > 1 => 3,
            _ => 2,
        },
    }
}

/// The classes of the shades.
pub(super) const CLASSES: [&str; 4] = ["s0", "s1", "s2", "s3"];

/// Writes the shape, `tall` pixels high, into the row at `top`.
pub(super) fn draw(
    svg: &mut String,
    shapes: &mut SharedShapes,
    frame: Frame<'_>,
    mark: &Mark,
    tone: Tone,
    top: u32,
    tall: u32,
) {
    let (id, scale, class) = (frame.id, frame.scale, CLASSES[shade(tone)]);
    let middle = top + tall / 2;
    match mark {
        Mark::Band { low, high, open, overlaps } => {
            let Some(band) = band(*low, *high, *open, scale) else { return };
            if let Some(end) = band.fade {
                shapes.arrow = true;
                // Under the solid part by a hair, or a seam shows between the two.
                let begin = if band.solid > band.low { band.solid - 0.2 } else { band.solid };
                put!(svg, r#"<rect class="f "#, class, r#"" mask="url(#"#, id, r#"-f)""#);
                place(svg, (begin, end), top, tall);
                put!(svg, r##"<use href="#"##, id, r#"-a" x=""#, Percent(end));
                put!(svg, r#"" y=""#, middle, r#""/>"#);
            }
            if band.fade.is_none() || band.solid > band.low {
                bar(svg, class, visible(band.low, band.solid), top, tall);
            }
            for (from, to) in overlaps {
                let (Some(from), Some(to)) = (scale.place(*from), scale.place(*to)) else {
                    continue;
                };
                let (from, to) = (from.min(to).max(band.low), from.max(to).min(band.solid));
                if to > from {
                    shapes.hatch = true;
                    put!(svg, r#"<rect class="o" fill="url(#"#, id, r#"-h)""#);
                    place(svg, (from, to), top, tall);
                }
            }
        }
        Mark::Percentiles { p10, p25, p50, p75, p90 } => {
            let pair = |a: &Option<f64>, b: &Option<f64>| {
                let (a, b) = (scale.place((*a)?)?, scale.place((*b)?)?);
                Some((a.min(b), a.max(b)))
            };
            if let Some((from, to)) = pair(p10, p90) {
                let (x1, x2) = (Percent(from), Percent(to));
                put!(svg, r#"<line class="w" x1=""#, x1, r#"" x2=""#, x2);
                put!(svg, r#"" y1=""#, middle, r#"" y2=""#, middle, r#""/>"#);
            }
            let quartiles = pair(p25, p75);
            if let Some((from, to)) = quartiles {
                bar(svg, class, visible(from, to), top, tall);
            }
            if let Some(at) = p50.and_then(|p50| scale.place(p50)) {
                if quartiles.is_none() && pair(p10, p90).is_none() {
                    point(svg, class, at, middle);
                } else {
                    let x = Percent(at);
                    let (y1, y2) = (top.saturating_sub(2), top + tall + 2);
                    put!(svg, r#"<line class="q" x1=""#, x, r#"" x2=""#, x);
                    put!(svg, r#"" y1=""#, y1, r#"" y2=""#, y2, r#""/>"#);
                }
            }
        }
        Mark::Point(value) => {
            if let Some(at) = scale.place(*value) {
                point(svg, class, at, middle);
            }
        }
        Mark::Nothing(_) => {}
    }
}

/// The same ends, moved apart where they would leave nothing to see.
fn visible(from: f64, to: f64) -> (f64, f64) {
    const LEAST: f64 = 0.6;
    if to - from >= LEAST {
        (from, to)
    } else {
        (from.min(100.0 - LEAST), (from + LEAST).min(100.0))
    }
}

fn bar(svg: &mut String, class: &str, ends: (f64, f64), top: u32, tall: u32) {
    put!(svg, r#"<rect class=""#, class, "\"");
    place(svg, ends, top, tall);
}

/// The rest of a rectangle: where it is.
fn place(svg: &mut String, ends: (f64, f64), top: u32, tall: u32) {
    let (from, wide) = (Percent(ends.0), Percent(ends.1 - ends.0));
    put!(svg, r#" x=""#, from, r#"" y=""#, top, r#"" width=""#, wide);
    put!(svg, r#"" height=""#, tall, r#""/>"#);
}

fn point(svg: &mut String, class: &str, at: f64, middle: u32) {
    put!(svg, r#"<circle class=""#, class, r#"" cx=""#, Percent(at));
    put!(svg, r#"" cy=""#, middle, r#"" r="4.5"/>"#);
}
