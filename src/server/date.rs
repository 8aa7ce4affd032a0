//! Owns the date of an answer while the clock is behind a time that it has told before. hyper
//! writes the date otherwise, and keeps the one it has until the clock has passed it: after a
//! wrong clock was put right that may be a year. Must not know what is answered.

use std::sync::atomic::{AtomicI64, Ordering};

use http::HeaderValue;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// The latest time that the clock has told, in seconds.
#[derive(Debug)]
pub(super) struct Dates(AtomicI64);

impl Dates {
    /// Of a clock that tells this time.
    pub(super) fn since(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.as_second()))
    }

    /// The date to write into an answer now; none when hyper's is right.
    pub(super) fn correction(&self, now: Timestamp) -> Option<HeaderValue> {
        let latest = self.0.load(Ordering::Relaxed);
        if now.as_second() >= latest {
            // Written once a second, so that cores do not wait for each other.
            if now.as_second() > latest {
                self.0.store(now.as_second(), Ordering::Relaxed);
            }
            return None;
        }
        let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&now).ok()?;
        HeaderValue::try_from(date).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_only_while_the_clock_is_behind_what_it_told_before() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let dates = Dates::since(at(784_111_777));
        let written = |second| dates.correction(at(second));
        assert_eq!(written(784_111_777), None);
        assert_eq!(written(784_111_779), None);
        assert_eq!(written(784_111_778).unwrap(), "Sun, 06 Nov 1994 08:49:38 GMT");
        assert_eq!(written(0).unwrap(), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(written(784_111_779), None, "there again");
        assert_eq!(written(784_111_778).unwrap(), "Sun, 06 Nov 1994 08:49:38 GMT");
        assert_eq!(written(815_647_777), None, "a year on");
        assert_eq!(written(784_111_790).unwrap(), "Sun, 06 Nov 1994 08:49:50 GMT");
    }
}
