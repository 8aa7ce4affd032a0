//! Owns the answers to queries that may be asked for again: a bounded store that belongs to one
//! site, so that a reload empties it. The entry point is [`QueryCache::get_or_make`]. It must not
//! know what is made, nor read a query.

use std::hash::Hash;
use std::sync::Arc;

use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};

use super::resource::Resource;

/// Bytes of all answers together, about.
const MAX_BYTES: u64 = 8 * 1024 * 1024;
/// The store is divided into parts by the number of answers that it is likely to hold.
const ESTIMATED_ITEMS: usize = 256;
/// SECURITY: the answer to a longer query is not stored, so that nobody fills the store with queries.
const MAX_QUERY_BYTES: usize = 1024;
/// Bytes of headers in all codings, entity tags and bookkeeping of one answer, about.
const OVERHEAD: usize = 12 * 1024;

/// Answers to queries; those that are used often are stored longest.
#[derive(Debug)]
pub struct QueryCache(Cache<Key, Arc<Resource>, ByBytes>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    route: &'static str,
    query: Box<str>,
}

/// A borrowed [`Key`], so that a look-up allocates nothing.
#[derive(Hash)]
struct KeyRef<'q> {
    route: &'q str,
    query: &'q str,
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.route == key.route && self.query == &*key.query
    }
}

#[derive(Clone, Debug)]
struct ByBytes;

impl Weighter<Key, Arc<Resource>> for ByBytes {
    /// Counts the body twice: both packed forms are made later, and each is smaller than the body;
    /// together they are about as large as the body at most.
    fn weight(&self, key: &Key, resource: &Arc<Resource>) -> u64 {
        (resource.identity().body.len() * 2 + key.query.len() + OVERHEAD) as u64
    }
}

impl Default for QueryCache {
    fn default() -> Self {
        Self(Cache::with_weighter(ESTIMATED_ITEMS, MAX_BYTES, ByBytes))
    }
}

impl QueryCache {
    /// The answer that was made before for a query as it stands in the address.
    pub fn get(&self, route: &str, query: &str) -> Option<Arc<Resource>> {
        self.0.get(&KeyRef { route, query })
    }

    /// The answer of a route to a query as it stands in the address, stored before or made now.
    /// SECURITY: only an answer that others may store is stored here. One that holds a reader's own
    /// figure must be made with [`CachePolicy::Never`](super::headers::CachePolicy::Never).
    pub fn get_or_make<E>(
        &self,
        route: &'static str,
        query: &str,
        make: impl FnOnce() -> Result<Resource, E>,
    ) -> Result<Arc<Resource>, E> {
        if let Some(known) = self.get(route, query) {
            return Ok(known);
        }
        // For two readers who ask at the same time it is made twice, into the same bytes: that is rare
        // and costs less than to make every reader wait for a lock.
        let resource = Arc::new(make()?);
        if resource.may_be_stored() && query.len() <= MAX_QUERY_BYTES {
            self.0.insert(Key { route, query: query.into() }, Arc::clone(&resource));
        }
        Ok(resource)
    }

    /// How many answers are stored.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no answer is stored.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes are stored, about.
    pub fn bytes(&self) -> u64 {
        self.0.weight()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::site::compress::Effort;
    use crate::site::headers::{CachePolicy, Security};
    use crate::site::resource::Draft;

    #[expect(clippy::unnecessary_wraps, reason = "as what makes an answer gives it")]
    fn made(policy: CachePolicy, length: usize) -> Result<Resource, Infallible> {
        let draft = Draft { policy, ..Draft::page("x".repeat(length)) };
        Ok(Resource::new(draft, &Security::new(false), Effort::Quick))
    }

    #[test]
    fn an_answer_that_was_made_once_is_stored() {
        let cache = QueryCache::default();
        let first = cache.get_or_make("/a", "x=1", || made(CachePolicy::Hour, 10));
        let again = cache.get_or_make("/a", "x=1", || -> Result<_, Infallible> { unreachable!() });
        assert!(Arc::ptr_eq(&first.unwrap(), &again.unwrap()));
        cache.get_or_make("/b", "x=1", || made(CachePolicy::Hour, 10)).unwrap();
        cache.get_or_make("/a", "x=2", || made(CachePolicy::Hour, 10)).unwrap();
        assert_eq!(cache.len(), 3);
    }

    #[test]
    fn what_must_not_be_stored_is_not_stored() {
        let cache = QueryCache::default();
        cache.get_or_make("/a", "x", || made(CachePolicy::Never, 10)).unwrap();
        let refused = cache.get_or_make("/a", "y", || Err("no"));
        assert_eq!(refused.unwrap_err(), "no");
        cache.get_or_make("/a", &"y".repeat(5000), || made(CachePolicy::Hour, 10)).unwrap();
        assert!(cache.is_empty());
    }

    #[test]
    fn the_store_stays_within_its_bounds() {
        let cache = QueryCache::default();
        for number in 0..2000 {
            let query = format!("x={number}");
            cache.get_or_make("/a", &query, || made(CachePolicy::Hour, 40_000)).unwrap();
        }
        assert!(cache.bytes() <= MAX_BYTES, "{}", cache.bytes());
        assert!(cache.len() > 20);
    }
}
