//! Owns the way from a value to a place, in percentages of the drawing's width, and what all rows of
//! a chart share. It knows nothing of what is drawn there.

use crate::draw::put::Piece;
use crate::draw::text::Font;
use crate::fonts::Face;

/// A percentage from 0 to 100, written with at most two decimals.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Percent(pub(super) f64);

impl Percent {
    /// Whole hundredths of a per cent, half upwards.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between 0 and 10,000"
    )]
    pub(super) fn hundredths(self) -> u32 {
        let held = if self.0.is_finite() { self.0.clamp(0.0, 100.0) } else { 0.0 };
        (held * 100.0 + 0.5) as u32
    }
}

impl Piece for Percent {
    /// Without zeros at the end of its decimals.
    fn put(&self, markup: &mut String) {
        let hundredths = self.hundredths();
        let (whole, part) = (hundredths / 100, hundredths % 100);
        whole.put(markup);
        if part != 0 {
            markup.push('.');
            if part < 10 {
                markup.push('0');
            }
            let digits = if part.is_multiple_of(10) { part / 10 } else { part };
            digits.put(markup);
        }
        markup.push('%');
    }
}

/// What all rows of a chart have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    /// Begins the ids of the chart.
    pub(super) id: &'a str,
    pub(super) scale: Scale,
    /// Pixels kept free for the icons of steps, so that all captions begin at one edge.
    pub(super) indent: u32,
    /// See [`Layout::dense`](super::data::Layout::dense).
    pub(super) dense: bool,
}

impl Frame<'_> {
    /// A font of so many pixels.
    pub(super) const fn font(self, face: Face, size: f64) -> Font {
        Font { face, size, own: self.dense }
    }
}

/// Maps the axis, from zero to its end, to 0 to 100 per cent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    max: f64,
    /// The narrowest width of the drawing, in pixels.
    pub(super) narrowest: f64,
}

impl Scale {
    pub(super) fn new(max: f64, narrowest: f64) -> Self {
        Self { max: if max.is_finite() && max > 0.0 { max } else { 0.0 }, narrowest }
    }

    /// The place of a value, held within the axis; none for what is not a number or for an axis
    /// without length.
    pub(super) fn place(self, value: f64) -> Option<f64> {
        if value.is_nan() || self.max == 0.0 {
            return None;
        }
        Some((value.clamp(0.0, self.max) / self.max * 100.0).clamp(0.0, 100.0))
    }

    /// Whether a value lies beyond the end of the axis.
    pub(super) fn is_beyond(self, value: f64) -> bool {
        value > self.max
    }

    /// How much of the narrowest drawing so many pixels take up, in per cent.
    pub(super) fn share(self, pixels: f64) -> f64 {
        pixels / self.narrowest * 100.0
    }
}
