//! Owns requests: from the head of a request to a whole response. The entry point is [`App`]; the
//! order of its work is written in [`App::respond`]. [`listen`] puts it behind a socket. It must
//! not know how pages are made.

mod address;
mod cards;
mod comparison;
mod date;
mod drawing;
pub mod error;
mod gate;
mod health;
pub mod limits;
pub mod listen;
pub mod metrics;
mod negotiate;
mod panics;
mod pictures;
mod programs;
mod query;
mod redirect;
pub mod reload;
mod request_id;
pub mod routes;
mod search;
mod send;
mod socket;

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use arc_swap::ArcSwap;
use axum::Router;
use http::header::{self, HeaderMap, HeaderValue};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode, Uri, Version};
use jiff::Timestamp;
use tower::Service as _;

use crate::site::headers::CachePolicy;
use crate::site::resource::{Draft, Resource};
use crate::site::{Entry, Site};
use address::Address;
use date::Dates;
use drawing::{Desk, Drawing};
use error::AppError;
use gate::Gate;
use health::Health;
use metrics::{Metrics, MetricsPage, Reload, Route};
use request_id::RequestId;
use routes::{Current, Reply};
pub use send::Body;
use send::send;

const METHODS: &str = "GET, HEAD, OPTIONS";

/// Answers requests from one site, which may be exchanged for another while it serves.
#[derive(Clone, Debug)]
pub struct App(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    site: ArcSwap<Site>,
    routes: Router,
    gate: Gate,
    desk: Desk,
    health: Health,
    dates: Dates,
    metrics: Arc<Metrics>,
}

impl App {
    /// Of a site, with the routes that answer queries.
    pub fn new(site: Arc<Site>, routes: Router) -> Self {
        let metrics = Arc::new(Metrics::default());
        metrics.serves(site.content());
        Self(Arc::new(Shared {
            site: ArcSwap::new(site),
            routes: routes.fallback(|| async { AppError::NotFound }),
            gate: Gate::default(),
            desk: Desk::default(),
            health: Health::default(),
            dates: Dates::since(Timestamp::now()),
            metrics,
        }))
    }

    /// Serves another site from now on. Requests that have begun keep the one they have.
    pub fn replace(&self, site: Arc<Site>) {
        site.inherit(&self.0.site.load());
        self.0.metrics.serves(site.content());
        self.0.site.store(site);
    }

    /// Whether this very site is served.
    pub fn serves(&self, site: &Arc<Site>) -> bool {
        Arc::ptr_eq(&self.0.site.load(), site)
    }

    /// Notes what became of a change of the guide, for whoever probes or counts.
    pub fn reloaded(&self, reload: Reload) {
        self.0.health.reloaded(reload);
        self.0.metrics.reloaded(reload);
    }

    /// Says that no new requests are wanted, to whoever probes, and ends connections after their
    /// next answer.
    pub fn drain(&self) {
        self.0.health.drain();
    }

    /// What is counted.
    pub fn metrics(&self) -> MetricsPage {
        MetricsPage(Arc::clone(&self.0.metrics))
    }

    /// The answer to a request, whose body is never read: what can be said at once, then what has
    /// to be made. Most requests end at a look-up, without a future to wait for.
    pub fn respond<B: hyper::body::Body>(&self, request: Request<B>) -> Answer {
        let begun = Instant::now();
        let (parts, body) = request.into_parts();
        // SECURITY: where a body ends is where two servers in a row may disagree, and one request
        // be smuggled past the first as a part of another. After one there is no other.
        let last = !body.is_end_stream() || self.0.health.is_draining();
        let site = self.0.site.load();
        if let Some((route, response)) = self.at_once(&site, &parts) {
            return Answer::ready(self.finished(response, route, begun, &parts, last));
        }
        let site = Arc::clone(&site);
        let app = self.clone();
        Answer::Waiting(Box::pin(async move {
            let response = app.in_turn(&site, &parts).await;
            let below = parts.uri.path().strip_prefix(site.urls().base_path());
            app.finished(response, Route::of(below.unwrap_or_default()), begun, &parts, last)
        }))
    }

    /// Whether the request can be trusted, its method, what stands at its very path.
    fn at_once(&self, site: &Site, parts: &Parts) -> Option<(Route, Response<Body>)> {
        if let Some((status, why)) = suspicious(site, parts) {
            let refusal = error::refused(site, status, why);
            let mut response = send(&refusal, &parts.method, &HeaderMap::new());
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            return Some((Route::OTHER, response));
        }
        let path = parts.uri.path();
        if parts.method != Method::GET && parts.method != Method::HEAD {
            return Some((Route::OTHER, other_method(site, &parts.method, path)));
        }
        if let Some(below) = path.strip_prefix(site.urls().base_path()) {
            let query = parts.uri.query();
            if let Some(resource) = site.ready(below, query) {
                return Some((Route::of(below), send(resource, &parts.method, &parts.headers)));
            }
            // A route would find it as well, and cost as much again as all the rest.
            if let Some(made) = query.and_then(|query| site.queries().get(below, query)) {
                return Some((Route::of(below), send(&made, &parts.method, &parts.headers)));
            }
        }
        let probe = self.0.health.probe(path)?;
        Some((Route::of(path), send(&site.resource(probe), &parts.method, &parts.headers)))
    }

    /// What has to be made, when it is its turn.
    async fn in_turn(&self, site: &Arc<Site>, parts: &Parts) -> Response<Body> {
        let made = match self.0.gate.enter().await {
            Some(_turn) => panics::caught(rarer(site, self.0.routes.clone(), parts))
                .await
                .map_err(|panic| AppError::Internal(panic.into())),
            None => Err(AppError::Busy),
        };
        let drawn = match made {
            Ok(Made::Answer(response)) => return response,
            Ok(Made::Drawing(drawing)) => self.0.desk.draw(site, drawing).await,
            Err(error) => Err(error),
        };
        let resource = drawn.unwrap_or_else(|error| {
            if matches!(error, AppError::Busy) {
                self.0.metrics.shed_request();
            }
            Arc::new(error::page(&error, site, parts))
        });
        send(&resource, &parts.method, &parts.headers)
    }

    /// The answer of a server that is full: probes are answered, because being full is no reason
    /// to be restarted, and all others may come back later.
    fn turn_away<B>(&self, request: &Request<B>) -> Response<Body> {
        let site = self.0.site.load();
        let asked = HeaderMap::new();
        let mut response = match self.0.health.probe(request.uri().path()) {
            Some(probe) => send(&site.resource(probe), request.method(), &asked),
            None => send(&error::too_many(&site), request.method(), &asked),
        };
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        self.date(&mut response);
        response
    }

    /// Puts the date right where the clock was.
    fn date(&self, response: &mut Response<Body>) {
        if let Some(date) = self.0.dates.correction(Timestamp::now()) {
            response.headers_mut().insert(header::DATE, date);
        }
    }

    fn finished(
        &self,
        mut response: Response<Body>,
        route: Route,
        begun: Instant,
        parts: &Parts,
        last: bool,
    ) -> Response<Body> {
        if last {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        self.date(&mut response);
        let took = begun.elapsed();
        self.0.metrics.answered(route, response.status(), took);
        // SECURITY: neither the address of the reader nor the query is written anywhere.
        tracing::debug!(
            request = %RequestId::of(&parts.headers),
            method = %parts.method,
            route = route.name(),
            status = response.status().as_u16(),
            us = took.as_micros(),
            "answered"
        );
        response
    }
}

/// SECURITY: a request with two hosts is read differently by two servers in a row, which is how one
/// is smuggled past the first. HTTP asks that such requests, and those without a host, be refused.
/// (Two statements of a body's length are hyper's business: it refuses them or believes one.)
fn suspicious(site: &Site, parts: &Parts) -> Option<(StatusCode, &'static str)> {
    let hosts = parts.headers.get_all(header::HOST).iter().take(2).count();
    if hosts > 1 || (hosts == 0 && parts.version == Version::HTTP_11) {
        let why = "A request names the host that it is meant for, once.";
        return Some((StatusCode::BAD_REQUEST, why));
    }
    // Programs are told what is wrong with their query by the page that they ask.
    (error::is_too_long(&parts.uri) && !programs::read_at(site, parts.uri.path()))
        .then_some((StatusCode::URI_TOO_LONG, "This address is longer than any of ours."))
}

/// What a request comes to that is no look-up.
enum Made {
    Answer(Response<Body>),
    /// To be drawn, which takes long enough to wait elsewhere.
    Drawing(Drawing),
}

/// What is not found at the very path: another spelling of it, an old address, a route that
/// answers queries, or nothing.
async fn rarer(site: &Arc<Site>, routes: Router, parts: &Parts) -> Made {
    let answer = |resource: &Resource| Made::Answer(send(resource, &parts.method, &parts.headers));
    let fail = |error: &AppError| answer(&error::page(error, site, parts));
    let moved = |to: &str| {
        let query = parts.uri.query();
        let to = redirect::with_query(to, query);
        // SECURITY: what follows the `?` may be what somebody earns, so nobody keeps the answer.
        let policy = if query.is_some() { CachePolicy::Never } else { CachePolicy::Hour };
        let resource = redirect::to(site, &to, policy);
        Made::Answer(send(&resource, &parts.method, &HeaderMap::new()))
    };
    let below = match address::parse(parts.uri.path(), site.urls().base_path()) {
        Address::Plain(below) => below,
        Address::Untidy(tidy) => return moved(&tidy),
        Address::Nowhere => return fail(&AppError::NotFound),
        Address::Broken => {
            let why = "Its path holds characters or escapes that mean nothing.";
            return fail(&AppError::BadRequest(why.to_owned()));
        }
    };
    match site.find(&below) {
        Some(Entry::Resource(resource)) => return answer(resource),
        Some(Entry::Defaults(resource)) if parts.uri.query().is_none() => return answer(resource),
        Some(Entry::Redirect(to)) if to.starts_with('/') => return moved(&site.urls().path(to)),
        Some(Entry::Redirect(to)) => return moved(to),
        Some(Entry::Defaults(_)) | None => {}
    }
    let mut response = ask(routes, site, parts).await;
    if let Some(Reply(resource)) = response.extensions_mut().remove() {
        return answer(&resource);
    }
    if let Some(drawing) = response.extensions_mut().remove() {
        return Made::Drawing(drawing);
    }
    if let Some(error::Carried(error)) = response.extensions_mut().remove() {
        return fail(&error);
    }
    // Axum's own refusals, such as a query that is not UTF-8, know nothing of our pages.
    let status = response.status();
    if status.is_client_error() {
        fail(&AppError::BadRequest("What stands after the `?` cannot be read.".to_owned()))
    } else {
        fail(&AppError::Internal(format!("a handler answered with a bare {status}").into()))
    }
}

/// Asks the routes, which are written as if there were no base path.
async fn ask(mut routes: Router, site: &Arc<Site>, parts: &Parts) -> axum::response::Response {
    let base = site.urls().base_path().len();
    let target = parts.uri.path_and_query().map_or("/", |target| &target.as_str()[base..]);
    let Ok(uri) = target.parse::<Uri>() else {
        return axum::response::IntoResponse::into_response(AppError::NotFound);
    };
    let mut request = Request::new(axum::body::Body::empty());
    *request.uri_mut() = uri;
    *request.headers_mut() = parts.headers.clone();
    request.extensions_mut().insert(Current(Arc::clone(site)));
    let Ok(response) = routes.call(request).await;
    response
}

/// Anything but GET and HEAD: the site is only read.
fn other_method(site: &Site, method: &Method, path: &str) -> Response<Body> {
    let asked = *method == Method::OPTIONS;
    let for_programs = programs::read_at(site, path);
    let resource = if asked {
        site.resource(Draft::text(StatusCode::NO_CONTENT, ""))
    } else {
        error::method_not_allowed(site, path)
    };
    let mut response = send(&resource, method, &HeaderMap::new());
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static(METHODS));
    if asked {
        // There is no body to describe.
        for describing in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::VARY] {
            headers.remove(describing);
        }
        if for_programs {
            programs::add_preflight(headers, METHODS);
        }
    }
    response
}

/// A response that is there already, or one that is being made.
pub enum Answer {
    /// Taken when it is first asked for.
    Ready(Option<Response<Body>>),
    /// In the making.
    Waiting(Pin<Box<dyn Future<Output = Response<Body>> + Send>>),
}

impl Answer {
    fn ready(response: Response<Body>) -> Self {
        Self::Ready(Some(response))
    }
}

impl Future for Answer {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Ready(response) => match response.take() {
                Some(response) => Poll::Ready(Ok(response)),
                None => Poll::Pending,
            },
            Self::Waiting(future) => future.as_mut().poll(context).map(Ok),
        }
    }
}
