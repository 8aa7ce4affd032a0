//! Requests that are too long, malformed, unusual or old.

use std::fmt::Write as _;
use std::io::Write as _;

use crate::attacks::{assert_serves, status};
use crate::folder::Folder;
use crate::support::process::read_to_end;

#[test]
fn heads_that_are_too_long_are_refused_with_the_status_for_it() {
    let server = Folder::with_guide().serve(&[]);
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
        let answer = server.send(format!("{request}GET /about HTTP/1.1\r\nHost: x\r\n\r\n"));
        assert!(status(&answer).starts_with(expected), "{what}: {answer}");
        // After a head that is refused whole, nobody knows where the next request begins.
        if expected != "414" {
            assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{what}: {answer}");
        }
    }
    let longest = format!("/?{}", "a".repeat(8000));
    assert_eq!(status(&server.ask(&longest)), "200");
}

#[test]
fn requests_sent_ahead_are_answered_in_order() {
    let server = Folder::with_guide().serve(&[]);
    let paths = ["/about", "/none", "/robots.txt", "/compare?x=1", "/healthz"];
    let expected = paths.map(|path| status(&server.ask(path)).to_owned());
    let mut ahead = String::new();
    for number in 0..100 {
        let close = if number == 99 { "Connection: close\r\n" } else { "" };
        let path = paths[number % paths.len()];
        let _ = write!(ahead, "GET {path} HTTP/1.1\r\nHost: x\r\n{close}\r\n");
    }
    let all = server.send(ahead);
    let got: Vec<&str> = all.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(got, expected.iter().cycle().take(100).collect::<Vec<_>>());
}

#[test]
fn no_path_leads_out_of_the_site() {
    let server = Folder::with_guide().serve(&["--base-url", "http://x/y"]);
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
}

#[test]
fn what_is_no_http_is_refused_and_ends_its_connection_alone() {
    let server = Folder::with_guide().serve(&[]);
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
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(request).unwrap();
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let answer = String::from_utf8_lossy(&read_to_end(&mut stream)).into_owned();
        assert!(answer.is_empty() || status(&answer).starts_with('4'), "{request:?}: {answer}");
    }
    // Bytes beyond ASCII in a value are allowed, if useless.
    let opaque = b"GET / HTTP/1.1\r\nHost: x\r\nX: \xff\xfe\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&server.send(opaque)), "200");
    assert_serves(&server);
}

#[test]
fn a_request_with_a_body_that_is_not_read_is_answered() {
    let server = Folder::with_guide().serve(&[]);
    for (head, expected) in
        [("POST", "405"), ("PUT", "405"), ("GET", "200"), ("OPTIONS", "204"), ("BREW", "405")]
    {
        let length = 600_000;
        let mut request =
            format!("{head} / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n")
                .into_bytes();
        request.resize(request.len() + length, b'a');
        let answer = server.send(&request);
        assert_eq!(status(&answer), expected, "{head}: {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{head}: {answer}");
    }
    // A client that waits for "100 Continue" gets its answer without sending the body.
    let answer = server
        .send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    assert_eq!(status(&answer), "405", "{answer}");
}

#[test]
fn old_and_unusual_ways_to_ask_are_understood() {
    let server = Folder::with_guide().serve(&[]);
    let old = server.send("GET /about HTTP/1.0\r\n\r\n");
    assert!(old.starts_with("HTTP/1.0 200 OK\r\n"), "{old}");
    let persistent = "GET /about HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n";
    assert_eq!(server.send(persistent).matches("HTTP/1.0 200 OK\r\n").count(), 2);
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
        let answer = server.send(format!("{request}Connection: close\r\n\r\n"));
        assert_eq!(status(&answer), expected, "{request}{answer}");
        assert!(answer.contains("\r\ndate: "), "{request}{answer}");
    }
}
