//! Owns the appending of markup to a text, piece by piece. A chart has some thousand of them, and
//! the formatters behind `write!` would take most of the time of a comparison.

use super::scale::Percent;
use super::text::Escaped;

/// Something that markup is made of.
pub(crate) trait Piece {
    /// Appends it.
    fn put(&self, markup: &mut String);
}

/// Appends pieces one after another.
macro_rules! put {
    ($markup:expr, $($piece:expr),+ $(,)?) => {{
        let markup: &mut String = $markup;
        $($crate::chart::put::Piece::put(&$piece, markup);)+
    }};
}

pub(crate) use put;

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

impl Piece for Percent {
    /// At most two decimals, and no zeros at their end.
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
