//! HTTP as it is meant, on every kind of thing that the server sends: what a careful client or
//! cache would look at, one answer after another.

use std::collections::BTreeMap;

use career_guide::content::Content;
use career_guide::content::source::Source;
use career_guide::server::App;
use career_guide::site::Site;
use career_guide::site::resource::Resource;

use crate::support::process::Server;

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

fn ask(server: &Server, method: &str, path: &str, more: &str) -> Answer {
    use std::io::{Read as _, Write as _};
    let mut stream = server.connect();
    let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\n{more}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap()[9..12].parse().unwrap();
    let mut headers = BTreeMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let before = headers.insert(name.to_ascii_lowercase(), value.to_owned());
        assert!(before.is_none(), "{path}: {name} is said twice");
    }
    Answer { status, headers, body: bytes[end + 4..].to_vec() }
}

fn unpacked(answer: &Answer) -> Vec<u8> {
    use std::io::Read as _;
    let mut out = Vec::new();
    match answer.header("content-encoding") {
        "br" => brotli::Decompressor::new(&*answer.body, 4096).read_to_end(&mut out).unwrap(),
        "gzip" => flate2::read::GzDecoder::new(&*answer.body).read_to_end(&mut out).unwrap(),
        _ => return answer.body.clone(),
    };
    out
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

fn shipped(base_url: &str) -> Site {
    let settings = career_guide::config::Settings {
        base_url: Some(base_url.to_owned()),
        ..Default::default()
    };
    let config = career_guide::config::Config::new(&settings).unwrap();
    Site::build(Content::load(&Source::Embedded).unwrap(), &config).unwrap()
}

#[test]
fn a_careful_client_finds_nothing_to_remark() {
    let mut server = Server::start(&["--base-url", "https://example.org"]);
    for (path, status) in kinds(&shipped("https://example.org")) {
        let plain = ask(&server, "GET", &path, "");
        assert_eq!(plain.status, status, "{path}");
        for accept in ["identity", "gzip", "br"] {
            let coding = format!("Accept-Encoding: {accept}\r\n");
            let get = ask(&server, "GET", &path, &coding);
            assert_eq!(get.status, status, "{path}");
            assert_eq!(unpacked(&get), plain.body, "{path} {accept}");
            // A date that parses, a length that is right, a type that says its letters.
            assert!(get.header("date").ends_with(" GMT"), "{path}");
            assert_eq!(get.header("content-length"), get.body.len().to_string(), "{path}");
            let kind = get.header("content-type");
            assert!(!kind.starts_with("text/") || kind.contains("; charset=utf-8"), "{path}");
            assert!(!get.header("cache-control").is_empty(), "{path}");
            assert!(get.header("transfer-encoding").is_empty(), "{path}");
            // Whoever keeps it must know what it depends on, in every form of it.
            assert_eq!(get.header("vary"), plain.header("vary"), "{path} {accept}");
            let packed = get.header("content-encoding");
            assert!(packed.is_empty() || get.header("vary") == "Accept-Encoding", "{path}");
            for outdated in ["expires", "pragma", "server", "x-powered-by", "set-cookie", "via"] {
                assert!(get.header(outdated).is_empty(), "{path}: {outdated}");
            }

            let head = ask(&server, "HEAD", &path, &coding);
            assert_eq!((head.status, head.body.len()), (status, 0), "{path}");
            let mut said = get.headers.clone();
            said.insert("date".to_owned(), head.header("date").to_owned());
            assert_eq!(head.headers, said, "{path}");

            let etag = get.header("etag");
            let may_be_kept = get.header("cache-control") != "no-store";
            assert_eq!(!etag.is_empty(), may_be_kept && status == 200, "{path}");
            if etag.is_empty() {
                continue;
            }
            assert!(!etag.starts_with("W/") && etag.starts_with('"'), "{path}");
            assert_eq!(get.header("accept-ranges"), "none", "{path}");
            assert_eq!(etag == plain.header("etag"), packed.is_empty(), "{path}");
            let known = ask(&server, "GET", &path, &format!("{coding}If-None-Match: {etag}\r\n"));
            assert_eq!((known.status, known.body.len()), (304, 0), "{path}");
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
                let more = format!("{coding}{condition}\r\n");
                assert_eq!(
                    ask(&server, "GET", &path, &more).status,
                    expected,
                    "{path} {condition}"
                );
            }
        }
        let options = ask(&server, "OPTIONS", &path, "");
        assert_eq!((options.status, options.body.len()), (204, 0), "{path}");
        let refused = ask(&server, "DELETE", &path, "");
        assert_eq!(refused.status, 405, "{path}");
        assert_eq!(refused.header("allow"), "GET, HEAD, OPTIONS", "{path}");
        if status == 308 {
            assert_eq!(plain.header("location"), "/guide");
        }
    }
    assert_eq!(server.stop(), Some(0));
}

/// The Observatory's scoring of a page (its tests of 2024, with their modifiers): 100, and what is
/// better than good adds to it.
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
    score += match answer.header("access-control-allow-origin") {
        "" => 0,
        _ => -50,
    };
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
    let mut server = Server::start(&["--base-url", "https://example.org"]);
    for path in ["/", "/guide", "/compare", "/compare?currency=USD", "/sources", "/none", "/%00"] {
        let answer = ask(&server, "GET", path, "");
        assert!(observatory(&answer) >= 125, "{path}: {}", observatory(&answer));
        let policy = answer.header("content-security-policy");
        assert!(!policy.contains("unsafe") && policy.contains("base-uri 'none'"), "{policy}");
    }
    // Without TLS nothing is promised about it, which costs points and nothing else would.
    let mut open = Server::start(&[]);
    assert_eq!(observatory(&ask(&open, "GET", "/", "")), 130 - 20);
    assert_eq!((server.stop(), open.stop()), (Some(0), Some(0)));
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
    let site = shipped("https://example.org/careers");
    let all: Vec<(&str, &Resource)> = site.resources().collect();
    assert!(all.len() > 20);
    let mut found = 0;
    for (path, resource) in all {
        let Ok(text) = std::str::from_utf8(&resource.identity().body) else { continue };
        // Code is read by the browser tests, which run it; its text is full of slashes.
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

/// The lines that count what has no name.
fn others(app: &App) -> Vec<String> {
    let counted = app.state().metrics().text();
    let lines = counted.lines().filter(|line| line.contains("requests_total{route=\"other\""));
    lines.map(str::to_owned).collect()
}

#[test]
fn everything_that_is_sent_has_a_name_under_which_it_is_counted() {
    let site = std::sync::Arc::new(shipped("https://example.org/careers"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let app = App::new(std::sync::Arc::clone(&site));
    let mut nameless = Vec::new();
    for (path, _) in site.resources() {
        let before = others(&app);
        let request = http::Request::get(format!("/careers{path}")).header("host", "x");
        let request = request.body(axum::body::Body::empty()).unwrap();
        runtime.block_on(app.ask(request));
        if others(&app) != before {
            nameless.push(path);
        }
    }
    assert!(nameless.is_empty(), "{nameless:?} have no names in src/server/metrics/label.rs");
}
