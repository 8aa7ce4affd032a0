//! Owns the probes: whether the process is alive, and whether it should be sent requests. They
//! stand outside the base path, where whoever runs the site expects them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use http::StatusCode;

use super::metrics::Reload;
use crate::address;
use crate::site::resource::Draft;

/// How the server is, for those who probe it.
#[derive(Debug, Default)]
pub(super) struct Health {
    draining: AtomicBool,
    /// Of the guide in its folder, which is then not the one that is served.
    problems: AtomicUsize,
}

impl Health {
    /// No new requests are wanted.
    pub(super) fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Whether no new requests are wanted.
    pub(super) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// Notes what became of a change of the guide.
    pub(super) fn reloaded(&self, reload: Reload) {
        match reload {
            Reload::Served => self.problems.store(0, Ordering::Relaxed),
            Reload::Refused(problems) => self.problems.store(problems, Ordering::Relaxed),
            Reload::Unchanged => {}
        }
    }

    /// What a probe of this path answers; none for any other path.
    pub(super) fn probe(&self, path: &str) -> Option<Draft> {
        let (status, text) = match path {
            address::LIVENESS => (StatusCode::OK, "ok\n".to_owned()),
            address::READINESS if self.is_draining() => {
                (StatusCode::SERVICE_UNAVAILABLE, "shutting down\n".to_owned())
            }
            // A guide with problems is no reason to send readers elsewhere: the last good one is
            // served. SECURITY: what the problems are is for the log, not for anybody who asks.
            address::READINESS => match self.problems.load(Ordering::Relaxed) {
                0 => (StatusCode::OK, "ready\n".to_owned()),
                problems => (StatusCode::OK, with_problems(problems)),
            },
            _ => return None,
        };
        Some(Draft::text(status, text))
    }
}

fn with_problems(count: usize) -> String {
    let problems = if count == 1 { "problem" } else { "problems" };
    format!("ready\nreload refused: {count} {problems}; the last good edition is served\n")
}
