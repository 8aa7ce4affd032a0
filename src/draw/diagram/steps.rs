//! Owns the staircase: steps that rise to the right, each with its facts, on a ground.

use crate::draw::text::{width, wrap};

use super::canvas::{BOLD, Canvas, SMALL, SMALL_LINE, line_count};

/// A staircase.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// From the lowest upwards.
    pub steps: Vec<Step>,
    /// What it stands on: a heading and what belongs to it.
    pub ground: Option<(String, String)>,
    /// What holds of the facts, below.
    pub note: String,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Line by line.
    pub facts: Vec<Fact>,
}

/// A line of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub subject: String,
    /// What goes with it, in small print.
    pub detail: Option<String>,
    /// The fact.
    pub value: String,
}

impl Fact {
    /// What stands at the left.
    fn left(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{}, {detail}", self.subject),
            None => self.subject.clone(),
        }
    }

    /// How many lines it takes in so many pixels.
    fn lines(&self, room: f64) -> f64 {
        let fits = width(&self.left(), SMALL) + width(&self.value, BOLD) <= room;
        if fits || self.detail.is_none() { 1.0 } else { 2.0 }
    }
}

/// The whole rise, per cent of the width.
const RISE: f64 = 22.0;
const PAD: f64 = 12.0;

/// Draws a staircase from its top step down.
pub(super) fn draw(canvas: &mut Canvas, staircase: &Steps) {
    canvas.y += 4.0;
    let gaps = f64::from(u8::try_from(staircase.steps.len()).unwrap_or(u8::MAX)) - 1.0;
    let mut above = 100.0;
    for (index, step) in staircase.steps.iter().enumerate().rev() {
        let place = f64::from(u8::try_from(index).unwrap_or(u8::MAX));
        let x = if gaps > 0.0 { RISE * place / gaps } else { 0.0 };
        let room = canvas.share(100.0 - x) - 2.0 * PAD - 8.0;
        let lines = step.facts.iter().map(|fact| fact.lines(room)).sum::<f64>();
        let (top, height) = (canvas.y, 38.0 + lines * 20.0);
        canvas.rect("x2", (x, 100.0 - x), top, height);
        // The profile of the stairs: along the tread, and down the riser.
        canvas.line("l", (x, top), (above, top));
        canvas.line("l", (x, top), (x, top + height));
        above = x;
        canvas.text("b", x, PAD, top + 23.0, &step.name);
        let mut y = top + 44.0;
        for fact in &step.facts {
            canvas.text("b", 100.0, -PAD, y, &fact.value);
            match &fact.detail {
                Some(detail) if fact.lines(room) > 1.0 => {
                    canvas.text("s", x, PAD, y, &fact.subject);
                    y += 17.0;
                    canvas.text("s", x, PAD, y, detail);
                    y += 3.0;
                }
                _ => canvas.text("s", x, PAD, y, &fact.left()),
            }
            y += 20.0;
        }
        canvas.y += height;
    }
    if let Some((heading, skills)) = &staircase.ground {
        let limit = canvas.narrowest - 2.0 * PAD;
        let height = 36.0 + line_count(skills, SMALL, limit) * SMALL_LINE;
        canvas.rect("x0", (0.0, 100.0), canvas.y, height);
        canvas.line("l", (0.0, canvas.y), (above, canvas.y));
        canvas.text("b", 0.0, PAD, canvas.y + 22.0, heading);
        let mut y = canvas.y + 41.0;
        for line in wrap(skills, SMALL, limit, 12) {
            canvas.text("s", 0.0, PAD, y, line.trim_matches(['·', ' ']));
            y += SMALL_LINE;
        }
        canvas.y += height;
    }
    canvas.y = canvas.lines("s", (0.0, 0.0), canvas.y + 20.0, &staircase.note, canvas.narrowest);
    canvas.y -= 8.0;
}
