//! Owns connections: accepting them, how many are served at once, and stopping without cutting
//! anyone off. The entry points are [`bind`] and [`serve`]; [`Settings`] says within which bounds.

pub mod limits;
mod timeouts;

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;
use http::Method;
use http::header::{self, HeaderMap, HeaderValue};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;
use tower_http::set_header::SetResponseHeaderLayer;

use super::metrics::{self, Metrics};
use super::respond::respond;
use super::state::AppState;
use super::{App, error_pages, probes};
use crate::address;
use limits::{ConnectionCount, Limits, METRICS_CONNECTIONS};
use timeouts::TimedStream;
pub use timeouts::Timeouts;

/// SECURITY: longer heads are refused with 431; the longest comparison is a tenth of it. In bytes.
const MAX_HEAD: usize = 16 * 1024;
/// SECURITY: and so are heads of more fields; browsers send twenty.
const MAX_FIELDS: usize = 100;
/// Connections that have been made and not accepted. Beyond it the system lets clients try again,
/// which takes them a second.
const BACKLOG: u32 = 4096;
/// How long requests that have begun may take when the server is told to stop. With the time for
/// balancers it stays within the ten seconds that container engines grant.
const DRAIN: Duration = Duration::from_secs(7);
/// How long a client that is turned away may take to ask: it asks at once or not at all.
const TURNED_AWAY_HEAD: Duration = Duration::from_secs(1);
/// How often it is logged that connections cannot be accepted.
const WARNING_INTERVAL: Duration = Duration::from_mins(1);

/// The bounds within which connections are served.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many at once.
    pub limits: Limits,
    /// How long clients are waited for.
    pub timeouts: Timeouts,
}

/// Opens the address, within a runtime. Until [`serve`] is called, whoever connects waits and is
/// not turned away.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Connections of the process before this one may still be ending.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Answers until `stop` comes true, then finishes what has begun. Returns whether all was finished.
pub async fn serve(
    listener: TcpListener,
    app: App,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> bool {
    let acceptor = Acceptor {
        full: full_routes(app.state()),
        app,
        connections: ConnectionCount::new(settings.limits.connections),
        turned_away: Arc::new(Semaphore::new(settings.limits.turned_away)),
        timeouts: settings.timeouts,
        graceful: GracefulShutdown::new(),
    };
    let accept_all = async {
        loop {
            acceptor.start(accept(&listener).await).await;
        }
    };
    tokio::select! {
        () = accept_all => {}
        () = stop => {}
    }
    // Clients that have connected already would be cut off with the listener.
    while let Some(stream) = accept_pending(&listener).await {
        acceptor.start(stream).await;
    }
    drop(listener);
    tokio::time::timeout(DRAIN, acceptor.graceful.shutdown()).await.is_ok()
}

/// Starts a task for each connection.
struct Acceptor {
    app: App,
    connections: ConnectionCount,
    turned_away: Arc<Semaphore>,
    /// What answers on connections that are turned away.
    full: Router,
    timeouts: Timeouts,
    graceful: GracefulShutdown,
}

impl Acceptor {
    /// Serves a connection, or turns it away where there are too many.
    ///
    /// A limit on connections that answers those beyond it exists in none of hyper, hyper-util and
    /// tower: theirs leave them unanswered. A balancer can act on a 503 and not on silence.
    async fn start(&self, stream: TcpStream) {
        let metrics = Arc::clone(self.app.state().metrics());
        metrics.accepted.inc();
        if let Some(slot) = self.connections.try_acquire() {
            let stream = TimedStream::new(stream, self.timeouts, self.connections.clone());
            let state = stream.state();
            let app = self.app.clone();
            let connection = self.graceful.watch(http1().serve_connection(
                TokioIo::new(stream),
                service_fn(move |request: http::Request<Incoming>| {
                    state.set_answering();
                    app.respond(request)
                }),
            ));
            tokio::spawn(async move {
                metrics.connections.inc();
                if let Err(error) = connection.await {
                    metrics.count_broken_connection();
                    // Clients go away as they please, so this is no reason to warn anybody.
                    tracing::debug!(%error, "a connection ended early");
                }
                metrics.connections.dec();
                drop(slot);
            });
            return;
        }
        metrics.count_refused_connection();
        // SECURITY: where even these are too many, nobody is accepted until one has gone.
        let permit = Arc::clone(&self.turned_away).acquire_owned().await;
        let timeouts = Timeouts { head: TURNED_AWAY_HEAD, ..self.timeouts };
        let stream = TimedStream::new(stream, timeouts, self.connections.clone());
        let state = stream.state();
        let full = self.full.clone();
        let connection = self.graceful.watch(http1().serve_connection(
            TokioIo::new(stream),
            service_fn(move |request: http::Request<Incoming>| {
                state.set_answering();
                full.clone().oneshot(with_axum_body(request))
            }),
        ));
        tokio::spawn(async move {
            // How these end is not counted: a full server has no time for it.
            let _ = connection.await;
            drop(permit);
        });
    }
}

/// What a full server answers: probes, because being full is no reason to be restarted, and to all
/// others that they may come back later.
fn full_routes(state: &Arc<AppState>) -> Router {
    let close = HeaderValue::from_static("close");
    Router::new()
        .route(address::LIVENESS, get(probes::show_liveness))
        .route(address::READINESS, get(probes::show_readiness))
        .fallback(refuse_as_full)
        .layer(SetResponseHeaderLayer::overriding(header::CONNECTION, close))
        .with_state(Arc::clone(state))
}

async fn refuse_as_full(State(state): State<Arc<AppState>>, method: Method) -> Response {
    respond(&error_pages::too_many_requests(&state.site()), &method, &HeaderMap::new())
}

/// HTTP/1.1 without a time limit for heads: [`TimedStream`] has it.
///
/// Not `hyper_util::server::conn::auto`: it brings HTTP/2, which browsers speak only over TLS, and
/// TLS is the business of the server in front.
fn http1() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.header_read_timeout(None).max_buf_size(MAX_HEAD).max_headers(MAX_FIELDS);
    builder
}

/// Without a body in most cases, which then costs nothing.
fn with_axum_body(request: http::Request<Incoming>) -> Request {
    request.map(|body| if body.is_end_stream() { Body::empty() } else { Body::new(body) })
}

/// A connection that has been made already, if there is one.
async fn accept_pending(listener: &TcpListener) -> Option<TcpStream> {
    poll_fn(|context| match listener.poll_accept(context) {
        Poll::Ready(Ok((stream, _))) => Poll::Ready(Some(stream)),
        _ => Poll::Ready(None),
    })
    .await
}

/// The next connection, however long it takes.
async fn accept(listener: &TcpListener) -> TcpStream {
    let mut warned: Option<Instant> = None;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                // Mostly that too many files are open: the connections that end will help.
                if warned.is_none_or(|warned| warned.elapsed() > WARNING_INTERVAL) {
                    tracing::warn!(%error, "a connection cannot be accepted");
                    warned = Some(Instant::now());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Answers requests for the metrics, for as long as the program runs.
pub async fn serve_metrics(listener: TcpListener, metrics: Arc<Metrics>, timeouts: Timeouts) {
    let connections = ConnectionCount::new(METRICS_CONNECTIONS);
    let routes = metrics::routes(metrics);
    // Those who read metrics are few and known, so hyper's one time limit for a connection that
    // says nothing is enough.
    let mut http1 = http1();
    http1.timer(TokioTimer::new()).header_read_timeout(timeouts.idle);
    loop {
        let stream = accept(&listener).await;
        // Closed at once when there are too many: one reads the metrics, perhaps two.
        let Some(slot) = connections.try_acquire() else { continue };
        let service = TowerToHyperService::new(routes.clone());
        let connection = http1.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            let _ = connection.await;
            drop(slot);
        });
    }
}
