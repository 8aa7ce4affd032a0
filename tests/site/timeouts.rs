//! How long the server waits for clients, with shorter limits than in use. That a limit ends a
//! connection shows in that the longer ones have not passed yet.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use career_guide::server::App;
use career_guide::server::connection::limits::Limits;
use career_guide::server::connection::{self, Settings, Timeouts};
use tokio::sync::oneshot;

use crate::support::TestSite;
use crate::support::process::{eventually, read_to_end};

const TIMEOUTS: Timeouts = Timeouts {
    head: Duration::from_millis(300),
    idle: Duration::from_secs(50),
    idle_when_scarce: Duration::from_millis(100),
    take: Duration::from_millis(500),
    bytes_per_second: 1024 * 1024,
};

/// A server in this process, which must finish everything when it is dropped.
struct Server {
    app: App,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<bool>>,
}

impl Server {
    fn start(connections: usize, timeouts: Timeouts) -> Self {
        // Larger than what the system stores for a client that does not read.
        let image = [&b"\x89PNG\r\n\x1a\n"[..], &vec![7; 3 * 1024 * 1024]].concat();
        let app = App::new(TestSite::new().file("images/large.png", image).build());
        let served = app.clone();
        let (send_address, address) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = connection::bind("127.0.0.1:0".parse().unwrap()).unwrap();
                send_address.send(listener.local_addr().unwrap()).unwrap();
                let limits = Limits { connections, turned_away: 4 };
                let stop = async { drop(stopped.await) };
                connection::serve(listener, served, Settings { limits, timeouts }, stop).await
            })
        });
        Self { app, address: address.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
        let finished = self.thread.take().unwrap().join();
        if !thread::panicking() {
            assert!(finished.unwrap(), "something was left unfinished");
        }
    }
}

const REQUEST: &[u8] = b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";

/// Waits for the server to end the connection, which it must do after `least`, and long before
/// idle connections end.
#[track_caller]
fn assert_ended(stream: &mut TcpStream, least: Duration) {
    let begun = Instant::now();
    read_to_end(stream);
    let took = begun.elapsed();
    assert!(took >= least && took < TIMEOUTS.idle * 9 / 10, "{took:?}");
}

#[test]
fn a_connection_without_a_request_is_closed_after_the_time_for_a_head() {
    let server = Server::start(100, TIMEOUTS);
    assert_ended(&mut server.connect(), Duration::from_millis(250));
}

#[test]
fn an_idle_connection_is_closed_after_its_timeout_and_each_request_begins_it_anew() {
    let idle = Duration::from_secs(3);
    let server = Server::start(100, Timeouts { idle, ..TIMEOUTS });
    let mut stream = server.connect();
    for _ in 0..4 {
        stream.write_all(REQUEST).unwrap();
        stream.read_exact(&mut [0; 100]).unwrap();
        thread::sleep(Duration::from_secs(1));
    }
    stream.write_all(REQUEST).unwrap();
    assert_ended(&mut stream, Duration::from_millis(2900));
}

#[test]
fn a_slow_head_is_cut_off_after_an_earlier_answer_too() {
    let server = Server::start(100, TIMEOUTS);
    let mut stream = server.connect();
    stream.write_all(REQUEST).unwrap();
    stream.read_exact(&mut [0; 100]).unwrap();
    thread::sleep(Duration::from_millis(100));
    stream.write_all(b"GET / HT").unwrap();
    assert_ended(&mut stream, Duration::from_millis(250));
}

#[test]
fn idle_connections_are_closed_sooner_while_connections_are_scarce() {
    let server = Server::start(4, TIMEOUTS);
    let mut idle: Vec<TcpStream> = (0..4).map(|_| server.connect()).collect();
    for stream in &mut idle {
        stream.write_all(REQUEST).unwrap();
    }
    assert_ended(&mut idle[0], Duration::from_millis(80));
}

#[test]
fn a_client_that_does_not_read_is_given_up() {
    let server = Server::start(100, TIMEOUTS);
    let mut stream = server.connect();
    for _ in 0..20 {
        stream.write_all(b"GET /images/large.png HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    }
    eventually("the connection is accepted and closed", || {
        let metrics = server.app.state().metrics().text();
        ["connections_accepted_total 1\n", "connections 0\n"]
            .iter()
            .all(|line| metrics.contains(&format!("\ncareer_guide_{line}")))
    });
    // What the system has stored is all that comes.
    assert!(read_to_end(&mut stream).len() < 19 * 3 * 1024 * 1024);
}

#[test]
fn a_client_that_reads_slowly_gets_everything() {
    let server = Server::start(100, TIMEOUTS);
    let mut stream = server.connect();
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
