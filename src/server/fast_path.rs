//! Owns what is done with every request before the layers and the routes see it: requests that cannot
//! be trusted are refused, and whatever is there already is sent. The entry point is
//! [`FastPath::respond`]. It must not know which addresses there are.
//!
//! Why ahead of the router: as its fallback, within two layers for what stands here, a ready page was
//! sent at 0.95 of the pace of a bare axum handler and 0.85 of that of nginx (`benches/serve/run`), and
//! at 1.4 and 1.2 times their pace before.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::uri::PathAndQuery;
use http::{Method, StatusCode, Uri, Version};
use tower::{BoxError, Layer as _, ServiceExt as _, service_fn};
use tower_http::cors::{Any, CorsLayer};

use super::layers::AppService;
use super::metrics::route_of_request;
use super::respond::respond;
use super::state::AppState;
use super::{error_pages, prepared};
use crate::site::Site;
use crate::site::resource::Draft;

/// Everything the site answers to.
const METHODS: [Method; 3] = [Method::GET, Method::HEAD, Method::OPTIONS];
const ALLOW: &str = "GET, HEAD, OPTIONS";
/// How long a browser may remember what it was told before a request to another site.
const PREFLIGHT_AGE: Duration = Duration::from_hours(24);
/// The longest target of a request in bytes; the longest comparison is a fifth of it, and HTTP asks
/// for no less (RFC 9110, section 4.1).
const LONGEST_TARGET: usize = 8 * 1024;

/// Sends what is there already; all else goes through the layers to the routes.
#[derive(Clone, Debug)]
pub(super) struct FastPath {
    state: Arc<AppState>,
    routes: AppService,
}

impl FastPath {
    pub(super) fn new(state: Arc<AppState>, routes: AppService) -> Self {
        Self { state, routes }
    }

    /// The answer to a request, whose body is never read.
    pub(super) fn respond<B>(&self, request: http::Request<B>) -> Answer
    where
        B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    {
        let begun = Instant::now();
        // SECURITY: where a body ends is where two servers in a row may disagree, and one request be
        // smuggled past the first as a part of another. After a request with a body there is no other.
        let last = !request.body().is_end_stream() || self.state.health.is_draining();
        let site = self.state.site();
        if let Some(response) = at_once(&site, &request) {
            let asked = (request.method(), request.uri());
            let response = finish(&self.state, &site, response, begun, asked, last);
            return Answer::Ready(Some(response));
        }
        let (state, routes) = (Arc::clone(&self.state), self.routes.clone());
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let request = request.map(Body::new);
        Answer::Waiting(Box::pin(async move {
            let response = if method == Method::OPTIONS {
                describe_methods(&state.site(), request).await
            } else {
                let Ok(response) = routes.oneshot(request).await;
                response
            };
            finish(&state, &state.site(), response, begun, (&method, &uri), last)
        }))
    }
}

/// A refusal, or what stands at this very address.
fn at_once<B>(site: &Site, request: &http::Request<B>) -> Option<Response> {
    if let Some((status, why)) = unsafe_to_read(site, request) {
        let refusal = error_pages::plain(site, status, why);
        let mut response = respond(&refusal, request.method(), &HeaderMap::new());
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        return Some(response);
    }
    match *request.method() {
        Method::GET | Method::HEAD => prepared::find(site, request),
        Method::OPTIONS => None,
        _ => {
            let refusal = error_pages::method_not_allowed(site, request.uri().path());
            let mut response = respond(&refusal, request.method(), &HeaderMap::new());
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(ALLOW));
            Some(response)
        }
    }
}

/// SECURITY: a request with two hosts is read differently by two servers in a row, which is how one
/// is smuggled past the first. HTTP asks that such requests, and those without a host, be refused.
/// (Two statements of a body's length are hyper's business: it refuses them or believes one.)
fn unsafe_to_read<B>(
    site: &Site,
    request: &http::Request<B>,
) -> Option<(StatusCode, &'static str)> {
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
    let empty = site.resource(Draft::text(StatusCode::NO_CONTENT, ""));
    let mut response = respond(&empty, request.method(), &HeaderMap::new());
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static(ALLOW));
    // There is no body to describe.
    for describing in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::VARY] {
        headers.remove(describing);
    }
    if error_pages::is_for_programs(site, request.uri().path()) {
        // The table that is asked for next carries its header from the site, where it is prepared
        // with the table.
        let cors = CorsLayer::new()
            .allow_origin(Any)
            .allow_methods(METHODS)
            .allow_headers(Any)
            .max_age(PREFLIGHT_AGE)
            .vary([]);
        let Ok(allowed) = cors.layer(service_fn(empty_response)).oneshot(request).await;
        headers.extend(allowed.into_parts().0.headers);
        let policy = HeaderName::from_static("cross-origin-resource-policy");
        headers.insert(policy, HeaderValue::from_static("cross-origin"));
    }
    response
}

async fn empty_response(_: Request) -> Result<Response, Infallible> {
    Ok(Response::default())
}

/// Counts and logs the answer, and ends the connection where that is due.
fn finish(
    state: &AppState,
    site: &Site,
    mut response: Response,
    begun: Instant,
    (method, uri): (&Method, &Uri),
    last: bool,
) -> Response {
    if last {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    let route = route_of_request(uri.path(), site.urls().base_path());
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

/// An answer that is there already, or one that is being made.
pub enum Answer {
    /// Taken when it is polled; nothing is allocated for it.
    Ready(Option<Response>),
    /// On its way through the layers.
    Waiting(Pin<Box<dyn Future<Output = Response> + Send>>),
}

impl Future for Answer {
    type Output = Result<Response, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Ready(response) => response.take().map_or(Poll::Pending, |r| Poll::Ready(Ok(r))),
            Self::Waiting(answer) => answer.as_mut().poll(context).map(Ok),
        }
    }
}
