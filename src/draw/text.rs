//! Owns text as it is laid out inside an SVG: how wide it may turn out, and where it breaks.

use std::borrow::Cow;

use crate::fonts::Face;

/// How a text is set. The sizes of charts and diagrams are those of the style sheets
/// `css/parts/chart.css` and `css/parts/picture.css`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Font {
    pub(crate) face: Face,
    /// In pixels.
    pub(crate) size: f64,
    /// Whether the text is drawn with the fonts of this program, whose widths are known, and not
    /// with those of the reader's system.
    pub(crate) own: bool,
}

impl Font {
    /// A font of the reader's system.
    pub(super) const fn of_reader(face: Face, size: f64) -> Self {
        Self { face, size, own: false }
    }

    /// Pixels of one em. Bold letters are about a twelfth wider.
    fn em(self) -> f64 {
        self.size * if matches!(self.face, Face::Sans) { 1.0 } else { 1.08 }
    }
}

/// How wide a text is at most, in pixels. In the fonts of readers' systems, which differ, it is
/// estimated, and too high rather than too low: a label thought too wide is only placed elsewhere,
/// one thought too narrow is cut off.
#[expect(clippy::cast_possible_truncation, reason = "a size in pixels")]
pub(super) fn width(text: &str, font: Font) -> f64 {
    if font.own {
        return f64::from(font.face.width(text, font.size as f32));
    }
    text.chars().map(ems).sum::<f64>() * font.em()
}

/// The width of a character in ems.
const fn ems(c: char) -> f64 {
    if c.is_ascii() { ASCII_EMS[c as usize] } else { estimated_ems(c) }
}

/// [`estimated_ems`] of the characters that nearly all texts are made of, worked out by the
/// compiler because a comparison measures some ten thousand.
static ASCII_EMS: [f64; 128] = {
    let mut ems = [0.0; 128];
    let mut code: u8 = 0;
    while code < 128 {
        ems[code as usize] = estimated_ems(code as char);
        code += 1;
    }
    ems
};

const fn estimated_ems(c: char) -> f64 {
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
pub(crate) fn wrap(text: &str, font: Font, limit: f64, most: usize) -> Vec<Cow<'_, str>> {
    // Most texts fit as they are; they are not copied.
    if is_one_line(text) && most > 0 && width(text, font) <= limit {
        return if text.is_empty() { Vec::new() } else { vec![Cow::Borrowed(text)] };
    }
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    let mut line = String::new();
    let mut wide = 0.0;
    for word in text.split_whitespace() {
        let gap = if line.is_empty() { "" } else { " " };
        let more = width(gap, font) + width(word, font);
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
            let letter = width(c.encode_utf8(&mut [0; 4]), font);
            // A word longer than a line is broken wherever the line ends.
            if !line.is_empty() && wide + letter > limit {
                lines.push(std::mem::take(&mut line).into());
                wide = 0.0;
            }
            line.push(c);
            wide += letter;
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
            while !last.is_empty() && width(last, font) + width("…", font) > limit {
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
