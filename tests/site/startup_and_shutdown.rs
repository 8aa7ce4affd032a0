//! How the server starts, is asked for its health, and stops.

use std::io::{Read as _, Write as _};
use std::thread;
use std::time::{Duration, Instant};

use crate::folder::Folder;
use crate::support::process::{Server, error_line, eventually, run};

/// Logged when the time to finish requests has run out.
const CUT_OFF: &str = "stopped before every request was finished";

fn is_draining(server: &Server) -> bool {
    server.ask("/readyz").starts_with("HTTP/1.1 503 ")
}

#[test]
fn the_server_prints_its_address_answers_there_and_stops_on_a_signal() {
    let mut server = Folder::with_guide().serve(&[]);
    let greeting = &server.greeting;
    assert!(greeting.starts_with("Serving Kite Maker Guide at http://127.0.0.1:"), "{greeting}");
    assert!(server.ask("/").starts_with("HTTP/1.1 200 OK\r\n"));
    let healthy = run(&["healthcheck", "--listen", &server.address]);
    assert!(healthy.status.success());

    assert_eq!(server.stop(), Some(0));
    let error = error_line(&run(&["healthcheck", "--listen", &server.address]), 1);
    assert!(error.contains(&server.address), "{error}");
}

#[test]
fn the_printed_address_has_the_base_path() {
    let server = Folder::with_guide().serve(&["--base-url", "https://example.org/careers"]);
    assert!(server.greeting.trim_end().ends_with("/careers/"), "{}", server.greeting);
    assert!(server.ask("/careers/").starts_with("HTTP/1.1 200 OK\r\n"));
}

#[test]
fn an_idle_connection_does_not_delay_the_end() {
    let mut server = Folder::with_guide().serve(&[]);
    let mut idle = server.connect();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut first = [0; 15];
    idle.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    assert_eq!(server.stop(), Some(0));
    assert!(!server.log().contains(CUT_OFF), "{}", server.log());
}

#[test]
fn on_a_signal_readiness_fails_first_and_what_has_begun_is_finished() {
    const DELAY: Duration = Duration::from_secs(5);
    let mut server = Folder::with_guide().serve(&["--drain-delay", "5"]);
    let mut begun = server.connect();
    begun.write_all(b"GET /about HTTP/1.1\r\nHo").unwrap();
    let stopped = Instant::now();
    server.signal("TERM");
    eventually("readiness fails", || is_draining(&server));
    assert!(server.ask("/healthz").starts_with("HTTP/1.1 200 "));
    // Readers who come meanwhile are served, and must connect anew for their next request.
    let answer = server.send("GET /about HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("\r\nconnection: close\r\n"));
    begun.write_all(b"st: x\r\n\r\n").unwrap();
    let mut answer = String::new();
    begun.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.trim_end().ends_with("</html>"));
    assert_eq!(server.wait(), Some(0));
    assert!(stopped.elapsed() >= DELAY);
}

#[test]
fn an_unfinished_request_does_not_keep_the_server_from_ending() {
    let mut server = Folder::with_guide().serve(&[]);
    let mut endless = server.connect();
    endless.write_all(b"GET /about HTTP/1.1\r\nHost: x\r\nX: ").unwrap();
    thread::sleep(Duration::from_millis(100));
    assert_eq!(server.stop(), Some(0));
    assert!(server.log().contains(CUT_OFF), "{}", server.log());
}

#[test]
fn a_second_signal_or_one_from_a_terminal_ends_the_server_at_once() {
    let folder = Folder::with_guide();
    let mut server = folder.serve(&["--drain-delay", "300"]);
    server.signal("TERM");
    eventually("readiness fails", || is_draining(&server));
    server.signal("TERM");
    assert_eq!(server.wait(), Some(0));
    let mut server = folder.serve(&["--drain-delay", "300"]);
    server.signal("INT");
    assert_eq!(server.wait(), Some(0));
}
