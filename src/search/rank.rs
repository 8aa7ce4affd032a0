//! Owns the order of results. The entry point is [`rank`]. A word in a name counts for more than any
//! number of them in a body; bodies are weighed as BM25 does, so that a long text gains nothing by
//! its length and rare words decide. An entry with all the words of a query comes before one with
//! some of them, unless those are the rare ones.
//!
//! The tests of `pages::search` show whether other weights are better: they search the shipped guide
//! for what readers search for.

use super::lexicon::Part;
use super::query::{Query, QueryTerm};
use super::{Hit, Index};

/// What a word in a name is worth.
const NAME_WEIGHT: f32 = 4.0;
/// What a word in the title above is worth.
const CONTEXT_WEIGHT: f32 = 0.5;
/// BM25's k1: how slowly further occurrences in a body stop to count.
const K1: f32 = 1.2;
/// BM25's b: how far the length of a body counts against it.
const B: f32 = 0.6;
/// A body longer than so many times the average counts as no longer than that.
const MAX_RELATIVE_LENGTH: f32 = 4.0;
/// What a score is multiplied by if the name has every word.
const ALL_IN_NAME: f32 = 1.25;
/// Results that score less than this part of the best are left out as noise.
const LEAST_OF_BEST: f32 = 0.14;
/// More results than readers look at.
const MAX_HITS: usize = 200;

/// The entries that answer a query, the best first.
#[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
pub(super) fn rank(index: &Index, query: &Query) -> Vec<Hit> {
    let size = index.entries.len();
    // By entry: the score so far, the rarity of the terms that match, how many do, and how many do
    // in the name.
    let mut scores = vec![0.0_f32; size];
    let mut matched_rarity = vec![0.0_f32; size];
    let mut matched_terms = vec![0_u8; size];
    let mut terms_in_name = vec![0_u8; size];
    let mut all_rarity = 0.0;
    for term in &query.terms {
        let matches = entry_matches(index, term);
        let rarity = rarity(size, matches.len());
        all_rarity += rarity;
        for EntryMatch { entry, name, alias, context, body } in matches {
            let known = index.entries[entry];
            let name = (name * short_name_weight(known.name_words))
                .max(alias * short_name_weight(known.alias_words));
            let length =
                (known.body_words as f32 / index.average_body_words).min(MAX_RELATIVE_LENGTH);
            let body = body / (1.0 - B + B * length);
            let body = body * (K1 + 1.0) / (body + K1);
            scores[entry] += rarity * (name * NAME_WEIGHT + context * CONTEXT_WEIGHT + body);
            matched_rarity[entry] += rarity;
            matched_terms[entry] += 1;
            terms_in_name[entry] += u8::from(name > 0.0);
        }
    }
    let count = query.terms.len();
    let mut hits: Vec<Hit> = (0..size)
        .filter(|entry| matched_terms[*entry] > 0)
        .map(|entry| {
            let covered = matched_rarity[entry] / all_rarity;
            let all_in_name = usize::from(terms_in_name[entry]) == count;
            let all_in_name = if all_in_name { ALL_IN_NAME } else { 1.0 };
            let score = scores[entry] * covered * covered.sqrt() * all_in_name;
            let score = score * index.entries[entry].weight;
            Hit { entry, score, has_all_words: usize::from(matched_terms[entry]) == count }
        })
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
    let least = hits.first().map_or(0.0, |best| best.score * LEAST_OF_BEST);
    hits.retain(|hit| hit.score >= least);
    hits.truncate(MAX_HITS);
    hits
}

/// How well one term of a query matches an entry, part by part.
#[derive(Clone, Copy, Debug, Default)]
struct EntryMatch {
    entry: usize,
    name: f32,
    alias: f32,
    context: f32,
    body: f32,
}

/// The entries that a term matches, in order.
fn entry_matches(index: &Index, term: &QueryTerm) -> Vec<EntryMatch> {
    let mut sums: Vec<Option<EntryMatch>> = vec![None; index.entries.len()];
    for found in &term.matches {
        let weight = found.weight;
        for posting in index.lexicon.postings(&found.term) {
            let entry = posting.entry as usize;
            let sum = sums[entry].get_or_insert(EntryMatch { entry, ..EntryMatch::default() });
            // In a name the best form counts, once; in a body each one does.
            let best = |so_far: f32, part: Part| {
                if posting.is_in(part) { so_far.max(weight) } else { so_far }
            };
            sum.name = best(sum.name, Part::Name);
            sum.alias = best(sum.alias, Part::Alias);
            sum.context = best(sum.context, Part::Context);
            sum.body += weight * f32::from(posting.in_body);
        }
    }
    sums.into_iter().flatten().collect()
}

/// A word counts for more the fewer words its name has.
fn short_name_weight(words: u8) -> f32 {
    1.0 / (0.75 + 0.1 * f32::from(words.min(12)))
}

/// What a word is worth that so many of the entries have: BM25's idf.
#[expect(clippy::cast_precision_loss, reason = "numbers of entries")]
fn rarity(entries: usize, with: usize) -> f32 {
    let (entries, with) = (entries as f32, with as f32);
    (1.0 + (entries - with + 0.5) / (with + 0.5)).ln()
}
