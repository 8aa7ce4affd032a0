//! Owns the way from a value to a place: percentages of the drawing's width.
//! It knows nothing of what is drawn there.

/// The narrowest drawing that must be readable, in pixels: a 320 px screen less its margins.
pub(super) const NARROWEST: f64 = 280.0;

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

/// Maps the axis, from zero to its end, to 0 to 100 per cent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    max: f64,
}

impl Scale {
    pub(super) fn new(max: f64) -> Self {
        Self { max: if max.is_finite() && max > 0.0 { max } else { 0.0 } }
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
}

/// How much of the narrowest drawing so many pixels take up, in per cent.
pub(super) fn share(pixels: f64) -> f64 {
    pixels / NARROWEST * 100.0
}
