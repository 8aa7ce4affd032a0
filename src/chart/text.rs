//! Owns words inside an SVG: escaping, ids, how wide a text may turn out, and where it breaks.
//! It knows nothing of bars.

use std::fmt;

/// A text with what XML forbids left out and what it reserves replaced.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = 0;
        for (at, c) in self.0.char_indices() {
            let instead = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                ' ' | '\u{a0}' => continue,
                c if c.is_whitespace() => " ",
                // HTML's parser refuses these too, so they cannot be shown in any case.
                c if c.is_control() || is_noncharacter(c) => "",
                _ => continue,
            };
            f.write_str(&self.0[written..at])?;
            f.write_str(instead)?;
            written = at + c.len_utf8();
        }
        f.write_str(&self.0[written..])
    }
}

fn is_noncharacter(c: char) -> bool {
    let c = u32::from(c);
    (0xfdd0..=0xfdef).contains(&c) || c & 0xfffe == 0xfffe
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
    let ems: f64 = text.chars().map(ems).sum();
    ems * of.size * if of.bold { 1.08 } else { 1.0 }
}

fn ems(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' | '·' | ' ' | 't'
        | 'f' | 'r' | '(' | ')' | '/' | '-' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '+' | '≈' | '…' | '→' => 0.95,
        'A'..='Z' => 0.7,
        c if u32::from(c) >= 0x1100 && !('\u{2000}'..='\u{20ff}').contains(&c) => 1.1,
        _ => 0.62,
    }
}

/// Breaks a text into at most `most` lines no wider than `limit` pixels, between words where it
/// can. What does not fit is cut with an ellipsis.
pub(crate) fn wrap(text: &str, of: Type, limit: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let gap = if line.is_empty() { "" } else { " " };
        if width(&line, of) + width(gap, of) + width(word, of) <= limit {
            line.push_str(gap);
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            // A word longer than a line is broken wherever the line ends.
            if !line.is_empty() && width(&line, of) + ems(c) * of.size * 1.08 > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
        if lines.len() > most {
            break;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && width(last, of) + width("…", of) > limit {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}
