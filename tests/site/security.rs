//! Headers that protect readers, on every answer.

use http::Method;

use crate::support::TestSite;

const EVERYTHING: [&str; 9] = [
    "/",
    "/guide/lamps",
    "/salaries/zz",
    "/robots.txt",
    "/sitemap.xml",
    "/none",
    "/%00",
    "/guide/lamps/",
    "/healthz",
];

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let site = TestSite::new().start();
    for path in EVERYTHING {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS] {
            let answer = site.ask(method, path, &[]).await;
            assert!(
                answer.header("content-security-policy").starts_with("default-src 'none'; "),
                "{path}"
            );
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert_ne!(answer.header("cross-origin-resource-policy"), "", "{path}");
            assert_ne!(answer.header("permissions-policy"), "", "{path}");
            assert_eq!(answer.header("set-cookie"), "", "{path}");
            assert_eq!(answer.header("server"), "", "{path}");
        }
    }
}

#[tokio::test]
async fn pages_may_run_no_inline_script_or_style() {
    let answer = TestSite::new().start().get("/").await;
    let policy = answer.header("content-security-policy");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(!policy.contains("data:"), "{policy}");
    for directive in
        ["script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'"]
    {
        assert!(policy.contains(directive), "{policy}");
    }
}

#[tokio::test]
async fn strict_transport_is_promised_only_where_there_is_tls() {
    let header = "strict-transport-security";
    for (base_url, promised) in
        [(Some("https://example.org"), true), (Some("http://example.org"), false), (None, false)]
    {
        let site = TestSite::new().base_url(base_url).start();
        for path in ["/", "/none", "/robots.txt"] {
            let answer = site.get(path).await;
            assert_eq!(answer.header(header).contains("max-age"), promised, "{base_url:?} {path}");
        }
    }
}

#[tokio::test]
async fn programs_of_other_sites_may_read_the_formats_for_programs() {
    let site = TestSite::new().start();
    let map = site.get("/sitemap.xml").await;
    assert_eq!(map.header("access-control-allow-origin"), "*");
    assert_eq!(map.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(site.get("/").await.header("access-control-allow-origin"), "");
}
