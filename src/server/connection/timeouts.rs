//! Owns how long one client is waited for: to say something, to send a whole head, and to take its
//! answer; and how a connection is ended without losing what was said last. The entry point is
//! [`TimedStream`]. It must not know HTTP: [`ConnectionState`] says what is being waited for.
//!
//! Why by hand: hyper starts its time limit for a head as soon as it waits for one (1.12,
//! `proto/h1/conn.rs`, `poll_read_head`), so that a connection that is idle between two requests gets
//! no more time than a slow head. Idle connections must be granted longer than balancers keep theirs,
//! or a request crosses their end, and a slow head much less. hyper has no limit for clients that do
//! not read. `tokio-io-timeout` ends a connection only when nothing at all moves, so one byte a
//! minute would hold it for ever.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::limits::ConnectionCount;

/// Bytes that are read and thrown away at the end, so that the client gets the last answer.
const MOST_LINGERING_BYTES: usize = 1024 * 1024;
/// How long reading them may take.
const LINGER: Duration = Duration::from_secs(2);

/// How long clients are waited for.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For a whole head, from its first byte or from connecting.
    pub head: Duration,
    /// Between an answer and the next request. Longer than the balancers in front: they must be
    /// the ones who end a connection, or a request crosses its end.
    pub idle: Duration,
    /// Between an answer and the next request while connections are scarce; and how often it is
    /// looked at whether they are.
    pub idle_when_scarce: Duration,
    /// For taking what is written, before the client has earned more time.
    pub take: Duration,
    /// Bytes that earn another second.
    pub bytes_per_second: u32,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            idle_when_scarce: Duration::from_secs(5),
            take: Duration::from_secs(20),
            bytes_per_second: 1024,
        }
    }
}

/// What a connection is waiting for; shared by its stream and by what answers on it.
#[derive(Clone, Debug, Default)]
pub(super) struct ConnectionState(Arc<AtomicU8>);

/// Nothing of the next request has come.
const IDLE: u8 = 0;
/// Something has come, but not a whole head.
const ASKING: u8 = 1;
/// The head has come, and nothing has been answered.
const ANSWERING: u8 = 2;
/// A part of the answer has gone out.
const SENDING: u8 = 3;

impl ConnectionState {
    /// A whole head has come.
    pub(super) fn set_answering(&self) {
        self.0.store(ANSWERING, Ordering::Relaxed);
    }

    fn set(&self, state: u8) {
        self.0.store(state, Ordering::Relaxed);
    }

    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A stream that does not wait for ever.
#[derive(Debug)]
pub(super) struct TimedStream {
    stream: TcpStream,
    timeouts: Timeouts,
    connections: ConnectionCount,
    state: ConnectionState,
    /// When the present state began.
    since: Instant,
    /// Since when the client takes nothing of what is written, and how much it has taken.
    blocked: Option<Blocked>,
    /// One for all waits. It is only moved when it goes off early: setting it anew for each
    /// request would cost more than the request does.
    timer: Option<Pin<Box<Sleep>>>,
    /// Bytes read since the last answer was sent and the end announced.
    lingering: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Blocked {
    since: Instant,
    taken: u32,
}

impl TimedStream {
    /// Over a stream that was just accepted.
    pub(super) fn new(stream: TcpStream, timeouts: Timeouts, connections: ConnectionCount) -> Self {
        // Answers are written whole: waiting to fill a packet would only delay them. A stream that
        // cannot do without is a little slower.
        let _ = stream.set_nodelay(true);
        let state = ConnectionState::default();
        // A client that has just connected has something to ask: it is not idle.
        state.set(ASKING);
        Self {
            stream,
            timeouts,
            connections,
            state,
            since: Instant::now(),
            blocked: None,
            timer: None,
            lingering: None,
        }
    }

    /// What it is waiting for, for what answers on it.
    pub(super) fn state(&self) -> ConnectionState {
        self.state.clone()
    }

    /// Ready once the deadline has passed.
    fn poll_until(&mut self, deadline: Instant, context: &mut Context<'_>) -> Poll<()> {
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        // A timer that is set for later than needed would wake us too late; the opposite is cheap.
        if timer.deadline() > deadline {
            timer.as_mut().reset(deadline);
        }
        while timer.as_mut().poll(context).is_ready() {
            if Instant::now() >= deadline {
                return Poll::Ready(());
            }
            timer.as_mut().reset(deadline);
        }
        Poll::Pending
    }

    /// Ready when the client has had its time to ask.
    fn poll_ask_timeout(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match self.state.get() {
            ASKING => self.poll_until(self.since + self.timeouts.head, context),
            IDLE => {
                let last = self.since + self.timeouts.idle;
                // SECURITY: while connections are scarce, the idle ones make room for clients that
                // ask. Looked at in steps, so that the last one that is opened need not wake all.
                loop {
                    let now = Instant::now();
                    let scarce = self.connections.is_nearly_full()
                        && now >= self.since + self.timeouts.idle_when_scarce;
                    if scarce || now >= last {
                        return Poll::Ready(());
                    }
                    ready!(
                        self.poll_until(last.min(now + self.timeouts.idle_when_scarce), context)
                    );
                }
            }
            _ => Poll::Pending,
        }
    }

    /// Ready when the client has had its time to read: some to begin with, and more for what it
    /// takes.
    fn poll_take_timeout(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let blocked =
            *self.blocked.get_or_insert_with(|| Blocked { since: Instant::now(), taken: 0 });
        let earned = Duration::from_secs(u64::from(blocked.taken / self.timeouts.bytes_per_second));
        self.poll_until(blocked.since + self.timeouts.take + earned, context)
    }

    fn after_write(
        &mut self,
        wrote: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        match &wrote {
            Poll::Pending => {
                if self.poll_take_timeout(context).is_ready() {
                    return Poll::Ready(Err(timed_out("the client does not read")));
                }
            }
            Poll::Ready(Ok(bytes)) => {
                self.state.set(SENDING);
                if let Some(blocked) = &mut self.blocked {
                    let bytes = u32::try_from(*bytes).unwrap_or(u32::MAX);
                    blocked.taken = blocked.taken.saturating_add(bytes);
                }
            }
            Poll::Ready(Err(_)) => {}
        }
        wrote
    }
}

fn timed_out(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, what)
}

impl AsyncRead for TimedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => match self.poll_ask_timeout(context) {
                Poll::Ready(()) => Poll::Ready(Err(timed_out("the client says nothing"))),
                Poll::Pending => Poll::Pending,
            },
            ready @ Poll::Ready(_) => {
                if self.state.get() == IDLE && buffer.filled().len() > before {
                    self.state.set(ASKING);
                    self.since = Instant::now();
                }
                ready
            }
        }
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.after_write(wrote, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.after_write(wrote, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Called when all that was to be written is written, if there was anything.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.blocked = None;
        if self.state.get() == SENDING {
            self.state.set(IDLE);
            self.since = Instant::now();
            // Nobody asks for more until something comes, so this is where waiting begins. That
            // it has taken too long already cannot be.
            let _ = self.poll_ask_timeout(context);
        }
        Poll::Ready(Ok(()))
    }

    /// Announces the end, then reads what the client still sends: closing a socket with something
    /// unread in it makes the system tear the connection down, and the client may lose the answer.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.lingering.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            this.lingering = Some(0);
            this.since = Instant::now();
        }
        let mut buffer = [std::mem::MaybeUninit::uninit(); 4096];
        loop {
            let mut buffer = ReadBuf::uninit(&mut buffer);
            let read = this.lingering.unwrap_or_default();
            match Pin::new(&mut this.stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    this.lingering = Some(read + buffer.filled().len());
                    if read > MOST_LINGERING_BYTES {
                        return Poll::Ready(Ok(()));
                    }
                }
                // Nothing is on its way as far as one can see.
                Poll::Pending if read == 0 => return Poll::Ready(Ok(())),
                Poll::Pending => {
                    ready!(this.poll_until(this.since + LINGER, context));
                    return Poll::Ready(Ok(()));
                }
                Poll::Ready(_) => return Poll::Ready(Ok(())),
            }
        }
    }
}
