//! Owns the appending of markup to a text, piece by piece: the macro [`put!`](put).
//!
//! Why not `write!`: a comparison appends some thousand pieces, and with the formatters of the
//! standard library they took two fifths of the time it needs.

use super::escape::Escaped;

/// Something that markup is made of.
pub(super) trait Piece {
    /// Appends it.
    fn put(&self, markup: &mut String);
}

/// Appends pieces one after another.
macro_rules! put {
    ($markup:expr, $($piece:expr),+ $(,)?) => {{
        let markup: &mut String = $markup;
        $($crate::draw::put::Piece::put(&$piece, markup);)+
    }};
}

pub(super) use put;

impl Piece for &str {
    fn put(&self, markup: &mut String) {
        markup.push_str(self);
    }
}

impl Piece for u32 {
    fn put(&self, markup: &mut String) {
        markup.push_str(itoa::Buffer::new().format(*self));
    }
}

impl Piece for i64 {
    fn put(&self, markup: &mut String) {
        markup.push_str(itoa::Buffer::new().format(*self));
    }
}

impl Piece for Escaped<'_> {
    fn put(&self, markup: &mut String) {
        self.push_to(markup);
    }
}
