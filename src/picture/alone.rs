//! Owns a picture as a file of its own: with its title, a line about where it comes from, a ground
//! and its own style.

use std::fmt::Write as _;

use super::{Picture, Scene};
use crate::chart::text::{Escaped, Type, wrap};

/// What stands around a picture that stands alone.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// BCP 47.
    pub language: &'a str,
    /// Whose picture it is, and of which edition.
    pub credit: &'a str,
    /// Where it is explained, if that has an absolute address.
    pub address: Option<&'a str>,
}

/// How a picture that stands alone gets its colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Light or dark, as the reader's system says.
    Both,
    /// Light, with the colours written out, for programs that know no custom properties.
    Plain,
}

/// Of the drawing, in pixels.
const WIDTH: f64 = 600.0;
/// Around it.
const MARGIN: f64 = 36.0;
const TITLE: Type = Type { size: 26.0, bold: true };

const PICTURE_STYLE: &str = include_str!("../../static/css/parts/picture.css");
const CHART_STYLE: &str = include_str!("../../static/css/parts/chart.css");

/// The colours of `static/css/parts/site.css`: name, light, dark. A test holds them together.
pub(super) const COLOURS: [(&str, &str, &str); 9] = [
    ("paper", "#fbfaf6", "#15161a"),
    ("tint", "#f1efe6", "#1f2127"),
    ("ink", "#1c1b18", "#ece8dd"),
    ("ink-soft", "#524f47", "#b9b4a8"),
    ("rule", "#d6d2c4", "#3d3f47"),
    ("accent", "#20389c", "#adbfff"),
    ("step-1", "#c9d2f3", "#323f7d"),
    ("step-2", "#7488d6", "#6c82dc"),
    ("step-3", "#20389c", "#b9c7ff"),
];

/// A picture as a file of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Alone {
    /// The file.
    pub svg: String,
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
}

/// The style of what only a picture that stands alone has.
const FRAME_STYLE: &str = "
.p{fill:var(--paper)}
.title{fill:var(--ink);font-size:26px;font-weight:600;font-family:\"Iowan Old Style\",\"Palatino Linotype\",Palatino,P052,Georgia,serif}
.credit{fill:var(--ink-soft);font-size:12.5px}
";

impl Picture {
    /// The picture as a file of its own.
    pub fn alone(&self, words: Words<'_>, paint: Paint) -> Alone {
        let canvas = self.draw(WIDTH);
        let titles = wrap(&self.title, TITLE, WIDTH, 3);
        let lines = f64::from(u8::try_from(titles.len()).unwrap_or(u8::MAX));
        let top = MARGIN + lines * 32.0 + 16.0;
        let lines = if words.address.is_some() { 2.0 } else { 1.0 };
        let height = (top + canvas.y + 16.0 + lines * 18.0 + MARGIN).ceil();
        let width = WIDTH + 2.0 * MARGIN;
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t" aria-describedby="d" xml:lang="{}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="system-ui,sans-serif"><title id="t">{}</title><desc id="d">{}</desc><style>{}</style><rect class="p" width="{width}" height="{height}"/>"#,
            Escaped(words.language),
            Escaped(&self.title),
            Escaped(&self.summary),
            style(paint),
        );
        for (index, line) in titles.iter().enumerate() {
            let y = MARGIN + 20.0 + 32.0 * f64::from(u8::try_from(index).unwrap_or(u8::MAX));
            let _ =
                write!(svg, r#"<text class="title" x="{MARGIN}" y="{y}">{}</text>"#, Escaped(line));
        }
        // Charts have a style of their own, which must not mix with that of pictures.
        let class = if matches!(self.scene, Scene::Charts(_)) {
            ""
        } else {
            r#" class="pic" paint-order="stroke""#
        };
        let _ = write!(
            svg,
            r#"<svg{class} x="{MARGIN}" y="{top}" width="{WIDTH}" height="{h}" overflow="visible">{}</svg><text class="credit" x="{MARGIN}" y="{y}">{}</text>"#,
            canvas.body,
            Escaped(words.credit),
            h = canvas.y,
            y = height - MARGIN + 4.0 - (lines - 1.0) * 18.0,
        );
        if let Some(address) = words.address {
            let y = height - MARGIN + 4.0;
            let _ = write!(
                svg,
                r#"<text class="credit" x="{MARGIN}" y="{y}">{}</text>"#,
                Escaped(address)
            );
        }
        svg.push_str("</svg>");
        Alone { svg, width, height }
    }
}

fn style(paint: Paint) -> String {
    let rules = format!("{FRAME_STYLE}{PICTURE_STYLE}{CHART_STYLE}");
    match paint {
        Paint::Both => {
            let mut css = String::from(":root{");
            for (name, light, _) in COLOURS {
                let _ = write!(css, "--{name}:{light};");
            }
            css.push_str("}@media (prefers-color-scheme:dark){:root{");
            for (name, _, dark) in COLOURS {
                let _ = write!(css, "--{name}:{dark};");
            }
            // In XML a style is text like any other.
            format!("{css}}}}}{}", Escaped(&rules))
        }
        Paint::Plain => Escaped(&plain(&rules)).to_string(),
    }
}

/// Rules as the simplest of readers understand them: without comments, conditions, lists of
/// alternatives and custom properties.
fn plain(css: &str) -> String {
    let mut rules = css.to_owned();
    while let (Some(from), Some(to)) = (rules.find("/*"), rules.find("*/")) {
        rules.replace_range(from..to + 2, "");
    }
    let mut plain = String::new();
    let mut depth = 0_usize;
    for line in rules.lines() {
        if line.starts_with("@media") {
            depth += usize::from(!line.ends_with("}}"));
        } else if depth > 0 {
            depth -= usize::from(line == "}");
        } else if let Some((selector, rest)) = line.split_once('{') {
            for selector in alternatives(selector) {
                let _ = write!(plain, "{selector}{{{rest}");
            }
        }
    }
    while let Some(from) = plain.find("var(--") {
        let to = plain[from..].find(')').map_or(plain.len(), |to| from + to + 1);
        let name = plain[from + "var(--".len()..to].trim_end_matches(')');
        let colour = COLOURS.iter().find(|(known, ..)| *known == name);
        let colour = colour.map_or("#000", |(_, light, _)| *light);
        plain.replace_range(from..to, colour);
    }
    plain
}

/// The selectors that a list of them, or one with `:is(…)`, stands for.
fn alternatives(selector: &str) -> Vec<String> {
    let Some((before, rest)) = selector.split_once(":is(") else {
        return selector.split(',').map(str::to_owned).collect();
    };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    inside.split(',').map(|one| format!("{before}{one}{after}")).collect()
}
