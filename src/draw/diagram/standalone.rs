//! Owns a diagram as a file of its own: with its title, a line about where it comes from, a ground
//! and its own style.

use std::fmt::Write as _;

use super::{Diagram, Scene};
use crate::draw::escape::Escaped;
use crate::draw::style;
use crate::draw::text::{Font, wrap};
use crate::fonts::Face;

/// What is said below a diagram in a file of its own.
#[derive(Clone, Copy, Debug)]
pub struct Credit<'a> {
    /// Of all its words, as a BCP 47 tag.
    pub language: &'a str,
    /// Whose diagram it is, and of which edition.
    pub text: &'a str,
    /// Where it is explained, if that has an absolute address.
    pub address: Option<&'a str>,
}

/// In which colours a diagram is drawn in a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// Light or dark, as the reader's system says.
    LightAndDark,
    /// Light, and written out, for programs that know no custom properties, such as rasterisers.
    LightOnly,
}

/// Of the drawing, in pixels.
const WIDTH: f64 = 600.0;
/// Around it.
const MARGIN: f64 = 36.0;
const TITLE: Font = Font::of_reader(Face::SansBold, 26.0);

/// A diagram as a file of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Standalone {
    /// The file.
    pub svg: String,
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
}

/// The rules of what only a file of its own has.
const FRAME_RULES: &str = "
.p{fill:var(--paper)}
.title{fill:var(--ink);font-size:26px;font-weight:600;font-family:\"Iowan Old Style\",\"Palatino Linotype\",Palatino,P052,Georgia,serif}
.credit{fill:var(--ink-soft);font-size:12.5px}
";

impl Diagram {
    /// The diagram as a file of its own.
    ///
    /// It has a `viewBox`, because a file of its own has a size, with which its text may grow.
    pub fn standalone(&self, credit: Credit<'_>, colours: Colours) -> Standalone {
        let canvas = self.draw(WIDTH);
        let titles = wrap(&self.title, TITLE, WIDTH, 3);
        let lines = f64::from(u8::try_from(titles.len()).unwrap_or(u8::MAX));
        let top = MARGIN + lines * 32.0 + 16.0;
        let lines = if credit.address.is_some() { 2.0 } else { 1.0 };
        let height = (top + canvas.y + 16.0 + lines * 18.0 + MARGIN).ceil();
        let width = WIDTH + 2.0 * MARGIN;
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t" aria-describedby="d" xml:lang="{}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="system-ui,sans-serif"><title id="t">{}</title><desc id="d">{}</desc><style>{}</style><rect class="p" width="{width}" height="{height}"/>"#,
            Escaped(credit.language),
            Escaped(&self.title),
            Escaped(&self.summary),
            // In XML a style is text like any other.
            Escaped(&match colours {
                Colours::LightAndDark => style::light_and_dark(FRAME_RULES),
                Colours::LightOnly => style::light(FRAME_RULES),
            }),
        );
        // Writing to a string cannot fail.
        let write_line = |svg: &mut String, class: &str, y: f64, line: &str| {
            let line = Escaped(line);
            let _ = write!(svg, r#"<text class="{class}" x="{MARGIN}" y="{y}">{line}</text>"#);
        };
        let mut y = MARGIN + 20.0;
        for line in &titles {
            write_line(&mut svg, "title", y, line);
            y += 32.0;
        }
        // Charts have rules of their own, which must not mix with those of diagrams.
        let class = if matches!(self.scene, Scene::Charts(_)) {
            ""
        } else {
            r#" class="pic" paint-order="stroke""#
        };
        let _ = write!(
            svg,
            r#"<svg{class} x="{MARGIN}" y="{top}" width="{WIDTH}" height="{}" overflow="visible">{}</svg>"#,
            canvas.y, canvas.body,
        );
        let mut y = height - MARGIN + 4.0 - (lines - 1.0) * 18.0;
        for line in std::iter::once(credit.text).chain(credit.address) {
            write_line(&mut svg, "credit", y, line);
            y += 18.0;
        }
        svg.push_str("</svg>");
        Standalone { svg, width, height }
    }
}
