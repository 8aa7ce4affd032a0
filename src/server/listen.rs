//! Owns the socket: accepting, how many are served at once, and stopping without cutting anyone
//! off. The entry points are [`bind`] and [`serve`]; [`Rules`] says within which bounds.

use std::convert::Infallible;
use std::future::{poll_fn, ready};
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Semaphore, watch};

use super::App;
use super::limits::{Crowd, Limits, METRICS_CONNECTIONS, Patience};
use super::metrics::MetricsPage;
use super::send::Body;
use super::socket::{Phase, Socket};

/// SECURITY: longer heads are refused with 431; the longest comparison is a tenth of it.
const MAX_HEAD: usize = 16 * 1024;
/// And so are heads of more fields; browsers send twenty.
const MAX_FIELDS: usize = 100;
/// Connections that have been made and not accepted. Beyond it the system lets clients try again,
/// which takes them a second.
const BACKLOG: u32 = 4096;
/// How long requests that have begun may take when the server is told to stop. With the time for
/// balancers it stays within the ten seconds that container engines grant.
const DRAIN: Duration = Duration::from_secs(7);
/// Who is turned away asks at once or not at all.
const TURNED_AWAY_HEAD: Duration = Duration::from_secs(1);
/// How often it is told that connections cannot be accepted.
const TOLD_EVERY: Duration = Duration::from_mins(1);

/// The bounds within which connections are served.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// How many at once.
    pub limits: Limits,
    /// How long clients are waited for.
    pub patience: Patience,
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

/// Answers until `stop` comes true, then finishes what has begun. Gives whether all was finished.
pub async fn serve(
    listener: TcpListener,
    app: App,
    rules: Rules,
    stop: impl Future<Output = ()>,
) -> bool {
    let (stopping, stopped) = watch::channel(());
    let house = House {
        app,
        crowd: Crowd::new(rules.limits.connections),
        turned_away: Arc::new(Semaphore::new(rules.limits.turned_away)),
        patience: rules.patience,
        stopped,
    };
    let welcome_all = async {
        loop {
            house.welcome(accept(&listener).await).await;
        }
    };
    tokio::select! {
        () = welcome_all => {}
        () = stop => {}
    }
    // Whoever has connected already would be cut off with the listener.
    while let Some(stream) = waiting(&listener).await {
        house.welcome(stream).await;
    }
    drop((listener, house));
    // Every conversation holds a receiver: when none is left, all have ended.
    stopping.send_replace(());
    tokio::time::timeout(DRAIN, stopping.closed()).await.is_ok()
}

/// Where connections are received.
struct House {
    app: App,
    crowd: Crowd,
    turned_away: Arc<Semaphore>,
    patience: Patience,
    stopped: watch::Receiver<()>,
}

impl House {
    /// Serves a connection, or tells it that there is no room.
    async fn welcome(&self, stream: TcpStream) {
        let app = self.app.clone();
        let stopped = self.stopped.clone();
        let phase = Phase::default();
        app.0.metrics.accepted.inc();
        if let Some(inside) = self.crowd.enter() {
            let socket = Socket::new(stream, self.patience, self.crowd.clone(), phase.clone());
            tokio::spawn(async move {
                app.0.metrics.connections.inc();
                let answer = |request| app.respond(request);
                if converse(socket, phase, answer, stopped).await.is_err() {
                    app.0.metrics.broken_connection();
                }
                app.0.metrics.connections.dec();
                drop(inside);
            });
            return;
        }
        app.0.metrics.shed_connection();
        // SECURITY: where even these are too many, nobody is accepted until one has gone.
        let permit = Arc::clone(&self.turned_away).acquire_owned().await;
        let patience = Patience { head: TURNED_AWAY_HEAD, ..self.patience };
        let socket = Socket::new(stream, patience, self.crowd.clone(), phase.clone());
        tokio::spawn(async move {
            let answer = |request| ready(Ok(app.turn_away(&request)));
            // Who is full is too busy to mind how those end.
            let _ = converse(socket, phase, answer, stopped).await;
            drop(permit);
        });
    }
}

/// A connection that is there already.
async fn waiting(listener: &TcpListener) -> Option<TcpStream> {
    poll_fn(|context| match listener.poll_accept(context) {
        Poll::Ready(Ok((stream, _))) => Poll::Ready(Some(stream)),
        _ => Poll::Ready(None),
    })
    .await
}

/// Answers whoever reads the metrics, for as long as the program runs.
pub async fn serve_metrics(listener: TcpListener, page: MetricsPage, patience: Patience) {
    let crowd = Crowd::new(METRICS_CONNECTIONS);
    let (_stopping, stopped) = watch::channel(());
    loop {
        let stream = accept(&listener).await;
        // Closed at once when there are too many: one reads the metrics, perhaps two.
        let Some(inside) = crowd.enter() else { continue };
        let phase = Phase::default();
        let socket = Socket::new(stream, patience, crowd.clone(), phase.clone());
        let (page, stopped) = (page.clone(), stopped.clone());
        tokio::spawn(async move {
            let answer = |request| ready(Ok(page.respond(&request)));
            let _ = converse(socket, phase, answer, stopped).await;
            drop(inside);
        });
    }
}

/// The next connection, however long it takes.
async fn accept(listener: &TcpListener) -> TcpStream {
    let mut told: Option<Instant> = None;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                // Mostly that too many files are open: the connections that end will help.
                if told.is_none_or(|told| told.elapsed() > TOLD_EVERY) {
                    tracing::warn!(%error, "a connection cannot be accepted");
                    told = Some(Instant::now());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Answers all that is asked on one connection.
async fn converse<A>(
    socket: Socket,
    phase: Phase,
    answer: impl Fn(Request<Incoming>) -> A,
    mut stopped: watch::Receiver<()>,
) -> Result<(), hyper::Error>
where
    A: Future<Output = Result<Response<Body>, Infallible>>,
{
    socket.without_delay();
    let service = service_fn(|request| {
        phase.answering();
        answer(request)
    });
    let mut http1 = http1::Builder::new();
    // How long a head may take is the socket's business, which also knows who is idle.
    http1.header_read_timeout(None).max_buf_size(MAX_HEAD).max_headers(MAX_FIELDS);
    let mut connection = pin!(http1.serve_connection(TokioIo::new(socket), service));
    let ended = tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = &ended {
        // Clients go away as they please; that is theirs to know.
        tracing::debug!(%error, "a connection ended early");
    }
    ended
}
