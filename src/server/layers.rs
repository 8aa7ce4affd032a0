//! Owns what surrounds the routes, from the outside in. The entry point is [`Layers`]. It must not
//! know which addresses there are. What is there already does not come this far:
//! [`FastPath`](super::fast_path::FastPath) sends it.

use std::any::Any;
use std::convert::Infallible;
use std::num::NonZero;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::error_handling::HandleErrorLayer;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, Uri};
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::util::BoxCloneSyncService;
use tower::{BoxError, ServiceBuilder, ServiceExt as _};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::SetRequestIdLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::error::{AppError, panic_message};
use super::path::{self, Spelling, UriAsSent};
use super::request_id::{self, NewRequestId};
use super::state::AppState;
use super::{error_pages, prepared};

/// Requests that wait until they may be answered. SECURITY: an answer takes about a millisecond, so
/// the last of these waits about a quarter of a second; more would wait longer than it is worth, and
/// hold memory meanwhile.
const WAITING: usize = 256;
/// Longer than any answer takes unless the machine is overloaded; by then the reader has gone.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The routes within their layers. Not a router, because a layer of a router sees a request only after
/// its route was found.
pub(super) type AppService = BoxCloneSyncService<Request, Response, Infallible>;

/// The layers, which share the state and the limits.
pub(super) struct Layers {
    state: Arc<AppState>,
    running: GlobalConcurrencyLimitLayer,
    running_or_waiting: GlobalConcurrencyLimitLayer,
}

impl Layers {
    pub(super) fn new(state: &Arc<AppState>) -> Self {
        // One core is always left for what is ready.
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let running = cores.saturating_sub(1).max(1);
        Self {
            state: Arc::clone(state),
            running: GlobalConcurrencyLimitLayer::new(running),
            running_or_waiting: GlobalConcurrencyLimitLayer::new(running + WAITING),
        }
    }

    /// What surrounds all routes. Paths that no route can have go to `missing`.
    pub(super) fn around_all(&self, routes: Router, missing: Router) -> AppService {
        let state = (Arc::clone(&self.state), missing);
        BoxCloneSyncService::new(
            ServiceBuilder::new().layer(from_fn_with_state(state, use_plain_path)).service(routes),
        )
    }

    /// Lets a few requests be answered at once and some more wait their turn; all others get a 503.
    pub(super) fn limit(&self, router: Router<Arc<AppState>>) -> Router<Arc<AppState>> {
        // Two calls, because a layer that sheds load looks whether what it surrounds is ready: in
        // one, it would refuse requests that only have to wait.
        router.layer(self.running.clone()).layer(
            ServiceBuilder::new()
                .layer(HandleErrorLayer::new(refuse_as_busy))
                .load_shed()
                .layer(self.running_or_waiting.clone()),
        )
    }

    /// What surrounds every answer that has to be made.
    pub(super) fn around_made(&self, router: Router<Arc<AppState>>) -> Router<Arc<AppState>> {
        router.layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(Arc::clone(&self.state), answer_from_memory))
                .map_request(request_id::remove_unsafe)
                .layer(SetRequestIdLayer::x_request_id(NewRequestId))
                .layer(
                    TraceLayer::new_for_http()
                        .make_span_with(request_span)
                        // What happened is logged where it is known: a fault in `AppError`, an
                        // answer in `FastPath`.
                        .on_request(())
                        .on_response(())
                        .on_failure(()),
                )
                .layer(from_fn_with_state(Arc::clone(&self.state), error_pages::render_errors))
                .layer(CatchPanicLayer::custom(answer_panic))
                .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT)),
        )
    }
}

async fn refuse_as_busy(_: BoxError) -> AppError {
    AppError::Busy
}

/// Gives the routes one spelling of each path: escapes that need not be there are read. What has no
/// plain spelling below the base path has no route either.
async fn use_plain_path(
    State((state, missing)): State<(Arc<AppState>, Router)>,
    mut request: Request,
    next: Next,
) -> Response {
    let spelling = path::spelling(request.uri().path(), state.site().urls().base_path());
    match spelling {
        Spelling::Plain => next.run(request).await,
        Spelling::Escaped(plain) => {
            let rewritten = with_path(request.uri(), &plain);
            let sent = std::mem::replace(request.uri_mut(), rewritten);
            request.extensions_mut().insert(UriAsSent(sent));
            next.run(request).await
        }
        Spelling::Other => {
            let Ok(response) = missing.oneshot(request).await;
            response
        }
    }
}

fn with_path(uri: &Uri, path: &str) -> Uri {
    let target = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    // What was a query stays one, and the path has nothing in it that would need escapes.
    target.parse().unwrap_or_else(|_| uri.clone())
}

/// Answers what is there under the plain spelling of a path, outside of the limit.
async fn answer_from_memory(
    State(state): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Response {
    let known = prepared::find(&state.site(), &request);
    match known {
        Some(response) => response,
        None => next.run(request).await,
    }
}

/// Names the request in the log lines about it. At the level of errors, so that a fault is logged
/// with the id that the reader sees, whatever else is logged.
fn request_span<B>(request: &http::Request<B>) -> tracing::Span {
    let id = request_id::of(request.headers());
    tracing::error_span!("request", id, method = %request.method())
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that CatchPanicLayer asks for")]
fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    AppError::Internal(panic_message(panic.as_ref()).into()).into_response()
}
