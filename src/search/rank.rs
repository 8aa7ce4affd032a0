//! Owns the order of results. A word in a name counts for more than any number of them below it;
//! bodies are weighed as BM25 does, so that a long text gains nothing by its length and rare words
//! decide. An entry with all the words of a query stands before one with some, unless these are
//! the ones that matter.

use super::lexicon::{Part, Posting};
use super::query::{Query, Unit};
use super::{Hit, Index};

/// What a word gains in a name.
const NAME: f32 = 4.0;
/// What it gains in the title above.
const CONTEXT: f32 = 0.5;
/// How fast further occurrences in a body stop to count (BM25's k1), and how far its length
/// counts against it (b).
const ENOUGH: f32 = 1.2;
const LENGTH: f32 = 0.6;
/// Beyond so many times the average a body is no longer counted as longer.
const LONG: f32 = 4.0;
/// What is gained by a name that holds every word.
const ALL_NAMED: f32 = 1.25;
/// Results that answer less well than this part of the best are noise.
const WORTH: f32 = 0.14;
/// As many at most, so that a page of results is one that can be read.
const MOST: usize = 200;

/// The entries that answer a query, the best first.
#[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
pub(super) fn rank(index: &Index, query: &Query) -> Vec<Hit> {
    let size = index.entries.len();
    let mut total = vec![0.0_f32; size];
    let mut importance = vec![0.0_f32; size];
    let mut words = vec![0_u8; size];
    let mut named = vec![0_u8; size];
    let mut all = 0.0;
    for unit in &query.units {
        let matches = matches(index, unit);
        let rarity = rarity(size, matches.len());
        all += rarity;
        for Match { entry, name, alias, context, body } in matches {
            let known = index.entries[entry];
            let above = (name * short(known.name)).max(alias * short(known.alias));
            let length = (known.body as f32 / index.average).min(LONG);
            let below = body / (1.0 - LENGTH + LENGTH * length);
            let below = below * (ENOUGH + 1.0) / (below + ENOUGH);
            total[entry] += rarity * (above * NAME + context * CONTEXT + below);
            importance[entry] += rarity;
            words[entry] += 1;
            named[entry] += u8::from(above > 0.0);
        }
    }
    let count = query.units.len();
    let mut hits: Vec<Hit> = (0..size)
        .filter(|entry| words[*entry] > 0)
        .map(|entry| {
            let covered = importance[entry] / all;
            let all_named = if usize::from(named[entry]) == count { ALL_NAMED } else { 1.0 };
            let score = total[entry] * covered * covered.sqrt() * all_named;
            let score = score * index.entries[entry].weight;
            Hit { entry, score, whole: usize::from(words[entry]) == count }
        })
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
    let least = hits.first().map_or(0.0, |best| best.score * WORTH);
    hits.retain(|hit| hit.score >= least);
    hits.truncate(MOST);
    hits
}

/// How often one unit of the query stands in an entry, weighed by what stands for it.
#[derive(Clone, Copy, Debug, Default)]
struct Match {
    entry: usize,
    name: f32,
    alias: f32,
    context: f32,
    body: f32,
}

/// The entries in which a unit stands, in order.
fn matches(index: &Index, unit: &Unit) -> Vec<Match> {
    let mut sums: Vec<Option<Match>> = vec![None; index.entries.len()];
    for alternative in &unit.alternatives {
        let weight = alternative.weight;
        let mut add = |posting: Posting| {
            let entry = posting.entry as usize;
            let sum = sums[entry].get_or_insert(Match { entry, ..Match::default() });
            // In a name the best form counts, once; in a body each one does.
            let better = |known: f32, stands: bool| if stands { known.max(weight) } else { known };
            sum.name = better(sum.name, posting.is_in(Part::Name));
            sum.alias = better(sum.alias, posting.is_in(Part::Alias));
            sum.context = better(sum.context, posting.is_in(Part::Context));
            sum.body += weight * f32::from(posting.body);
        };
        index.lexicon.postings(&alternative.term).iter().copied().for_each(&mut add);
    }
    sums.into_iter().flatten().collect()
}

/// What a name of so many words is worth to one of them.
fn short(words: u8) -> f32 {
    1.0 / (0.75 + 0.1 * f32::from(words.min(12)))
}

/// What a word is worth that stands in so many entries (BM25's idf).
#[expect(clippy::cast_precision_loss, reason = "numbers of entries")]
fn rarity(entries: usize, with: usize) -> f32 {
    let (entries, with) = (entries as f32, with as f32);
    (1.0 + (entries - with + 0.5) / (with + 0.5)).ln()
}
