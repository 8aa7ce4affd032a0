//! Owns how many answers are made at once. What is ready never passes here; what has to be made
//! waits its turn, and where too many wait is told to come back. The entry point is
//! [`Gate::enter`]. It must not know what is made.

use std::num::NonZero;
use std::sync::Arc;
use std::thread;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// SECURITY: an answer takes about a millisecond, so the last of these waits about a quarter of a
/// second; more would wait longer than it is worth, and hold memory meanwhile.
const WAITING: usize = 256;

/// Lets a few in at once and a few more wait.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    places: Arc<Semaphore>,
    /// For each who is inside or waits.
    present: Arc<Semaphore>,
}

impl Default for Gate {
    /// For pages and tables. One core is always left for what is ready.
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        Self::new(cores.saturating_sub(1).max(1), WAITING)
    }
}

impl Gate {
    /// So many are let in at once, and so many more wait.
    pub(super) fn new(places: usize, waiting: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            present: Arc::new(Semaphore::new(places + waiting)),
        }
    }

    /// Waits for a turn, in the order of arrival; none when too many wait already.
    pub(super) async fn enter(&self) -> Option<Turn> {
        let present = Arc::clone(&self.present).try_acquire_owned().ok()?;
        let place = Arc::clone(&self.places).acquire_owned().await.ok()?;
        Some(Turn { _place: place, _present: present })
    }
}

/// The right to make an answer, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _place: OwnedSemaphorePermit,
    _present: OwnedSemaphorePermit,
}

#[cfg(test)]
mod tests {
    use tokio::task::yield_now;

    use super::*;

    #[tokio::test]
    async fn who_finds_too_many_waiting_is_turned_away_and_who_gives_up_makes_room() {
        let gate = Gate::new(1, 1);
        let first = gate.enter().await.unwrap();
        let waiting = tokio::spawn({
            let gate = gate.clone();
            async move { gate.enter().await.is_some() }
        });
        yield_now().await;
        assert!(gate.enter().await.is_none());
        waiting.abort();
        assert!(waiting.await.is_err());
        let next = tokio::spawn({
            let gate = gate.clone();
            async move { gate.enter().await.is_some() }
        });
        yield_now().await;
        drop(first);
        assert!(next.await.unwrap());
        assert_eq!(gate.present.available_permits(), 2);
    }
}
