//! Owns the timeline: a track for each thing, whose line style says in what state it was, and dots
//! where something is known to have happened. What is not known is dotted.

use super::canvas::Canvas;

/// Tracks over one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Headings with their tracks.
    pub groups: Vec<(String, LineStyle, Vec<Track>)>,
    /// Labels on the axis and where they stand, from 0 to 1.
    pub ticks: Vec<(f64, String)>,
    /// The present, and what it is called.
    pub now: (f64, String),
    /// How to read it, below.
    pub note: String,
}

/// One thing over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// Its name.
    pub name: String,
    /// In small print.
    pub detail: String,
    /// In order, from 0 to 1.
    pub spans: Vec<Span>,
    /// Where something is known to have happened.
    pub dots: Vec<f64>,
    /// Where it ended.
    pub end: Option<f64>,
}

/// A state, from and to.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How it looks.
    pub style: LineStyle,
}

/// How a state looks: shown by shape as well as by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStyle {
    /// A full line.
    Full,
    /// A hollow one.
    Hollow,
    /// Nothing but an end.
    Ended,
    /// A dotted line.
    Unknown,
}

/// Draws tracks, group by group.
pub(super) fn draw(canvas: &mut Canvas, timeline: &Timeline) {
    let top = canvas.y;
    canvas.y += 18.0;
    let axis_at = canvas.body.len();
    for (heading, style, tracks) in &timeline.groups {
        canvas.y += 22.0;
        sign(canvas, *style, canvas.y - 5.0);
        canvas.text("b", 0.0, 24.0, canvas.y, heading);
        canvas.y += 6.0;
        for track in tracks {
            draw_track(canvas, track);
        }
        canvas.y += 6.0;
    }
    // The axis lies beneath the tracks, and its length is known only now.
    let body = std::mem::take(&mut canvas.body);
    let (before, tracks) = body.split_at(axis_at);
    canvas.body.push_str(before);
    for (at, label) in &timeline.ticks {
        let percent = at * 100.0;
        canvas.line("g", (percent, top + 20.0), (percent, canvas.y));
        canvas.text("s", percent, 3.0, top + 12.0, label);
    }
    let (at, label) = &timeline.now;
    canvas.line("k", (at * 100.0, top + 20.0), (at * 100.0, canvas.y));
    canvas.text("s", at * 100.0, -4.0, canvas.y + 14.0, label);
    canvas.body.push_str(tracks);
    canvas.y =
        canvas.lines("s", (0.0, 0.0), canvas.y + 36.0, &timeline.note, canvas.narrowest) - 8.0;
}

fn draw_track(canvas: &mut Canvas, track: &Track) {
    let limit = canvas.narrowest - 4.0;
    let mut y = canvas.lines("b h", (0.0, 0.0), canvas.y + 18.0, &track.name, limit);
    y = canvas.lines("s h", (0.0, 0.0), y - 2.0, &track.detail, limit);
    let at = y - 3.0;
    for span in &track.spans {
        let ends = ((span.from * 100.0, at), (span.to * 100.0, at));
        match span.style {
            LineStyle::Full => canvas.line("v", ends.0, ends.1),
            LineStyle::Hollow => {
                canvas.line("v", ends.0, ends.1);
                canvas.line("w", ends.0, ends.1);
            }
            LineStyle::Unknown => canvas.line("u", ends.0, ends.1),
            LineStyle::Ended => {}
        }
    }
    for dot in &track.dots {
        canvas.circle("o", dot * 100.0, at, 4.0);
    }
    if let Some(end) = track.end {
        canvas.path("l", end * 100.0, at, "M0-8V8");
    }
    canvas.y = at + 8.0;
}

/// Draws the sign of a state before its heading.
fn sign(canvas: &mut Canvas, style: LineStyle, y: f64) {
    canvas.path(
        match style {
            LineStyle::Full => "d",
            LineStyle::Hollow => "o",
            LineStyle::Ended | LineStyle::Unknown => "l",
        },
        0.0,
        y,
        match style {
            LineStyle::Full | LineStyle::Hollow => "M2-6H16V6H2z",
            LineStyle::Ended | LineStyle::Unknown => "M2 0H14M15-7V7",
        },
    );
}
