//! Owns what a result shows of a text: the part that answers best, with what matched marked.

use super::Found;
use super::words::words;

/// Letters of a snippet, about.
const LETTERS: usize = 190;

/// A run of text, marked or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// As it stands in the text.
    pub text: &'t str,
    /// Whether it is what was searched for, or stands for it.
    pub marked: bool,
}

/// A text, or the best part of it, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces<'t> {
    /// Joined, they are the part.
    pub pieces: Vec<Piece<'t>>,
    /// Whether something stands before.
    pub begins_inside: bool,
    /// Whether something follows.
    pub ends_inside: bool,
}

/// A word of a text that matched.
struct Mark {
    start: usize,
    end: usize,
    unit: usize,
}

impl Found {
    /// A whole text, with what matched marked.
    pub fn marked<'t>(&self, text: &'t str) -> Pieces<'t> {
        cut(text, 0, text.len(), &self.marks(text))
    }

    /// The part of a text that answers best: the one with the most different words of the query,
    /// and the first of those.
    pub fn snippet<'t>(&self, text: &'t str) -> Pieces<'t> {
        let marks = self.marks(text);
        let best = (0..marks.len())
            .max_by_key(|first| (worth(&marks[*first..]), std::cmp::Reverse(*first)));
        let wanted = best.map_or(0, |first| marks[first].start);
        let start = beginning(text, wanted);
        let end = ending(text, start);
        cut(text, start, end, &marks)
    }

    fn marks(&self, text: &str) -> Vec<Mark> {
        let longest = self.matched.keys().map(|word| word.split(' ').count()).max();
        let words: Vec<_> = words(text).collect();
        let mut marks = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let found = (1..=longest.unwrap_or(0).min(words.len() - at)).rev().find_map(|length| {
                let run = &words[at..at + length];
                let unit = match run {
                    [(_, word)] => self.matched.get(word),
                    run => {
                        let forms: Vec<&str> = run.iter().map(|(_, form)| form.as_str()).collect();
                        self.matched.get(&forms.join(" "))
                    }
                };
                Some((length, *unit?))
            });
            let Some((length, unit)) = found else {
                at += 1;
                continue;
            };
            marks.push(Mark { start: words[at].0.start, end: words[at + length - 1].0.end, unit });
            at += length;
        }
        marks
    }
}

/// How many different words of the query, and then how many words, a snippet shows that begins
/// with the first of these.
fn worth(marks: &[Mark]) -> (usize, usize) {
    let Some(first) = marks.first() else { return (0, 0) };
    let within =
        || marks.iter().take_while(|mark| mark.end < first.start + LETTERS * 3 / 4).take(40);
    let mut units: Vec<usize> = within().map(|mark| mark.unit).collect();
    units.sort_unstable();
    units.dedup();
    (units.len(), within().count())
}

/// Where to begin so that a place is shown with something before it: its sentence if that begins
/// near, else a word.
fn beginning(text: &str, wanted: usize) -> usize {
    let from = text[..wanted].char_indices().rev().nth(LETTERS / 2).map_or(0, |(at, _)| at);
    let before = &text[from..wanted];
    if let Some((at, end)) = before
        .rmatch_indices(['.', '?', '!', '।', ':'])
        .find_map(|(at, end)| before[at + end.len()..].starts_with(' ').then_some((at, end)))
    {
        return from + at + end.len() + 1;
    }
    if from == 0 {
        return 0;
    }
    let near = text[..wanted].char_indices().rev().nth(LETTERS / 4).map_or(0, |(at, _)| at);
    near + text[near..wanted].find(' ').map_or(wanted - near, |at| at + 1)
}

/// Where to end: after so many letters, at a word, or where little would be left.
fn ending(text: &str, start: usize) -> usize {
    let Some((end, _)) = text[start..].char_indices().nth(LETTERS) else { return text.len() };
    if text[start + end..].chars().nth(20).is_none() {
        return text.len();
    }
    start + text[start..start + end].rfind(' ').filter(|at| *at > 0).unwrap_or(end)
}

fn cut<'t>(text: &'t str, start: usize, end: usize, marks: &[Mark]) -> Pieces<'t> {
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, marked| {
        if from < to {
            pieces.push(Piece { text: &text[from..to], marked });
        }
    };
    let mut at = start;
    for mark in marks.iter().filter(|mark| mark.start >= start && mark.end <= end) {
        push(at, mark.start, false);
        push(mark.start, mark.end, true);
        at = mark.end;
    }
    push(at, end, false);
    Pieces { pieces, begins_inside: start > 0, ends_inside: end < text.len() }
}
