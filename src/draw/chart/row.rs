//! Owns one row: its lines of text, and where each label finds room.
//! Entry point: [`draw`]. It knows nothing of other rows but the one before, and leaves the
//! shape of the data to `mark`.

use super::data::{Layout, Mark, Marker, Row, Tone};
use super::mark::{self, SharedShapes};
use super::scale::{Frame, Percent, Scale};
use crate::draw::escape::Escaped;
use crate::draw::put::put;
use crate::draw::text::{self, Font};
use crate::fonts::Face;

/// The measures of a row, in pixels.
struct Measures {
    caption: Font,
    value: Font,
    /// From one line of the caption to the next.
    line: u32,
    /// From the baseline of a line to its lower edge.
    descent: u32,
    /// Between the words and the bar.
    to_bar: u32,
    bar: u32,
    /// Suffix of the text classes.
    class: &'static str,
}

fn measures(tone: Tone, frame: Frame<'_>) -> Measures {
    let of = |page: u32, dense: u32| if frame.dense { dense } else { page };
    let (descent, to_bar) = (of(6, 4), of(5, 2));
    match tone {
        Tone::Step { .. } => Measures {
            caption: frame.font(Face::SansBold, 15.0),
            value: frame.font(Face::SansBold, 14.0),
            line: of(20, 16),
            descent,
            to_bar,
            bar: of(16, 11),
            class: "",
        },
        Tone::Thin => Measures {
            caption: frame.font(Face::Sans, 13.0),
            value: frame.font(Face::Sans, 12.0),
            line: of(17, 14),
            descent,
            to_bar,
            bar: of(7, 6),
            class: " u",
        },
    }
}

/// Room above a row: thin rows stay close to the row they stand beside.
pub(super) fn gap(before: Option<&Row>, row: &Row, dense: bool) -> u32 {
    match (before.map(|before| before.tone), row.tone) {
        (None, _) => 0,
        (Some(Tone::Thin), Tone::Step { .. }) if dense => 9,
        _ if dense => 5,
        (Some(_), Tone::Thin) => 10,
        (Some(Tone::Thin), Tone::Step { .. }) => 24,
        (Some(Tone::Step { .. }), Tone::Step { .. }) => 18,
    }
}

/// Pixels between the line at zero and any text, or the text's halo would break the line.
const MARGIN: u32 = 6;

const MOST_STEPS: u8 = 5;

/// Pixels from the left edge to the caption, with room for the icon of the step.
pub(super) fn indent(tone: Tone, layout: Layout) -> u32 {
    match tone {
        Tone::Step { of, .. } if of > 1 && !layout.dense => {
            MARGIN + u32::from(of.min(MOST_STEPS)) * 5 + 5
        }
        _ => MARGIN,
    }
}

/// Parts of a row that are worked out before what stands in front of them. They serve one row after
/// another, so that a chart allocates them once.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    head: String,
    bar: String,
}

/// Writes a row whose top is at `y` and returns its height.
pub(super) fn draw(
    svg: &mut String,
    buffers: &mut Buffers,
    shapes: &mut SharedShapes,
    frame: Frame<'_>,
    before: Option<&Row>,
    row: &Row,
    y: u32,
) -> u32 {
    let measures = measures(row.tone, frame);
    let Buffers { head, bar } = buffers;
    head.clear();
    bar.clear();
    let mut depth = 0;

    let follows = before.is_some_and(|before| before.marker == row.marker);
    if let Some(marker) = row.marker.as_ref().filter(|_| !follows) {
        depth += marker_label(head, frame, marker);
    }
    let line_from = depth;

    let extent = mark::extent(&row.mark, frame.scale);
    let beside = value_beside(frame.scale, &row.value_label, measures.value, extent);
    depth = captions(head, frame, row, &measures, beside.is_none(), depth);

    let bar_top = depth + measures.to_bar;
    let bar_height = match &row.mark {
        Mark::Nothing(reason) => no_bar(bar, frame, reason, bar_top),
        shape => {
            mark::draw(bar, shapes, frame, shape, row.tone, bar_top, measures.bar);
            measures.bar
        }
    };
    let height = bar_top + bar_height;

    put!(svg, r#"<g transform="translate(0 "#, y, r#")">"#, bar.as_str());
    if let Some(marker) = &row.marker
        && !frame.scale.is_beyond(marker.at)
        && let Some(at) = frame.scale.place(marker.at)
    {
        let top =
            if follows { -i64::from(gap(before, row, frame.dense)) } else { i64::from(line_from) };
        let x = Percent(at);
        put!(svg, r#"<line class="y" x1=""#, x, r#"" x2=""#, x);
        put!(svg, r#"" y1=""#, top, r#"" y2=""#, height, r#""/>"#);
    }
    svg.push_str(head);
    if let Some((x, anchor)) = beside {
        let y = bar_top + measures.bar / 2 + 5 - u32::from(row.tone == Tone::Thin);
        put!(svg, r#"<text class="v"#, measures.class, r#"" x=""#, Percent(x), r#"" y=""#, y);
        put!(svg, "\"", anchor, ">", Escaped(&row.value_label), "</text>");
    }
    svg.push_str("</g>");
    height
}

/// Where the value stands beside the bar, and on which side of that place: right or left of the bar,
/// where there is room at the narrowest width. None sends it to the caption.
fn value_beside(
    scale: Scale,
    label: &str,
    font: Font,
    extent: Option<(f64, f64)>,
) -> Option<(f64, &'static str)> {
    let (low, high) = extent?;
    let wide = scale.share(text::width(label, font) + 9.0);
    if high + wide <= 100.0 {
        Some((high, r#" dx="7""#))
    } else {
        (low - wide >= 0.0).then_some((low, r#" dx="-7" text-anchor="end""#))
    }
}

/// Writes the caption, the detail and, where the mark has no room beside it, the value.
fn captions(
    svg: &mut String,
    frame: Frame<'_>,
    row: &Row,
    measures: &Measures,
    with_value: bool,
    top: u32,
) -> u32 {
    let room = frame.scale.narrowest - f64::from(frame.indent);
    let lines = text::wrap(&row.caption, measures.caption, room, 3);

    if !frame.dense {
        step_icon(svg, row.tone, top + 14);
    }
    let mut base = top + if lines.is_empty() { measures.line } else { 0 };
    for line in &lines {
        base += measures.line;
        words(svg, "c", measures.class, frame.indent, base - measures.descent, line);
    }

    // What is taken of the last line, while its right end is free. What finds no room there
    // gets a line of its own.
    let used = lines.last().map_or(0.0, |line| text::width(line, measures.caption));
    let mut beside = Some(used + 12.0);
    let mut extra = |svg: &mut String, class: &str, label: &str, font: Font| {
        let wide = text::width(label, font);
        if let Some(used) = beside
            && used + wide <= room
        {
            beside = None;
            put!(
                svg,
                r#"<text class=""#,
                class,
                measures.class,
                r#"" x="100%" y=""#,
                base - measures.descent
            );
            put!(svg, r#"" text-anchor="end">"#, Escaped(label), "</text>");
            return;
        }
        beside = None;
        for line in text::wrap(label, font, room, 2) {
            base += 16;
            words(svg, class, measures.class, frame.indent, base - measures.descent, &line);
            beside = Some(text::width(&line, font) + 12.0);
        }
    };
    if with_value && !row.value_label.is_empty() {
        extra(svg, "v", &row.value_label, measures.value);
    }
    if let Some(detail) = row.detail.as_deref().filter(|detail| !detail.is_empty()) {
        extra(svg, "k", detail, frame.font(Face::Sans, 12.0));
    }
    base
}

fn words(svg: &mut String, class: &str, suffix: &str, x: u32, y: u32, line: &str) {
    put!(svg, r#"<text class=""#, class, suffix, r#"" x=""#, x, r#"" y=""#, y, r#"">"#);
    put!(svg, Escaped(line), "</text>");
}

/// Draws rising columns, `n` of them filled: the step as a shape, for those who do not see shades.
fn step_icon(svg: &mut String, tone: Tone, base: u32) {
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
fn no_bar(svg: &mut String, frame: Frame<'_>, reason: &str, top: u32) -> u32 {
    let lines = text::wrap(
        reason,
        frame.font(Face::Sans, 12.0),
        frame.scale.narrowest - f64::from(frame.indent),
        3,
    );
    let mut base = top;
    for line in lines {
        words(svg, "n", "", frame.indent, base + 9, &line);
        base += 16;
    }
    (base - top).saturating_sub(4)
}

/// Writes the label of the reader's own figure, above the line that marks it.
fn marker_label(svg: &mut String, frame: Frame<'_>, marker: &Marker) -> u32 {
    let scale = frame.scale;
    let font = frame.font(Face::SansBold, 12.0);
    let beyond = scale.is_beyond(marker.at);
    let label = if beyond { format!("{} →", marker.label) } else { marker.label.clone() };
    let Some(at) = scale.place(marker.at) else { return 0 };
    let Some(line) = text::wrap(&label, font, scale.narrowest, 1).pop() else { return 0 };
    let wide = scale.share(text::width(&line, font));
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
