//! Owns words inside an SVG: escaping, ids, how wide a text may turn out, and where it breaks.
//! It knows nothing of bars.

use std::borrow::Cow;
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

/// The sizes of type in the stylesheet, in pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) bold: bool,
}

/// An upper estimate, in pixels: the faces of readers' systems differ, and a label that is
/// thought too wide is only placed elsewhere, while one thought too narrow is cut off.
pub(crate) fn width(text: &str, of: Type) -> f64 {
    text.chars().map(ems).sum::<f64>() * of.em()
}

impl Type {
    /// Pixels of an em.
    fn em(self) -> f64 {
        self.size * if self.bold { 1.08 } else { 1.0 }
    }
}

const fn ems(c: char) -> f64 {
    if c.is_ascii() { ASCII_EMS[c as usize] } else { measured(c) }
}

/// What [`measured`] says of the letters that nearly all texts are made of.
static ASCII_EMS: [f64; 128] = {
    let mut ems = [0.0; 128];
    let mut code: u8 = 0;
    while code < 128 {
        ems[code as usize] = measured(code as char);
        code += 1;
    }
    ems
};

const fn measured(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' | '·' | ' ' | 't'
        | 'f' | 'r' | '(' | ')' | '/' | '-' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '+' | '≈' | '…' | '→' => 0.95,
        'A'..='Z' => 0.7,
        '\u{2000}'..='\u{20ff}' => 0.62,
        '\u{1100}'.. => 1.1,
        _ => 0.62,
    }
}

/// Breaks a text into at most `most` lines no wider than `limit` pixels, between words where it
/// can. What does not fit is cut with an ellipsis.
pub(crate) fn wrap(text: &str, of: Type, limit: f64, most: usize) -> Vec<Cow<'_, str>> {
    // Most are one line, as they are.
    if is_one_line(text) && most > 0 && width(text, of) <= limit {
        return if text.is_empty() { Vec::new() } else { vec![Cow::Borrowed(text)] };
    }
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    let mut line = String::new();
    let mut wide = 0.0;
    for word in text.split_whitespace() {
        let gap = if line.is_empty() { "" } else { " " };
        let more = width(gap, of) + width(word, of);
        if wide + more <= limit {
            line.push_str(gap);
            line.push_str(word);
            wide += more;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line).into());
            wide = 0.0;
        }
        for c in word.chars() {
            // A word longer than a line is broken wherever the line ends.
            if !line.is_empty() && wide + ems(c) * of.size * 1.08 > limit {
                lines.push(std::mem::take(&mut line).into());
                wide = 0.0;
            }
            line.push(c);
            wide += ems(c) * of.em();
        }
        if lines.len() > most {
            break;
        }
    }
    if !line.is_empty() {
        lines.push(line.into());
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let last = last.to_mut();
            while !last.is_empty() && width(last, of) + width("…", of) > limit {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

/// Words with one space between them, and none around.
fn is_one_line(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        if c.is_whitespace() && (c != ' ' || before == ' ') {
            return false;
        }
        before = c;
    }
    before != ' ' || text.is_empty()
}
