//! Owns the probes: whether the process is alive, and whether it should be sent requests. They
//! stand outside the base path, where whoever runs the site expects them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::metrics::Reload;
use super::respond::Client;
use super::state::AppState;
use crate::site::resource::Draft;

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

    fn readiness(&self) -> (StatusCode, String) {
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

/// Whether the process is alive: it is, or it would not answer.
pub(super) async fn show_liveness(State(state): State<Arc<AppState>>, client: Client) -> Response {
    client.respond(&state.site().resource(Draft::text(StatusCode::OK, "ok\n")))
}

/// Whether the process should be sent requests.
pub(super) async fn show_readiness(State(state): State<Arc<AppState>>, client: Client) -> Response {
    let (status, text) = state.health.readiness();
    client.respond(&state.site().resource(Draft::text(status, text)))
}

fn with_problems(count: usize) -> String {
    let problems = if count == 1 { "problem" } else { "problems" };
    format!("ready\nreload refused: {count} {problems}; the last good edition is served\n")
}
