//! Which coding is sent.

use http::StatusCode;

use crate::support::{Running, TestSite, page};

#[tokio::test]
async fn the_best_coding_that_the_client_accepts_is_sent() {
    let site = TestSite::new().start();
    for (accept, coding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, *", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("identity, br;q=0.2", ""),
        ("zstd", ""),
        ("", ""),
    ] {
        let answer = site.get_with("/guide/lamps", &[("accept-encoding", accept)]).await;
        assert_eq!(answer.header("content-encoding"), coding, "{accept}");
        assert_eq!(answer.header("vary"), "Accept-Encoding", "{accept}");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{accept}");
    }
}

#[tokio::test]
async fn a_body_too_small_to_shrink_is_sent_plain() {
    let site = TestSite::new().start();
    let answer = site.get_with("/robots.txt", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.header("vary"), "Accept-Encoding");
}

#[tokio::test]
async fn pictures_of_packed_formats_are_sent_as_they_are() {
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 4000]].concat();
    let text = page("About", "![A lamp](images/lamp.png)");
    let site = TestSite::new().file("images/lamp.png", png.clone()).file("about.md", text).start();
    let answer = site.get_with("/images/lamp.png", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.header("vary"), "");
    assert_eq!(answer.body, png);
}

#[tokio::test]
async fn a_client_that_accepts_no_coding_gets_a_list_of_them() {
    let site = TestSite::new().start();
    for accept in ["*;q=0", "identity;q=0", "identity;q=0, br;q=0, gzip;q=0"] {
        let answer = site.get_with("/guide/lamps", &[("accept-encoding", accept)]).await;
        assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{accept}");
        assert!(answer.text().contains("gzip"));
        assert_eq!(answer.header("vary"), "Accept-Encoding");
        assert_eq!(answer.header("etag"), "");
    }
}

#[tokio::test]
async fn packed_ahead_or_on_demand_the_bytes_are_the_same() {
    let ahead = TestSite::new().build();
    ahead.pack();
    let ahead = Running::serving(ahead);
    let on_demand = TestSite::new().start();
    for accept in ["br", "gzip"] {
        let headers = [("accept-encoding", accept)];
        assert_eq!(
            ahead.get_with("/guide/storms", &headers).await.body,
            on_demand.get_with("/guide/storms", &headers).await.body
        );
    }
}
