//! HEAD, OPTIONS and the methods that are refused.

use http::{Method, StatusCode};

use crate::support::TestSite;

#[tokio::test]
async fn head_answers_as_get_without_the_body() {
    let site = TestSite::new().start();
    for path in ["/", "/guide/lamps", "/robots.txt", "/none", "/guide/lights", "/healthz"] {
        for accept in ["br", "identity"] {
            let headers = [("accept-encoding", accept)];
            let get = site.ask(Method::GET, path, &headers).await;
            let head = site.ask(Method::HEAD, path, &headers).await;
            assert_eq!(head.status, get.status, "{path}");
            assert_eq!(head.headers, get.headers, "{path}");
            assert_eq!(head.header("content-length"), get.body.len().to_string(), "{path}");
            assert!(head.body.is_empty(), "{path}");
        }
    }
}

#[tokio::test]
async fn a_method_that_could_change_something_is_refused_with_the_allowed_ones() {
    let site = TestSite::new().start();
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
        for path in ["/", "/none", "/healthz"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = site.ask(method, path, &[]).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
            assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{path}");
        }
    }
}

#[tokio::test]
async fn options_names_the_methods() {
    let site = TestSite::new().start();
    for target in ["/", "*"] {
        let answer = site.ask(Method::OPTIONS, target, &[]).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
        assert!(answer.body.is_empty());
        assert_eq!(answer.header("content-type"), "");
        assert_eq!(answer.header("content-length"), "");
    }
}
