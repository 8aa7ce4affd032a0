//! Owns the probes: whether the process is alive, and whether it should be sent requests. They stand
//! outside the base path, where operators expect them.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::respond::Client;
use super::state::AppState;
use crate::site::resource::Draft;

/// Whether the process is alive: it is, or it would not answer.
pub(super) async fn show_liveness(State(state): State<Arc<AppState>>, client: Client) -> Response {
    client.respond(&state.site().resource(Draft::text(StatusCode::OK, "ok\n")))
}

/// Whether the process should be sent requests.
pub(super) async fn show_readiness(State(state): State<Arc<AppState>>, client: Client) -> Response {
    let (status, text) = state.health.readiness();
    client.respond(&state.site().resource(Draft::text(status, text)))
}
