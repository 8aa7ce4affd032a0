//! Owns the probes: whether the process is alive, and whether it should be sent requests. They
//! stand outside the base path, where whoever runs the site expects them.

use http::StatusCode;

use crate::site::resource::Draft;

/// What a probe of this path answers; none for any other path.
pub(super) fn probe(path: &str, draining: bool) -> Option<Draft> {
    match path {
        "/healthz" => Some(Draft::text(StatusCode::OK, "ok\n")),
        "/readyz" if draining => {
            Some(Draft::text(StatusCode::SERVICE_UNAVAILABLE, "shutting down\n"))
        }
        "/readyz" => Some(Draft::text(StatusCode::OK, "ready\n")),
        _ => None,
    }
}
