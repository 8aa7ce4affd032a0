//! Owns what a result shows of a text: the part that answers best, with what matched marked. Must
//! not know how marks look.

use super::Found;
use super::words::words;

/// Characters of a snippet, about.
const SNIPPET_CHARS: usize = 190;

/// A run of text, marked or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// As it stands in the text.
    pub text: &'t str,
    /// Whether it is what was searched for, or matches it.
    pub is_match: bool,
}

/// A text, or the best part of it, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces<'t> {
    /// Joined, they are the part of the text that is shown.
    pub pieces: Vec<Piece<'t>>,
    /// Whether text before it is left out.
    pub truncated_start: bool,
    /// Whether text after it is left out.
    pub truncated_end: bool,
}

/// A word of a text, or several in a row, that match a term of the query.
struct Mark {
    start: usize,
    end: usize,
    /// The number of the term.
    term: usize,
}

impl Found {
    /// A whole text, with what matched marked.
    pub fn marked<'t>(&self, text: &'t str) -> Pieces<'t> {
        pieces(text, 0, text.len(), &self.marks(text))
    }

    /// The part of a text that answers best: the one with the most different words of the query,
    /// and the first of those.
    pub fn snippet<'t>(&self, text: &'t str) -> Pieces<'t> {
        let marks = self.marks(text);
        let best = (0..marks.len())
            .max_by_key(|first| (matches_in_snippet(&marks[*first..]), std::cmp::Reverse(*first)));
        let wanted = best.map_or(0, |first| marks[first].start);
        let start = snippet_start(text, wanted);
        let end = snippet_end(text, start);
        pieces(text, start, end, &marks)
    }

    fn marks(&self, text: &str) -> Vec<Mark> {
        let longest = self.matched.keys().map(|word| word.split(' ').count()).max();
        let words: Vec<_> = words(text).collect();
        let mut marks = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let found = (1..=longest.unwrap_or(0).min(words.len() - at)).rev().find_map(|length| {
                let run = &words[at..at + length];
                let term = match run {
                    [(_, word)] => self.matched.get(word),
                    run => {
                        let forms: Vec<&str> = run.iter().map(|(_, form)| form.as_str()).collect();
                        self.matched.get(&forms.join(" "))
                    }
                };
                Some((length, *term?))
            });
            let Some((length, term)) = found else {
                at += 1;
                continue;
            };
            marks.push(Mark { start: words[at].0.start, end: words[at + length - 1].0.end, term });
            at += length;
        }
        marks
    }
}

/// How many different terms of the query, and how many matches in all, a snippet shows that begins
/// with the first of these.
fn matches_in_snippet(marks: &[Mark]) -> (usize, usize) {
    let Some(first) = marks.first() else { return (0, 0) };
    let within =
        || marks.iter().take_while(|mark| mark.end < first.start + SNIPPET_CHARS * 3 / 4).take(40);
    let mut terms: Vec<usize> = within().map(|mark| mark.term).collect();
    terms.sort_unstable();
    terms.dedup();
    (terms.len(), within().count())
}

/// Where to begin so that `wanted` is shown with something before it: at its sentence if that begins
/// near, else at a word.
fn snippet_start(text: &str, wanted: usize) -> usize {
    let from = text[..wanted].char_indices().rev().nth(SNIPPET_CHARS / 2).map_or(0, |(at, _)| at);
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
    let near = text[..wanted].char_indices().rev().nth(SNIPPET_CHARS / 4).map_or(0, |(at, _)| at);
    near + text[near..wanted].find(' ').map_or(wanted - near, |at| at + 1)
}

/// Where to end: before the word that would make it too long, or at the end of the text if little is
/// left of that.
fn snippet_end(text: &str, start: usize) -> usize {
    let Some((end, _)) = text[start..].char_indices().nth(SNIPPET_CHARS) else { return text.len() };
    if text[start + end..].chars().nth(20).is_none() {
        return text.len();
    }
    start + text[start..start + end].rfind(' ').filter(|at| *at > 0).unwrap_or(end)
}

/// The part from `start` to `end`, divided at marks.
fn pieces<'t>(text: &'t str, start: usize, end: usize, marks: &[Mark]) -> Pieces<'t> {
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, is_match| {
        if from < to {
            pieces.push(Piece { text: &text[from..to], is_match });
        }
    };
    let mut at = start;
    for mark in marks.iter().filter(|mark| mark.start >= start && mark.end <= end) {
        push(at, mark.start, false);
        push(mark.start, mark.end, true);
        at = mark.end;
    }
    push(at, end, false);
    Pieces { pieces, truncated_start: start > 0, truncated_end: end < text.len() }
}
