//! HTTP as its standards ask for it, on every kind of thing that the server sends: what a careful
//! client or cache would look at.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use career_guide::config::Config;
use career_guide::server::App;
use career_guide::site::Site;
use career_guide::site::resource::Resource;
use http::{HeaderMap, HeaderName, StatusCode};

use crate::support::process::{Server, read_to_end};
use crate::support::{Answer, shipped_with};

fn ask(server: &Server, method: &str, path: &str, more: &str) -> Answer {
    let mut stream = server.connect();
    let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\n{more}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let bytes = read_to_end(&mut stream);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let mut lines = std::str::from_utf8(&bytes[..end]).unwrap().split("\r\n");
    let status = StatusCode::from_bytes(&lines.next().unwrap().as_bytes()[9..12]).unwrap();
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let earlier = headers.insert(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        assert!(earlier.is_none(), "{path}: {name} is sent twice");
    }
    Answer { status, headers, body: bytes[end + 4..].to_vec() }
}

/// One address of each kind, and what is sent there.
fn kinds(site: &Site) -> Vec<(String, u16)> {
    let asset = |ending: &str| {
        let mut paths: Vec<&str> = site.resources().map(|(path, _)| path).collect();
        paths.sort_unstable();
        let found =
            paths.iter().find(|path| path.starts_with("/assets/") && path.ends_with(ending));
        (*found.unwrap()).to_owned()
    };
    let country = format!("/salaries/{}", site.content().salaries.countries[0].code);
    [
        ("/", 200),
        ("/guide", 200),
        (&format!("/guide/{}", site.content().sections[0].id), 200),
        (&country, 200),
        (&format!("{country}.json"), 200),
        ("/salaries.json", 200),
        ("/compare", 200),
        ("/compare?currency=USD", 200),
        ("/compare?offer=1", 200),
        ("/compare.json?currency=USD", 200),
        ("/compare.csv", 200),
        ("/compare.csv?currency=usd", 200),
        ("/compare.json?level=none", 400),
        ("/embed/compare", 200),
        ("/sitemap.xml", 200),
        ("/robots.txt", 200),
        ("/openapi.json", 200),
        (&asset(".css"), 200),
        (&asset(".js"), 200),
        (&asset(".svg"), 200),
        ("/none", 404),
        ("/salaries/none.json", 404),
        ("/guide/", 308),
        ("/%00", 400),
        ("/healthz", 200),
        ("/readyz", 200),
    ]
    .map(|(path, status)| (path.to_owned(), status))
    .to_vec()
}

fn shipped_at(base_url: &str) -> Arc<Site> {
    let base_url = Some(base_url.parse().unwrap());
    shipped_with(&Config { base_url, ..Config::default() })
}

#[test]
fn every_answer_is_complete_cacheable_and_answers_conditions_as_http_asks() {
    let server = Server::start(&["--base-url", "https://example.org"]);
    for (path, status) in kinds(&shipped_at("https://example.org")) {
        let plain = ask(&server, "GET", &path, "");
        assert_eq!(plain.status, status, "{path}");
        for accept in ["identity", "gzip", "br"] {
            let coding = format!("Accept-Encoding: {accept}\r\n");
            let get = ask(&server, "GET", &path, &coding);
            assert_eq!(get.status, status, "{path}");
            assert_eq!(get.unpacked(), plain.body, "{path} {accept}");
            assert!(get.header("date").ends_with(" GMT"), "{path}");
            assert_eq!(get.header("content-length"), get.body.len().to_string(), "{path}");
            let kind = get.header("content-type");
            assert!(!kind.starts_with("text/") || kind.contains("; charset=utf-8"), "{path}");
            assert!(!get.header("cache-control").is_empty(), "{path}");
            assert!(get.header("transfer-encoding").is_empty(), "{path}");
            // A cache must know what each form depends on.
            assert_eq!(get.header("vary"), plain.header("vary"), "{path} {accept}");
            let packed = get.header("content-encoding");
            assert!(packed.is_empty() || get.header("vary") == "Accept-Encoding", "{path}");
            for outdated in ["expires", "pragma", "server", "x-powered-by", "set-cookie", "via"] {
                assert!(get.header(outdated).is_empty(), "{path}: {outdated}");
            }

            let head = ask(&server, "HEAD", &path, &coding);
            assert_eq!((head.status.as_u16(), head.body.len()), (status, 0), "{path}");
            let mut expected_headers = get.headers.clone();
            expected_headers.insert("date", head.headers["date"].clone());
            assert_eq!(head.headers, expected_headers, "{path}");

            let etag = get.header("etag");
            let may_be_stored = get.header("cache-control") != "no-store";
            assert_eq!(!etag.is_empty(), may_be_stored && status == 200, "{path}");
            if etag.is_empty() {
                continue;
            }
            assert!(!etag.starts_with("W/") && etag.starts_with('"'), "{path}");
            assert_eq!(get.header("accept-ranges"), "none", "{path}");
            assert_eq!(etag == plain.header("etag"), packed.is_empty(), "{path}");
            let known = ask(&server, "GET", &path, &format!("{coding}If-None-Match: {etag}\r\n"));
            assert_eq!((known.status.as_u16(), known.body.len()), (304, 0), "{path}");
            for repeated in ["etag", "cache-control", "vary", "date"] {
                assert_eq!(
                    known.header(repeated).is_empty(),
                    get.header(repeated).is_empty(),
                    "{path}"
                );
            }
            if accept != "br" {
                continue;
            }
            for (condition, expected) in [
                ("If-None-Match: \"another\"", 200),
                (
                    "If-None-Match: \"another\"\r\nIf-Modified-Since: Sun, 01 Jan 2090 00:00:00 GMT",
                    200,
                ),
                ("If-Match: \"another\"", 412),
                ("If-Match: *", 200),
                (&format!("If-Match: W/{etag}"), 412),
                (&format!("If-Match: \"another\", {etag}"), 200),
                ("Range: bytes=0-9", 200),
                (&format!("Range: bytes=0-9\r\nIf-Range: {etag}"), 200),
                ("Range: lines=1-2", 200),
            ] {
                let answer = ask(&server, "GET", &path, &format!("{coding}{condition}\r\n"));
                assert_eq!(answer.status, expected, "{path} {condition}");
                assert!(expected == 412 || answer.body == get.body, "{path} {condition}");
            }
        }
        let options = ask(&server, "OPTIONS", &path, "");
        assert_eq!((options.status.as_u16(), options.body.len()), (204, 0), "{path}");
        let refused = ask(&server, "DELETE", &path, "");
        assert_eq!(refused.status, 405, "{path}");
        assert_eq!(refused.header("allow"), "GET, HEAD, OPTIONS", "{path}");
        if status == 308 {
            assert_eq!(plain.header("location"), "/guide");
        }
    }
}

/// The score of a page in Mozilla's HTTP Observatory (its tests of 2024, with their modifiers): 100,
/// to which some headers add.
fn observatory(answer: &Answer) -> i32 {
    let mut score = 100;
    let policy: BTreeMap<&str, &str> = answer
        .header("content-security-policy")
        .split(';')
        .map(|directive| directive.trim().split_once(' ').unwrap_or((directive.trim(), "")))
        .collect();
    let unsafe_words = ["'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*"];
    let scripts = policy.get("script-src").or(policy.get("default-src")).copied();
    let styles = policy.get("style-src").or(policy.get("default-src")).copied();
    let objects = policy.get("object-src").or(policy.get("default-src")).copied();
    let holds = |value: Option<&str>| {
        value.is_none_or(|value| value.split(' ').any(|word| unsafe_words.contains(&word)))
    };
    score += match policy.get("default-src") {
        _ if holds(scripts) || holds(objects) => -25,
        Some(&"'none'") if !holds(styles) => 10,
        _ if holds(styles) => 0,
        _ => 5,
    };
    score += if answer.headers.contains_key("set-cookie") { -20 } else { 0 };
    score += if answer.header("access-control-allow-origin").is_empty() { 0 } else { -50 };
    score += match answer.header("referrer-policy") {
        "no-referrer" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" => 5,
        "" => 0,
        _ => -5,
    };
    let age = answer.header("strict-transport-security").split(';').next().unwrap_or_default();
    score += match age.trim_start_matches("max-age=").parse::<u32>() {
        Ok(seconds) if seconds >= 15_768_000 => 0,
        Ok(_) => -10,
        Err(_) => -20,
    };
    score += if answer.header("x-content-type-options") == "nosniff" { 0 } else { -5 };
    score += match policy.get("frame-ancestors") {
        Some(&"'none'" | &"'self'") => 5,
        Some(_) => 0,
        None => -20,
    };
    score += match answer.header("cross-origin-resource-policy") {
        "same-origin" | "same-site" | "cross-origin" => 10,
        _ => 0,
    };
    score
}

#[test]
fn the_observatory_would_grade_every_page_a_plus() {
    let server = Server::start(&["--base-url", "https://example.org"]);
    for path in ["/", "/guide", "/compare", "/compare?currency=USD", "/sources", "/none", "/%00"] {
        let answer = ask(&server, "GET", path, "");
        assert!(observatory(&answer) >= 125, "{path}: {}", observatory(&answer));
        let policy = answer.header("content-security-policy");
        assert!(!policy.contains("unsafe") && policy.contains("base-uri 'none'"), "{policy}");
    }
    // Without TLS strict transport is not promised, which alone costs points.
    let open = Server::start(&[]);
    assert_eq!(observatory(&ask(&open, "GET", "/", "")), 130 - 20);
}

/// Everything that looks like an address from the root, in any kind of text.
fn rooted(text: &str) -> Vec<&str> {
    let ends = |c: char| c.is_whitespace() || "\"'()<>;,".contains(c);
    ["href=\"", "src=\"", "action=\"", "srcset=\"", "content=\"", "url(", "url(\"", "(", "\"", "'"]
        .iter()
        .flat_map(|before| text.split(before).skip(1))
        .filter(|rest| rest.starts_with('/') && !rest.starts_with("/>") && !rest.starts_with("//"))
        .map(|rest| rest.split(ends).next().unwrap_or_default())
        .filter(|path| path.len() > 1 && path[1..].starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect()
}

#[test]
fn below_a_base_path_nothing_that_is_sent_leads_anywhere_else() {
    let site = shipped_at("https://example.org/careers");
    let all: Vec<(&str, &Resource)> = site.resources().collect();
    assert!(all.len() > 20);
    let mut found = 0;
    for (path, resource) in all {
        let Ok(text) = std::str::from_utf8(&resource.identity().body) else { continue };
        // Scripts are tested by running them in a browser; their text is full of slashes.
        if path.ends_with(".js") || path == "/openapi.json" {
            continue;
        }
        for address in rooted(text) {
            assert!(address.starts_with("/careers/"), "{path} leads to {address}");
            found += 1;
        }
        for absolute in text.split("https://example.org").skip(1) {
            assert!(absolute.starts_with("/careers"), "{path}: {}", &absolute[..40]);
            found += 1;
        }
    }
    assert!(found > 300, "{found}");
}

/// The lines that count requests to addresses without a label.
fn unlabelled(app: &App) -> Vec<String> {
    let counted = app.state().metrics().text();
    let lines = counted.lines().filter(|line| line.contains("requests_total{route=\"other\""));
    lines.map(str::to_owned).collect()
}

#[test]
fn every_address_of_the_site_has_a_label_under_which_it_is_counted() {
    let site = shipped_at("https://example.org/careers");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let app = App::new(Arc::clone(&site));
    let mut without_label = Vec::new();
    for (path, _) in site.resources() {
        let before = unlabelled(&app);
        let request = http::Request::get(format!("/careers{path}")).header("host", "x");
        let request = request.body(axum::body::Body::empty()).unwrap();
        runtime.block_on(app.ask(request));
        if unlabelled(&app) != before {
            without_label.push(path);
        }
    }
    assert!(
        without_label.is_empty(),
        "{without_label:?} are not in the table of src/address/table.rs"
    );
}
