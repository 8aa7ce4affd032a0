//! A running server, attacked by many at once. Whatever comes, it answers the next reader.

mod requests;
mod smuggling;

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::support::process::{Folder, Server, eventually, program};

/// That a reader who comes now is answered, and how soon.
#[track_caller]
pub(crate) fn serves(server: &Server) -> Duration {
    let begun = Instant::now();
    let answer = server.ask("/");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    begun.elapsed()
}

pub(crate) fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("none")
}

pub(crate) fn answers(text: &str) -> usize {
    text.matches("HTTP/1.1 ").count()
}

/// Whether the server has ended the connection; whatever it said before is read away.
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
fn who_asks_a_letter_at_a_time_is_not_waited_for_and_holds_up_nobody() {
    let folder = Folder::with_guide("slowloris");
    let mut server = Server::start(&["--content", folder.path()]);
    let mut slow: Vec<TcpStream> = (0..300).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").unwrap();
    }
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(9) {
        for stream in &mut slow {
            let _ = stream.write_all(b"X");
        }
        assert!(serves(&server) < Duration::from_secs(2));
        thread::sleep(Duration::from_millis(700));
    }
    eventually(Duration::from_secs(6), "all slow ones are gone", || slow.iter_mut().all(is_ended));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn ten_thousand_idle_connections_keep_nobody_out() {
    const IDLE: usize = 10_000;
    // One end each in this process, and room for what the other tests hold.
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.unwrap_or(u64::MAX);
    let needed = u64::try_from(IDLE).unwrap() + 3000;
    assert!(most >= needed, "this test needs a hard limit of {needed} open files, not {most}");
    if limit.current.is_some_and(|current| current < needed) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(needed), ..limit }).unwrap();
    }
    let folder = Folder::with_guide("idle");
    let mut server = Server::start(&["--content", folder.path()]);
    let before = memory(&server);
    let mut idle: Vec<TcpStream> = Vec::with_capacity(IDLE);
    for number in 0..IDLE {
        let mut stream = server.connect();
        // Half of them have been answered once; the others have never said anything.
        if number % 2 == 0 {
            stream.write_all(b"HEAD /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        }
        idle.push(stream);
    }
    for _ in 0..20 {
        assert!(serves(&server) < Duration::from_secs(1));
    }
    let each = (memory(&server) - before) / IDLE;
    assert!(each < 24 * 1024, "{each} bytes for a connection");
    drop(idle);
    serves(&server);
    assert_eq!(server.stop(), Some(0));
}

/// Bytes of memory that a server holds.
fn memory(server: &Server) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

#[test]
fn who_comes_when_the_house_is_full_is_told_to_come_back_and_probes_are_answered() {
    let folder = Folder::with_guide("full");
    let arguments = ["--content", folder.path(), "--max-connections", "8"];
    let mut server = Server::start(&arguments);
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
    // Where it is crowded, who says nothing makes room.
    let waited = eventually(Duration::from_secs(9), "there is room again", || {
        status(&server.ask("/")) == "200"
    });
    assert!(waited > Duration::from_secs(2), "{waited:?}");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn sixty_four_open_files_are_enough_to_survive() {
    let folder = Folder::with_guide("files");
    let own = program(&[]).get_program().to_owned();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "ulimit -n 64 && exec \"$0\" \"$@\""]).arg(own);
    shell.args(["--listen", "127.0.0.1:0", "--watch", "--content", folder.path()]);
    let mut server = Server::spawn(&mut shell);
    let mut crowd: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    for stream in &mut crowd {
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    thread::sleep(Duration::from_millis(300));
    // The guide can still be read.
    folder.write("about.md", &crate::support::process::page("About", "New words."));
    eventually(Duration::from_secs(3), "the change is served", || {
        server.log().contains("serving anew")
    });
    drop(crowd);
    eventually(Duration::from_secs(5), "there is room again", || {
        server.ask("/about").contains("New words.")
    });
    assert!(!server.log().contains("cannot be accepted"), "{}", server.log());
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_flood_of_questions_holds_up_nobody_who_wants_a_page() {
    let mut server = Server::start(&[]);
    let address = server.address.clone();
    let flood: Vec<_> = (0..100)
        .map(|number| {
            let mut stream = TcpStream::connect(&address).unwrap();
            let mut ahead = String::new();
            for each in 0..20 {
                let _ = write!(ahead, "GET /compare?x={number}.{each} HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            stream.write_all(ahead.as_bytes()).unwrap();
            stream
        })
        .collect();
    let slowest = (0..20).map(|_| serves(&server)).max().unwrap();
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    drop(flood);
    serves(&server);
    assert_eq!(server.stop(), Some(0));
}
