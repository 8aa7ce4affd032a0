//! Owns the order of results. A word in a name counts for more than any number of them below it;
//! bodies are weighed as BM25 does, so that a long text gains nothing by its length and rare words
//! decide. An entry with all the words of a query stands before one with some, unless these are
//! the ones that matter.

use super::lexicon::Posting;
use super::query::{Query, Unit};
use super::{Entry, Hit, Index};

/// What a word gains in a name.
const NAME: f32 = 4.0;
/// What it gains in the title above.
const CONTEXT: f32 = 0.5;
/// How fast further occurrences in a body stop to count (BM25's k1), and how far its length
/// counts against it (b).
const ENOUGH: f32 = 1.2;
const LENGTH: f32 = 0.6;
/// What is gained by a name that holds every word.
const ALL_NAMED: f32 = 1.25;
/// Results that answer less well than this part of the best are noise.
const WORTH: f32 = 0.14;
/// As many at most, so that a page of results is one that can be read.
const MOST: usize = 200;

/// The entries that answer a query, the best first.
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
        for Match { entry, name, context, body } in matches {
            let Entry { name: length, body: words_below, .. } = index.entries[entry];
            let length_below = words_below as f32 / index.average;
            let below = body / (1.0 - LENGTH + LENGTH * length_below.min(4.0));
            let below = below * (ENOUGH + 1.0) / (below + ENOUGH);
            let short = 1.0 / (0.75 + 0.1 * f32::from(length.min(12)));
            total[entry] += rarity * (name.min(1.0) * NAME * short + context.min(1.0) * CONTEXT + below);
            importance[entry] += rarity;
            words[entry] += 1;
            named[entry] += u8::from(name > 0.0);
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
#[derive(Clone, Copy, Debug)]
struct Match {
    entry: usize,
    name: f32,
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
            let sum =
                sums[entry].get_or_insert(Match { entry, name: 0.0, context: 0.0, body: 0.0 });
            // In a name the best form counts, once; in a body each one does.
            sum.name = sum.name.max(weight * f32::from(posting.name.min(1)));
            sum.context = sum.context.max(weight * f32::from(posting.context.min(1)));
            sum.body += weight * f32::from(posting.body);
        };
        match alternative.terms.as_slice() {
            [] => {}
            [term] => index.lexicon.postings(term).iter().copied().for_each(&mut add),
            [first, others @ ..] => {
                let others: Vec<&[Posting]> =
                    others.iter().map(|term| index.lexicon.postings(term)).collect();
                for posting in index.lexicon.postings(first) {
                    if let Some(both) = together(*posting, &others) {
                        add(both);
                    }
                }
            }
        }
    }
    sums.into_iter().flatten().collect()
}

/// A run of words is where all of them are, in the same part of the entry.
fn together(first: Posting, others: &[&[Posting]]) -> Option<Posting> {
    let mut all = first;
    for postings in others {
        let at = postings.binary_search_by_key(&first.entry, |posting| posting.entry).ok()?;
        let other = postings[at];
        all.name = all.name.min(other.name);
        all.context = all.context.min(other.context);
        all.body = all.body.min(other.body);
    }
    (all.name > 0 || all.context > 0 || all.body > 0).then_some(all)
}

/// What a word is worth that stands in so many entries (BM25's idf).
#[expect(clippy::cast_precision_loss, reason = "numbers of entries")]
fn rarity(entries: usize, with: usize) -> f32 {
    let (entries, with) = (entries as f32, with as f32);
    (1.0 + (entries - with + 0.5) / (with + 0.5)).ln()
}
