//! How long clients are waited for, with less patience than readers are granted.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use career_guide::server::App;
use career_guide::server::connection::limits::Limits;
use career_guide::server::connection::{self, Settings, Timeouts};
use tokio::sync::oneshot;

use crate::support::TestSite;

/// Far enough apart to be told from each other on a machine that is busy with something else.
const TIMEOUTS: Timeouts = Timeouts {
    head: Duration::from_millis(300),
    idle: Duration::from_secs(3),
    idle_when_scarce: Duration::from_millis(100),
    take: Duration::from_millis(500),
    bytes_per_second: 1024 * 1024,
};

/// A server in this process, until this is dropped.
struct Host {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<bool>>,
}

impl Host {
    fn start(connections: usize) -> Self {
        // Larger than what the system keeps for a client that does not read.
        let site = TestSite::new()
            .file(
                "images/large.png",
                [&b"\x89PNG\r\n\x1a\n"[..], &vec![7; 3 * 1024 * 1024]].concat(),
            )
            .build();
        let app = App::new(site);
        let (tell, told) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = connection::bind("127.0.0.1:0".parse().unwrap()).unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                let limits = Limits { connections, turned_away: 4 };
                let settings = Settings { limits, timeouts: TIMEOUTS };
                let stop = async { drop(stopped.await) };
                connection::serve(listener, app, settings, stop).await
            })
        });
        Self { address: told.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
        let ended = self.thread.take().unwrap().join();
        if !thread::panicking() {
            assert!(ended.unwrap(), "something was left unfinished");
        }
    }
}

/// How long until the server ends the connection.
fn until_ended(stream: &mut TcpStream) -> Duration {
    let begun = Instant::now();
    let mut waste = Vec::new();
    let _ = stream.read_to_end(&mut waste);
    begun.elapsed()
}

#[track_caller]
fn within(took: Duration, least: u64, most: u64) {
    let bounds = Duration::from_millis(least)..Duration::from_millis(most);
    assert!(bounds.contains(&took), "{took:?} is not within {bounds:?}");
}

const REQUEST: &[u8] = b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";

#[test]
fn who_connects_and_says_nothing_has_as_long_as_a_head_may_take() {
    let host = Host::start(100);
    within(until_ended(&mut host.connect()), 250, 2500);
}

#[test]
fn who_has_been_answered_may_stay_longer_and_a_new_request_begins_the_time_anew() {
    let host = Host::start(100);
    let mut stream = host.connect();
    for _ in 0..4 {
        stream.write_all(REQUEST).unwrap();
        stream.read_exact(&mut [0; 100]).unwrap();
        thread::sleep(Duration::from_secs(1));
    }
    stream.write_all(REQUEST).unwrap();
    within(until_ended(&mut stream), 2900, 5500);
}

#[test]
fn who_has_been_answered_and_then_dawdles_over_the_next_head_is_not_waited_for() {
    let host = Host::start(100);
    let mut stream = host.connect();
    stream.write_all(REQUEST).unwrap();
    stream.read_exact(&mut [0; 100]).unwrap();
    thread::sleep(Duration::from_millis(100));
    stream.write_all(b"GET / HT").unwrap();
    within(until_ended(&mut stream), 250, 2500);
}

#[test]
fn where_it_is_crowded_who_says_nothing_makes_room() {
    let host = Host::start(4);
    let mut idle: Vec<TcpStream> = (0..4).map(|_| host.connect()).collect();
    for stream in &mut idle {
        stream.write_all(REQUEST).unwrap();
    }
    within(until_ended(&mut idle[0]), 80, 2500);
}

#[test]
fn who_does_not_read_is_not_written_to_for_ever() {
    let host = Host::start(100);
    let mut stream = host.connect();
    for _ in 0..20 {
        stream.write_all(b"GET /images/large.png HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    }
    // Nothing is read; the server gives up, and what the system has kept is cut short.
    thread::sleep(Duration::from_millis(2500));
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    assert!(got.len() < 19 * 3 * 1024 * 1024, "{}", got.len());
}

#[test]
fn who_reads_slowly_but_reads_gets_all() {
    let host = Host::start(100);
    let mut stream = host.connect();
    stream
        .write_all(b"GET /images/large.png HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut got = 0;
    let mut part = vec![0; 128 * 1024];
    loop {
        let read = stream.read(&mut part).unwrap();
        if read == 0 {
            break;
        }
        got += read;
        thread::sleep(Duration::from_millis(20));
    }
    assert!(got > 3 * 1024 * 1024, "{got}");
}
