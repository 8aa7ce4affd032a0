//! Owns what makes a text safe inside an SVG: escaping, and names that may be ids.

use std::fmt;

use crate::text::invisible::is_noncharacter;

/// A text with what XML forbids left out and what it reserves replaced.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl Escaped<'_> {
    /// The parts that stay and what stands in place of the others, in order.
    fn pieces(&self) -> impl Iterator<Item = (&str, &'static str)> {
        let mut written = 0;
        let changes = self.0.char_indices().filter_map(|(at, c)| {
            let instead = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                ' '..='~' | '\u{a0}' => return None,
                c if c.is_whitespace() => " ",
                // HTML's parser refuses these too, so they cannot be shown in any case.
                c if c.is_control() || is_noncharacter(c) => "",
                _ => return None,
            };
            Some((at, at + c.len_utf8(), instead))
        });
        let end = (self.0.len(), self.0.len(), "");
        changes.chain(std::iter::once(end)).map(move |(at, after, instead)| {
            let kept = &self.0[written..at];
            written = after;
            (kept, instead)
        })
    }

    /// Appends the text.
    pub(crate) fn push_to(&self, markup: &mut String) {
        for (kept, instead) in self.pieces() {
            markup.push_str(kept);
            markup.push_str(instead);
        }
    }
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().try_for_each(|(kept, instead)| {
            f.write_str(kept)?;
            f.write_str(instead)
        })
    }
}

/// A name that may stand in `id="…"` and in `url(#…)`.
pub(crate) fn id(wanted: &str) -> String {
    let mut id: String = wanted
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' })
        .collect();
    if !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
        id.insert(0, 'c');
    }
    id
}
