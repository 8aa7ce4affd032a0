//! Owns when a change is taken: once it seems to be finished, that is, when two looks in a row see
//! the same. So a file that is being written is left alone until it is whole.

use std::time::{Duration, Instant};

use super::folder::Stamp;

/// A folder in which something changes all the time is taken as it is after this long; what is
/// half written then is either refused or put right by the next look.
const RESTLESS: Duration = Duration::from_secs(5);

/// What was seen of a folder.
#[derive(Debug)]
pub(super) struct Still {
    taken: Stamp,
    seen: Stamp,
    restless_since: Option<Instant>,
}

impl Still {
    /// Of a folder that was read when it looked like this.
    pub(super) fn new(stamp: Stamp) -> Self {
        Self { taken: stamp, seen: stamp, restless_since: None }
    }

    /// Whether the folder should be read now.
    pub(super) fn is_ready(&mut self, stamp: Stamp, now: Instant) -> bool {
        let same = stamp == self.seen;
        self.seen = stamp;
        if stamp == self.taken && same {
            self.restless_since = None;
            return false;
        }
        let since = *self.restless_since.get_or_insert(now);
        if same || now.duration_since(since) >= RESTLESS {
            self.taken = stamp;
            self.restless_since = None;
            return true;
        }
        false
    }

    /// Whether nothing is being changed.
    pub(super) fn is_at_rest(&self) -> bool {
        self.restless_since.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_taken_once_the_folder_is_still_for_one_look() {
        let now = Instant::now();
        let mut still = Still::new(1);
        for (stamp, ready) in [
            (1, false),
            (2, false),
            (3, false),
            (3, true),
            (3, false),
            (3, false),
            (4, false),
            (3, false),
            (3, false),
            (5, false),
            (5, true),
        ] {
            assert_eq!(still.is_ready(stamp, now), ready, "{stamp} {still:?}");
        }
    }

    #[test]
    fn a_folder_that_is_never_still_is_taken_all_the_same() {
        let begun = Instant::now();
        let mut still = Still::new(0);
        let taken = (1..100_u32).find(|look| {
            still.is_ready(u64::from(*look), begun + Duration::from_millis(250) * *look)
        });
        assert_eq!(taken, Some(21));
    }
}
