//! Owns what every request passes on its way to a handler and back, from the outside in. The entry
//! point is [`Layers`]. It must not know which addresses there are.
//!
//! A ready page passes the first three layers and then is one look-up. Only what has to be made
//! passes the others: around a look-up they would cost a fifth of it.

use std::any::Any;
use std::convert::Infallible;
use std::num::NonZero;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use axum::error_handling::HandleErrorLayer;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use http::header::{self, HeaderMap, HeaderValue};
use http::uri::PathAndQuery;
use http::{HeaderName, Method, StatusCode, Uri, Version};
use hyper::body::Body as _;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::util::BoxCloneSyncService;
use tower::{BoxError, Layer as _, ServiceBuilder, ServiceExt as _, service_fn};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any as Anyone, CorsLayer};
use tower_http::request_id::SetRequestIdLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::error::{AppError, panic_message};
use super::metrics::route_of_request;
use super::path::{self, Spelling, UriAsSent};
use super::request_id::{self, NewRequestId};
use super::respond::respond;
use super::state::AppState;
use super::{error_pages, prepared};
use crate::site::Site;
use crate::site::resource::Draft;

/// Everything the site answers to.
const METHODS: [Method; 3] = [Method::GET, Method::HEAD, Method::OPTIONS];
const ALLOW: &str = "GET, HEAD, OPTIONS";
/// How long a browser may remember what it was told before a request to another site, in seconds.
const PREFLIGHT_AGE: Duration = Duration::from_hours(24);

/// Requests that wait until they may be answered. SECURITY: an answer takes about a millisecond, so
/// the last of these waits about a quarter of a second; more would wait longer than it is worth, and
/// hold memory meanwhile.
const WAITING: usize = 256;
/// Longer than any answer takes while the machine is not overloaded. A reader who has waited so long
/// has gone.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The longest target of a request in bytes; the longest comparison is a fifth of it, and HTTP asks
/// for no less (RFC 9110, section 4.1).
const LONGEST_TARGET: usize = 8 * 1024;

/// What answers requests. The layers around the routes are not a part of the router, because the
/// last of them must see a path before the routes do.
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

    /// What surrounds every answer, from the outside in. Paths that no route can have go to `missing`.
    pub(super) fn around_all(&self, routes: Router, missing: Router) -> AppService {
        let state = &self.state;
        BoxCloneSyncService::new(
            ServiceBuilder::new()
                .layer(from_fn_with_state(Arc::clone(state), record_answer))
                .layer(from_fn_with_state(Arc::clone(state), refuse_what_is_not_read))
                .layer(from_fn_with_state((Arc::clone(state), missing), use_plain_path))
                .service(routes),
        )
    }

    /// Lets a few requests be answered at once and some more wait their turn; any others are told to
    /// come back.
    pub(super) fn limit(&self, router: Router<Arc<AppState>>) -> Router<Arc<AppState>> {
        // Two calls, because a layer that sheds load looks whether what it surrounds is ready: in
        // one, it would turn away whoever has to wait.
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
                        // answer in `record_answer`.
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

/// Counts and logs the answer, and ends the connection where that is due.
async fn record_answer(
    State(state): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let uri = request.uri().clone();
    // SECURITY: where a body ends is where two servers in a row may disagree, and one request be
    // smuggled past the first as a part of another. Nothing here reads a body, so after a request
    // with one there is no other.
    let last = !request.body().is_end_stream() || state.health.is_draining();
    let mut response = next.run(request).await;
    if last {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    let route = route_of_request(uri.path(), state.site().urls().base_path());
    let took = begun.elapsed();
    state.metrics.count_answer(route, response.status(), took);
    // SECURITY: neither the address of the reader nor the query is written anywhere.
    tracing::debug!(
        %method,
        route = route.name(),
        status = response.status().as_u16(),
        us = took.as_micros(),
        "answered"
    );
    response
}

/// Refuses requests that two servers in a row may read differently, and methods that would change
/// something.
async fn refuse_what_is_not_read(
    State(state): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Response {
    if let Some((status, why)) = unsafe_to_read(&state.site(), &request) {
        let refusal = error_pages::plain(&state.site(), status, why);
        let mut response = respond(&refusal, request.method(), &HeaderMap::new());
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        return response;
    }
    match *request.method() {
        Method::GET | Method::HEAD => next.run(request).await,
        Method::OPTIONS => describe_methods(&state.site(), request).await,
        _ => {
            let refusal = error_pages::method_not_allowed(&state.site(), request.uri().path());
            let mut response = respond(&refusal, request.method(), &HeaderMap::new());
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(ALLOW));
            response
        }
    }
}

/// SECURITY: a request with two hosts is read differently by two servers in a row, which is how one
/// is smuggled past the first. HTTP asks that such requests, and those without a host, be refused.
/// (Two statements of a body's length are hyper's business: it refuses them or believes one.)
fn unsafe_to_read(site: &Site, request: &Request) -> Option<(StatusCode, &'static str)> {
    let hosts = request.headers().get_all(header::HOST).iter().take(2).count();
    if hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11) {
        let why = "A request names the host that it is meant for, once.";
        return Some((StatusCode::BAD_REQUEST, why));
    }
    let target = request.uri().path_and_query().map_or("", PathAndQuery::as_str);
    // Programs are told what is wrong with their query by the page that they ask.
    (target.len() > LONGEST_TARGET && !error_pages::is_for_programs(site, request.uri().path()))
        .then_some((StatusCode::URI_TOO_LONG, "This address is longer than any of ours."))
}

/// Which methods there are, and to browsers that ask before a page of another site may read a table,
/// that it may.
async fn describe_methods(site: &Site, request: Request) -> Response {
    let mut response = respond(
        &site.resource(Draft::text(StatusCode::NO_CONTENT, "")),
        request.method(),
        &HeaderMap::new(),
    );
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static(ALLOW));
    // There is no body to describe.
    for describing in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::VARY] {
        headers.remove(describing);
    }
    if error_pages::is_for_programs(site, request.uri().path()) {
        // The answer to the request that follows carries its header from the site, where it is
        // prepared with the table; before it, tower-http answers.
        let cors = CorsLayer::new()
            .allow_origin(Anyone)
            .allow_methods(METHODS)
            .allow_headers(Anyone)
            .max_age(PREFLIGHT_AGE)
            .vary([]);
        let preflight = cors.layer(service_fn(empty_response));
        let Ok(allowed) = preflight.oneshot(request).await;
        headers.extend(allowed.into_parts().0.headers);
        let policy = HeaderName::from_static("cross-origin-resource-policy");
        headers.insert(policy, HeaderValue::from_static("cross-origin"));
    }
    response
}

async fn empty_response(_: Request) -> Result<Response, Infallible> {
    Ok(Response::default())
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

/// Answers what was made before without waiting for anybody. Outside of the limit, so that readers
/// who ask for the same again are served however many others ask for something new.
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
/// with the name that the reader is told, whatever else is logged.
fn request_span<B>(request: &http::Request<B>) -> tracing::Span {
    let id = request_id::of(request.headers());
    tracing::error_span!("request", id, method = %request.method())
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that CatchPanicLayer asks for")]
fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    AppError::Internal(panic_message(panic.as_ref()).into()).into_response()
}
