//! A running server, attacked. Whatever comes, it answers the next reader.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::running::{Folder, Server, eventually, program};

/// That a reader who comes now is answered, and how soon.
#[track_caller]
fn serves(server: &Server) -> Duration {
    let begun = Instant::now();
    let answer = server.ask("/");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    begun.elapsed()
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("none")
}

fn answers(text: &str) -> usize {
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
    folder.write("about.md", &crate::running::page("About", "New words."));
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
fn heads_that_are_too_long_are_refused_in_words_that_http_has_for_it() {
    let folder = Folder::with_guide("heads");
    let mut server = Server::start(&["--content", folder.path()]);
    let fields = (0..200).fold(String::new(), |mut fields, number| {
        let _ = write!(fields, "X-{number}: 1\r\n");
        fields
    });
    for (what, request, expected) in [
        ("target", format!("GET /?{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(9000)), "414"),
        ("path", format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(9000)), "414"),
        ("huge target", format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(1 << 20)), "4"),
        ("field", format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(17_000)), "431"),
        (
            "huge field",
            format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(1 << 20)),
            "431",
        ),
        ("fields", format!("GET / HTTP/1.1\r\nHost: x\r\n{fields}\r\n"), "431"),
        ("method", format!("{} / HTTP/1.1\r\nHost: x\r\n\r\n", "A".repeat(20_000)), "4"),
    ] {
        let answer = server.send(&format!("{request}GET /about HTTP/1.1\r\nHost: x\r\n\r\n"));
        assert!(status(&answer).starts_with(expected), "{what}: {answer}");
        // What was not understood has no end that two servers would agree on.
        if expected != "414" {
            assert_eq!(answers(&answer), 1, "{what}: {answer}");
        }
    }
    let longest = format!("/?{}", "a".repeat(8000));
    assert_eq!(status(&server.ask(&longest)), "200");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn requests_sent_ahead_are_answered_in_order() {
    let folder = Folder::with_guide("pipeline");
    let mut server = Server::start(&["--content", folder.path()]);
    let paths = ["/about", "/none", "/robots.txt", "/compare?x=1", "/healthz"];
    let request =
        |path: &str, close: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n{close}\r\n");
    let mut ahead = String::new();
    let mut expected = Vec::new();
    for number in 0..100 {
        let path = paths[number % paths.len()];
        let alone = server.ask(path);
        expected.push(status(&alone).to_owned());
        ahead += &request(path, if number == 99 { "Connection: close\r\n" } else { "" });
    }
    let all = server.send(&ahead);
    let got: Vec<&str> = all.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(got, expected);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn no_path_leads_out_of_the_site() {
    let folder = Folder::with_guide("paths");
    let mut server = Server::start(&["--content", folder.path(), "--base-url", "http://x/y"]);
    for path in [
        "/../../../../etc/passwd",
        "/y/../../../../etc/passwd",
        "/y/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/y/..%2f..%2f..%2fetc%2fpasswd",
        "/y/..%5c..%5cetc%5cpasswd",
        "/y/%252e%252e/etc/passwd",
        "/y/assets/../../../etc/passwd",
        "/y/images/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/y//etc/passwd",
        "/y/site.toml",
        "/y/.git/config",
        "/y/guide%2Fone",
        "/y/about%00",
        "/y/about%00.html",
        "/y/%ff%fe",
        "/y/%c0%ae%c0%ae/etc/passwd",
        "/y/%",
        "/y/%u002e%u002e/etc/passwd",
        "/y/about;jsessionid=1",
        "/y/about%0d%0aset-cookie:%20a=b",
    ] {
        let answer = server.ask(path);
        assert!(matches!(status(&answer), "404" | "400" | "308"), "{path}: {answer}");
        assert!(!answer.contains("root:"), "{path}");
        assert!(!answer.to_ascii_lowercase().contains("\nset-cookie"), "{path}: {answer}");
        if status(&answer) == "308" {
            assert!(answer.contains("\r\nlocation: /y/etc/passwd\r\n"), "{path}: {answer}");
        }
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let folder = Folder::with_guide("bytes");
    let mut server = Server::start(&["--content", folder.path()]);
    for request in [
        &b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"[..],
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX\0: a\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1 x\r\nHost: x\r\n\r\n",
        b"G\x01T / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || status(&answer).starts_with('4'), "{request:?}: {answer}");
        // Bytes beyond ASCII in a value are allowed, if useless.
    }
    let opaque = b"GET / HTTP/1.1\r\nHost: x\r\nX: \xff\xfe\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&server.send_bytes(opaque)), "200");
    serves(&server);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn no_request_hides_in_another() {
    let folder = Folder::with_guide("smuggling");
    let mut server = Server::start(&["--content", folder.path()]);
    // An answer to this one would be a second answer.
    let hidden = "GET /about HTTP/1.1\r\nHost: x\r\n\r\n";
    let length = hidden.len();
    let long = "a".repeat(100);
    for (what, request) in [
        (
            "CL and TE",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "TE and CL",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: {length}\r\n\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "two lengths",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: {length}\r\n\r\n{hidden}"
            ),
        ),
        (
            "two equal lengths",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\nContent-Length: {length}\r\n\r\n{hidden}"
            ),
        ),
        (
            "a list of lengths",
            format!("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0, {length}\r\n\r\n{hidden}"),
        ),
        (
            "a signed length",
            format!("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +{length}\r\n\r\n{hidden}"),
        ),
        (
            "a body of a GET",
            format!("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{hidden}"),
        ),
        (
            "a huge length",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551615\r\n\r\n{hidden}"
            ),
        ),
        (
            "an endless length",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n{hidden}"
            ),
        ),
        (
            "a folded field",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n Content-Length: {length}\r\n\r\n{hidden}"
            ),
        ),
        (
            "a folded coding",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "a blank before the colon",
            format!("GET / HTTP/1.1\r\nHost: x\r\nContent-Length : {length}\r\n\r\n{hidden}"),
        ),
        (
            "a coding before the colon",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "an unknown coding",
            format!("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n{hidden}"),
        ),
        (
            "chunked twice",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "chunked is not last",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "a chunk with an extension",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;{long}\n\r\na\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "a chunk with a bad size",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "a chunk of an endless size",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na\r\n0\r\n\r\n{hidden}"
            ),
        ),
        (
            "a chunk that ends in a bare LF",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\na\n0\n\n{hidden}"
            ),
        ),
        (
            "a trailer",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: {length}\r\n\r\n{hidden}"
            ),
        ),
        (
            "chunks in HTTP/1.0",
            format!(
                "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"
            ),
        ),
        ("two hosts", format!("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n{hidden}")),
        ("no host", format!("GET / HTTP/1.1\r\n\r\n{hidden}")),
        (
            "a bare CR",
            format!("GET / HTTP/1.1\r\nHost: x\r\nX: a\rContent-Length: {length}\r\n\r\n{hidden}"),
        ),
        (
            "an upgrade",
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: {length}\r\n\r\n{hidden}"
            ),
        ),
        (
            "a tunnel",
            format!(
                "CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{hidden}"
            ),
        ),
        (
            "an expectation",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n{hidden}"
            ),
        ),
    ] {
        let begun = Instant::now();
        let answer = server.send(&request);
        assert!(answer.starts_with("HTTP/1."), "{what}: nothing was said");
        assert_eq!(answer.matches("HTTP/1.").count(), 1, "{what}: {answer}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{what}: the connection stayed open");
    }
    // A bare LF ends a line for some servers (RFC 9112, section 2.2 lets them). Ours answers what
    // it understands, and nothing that another server would not see as a request as well.
    let lines = server.send("GET / HTTP/1.1\nHost: x\nConnection: close\n\n");
    assert!(answers(&lines) == 1 && matches!(status(&lines), "200" | "400"), "{lines}");
    serves(&server);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_body_that_nobody_reads_does_not_cost_the_answer() {
    let folder = Folder::with_guide("bodies");
    let mut server = Server::start(&["--content", folder.path()]);
    for (head, expected) in
        [("POST", "405"), ("PUT", "405"), ("GET", "200"), ("OPTIONS", "204"), ("BREW", "405")]
    {
        let length = 600_000;
        let mut request =
            format!("{head} / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n")
                .into_bytes();
        request.resize(request.len() + length, b'a');
        let answer = server.send_bytes(&request);
        assert_eq!(status(&answer), expected, "{head}: {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{head}: {answer}");
    }
    // Who waits to be told to go on is told what there is to tell, without the body.
    let mut stream = server.connect();
    stream
        .write_all(
            b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
        )
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), "405", "{answer}");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn old_and_unusual_ways_to_ask_are_understood() {
    let folder = Folder::with_guide("ways");
    let mut server = Server::start(&["--content", folder.path()]);
    let old = server.send("GET /about HTTP/1.0\r\n\r\n");
    assert!(old.starts_with("HTTP/1.0 200 OK\r\n"), "{old}");
    let kept = "GET /about HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n";
    assert_eq!(server.send(kept).matches("HTTP/1.0 200 OK\r\n").count(), 2);
    for (request, expected) in [
        ("GET http://elsewhere.example/about HTTP/1.1\r\nHost: x\r\n", "200"),
        ("GET http://elsewhere.example HTTP/1.1\r\nHost: x\r\n", "200"),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\n", "204"),
        ("GET * HTTP/1.1\r\nHost: x\r\n", "400"),
        ("CONNECT x:443 HTTP/1.1\r\nHost: x\r\n", "405"),
        ("GET / HTTP/1.1\r\nhOST: x\r\n", "200"),
        ("GET / HTTP/1.1\r\nHost: x\r\nTE: trailers\r\n", "200"),
        ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n", "200"),
        ("get / HTTP/1.1\r\nHost: x\r\n", "405"),
        ("GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1\r\n", "200"),
        ("GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=9999999-\r\nIf-Range: \"x\"\r\n", "200"),
        ("GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n", "304"),
        ("GET / HTTP/1.1\r\nHost: x\r\nIf-Match: \"x\"\r\n", "412"),
        ("GET / HTTP/1.1\r\nHost: x\r\nIf-Modified-Since: nonsense\r\n", "200"),
        ("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br;q=0, *;q=0\r\n", "406"),
    ] {
        let answer = server.send(&format!("{request}Connection: close\r\n\r\n"));
        assert_eq!(status(&answer), expected, "{request}{answer}");
        assert!(answer.contains("\r\ndate: "), "{request}{answer}");
    }
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
