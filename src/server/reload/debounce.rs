//! Owns when a change is taken: once it seems to be finished, that is, when two looks in a row see
//! the same. So a file that is being written is left alone until it is whole.

use std::time::{Duration, Instant};

use super::fingerprint::Fingerprint;

/// A folder in which something changes all the time is taken as it is after this long; what is
/// half written then is either refused or put right by the next look.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// What the last looks at a folder saw.
#[derive(Debug)]
pub(super) struct Debounce {
    taken: Fingerprint,
    seen: Fingerprint,
    changing_since: Option<Instant>,
}

impl Debounce {
    /// Of a folder that was read when it looked like this.
    pub(super) fn new(fingerprint: Fingerprint) -> Self {
        Self { taken: fingerprint, seen: fingerprint, changing_since: None }
    }

    /// Whether the folder should be read now.
    pub(super) fn is_ready(&mut self, fingerprint: Fingerprint, now: Instant) -> bool {
        let same = fingerprint == self.seen;
        self.seen = fingerprint;
        if fingerprint == self.taken && same {
            self.changing_since = None;
            return false;
        }
        let since = *self.changing_since.get_or_insert(now);
        if same || now.duration_since(since) >= LONGEST_WAIT {
            self.taken = fingerprint;
            self.changing_since = None;
            return true;
        }
        false
    }

    /// Whether nothing is being changed.
    pub(super) fn is_settled(&self) -> bool {
        self.changing_since.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_taken_once_the_folder_is_still_for_one_look() {
        let now = Instant::now();
        let mut debounce = Debounce::new(1);
        for (fingerprint, ready) in [
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
            assert_eq!(debounce.is_ready(fingerprint, now), ready, "{fingerprint} {debounce:?}");
        }
    }

    #[test]
    fn a_folder_that_is_never_still_is_taken_all_the_same() {
        let begun = Instant::now();
        let mut debounce = Debounce::new(0);
        let taken = (1..100_u32).find(|look| {
            debounce.is_ready(u64::from(*look), begun + Duration::from_millis(250) * *look)
        });
        assert_eq!(taken, Some(21));
    }
}
