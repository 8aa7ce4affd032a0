//! Owns what all cards look like: ground, the name of the guide, title, standfirst, foot.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::panels::{self, Area, Panel};
use super::words::{Anchor, cut, fit, write_line};
use crate::draw::style;
use crate::fonts::{Face, SANS};

/// Pixels across.
pub const WIDTH: u32 = 1200;
/// Pixels down.
pub const HEIGHT: u32 = 630;

// Cards are light, because they are shown among things that are.
const PAPER: &str = style::PAPER.light;
const INK: &str = style::INK.light;
const INK_SOFT: &str = style::INK_SOFT.light;
const RULE: &str = style::RULE.light;
const ACCENT: &str = style::ACCENT.light;

/// What a card shows.
#[derive(Debug, Default)]
pub(super) struct Card {
    /// Small, at the top right: what sort of page it is.
    pub(super) kicker: String,
    /// The number of a section.
    pub(super) number: Option<usize>,
    pub(super) title: String,
    pub(super) standfirst: String,
    pub(super) panels: Vec<Panel>,
    /// Under the panels: what one must know to read them.
    pub(super) note: String,
    /// At the foot, at the left and at the right.
    pub(super) foot: (String, String),
    /// At the top left.
    pub(super) guide: String,
}

const LEFT: f32 = 72.0;
const RIGHT: f32 = 1128.0;
const ACROSS: f32 = RIGHT - LEFT;
/// Baseline of the foot.
const FOOT: f32 = 592.0;

pub(super) fn draw(card: &Card) -> String {
    let mut svg = String::with_capacity(6_000);
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{SANS}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/><rect width="{WIDTH}" height="12" fill="{INK}"/>"#
    );
    head(&mut svg, card);
    if card.panels.is_empty() {
        prose(&mut svg, card);
    } else {
        charts(&mut svg, card);
    }
    foot(&mut svg, card);
    svg.push_str("</svg>");
    svg
}

fn head(svg: &mut String, card: &Card) {
    let _ = write!(
        svg,
        r#"<path transform="translate({LEFT} 53) scale(1.15)" fill="{ACCENT}" d="M2 20h12v5H2zM8 12h14v5H8zM16 4h14v5H16z"/>"#
    );
    let name = (Face::Serif, 29.0, INK);
    let kicker = (Face::Sans, 25.0, INK_SOFT);
    let taken = kicker.0.width(&card.kicker, kicker.1);
    let guide = cut(&card.guide, name.0, name.1, ACROSS - 52.0 - 40.0 - taken);
    write_line(svg, &guide, name, (LEFT + 52.0, 80.0), Anchor::Start);
    write_line(svg, &card.kicker, kicker, (RIGHT, 80.0), Anchor::End);
}

fn foot(svg: &mut String, card: &Card) {
    let _ = write!(svg, r#"<path d="M{LEFT} 555.5H{RIGHT}" stroke="{RULE}" stroke-width="1.5"/>"#);
    let small = (Face::Sans, 23.0, INK_SOFT);
    let edition = cut(&card.foot.0, small.0, small.1, ACROSS);
    let taken = small.0.width(&edition, small.1);
    write_line(svg, &edition, small, (LEFT, FOOT), Anchor::Start);
    let room = ACROSS - taken - 40.0;
    if !card.foot.1.is_empty() && room > 120.0 {
        let place = cut(&card.foot.1, small.0, small.1, room);
        write_line(svg, &place, small, (RIGHT, FOOT), Anchor::End);
    }
}

/// A card of words: the title as large as it can be, the standfirst under it, both in the middle
/// of the free height.
fn prose(svg: &mut String, card: &Card) {
    let number = card.number.map(|number| number.to_string());
    let indent = number.as_ref().map_or(0.0, |number| Face::Serif.width(number, 84.0) + 36.0);
    let (left, across) = (LEFT + indent, ACROSS - indent);
    let title = fit(&card.title, Face::Serif, &[84.0, 76.0, 68.0, 60.0, 54.0], across, 3);
    let under = fit(&card.standfirst, Face::Sans, &[32.0, 30.0], across.min(960.0), 4);
    let (leading, spacing) = (title.size * 1.1, under.size * 1.38);
    let down = leading * title.line_count() + 34.0 + spacing * under.line_count();
    let mut y = 112.0 + ((430.0 - down) / 2.0).max(0.0) + title.size * 0.86;
    if let Some(number) = &number {
        write_line(svg, number, (Face::Serif, title.size, ACCENT), (LEFT, y), Anchor::Start);
    }
    for text in &title.lines {
        write_line(svg, text, (Face::Serif, title.size, INK), (left, y), Anchor::Start);
        y += leading;
    }
    y += 34.0 - (title.size - under.size) * 0.7;
    for text in &under.lines {
        write_line(svg, text, (Face::Sans, under.size, INK_SOFT), (left, y), Anchor::Start);
        y += spacing;
    }
}

/// The same for all cards, and so made once.
static CHART_RULES: LazyLock<String> = LazyLock::new(style::light_chart_rules);

/// A card of bars under their message.
fn charts(svg: &mut String, card: &Card) {
    let _ = write!(svg, "<style>{}</style>", *CHART_RULES);
    let mut title = fit(&card.title, Face::Serif, &[54.0, 50.0, 46.0], ACROSS, 1);
    if title.lines.iter().any(|line| line.ends_with('…')) {
        title = fit(&card.title, Face::Serif, &[48.0, 44.0, 40.0], ACROSS, 2);
    }
    let leading = title.size * 1.12;
    let mut y = 122.0 + title.size * 0.86;
    for text in &title.lines {
        write_line(svg, text, (Face::Serif, title.size, INK), (LEFT, y), Anchor::Start);
        y += leading;
    }
    y -= leading - 18.0;
    if title.lines.len() == 1 && !card.standfirst.is_empty() {
        let under = fit(&card.standfirst, Face::Sans, &[26.0], ACROSS, 2);
        for text in &under.lines {
            y += 35.0;
            write_line(svg, text, (Face::Sans, under.size, INK_SOFT), (LEFT, y), Anchor::Start);
        }
    }
    // Room for the note is kept before it is known how many rows are left out.
    let longest = format!("{} 999 more rows on the page.", card.note);
    let note = |text: &str| fit(text, Face::Sans, &[20.0, 19.0], ACROSS, 2);
    let up = 25.0 * (note(&longest).line_count() - 1.0);
    let area = Area { left: LEFT, right: RIGHT, top: y + 16.0, bottom: 515.0 - up };
    let left_out = panels::draw(svg, &card.panels, area);
    let more = match left_out {
        0 => String::new(),
        1 => " One more row on the page.".to_owned(),
        more => format!(" {more} more rows on the page."),
    };
    let note = note(&format!("{}{more}", card.note));
    let mut y = 541.0 - 25.0 * (note.line_count() - 1.0);
    for text in &note.lines {
        write_line(svg, text, (Face::Sans, note.size, INK_SOFT), (LEFT, y), Anchor::Start);
        y += 25.0;
    }
}
