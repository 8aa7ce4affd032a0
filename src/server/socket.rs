//! Owns patience with one client: how long it may say nothing, take to ask, and take to read its
//! answer, and how a connection is ended without losing what was said last. The entry point is
//! [`Socket`]. It must not know HTTP: the [`Phase`] tells what is being waited for.

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

use super::limits::{Crowd, Patience};

/// Bytes that are read and thrown away at the end, so that the client hears the last answer.
const PARTING_BYTES: usize = 1024 * 1024;
/// How long they may take.
const PARTING: Duration = Duration::from_secs(2);

/// What a connection is waiting for; shared by its socket and what answers on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Phase(Arc<AtomicU8>);

/// Nothing of the next request has come.
const IDLE: u8 = 0;
/// Something has come, but not a whole head.
const ASKING: u8 = 1;
/// The head has come, and nothing has been answered.
const ANSWERING: u8 = 2;
/// A part of the answer has gone out.
const SENDING: u8 = 3;

impl Phase {
    /// A whole head has come.
    pub(super) fn answering(&self) {
        self.0.store(ANSWERING, Ordering::Relaxed);
    }

    fn set(&self, phase: u8) {
        self.0.store(phase, Ordering::Relaxed);
    }

    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A stream that does not wait for ever.
#[derive(Debug)]
pub(super) struct Socket {
    stream: TcpStream,
    patience: Patience,
    crowd: Crowd,
    phase: Phase,
    /// When the present phase began.
    since: Instant,
    /// Since when the client takes nothing of what is written, and how much it has taken.
    blocked: Option<Blocked>,
    /// One for all waits. It is only moved when it goes off early: setting it anew for each
    /// request would cost more than the request.
    alarm: Option<Pin<Box<Sleep>>>,
    parting: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Blocked {
    since: Instant,
    taken: u32,
}

impl Socket {
    /// Over a stream that was just accepted.
    pub(super) fn new(stream: TcpStream, patience: Patience, crowd: Crowd, phase: Phase) -> Self {
        // Who has just connected has something to ask: it is not idle.
        phase.set(ASKING);
        Self {
            stream,
            patience,
            crowd,
            phase,
            since: Instant::now(),
            blocked: None,
            alarm: None,
            parting: None,
        }
    }

    /// Answers are written whole: waiting to fill a packet would only delay them.
    pub(super) fn without_delay(&self) {
        // A socket that cannot is a little slower.
        let _ = self.stream.set_nodelay(true);
    }

    /// Ready once a moment has passed.
    fn poll_until(&mut self, deadline: Instant, context: &mut Context<'_>) -> Poll<()> {
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        // An alarm that is set for later than needed would wake us too late; the opposite is cheap.
        if alarm.deadline() > deadline {
            alarm.as_mut().reset(deadline);
        }
        while alarm.as_mut().poll(context).is_ready() {
            if Instant::now() >= deadline {
                return Poll::Ready(());
            }
            alarm.as_mut().reset(deadline);
        }
        Poll::Pending
    }

    /// Ready when the client has had its time to ask.
    fn poll_impatience(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match self.phase.get() {
            ASKING => self.poll_until(self.since + self.patience.head, context),
            IDLE => {
                let last = self.since + self.patience.idle;
                // SECURITY: where it is crowded, who says nothing makes room for who does. Looked
                // at in steps, so that whoever fills the house need not wake everybody in it.
                loop {
                    let now = Instant::now();
                    let crowded = self.crowd.is_dense() && now >= self.since + self.patience.step;
                    if crowded || now >= last {
                        return Poll::Ready(());
                    }
                    ready!(self.poll_until(last.min(now + self.patience.step), context));
                }
            }
            _ => Poll::Pending,
        }
    }

    /// Ready when the client has had its time to read: some to begin with, and more for what it
    /// takes.
    fn poll_blocked(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let blocked =
            *self.blocked.get_or_insert_with(|| Blocked { since: Instant::now(), taken: 0 });
        let earned = Duration::from_secs(u64::from(blocked.taken / self.patience.slowest));
        self.poll_until(blocked.since + self.patience.read + earned, context)
    }

    fn written(
        &mut self,
        wrote: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        match &wrote {
            Poll::Pending => {
                if self.poll_blocked(context).is_ready() {
                    return Poll::Ready(Err(too_slow("the client does not read")));
                }
            }
            Poll::Ready(Ok(bytes)) => {
                self.phase.set(SENDING);
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

fn too_slow(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, what)
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => match self.poll_impatience(context) {
                Poll::Ready(()) => Poll::Ready(Err(too_slow("the client says nothing"))),
                Poll::Pending => Poll::Pending,
            },
            ready @ Poll::Ready(_) => {
                if self.phase.get() == IDLE && buffer.filled().len() > before {
                    self.phase.set(ASKING);
                    self.since = Instant::now();
                }
                ready
            }
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(wrote, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.written(wrote, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Called when all that was to be written is written, if there was anything.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.blocked = None;
        if self.phase.get() == SENDING {
            self.phase.set(IDLE);
            self.since = Instant::now();
            // Nobody asks for more until something comes, so this is where waiting begins. That
            // it has taken too long already cannot be.
            let _ = self.poll_impatience(context);
        }
        Poll::Ready(Ok(()))
    }

    /// Says goodbye, then hears the client out: closing a socket with something unread in it makes
    /// the system tear the connection down, and the client may lose the answer to what it is
    /// still sending.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.parting.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            this.parting = Some(0);
            this.since = Instant::now();
        }
        let mut waste = [std::mem::MaybeUninit::uninit(); 4096];
        loop {
            let mut waste = ReadBuf::uninit(&mut waste);
            let heard = this.parting.unwrap_or_default();
            match Pin::new(&mut this.stream).poll_read(context, &mut waste) {
                Poll::Ready(Ok(())) if !waste.filled().is_empty() => {
                    this.parting = Some(heard + waste.filled().len());
                    if heard > PARTING_BYTES {
                        return Poll::Ready(Ok(()));
                    }
                }
                // Nothing is on its way as far as one can see.
                Poll::Pending if heard == 0 => return Poll::Ready(Ok(())),
                Poll::Pending => {
                    ready!(this.poll_until(this.since + PARTING, context));
                    return Poll::Ready(Ok(()));
                }
                Poll::Ready(_) => return Poll::Ready(Ok(())),
            }
        }
    }
}
