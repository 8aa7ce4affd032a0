//! Owns the bounds within which the server stays whatever is done to it, and how crowded it is.
//! The entry points are [`Limits`] and [`Crowd`]. It must not know what is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files that are open besides connections: the standard ones, the runtime's, both listeners, and
/// what a reload reads.
const OTHER_FILES: usize = 24;
/// Conversations about the metrics.
pub(super) const METRICS_CONNECTIONS: usize = 4;

/// How long clients are waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a whole head, from its first byte or from connecting.
    pub head: Duration,
    /// Between an answer and the next request. Longer than the balancers in front: they must be
    /// the ones who end a connection, or a request crosses its end.
    pub idle: Duration,
    /// How often it is asked whether others need the room, and the least idle time granted.
    pub step: Duration,
    /// For taking what is written, before the client has earned more time.
    pub read: Duration,
    /// Bytes that earn another second.
    pub slowest: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            step: Duration::from_secs(5),
            read: Duration::from_secs(20),
            slowest: 1024,
        }
    }
}

/// How many are served at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections that are served.
    pub connections: usize,
    /// Connections beyond those that are told to come back later; all others wait to be accepted.
    pub turned_away: usize,
}

impl Limits {
    /// As many connections as are wished for and as this process may have files open. The soft
    /// limit, which is low for the sake of old programs, is raised as far as that needs.
    pub fn within_open_files(wished: usize) -> Self {
        let files = raise_open_files(wished + wished / 8 + OTHER_FILES + METRICS_CONNECTIONS);
        Self::of_files(files, wished)
    }

    fn of_files(files: usize, wished: usize) -> Self {
        let room = files.saturating_sub(OTHER_FILES + METRICS_CONNECTIONS).max(2);
        let turned_away = (room / 9).clamp(1, 1024);
        let connections = (room - turned_away).min(wished);
        Self { connections, turned_away }
    }
}

/// Gives how many files may be open.
fn raise_open_files(needed: usize) -> usize {
    let limit = getrlimit(Resource::Nofile);
    let unlimited = u64::MAX;
    let needed = u64::try_from(needed).unwrap_or(unlimited);
    let current = limit.current.unwrap_or(unlimited);
    let raised = needed.min(limit.maximum.unwrap_or(unlimited));
    let wished = Rlimit { current: Some(raised), maximum: limit.maximum };
    let files = if raised > current && setrlimit(Resource::Nofile, wished).is_ok() {
        raised
    } else {
        current
    };
    usize::try_from(files).unwrap_or(usize::MAX)
}

/// Everybody who is connected.
#[derive(Clone, Debug)]
pub struct Crowd {
    inside: Arc<AtomicUsize>,
    limit: usize,
}

impl Crowd {
    /// An empty house for so many.
    pub fn new(limit: usize) -> Self {
        Self { inside: Arc::default(), limit }
    }

    /// Lets one more in, until what it is given is dropped; none when the house is full.
    pub fn enter(&self) -> Option<Inside> {
        if self.inside.fetch_add(1, Ordering::Relaxed) < self.limit {
            return Some(Inside(Arc::clone(&self.inside)));
        }
        self.inside.fetch_sub(1, Ordering::Relaxed);
        None
    }

    /// Whether so little room is left that nobody should stay without a reason.
    pub(super) fn is_dense(&self) -> bool {
        self.inside.load(Ordering::Relaxed).saturating_mul(4) > self.limit.saturating_mul(3)
    }
}

/// A place in the house.
#[derive(Debug)]
pub struct Inside(Arc<AtomicUsize>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_fit_into_the_files_that_may_be_open() {
        for (files, wished, expected) in
            [(64, 12_000, (32, 4)), (20_000, 12_000, (12_000, 1024)), (8, 12_000, (1, 1))]
        {
            let limits = Limits::of_files(files, wished);
            assert_eq!((limits.connections, limits.turned_away), expected, "{files}");
        }
        let limits = Limits::of_files(1024, 12_000);
        let open = limits.connections + limits.turned_away + OTHER_FILES + METRICS_CONNECTIONS;
        assert!((1000..=1024).contains(&open), "{open}");
    }

    #[test]
    fn a_full_house_lets_one_in_for_each_that_leaves() {
        let crowd = Crowd::new(2);
        let (first, second) = (crowd.enter(), crowd.enter());
        assert!(second.is_some() && crowd.is_dense());
        assert!(crowd.enter().is_none());
        drop(first);
        assert!(crowd.enter().is_some());
    }
}
