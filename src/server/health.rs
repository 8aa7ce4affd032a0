//! Owns what the readiness probe reports: whether this server wants requests, and whether the guide
//! in its folder is the one that is served.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use http::StatusCode;

use super::metrics::Reload;

/// The state of the server, for those who probe it.
#[derive(Debug, Default)]
pub(super) struct Health {
    draining: AtomicBool,
    /// Problems of the guide in its folder, which is then not the one that is served.
    problems: AtomicUsize,
}

impl Health {
    /// No new requests are wanted from now on.
    pub(super) fn start_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Whether no new requests are wanted.
    pub(super) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// Records how an attempt to reload the guide ended.
    pub(super) fn record_reload(&self, reload: Reload) {
        match reload {
            Reload::Served => self.problems.store(0, Ordering::Relaxed),
            Reload::Refused(problems) => self.problems.store(problems, Ordering::Relaxed),
            Reload::Unchanged => {}
        }
    }

    /// What the readiness probe answers.
    pub(super) fn readiness(&self) -> (StatusCode, String) {
        if self.is_draining() {
            return (StatusCode::SERVICE_UNAVAILABLE, "shutting down\n".to_owned());
        }
        // A guide with problems is no reason to send readers elsewhere: the last good one is served.
        // SECURITY: what the problems are is for the log, not for anybody who asks.
        match self.problems.load(Ordering::Relaxed) {
            0 => (StatusCode::OK, "ready\n".to_owned()),
            problems => (StatusCode::OK, with_problems(problems)),
        }
    }
}

fn with_problems(count: usize) -> String {
    let problems = if count == 1 { "problem" } else { "problems" };
    format!("ready\nreload refused: {count} {problems}; the last good edition is served\n")
}
