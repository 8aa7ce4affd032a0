//! What Prometheus reads, and where.

use crate::support::process::{Server, error_line, eventually, run};

#[test]
fn metrics_have_a_listener_of_their_own() {
    let arguments = ["--metrics-listen", "127.0.0.1:0", "--log-level", "debug"];
    let server = Server::start(&arguments);
    let metrics = &server.metrics_address();
    server.ask("/compare?offer=123456&offer_currency=USD");
    server.ask("/guide/none");
    server.ask("/wp-login.php");
    assert!(server.ask("/metrics").starts_with("HTTP/1.1 404 "));
    let page = Server::ask_at(metrics, "/metrics");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    for line in [
        "career_guide_requests_total{route=\"/compare\",status=\"200\"} 1",
        "career_guide_requests_total{route=\"/guide/*\",status=\"404\"} 1",
        "career_guide_requests_total{route=\"other\",status=\"404\"} 2",
        "career_guide_request_seconds_count{route=\"/compare\"} 1",
        "career_guide_connections_accepted_total 4",
    ] {
        assert!(page.lines().any(|l| l == line), "{line}\n{page}");
    }
    assert!(Server::ask_at(metrics, "/").starts_with("HTTP/1.1 404 "));
    // Neither metrics nor log hold what a reader earns or where a reader is.
    eventually("each answer has its line in the log", || {
        server.log().matches("answered").count() == 4
    });
    let all = format!("{page}{}", server.log());
    assert!(all.contains("/compare"), "{all}");
    for secret in ["123456", "offer", "127.0.0.1", "wp-login"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
    let taken = run(&["--listen", "127.0.0.1:0", "--metrics-listen", metrics]);
    assert!(error_line(&taken, 1).contains(metrics));
}
