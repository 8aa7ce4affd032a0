//! Owns one row: its lines of text, and where each label finds room.
//! Entry point: [`draw`]. It knows nothing of other rows but the one before, and leaves the
//! shape of the data to `mark`.

use super::mark::{self, Needs};
use super::put::put;
use super::scale::{NARROWEST, Percent, Scale, share};
use super::text::{self, Escaped, Type};
use super::{Mark, Marker, Row, Tone};

/// What all rows of a chart have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    pub(super) id: &'a str,
    pub(super) scale: Scale,
    /// Pixels kept free for the marks of steps, so that all captions begin at one edge.
    pub(super) indent: u32,
}

/// The measures of a row, in pixels, by tone.
struct Style {
    caption: Type,
    value: Type,
    line: u32,
    bar: u32,
    /// Suffix of the text classes.
    class: &'static str,
}

const DETAIL: Type = Type { size: 12.0, bold: false };

const fn style(tone: Tone) -> Style {
    match tone {
        Tone::Step { .. } => Style {
            caption: Type { size: 15.0, bold: true },
            value: Type { size: 14.0, bold: true },
            line: 20,
            bar: 16,
            class: "",
        },
        Tone::Thin => Style {
            caption: Type { size: 13.0, bold: false },
            value: Type { size: 12.0, bold: false },
            line: 17,
            bar: 7,
            class: " u",
        },
    }
}

/// Room above a row: thin rows stay close to the row they stand beside.
pub(super) fn gap(before: Option<&Row>, row: &Row) -> u32 {
    match (before.map(|before| before.tone), row.tone) {
        (None, _) => 0,
        (Some(_), Tone::Thin) => 10,
        (Some(Tone::Thin), Tone::Step { .. }) => 24,
        (Some(Tone::Step { .. }), Tone::Step { .. }) => 18,
    }
}

/// Pixels between the line at zero and any text, or the text's halo would break the line.
const MARGIN: u32 = 6;

const MOST_STEPS: u8 = 5;

/// Pixels from the left edge to the caption, with room for the mark of the step.
pub(super) fn indent(tone: Tone) -> u32 {
    match tone {
        Tone::Step { of, .. } if of > 1 => MARGIN + u32::from(of.min(MOST_STEPS)) * 5 + 5,
        _ => MARGIN,
    }
}

/// Parts of a row that are worked out before what stands in front of them.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    head: String,
    bar: String,
}

/// Writes a row whose top is at `y` and returns its height.
pub(super) fn draw(
    svg: &mut String,
    scratch: &mut Scratch,
    needs: &mut Needs,
    frame: Frame<'_>,
    before: Option<&Row>,
    row: &Row,
    y: u32,
) -> u32 {
    let style = style(row.tone);
    let Scratch { head, bar } = scratch;
    head.clear();
    bar.clear();
    let mut depth = 0;

    let follows = before.is_some_and(|before| before.marker == row.marker);
    if let Some(marker) = row.marker.as_ref().filter(|_| !follows) {
        depth += marker_label(head, frame.scale, marker);
    }
    let line_from = depth;

    let extent = mark::extent(&row.mark, frame.scale);
    let side = side(&row.value_label, style.value, extent);
    depth = captions(head, frame, row, &style, side.is_none(), depth);

    let bar_top = depth + 5;
    let bar_height = match &row.mark {
        Mark::Nothing(reason) => nothing(bar, frame.indent, reason, bar_top),
        shape => {
            mark::draw(bar, needs, frame, shape, row.tone, bar_top, style.bar);
            style.bar
        }
    };
    let height = bar_top + bar_height;

    put!(svg, r#"<g transform="translate(0 "#, y, r#")">"#, bar.as_str());
    if let Some(marker) = &row.marker
        && !frame.scale.is_beyond(marker.at)
        && let Some(at) = frame.scale.place(marker.at)
    {
        let top = if follows { -i64::from(gap(before, row)) } else { i64::from(line_from) };
        let x = Percent(at);
        put!(svg, r#"<line class="y" x1=""#, x, r#"" x2=""#, x);
        put!(svg, r#"" y1=""#, top, r#"" y2=""#, height, r#""/>"#);
    }
    svg.push_str(head);
    if let Some(side) = side {
        let (x, turn) = match side {
            Side::Right(at) => (at, r#" dx="7""#),
            Side::Left(at) => (at, r#" dx="-7" text-anchor="end""#),
        };
        let y = bar_top + style.bar / 2 + 5 - u32::from(row.tone == Tone::Thin);
        put!(svg, r#"<text class="v"#, style.class, r#"" x=""#, Percent(x), r#"" y=""#, y);
        put!(svg, "\"", turn, ">", Escaped(&row.value_label), "</text>");
    }
    svg.push_str("</g>");
    height
}

/// Which end of the mark the value stands at.
#[derive(Clone, Copy, Debug)]
enum Side {
    Right(f64),
    Left(f64),
}

/// The side with room for the value on the narrowest screen; none sends it to the caption.
fn side(label: &str, of: Type, extent: Option<(f64, f64)>) -> Option<Side> {
    let (low, high) = extent?;
    let wide = share(text::width(label, of) + 9.0);
    if high + wide <= 100.0 {
        Some(Side::Right(high))
    } else if low - wide >= 0.0 {
        Some(Side::Left(low))
    } else {
        None
    }
}

/// Writes the caption, the detail and, where the mark has no room beside it, the value.
fn captions(
    svg: &mut String,
    frame: Frame<'_>,
    row: &Row,
    style: &Style,
    with_value: bool,
    top: u32,
) -> u32 {
    let room = NARROWEST - f64::from(frame.indent);
    let lines = text::wrap(&row.caption, style.caption, room, 3);

    step_mark(svg, row.tone, top + 14);
    let mut base = top + if lines.is_empty() { style.line } else { 0 };
    for line in &lines {
        base += style.line;
        words(svg, "c", style.class, frame.indent, base - 6, line);
    }

    // What is taken of the last line, while its right end is free. What finds no room there
    // gets a line of its own.
    let used = lines.last().map_or(0.0, |line| text::width(line, style.caption));
    let mut beside = Some(used + 12.0);
    let mut extra = |svg: &mut String, class: &str, label: &str, of: Type| {
        let wide = text::width(label, of);
        if let Some(used) = beside
            && used + wide <= room
        {
            beside = None;
            put!(svg, r#"<text class=""#, class, style.class, r#"" x="100%" y=""#, base - 6);
            put!(svg, r#"" text-anchor="end">"#, Escaped(label), "</text>");
            return;
        }
        beside = None;
        for line in text::wrap(label, of, room, 2) {
            base += 16;
            words(svg, class, style.class, frame.indent, base - 6, &line);
            beside = Some(text::width(&line, of) + 12.0);
        }
    };
    if with_value && !row.value_label.is_empty() {
        extra(svg, "v", &row.value_label, style.value);
    }
    if let Some(detail) = row.detail.as_deref().filter(|detail| !detail.is_empty()) {
        extra(svg, "k", detail, DETAIL);
    }
    base
}

fn words(svg: &mut String, class: &str, suffix: &str, x: u32, y: u32, line: &str) {
    put!(svg, r#"<text class=""#, class, suffix, r#"" x=""#, x, r#"" y=""#, y, r#"">"#);
    put!(svg, Escaped(line), "</text>");
}

/// Rising columns, `n` of them filled: the step as a shape, for those who do not see its shade.
fn step_mark(svg: &mut String, tone: Tone, base: u32) {
    let Tone::Step { n, of } = tone else { return };
    if of < 2 {
        return;
    }
    let of = of.min(MOST_STEPS);
    let n = n.clamp(1, of);
    let columns = |svg: &mut String, class: &str, range: std::ops::Range<u8>| {
        if range.is_empty() {
            return;
        }
        put!(svg, r#"<path class=""#, class, r#"" d=""#);
        for i in range {
            let rise = 4 + u32::from(i) * 8 / u32::from(of - 1);
            put!(svg, "M", MARGIN + 2 + u32::from(i) * 5, " ", base, "v-", rise);
        }
        svg.push_str("\"/>");
    };
    columns(svg, "l", 0..n);
    columns(svg, "l r", n..of);
}

/// Writes why there is no bar.
fn nothing(svg: &mut String, indent: u32, reason: &str, top: u32) -> u32 {
    let lines = text::wrap(reason, DETAIL, NARROWEST - f64::from(indent), 3);
    let mut base = top;
    for line in lines {
        words(svg, "n", "", indent, base + 9, &line);
        base += 16;
    }
    (base - top).saturating_sub(4)
}

/// Writes the label of the reader's own figure, above the line that marks it.
fn marker_label(svg: &mut String, scale: Scale, marker: &Marker) -> u32 {
    let of = Type { size: 12.0, bold: true };
    let beyond = scale.is_beyond(marker.at);
    let label = if beyond { format!("{} →", marker.label) } else { marker.label.clone() };
    let Some(at) = scale.place(marker.at) else { return 0 };
    let Some(line) = text::wrap(&label, of, NARROWEST, 1).pop() else { return 0 };
    let wide = share(text::width(&line, of));
    let (x, anchor) = if at - wide / 2.0 >= 0.0 && at + wide / 2.0 <= 100.0 {
        (at, r#" text-anchor="middle""#)
    } else if at < 50.0 && at + wide <= 100.0 {
        (at, "")
    } else if at - wide >= 0.0 {
        (at, r#" text-anchor="end""#)
    } else {
        (0.0, "")
    };
    put!(svg, r#"<text class="i" x=""#, Percent(x), r#"" y="11""#, anchor, ">");
    put!(svg, Escaped(&line), "</text>");
    16
}
