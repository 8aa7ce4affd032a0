//! How the server starts, is asked for its health, and stops.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::support::process::{Folder, Server, complaint, eventually, program, run};

#[test]
fn it_says_where_to_look_answers_there_and_stops_when_told() {
    let folder = Folder::with_guide("serve");
    let mut server = Server::start(&["--content", folder.path()]);
    assert!(server.said.starts_with("Serving Test Guide at http://127.0.0.1:"), "{}", server.said);
    assert!(server.ask("/").starts_with("HTTP/1.1 200 OK\r\n"));
    let healthy = run(&["healthcheck", "--listen", &server.address]);
    assert!(healthy.status.success());

    assert_eq!(server.stop(), Some(0));
    let said = complaint(&run(&["healthcheck", "--listen", &server.address]), 1);
    assert!(said.contains(&server.address), "{said}");
}

#[test]
fn below_a_base_path_it_says_so() {
    let folder = Folder::with_guide("base");
    let arguments = ["--content", folder.path(), "--base-url", "https://example.org/careers"];
    let mut server = Server::start(&arguments);
    assert!(server.said.trim_end().ends_with("/careers/"), "{}", server.said);
    assert!(server.ask("/careers/").starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn an_idle_connection_does_not_hold_up_the_end_and_a_late_request_is_still_answered() {
    let folder = Folder::with_guide("drain");
    let mut server = Server::start(&["--content", folder.path()]);
    let mut idle = TcpStream::connect(&server.address).unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut first = [0; 15];
    idle.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    let begun = std::time::Instant::now();
    assert_eq!(server.stop(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn told_to_stop_it_says_so_first_then_finishes_what_has_begun() {
    let folder = Folder::with_guide("leave");
    let arguments = ["--listen", "127.0.0.1:0", "--content", folder.path(), "--drain-delay", "3"];
    let mut server = Server::spawn(&mut program(&arguments));
    let mut begun = server.connect();
    begun.write_all(b"GET /about HTTP/1.1\r\nHo").unwrap();
    let stopped = std::time::Instant::now();
    server.signal("TERM");
    eventually(Duration::from_millis(2900), "it says so", || {
        server.ask("/readyz").starts_with("HTTP/1.1 503 ")
    });
    assert!(server.ask("/healthz").starts_with("HTTP/1.1 200 "));
    // Readers who come meanwhile are served, and asked to come by another way next time.
    let answer = server.send("GET /about HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("\r\nconnection: close\r\n"));
    begun.write_all(b"st: x\r\n\r\n").unwrap();
    let mut answer = String::new();
    begun.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.trim_end().ends_with("</html>"));
    assert_eq!(server.wait(), Some(0));
    assert!(stopped.elapsed() >= Duration::from_secs(3));
}

#[test]
fn who_does_not_finish_does_not_keep_it_from_ending() {
    let folder = Folder::with_guide("endless");
    let mut server = Server::start(&["--content", folder.path()]);
    let mut endless = server.connect();
    endless.write_all(b"GET /about HTTP/1.1\r\nHost: x\r\nX: ").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let begun = std::time::Instant::now();
    assert_eq!(server.stop(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(9));
}

#[test]
fn a_second_signal_or_one_from_a_terminal_ends_it_at_once() {
    let folder = Folder::with_guide("twice");
    let slow = ["--listen", "127.0.0.1:0", "--content", folder.path(), "--drain-delay", "60"];
    let mut server = Server::spawn(&mut program(&slow));
    server.signal("TERM");
    eventually(Duration::from_secs(5), "it says so", || {
        server.ask("/readyz").starts_with("HTTP/1.1 503 ")
    });
    server.signal("TERM");
    assert_eq!(server.wait(), Some(0));
    let mut server = Server::spawn(&mut program(&slow));
    server.signal("INT");
    assert_eq!(server.wait(), Some(0));
}
