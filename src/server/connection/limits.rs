//! Owns how many connections there may be and how many there are. The entry points are [`Limits`]
//! and [`ConnectionCount`]. It must not know what is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files that are open besides connections: the standard ones, the runtime's, both listeners, and
/// what a reload reads.
const OTHER_FILES: usize = 24;
/// Connections of those who read the metrics.
pub(super) const METRICS_CONNECTIONS: usize = 4;

/// How many are served at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections that are served.
    pub connections: usize,
    /// Connections beyond those that get a 503; all others wait to be accepted.
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

/// The connections that are open, out of those that may be.
#[derive(Clone, Debug)]
pub struct ConnectionCount {
    open: Arc<AtomicUsize>,
    limit: usize,
}

impl ConnectionCount {
    /// Of none, out of so many.
    pub fn new(limit: usize) -> Self {
        Self { open: Arc::default(), limit }
    }

    /// Counts one more until the slot is dropped; none when there are as many as may be.
    pub fn try_acquire(&self) -> Option<Slot> {
        if self.open.fetch_add(1, Ordering::Relaxed) < self.limit {
            return Some(Slot(Arc::clone(&self.open)));
        }
        self.open.fetch_sub(1, Ordering::Relaxed);
        None
    }

    /// Whether less than a quarter is left, so that idle connections should end soon.
    pub(super) fn is_nearly_full(&self) -> bool {
        self.open.load(Ordering::Relaxed).saturating_mul(4) > self.limit.saturating_mul(3)
    }
}

/// The right to one connection, until it is dropped.
#[derive(Debug)]
pub struct Slot(Arc<AtomicUsize>);

impl Drop for Slot {
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
    fn when_all_slots_are_taken_one_is_free_again_for_each_that_is_dropped() {
        let count = ConnectionCount::new(2);
        let (first, second) = (count.try_acquire(), count.try_acquire());
        assert!(second.is_some() && count.is_nearly_full());
        assert!(count.try_acquire().is_none());
        drop(first);
        assert!(count.try_acquire().is_some());
    }
}
