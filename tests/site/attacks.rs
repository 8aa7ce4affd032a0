//! A running server under attack by many clients at once: it goes on answering readers.

mod requests;
mod smuggling;

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::folder::Folder;
use crate::support::page;
use crate::support::process::{Server, eventually, program};

/// That a reader who comes now is answered.
#[track_caller]
pub(crate) fn assert_serves(server: &Server) {
    let answer = server.ask("/");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

pub(crate) fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("none")
}

/// Whether the server has ended the connection; what it sent before is thrown away.
fn is_ended(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let mut waste = [0; 4096];
    let ended = loop {
        match stream.read(&mut waste) {
            Ok(0) => break true,
            Ok(_) => {}
            Err(error) => break error.kind() != std::io::ErrorKind::WouldBlock,
        }
    };
    stream.set_nonblocking(false).unwrap();
    ended
}

#[test]
fn a_head_sent_letter_by_letter_is_cut_off_and_delays_no_other_reader() {
    let server = Folder::with_guide().serve(&[]);
    let mut slow: Vec<TcpStream> = (0..300).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").unwrap();
    }
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(9) {
        for stream in &mut slow {
            let _ = stream.write_all(b"X");
        }
        assert_serves(&server);
        thread::sleep(Duration::from_millis(700));
    }
    eventually("all slow clients are cut off", || slow.iter_mut().all(is_ended));
}

#[test]
fn beside_ten_thousand_idle_connections_readers_are_served_and_little_memory_is_used() {
    const IDLE: usize = 10_000;
    // One end each in this process, and room for what the other tests hold.
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.unwrap_or(u64::MAX);
    let needed = u64::try_from(IDLE).unwrap() + 3000;
    assert!(most >= needed, "this test needs a hard limit of {needed} open files, not {most}");
    if limit.current.is_some_and(|current| current < needed) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(needed), ..limit }).unwrap();
    }
    let server = Folder::with_guide().serve(&[]);
    let before = memory(&server);
    let mut idle: Vec<TcpStream> = Vec::with_capacity(IDLE);
    for number in 0..IDLE {
        let mut stream = server.connect();
        // Half of them have been answered once; the others have never sent anything.
        if number % 2 == 0 {
            stream.write_all(b"HEAD /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        }
        idle.push(stream);
    }
    for _ in 0..20 {
        assert_serves(&server);
    }
    let each = (memory(&server) - before) / IDLE;
    assert!(each < 24 * 1024, "{each} bytes for a connection");
    drop(idle);
    assert_serves(&server);
}

/// Bytes of memory that a server holds.
fn memory(server: &Server) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

#[test]
fn beyond_the_limit_of_connections_readers_are_asked_to_come_back_and_probes_are_answered() {
    let server = Folder::with_guide().serve(&["--max-connections", "8"]);
    let mut inside: Vec<TcpStream> = (0..8).map(|_| server.connect()).collect();
    for stream in &mut inside {
        stream.write_all(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        stream.read_exact(&mut [0; 15]).unwrap();
    }
    for _ in 0..5 {
        let answer = server.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{answer}");
        assert!(answer.contains("\r\nretry-after: 2\r\n"), "{answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    }
    for probe in ["/healthz", "/readyz"] {
        assert_eq!(status(&server.ask(probe)), "200", "{probe}");
    }
    // While connections are scarce, idle ones are closed sooner.
    let waited = eventually("there is room again", || status(&server.ask("/")) == "200");
    assert!(waited > Duration::from_secs(2), "{waited:?}");
}

#[test]
fn a_server_that_may_open_sixty_four_files_survives_two_hundred_clients() {
    let folder = Folder::with_guide();
    let own = program(&[]).get_program().to_owned();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "ulimit -n 64 && exec \"$0\" \"$@\""]).arg(own);
    shell.args(["--listen", "127.0.0.1:0", "--watch", "--content", folder.path()]);
    let server = Server::spawn(&mut shell);
    let mut clients: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    for stream in &mut clients {
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    thread::sleep(Duration::from_millis(300));
    // The guide can still be read.
    folder.write("about.md", page("About", "New words."));
    eventually("the change is served", || server.log().contains("serving anew"));
    drop(clients);
    eventually("there is room again", || server.ask("/about").contains("New words."));
    assert!(!server.log().contains("cannot be accepted"), "{}", server.log());
}

#[test]
fn beside_a_flood_of_queries_pages_are_served() {
    let server = Server::start(&[]);
    let flood: Vec<_> = (0..100)
        .map(|number| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            let mut ahead = String::new();
            for each in 0..20 {
                let _ = write!(ahead, "GET /compare?x={number}.{each} HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            stream.write_all(ahead.as_bytes()).unwrap();
            stream
        })
        .collect();
    for _ in 0..20 {
        assert_serves(&server);
    }
    drop(flood);
    assert_serves(&server);
}
