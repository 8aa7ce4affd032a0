//! Requests that two servers in a row may read differently, so that one hides in another.

use crate::attacks::{assert_serves, status};
use crate::folder::Folder;

/// An answer to this one would be a second answer.
const HIDDEN: &str = "GET /about HTTP/1.1\r\nHost: x\r\n\r\n";

/// Names and requests: `HIDDEN` stands for the request above, `LENGTH` for its length.
#[rustfmt::skip]
const SHAPES: [(&str, &str); 28] = [
    ("CL and TE", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nHIDDEN"),
    ("TE and CL", "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: LENGTH\r\n\r\n0\r\n\r\nHIDDEN"),
    ("two lengths", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: LENGTH\r\n\r\nHIDDEN"),
    ("two equal lengths", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: LENGTH\r\nContent-Length: LENGTH\r\n\r\nHIDDEN"),
    ("a list of lengths", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0, LENGTH\r\n\r\nHIDDEN"),
    ("a signed length", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +LENGTH\r\n\r\nHIDDEN"),
    ("a body of a GET", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: LENGTH\r\n\r\nHIDDEN"),
    ("a huge length", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551615\r\n\r\nHIDDEN"),
    ("an endless length", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\nHIDDEN"),
    ("a folded field", "GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n Content-Length: LENGTH\r\n\r\nHIDDEN"),
    ("a folded coding", "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\nHIDDEN"),
    ("a blank before the colon", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length : LENGTH\r\n\r\nHIDDEN"),
    ("a coding before the colon", "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\nHIDDEN"),
    ("an unknown coding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\nHIDDEN"),
    ("chunked twice", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\nHIDDEN"),
    ("chunked is not last", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\nHIDDEN"),
    ("a chunk with an extension", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;LONG\n\r\na\r\n0\r\n\r\nHIDDEN"),
    ("a chunk with a bad size", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\nHIDDEN"),
    ("a chunk of an endless size", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na\r\n0\r\n\r\nHIDDEN"),
    ("a chunk that ends in a bare LF", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\na\n0\n\nHIDDEN"),
    ("a trailer", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: LENGTH\r\n\r\nHIDDEN"),
    ("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nHIDDEN"),
    ("two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\nHIDDEN"),
    ("no host", "GET / HTTP/1.1\r\n\r\nHIDDEN"),
    ("a bare CR", "GET / HTTP/1.1\r\nHost: x\r\nX: a\rContent-Length: LENGTH\r\n\r\nHIDDEN"),
    ("an upgrade", "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: LENGTH\r\n\r\nHIDDEN"),
    ("a tunnel", "CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\nContent-Length: LENGTH\r\n\r\nHIDDEN"),
    ("an expectation", "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: LENGTH\r\n\r\nHIDDEN"),
];

#[test]
fn no_request_hides_in_another() {
    let server = Folder::with_guide().serve(&[]);
    for (what, shape) in SHAPES {
        let request = shape
            .replace("HIDDEN", HIDDEN)
            .replace("LENGTH", &HIDDEN.len().to_string())
            .replace("LONG", &"a".repeat(100));
        let answer = server.send(request);
        assert!(answer.starts_with("HTTP/1."), "{what} is not answered");
        assert_eq!(answer.matches("HTTP/1.").count(), 1, "{what}: {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{what}: {answer}");
        if ["CL and TE", "two hosts", "no host"].contains(&what) {
            assert!(answer.starts_with("HTTP/1.1 40"), "{what}: {answer}");
        }
    }
    // A bare LF ends a line for some servers (RFC 9112, section 2.2 lets them). Ours answers what
    // it understands, and nothing that another server would not see as a request as well.
    let lines = server.send("GET / HTTP/1.1\nHost: x\nConnection: close\n\n");
    assert!(
        lines.matches("HTTP/1.1 ").count() == 1 && matches!(status(&lines), "200" | "400"),
        "{lines}"
    );
    assert_serves(&server);
}
