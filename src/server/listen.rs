//! Owns the socket: accepting, the limits of a connection, and stopping without cutting anyone
//! off.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::App;

// SECURITY: whoever connects and says nothing, or little by little, is not waited for.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// Longer heads are refused with 431; the longest comparison is a tenth of it.
const MAX_HEAD: usize = 16 * 1024;
/// How long requests that have begun may take when the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Opens the address. Until [`serve`] is called, whoever connects waits and is not turned away.
pub fn bind(address: SocketAddr) -> io::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Answers until `stop` comes true, then finishes what has begun. Gives whether all was finished.
pub async fn serve(
    listener: std::net::TcpListener,
    app: App,
    stop: impl Future<Output = ()>,
) -> io::Result<bool> {
    let listener = TcpListener::from_std(listener)?;
    let mut http1 = http1::Builder::new();
    http1.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(MAX_HEAD);
    let (stopping, stopped) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(converse(stream, http1.clone(), app.clone(), stopped.clone()));
            }
            Err(error) => {
                // Mostly that too many files are open: the connections that end will help.
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    app.drain();
    drop((listener, stopped));
    // Every conversation holds a receiver: when none is left, all have ended.
    stopping.send_replace(());
    Ok(tokio::time::timeout(DRAIN, stopping.closed()).await.is_ok())
}

async fn converse(
    stream: TcpStream,
    http1: http1::Builder,
    app: App,
    mut stopped: watch::Receiver<()>,
) {
    // Answers are written whole: waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let mut connection = pin!(http1.serve_connection(TokioIo::new(stream), app));
    let ended = tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // Clients go away as they please; that is theirs to know.
        tracing::debug!(%error, "a connection ended early");
    }
}
