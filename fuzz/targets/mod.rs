//! What must hold of any input at all. Each function takes bytes and panics if something does not
//! hold. `cargo fuzz` calls them with inputs that it makes up, `cargo test` with those that are
//! stored under `corpus/`.

mod guide;
mod html;
mod rules;
mod searches;

use std::io::Read as _;
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use bytes::Bytes;
use career_guide::config::Config;
use career_guide::content::Content;
use career_guide::content::source::Source;
use career_guide::pay::comparison::Selection;
use career_guide::server::App;
use career_guide::site::Site;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, IF_NONE_MATCH};
use http::{HeaderValue, Request, Response, StatusCode, Uri};
use tokio::runtime::Runtime;
use url::form_urlencoded;

pub use rules::take_home;
pub use searches::search;

/// A whole page with its front matter: it is refused with problems that have a place, or becomes a
/// page that is well-formed and runs nothing.
pub fn markdown(data: &[u8]) {
    guide::read_and_render("guide/lamps.md", data);
}

/// A data file. The first line says which one: "salaries/nz.toml".
pub fn tables(data: &[u8]) {
    let line = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (name, text) = data.split_at(line);
    let Ok(name) = std::str::from_utf8(name) else { return };
    if guide::has(name) && !text.is_empty() {
        guide::read_and_render(name, &text[1..]);
    }
}

static APP: LazyLock<(Arc<Site>, App)> = LazyLock::new(|| {
    let content = Content::load(&Source::Embedded).unwrap_or_else(|problems| panic!("{problems}"));
    let site = Arc::new(Site::build(content, &Config::default()).expect("the guide is sound"));
    (Arc::clone(&site), App::new(site))
});

/// What stands after the `?` of a comparison: the page always answers, programs get an answer or
/// a list of mistakes, and the canonical address of a view is that of itself.
pub fn queries(data: &[u8]) {
    let content = &APP.0.content().salaries;
    let pairs = form_urlencoded::parse(data).into_owned();
    let (selection, _) = Selection::parse(pairs, content);
    for write in [Selection::canonical_query, Selection::share_query] {
        let address = write(&selection, content);
        let pairs = form_urlencoded::parse(address.as_bytes()).into_owned();
        let (again, ignored) = Selection::parse(pairs, content);
        assert_eq!(write(&again, content), address);
        assert!(ignored.is_empty(), "{ignored:?}");
        assert_eq!(again.offer, None, "an own figure got into {address}");
    }
    // What is no URI cannot be requested.
    let Ok(query) = std::str::from_utf8(data) else { return };
    for path in ["/compare", "/embed/compare"] {
        let Ok(uri) = format!("{path}?{query}").parse::<Uri>() else { return };
        let answer = ask(Request::get(uri));
        assert_eq!(answer.status(), StatusCode::OK, "{query}");
        html::assert_sound(&text(answer));
    }
    for (path, is_json) in [("/compare.json", true), ("/compare.csv", false)] {
        let answer = ask(Request::get(format!("{path}?{query}")));
        let refused = answer.status() == StatusCode::BAD_REQUEST;
        assert!(refused || answer.status() == StatusCode::OK, "{} of {query}", answer.status());
        let body = text(answer);
        if is_json || refused {
            let document: serde_json::Value = serde_json::from_str(&body).expect(&body);
            assert!(document.is_object(), "{body}");
        }
    }
}

/// A value of `Accept-Encoding`: the answer is in a coding that it names, unpacks to the same page,
/// and is known again by its tag.
pub fn accept_encoding(data: &[u8]) {
    let Ok(accept) = HeaderValue::from_bytes(data) else { return };
    let request = || Request::get("/about").header(ACCEPT_ENCODING, &accept);
    let answer = ask(request());
    let asked = data.to_ascii_lowercase();
    let names = |name: &str| asked.windows(name.len()).any(|part| part == name.as_bytes());
    if answer.status() == StatusCode::NOT_ACCEPTABLE {
        assert!(names("q") && names("0"), "nothing was refused");
        return;
    }
    assert_eq!(answer.status(), StatusCode::OK);
    let coding = answer.headers().get(CONTENT_ENCODING).cloned();
    let tag = answer.headers().get(ETAG).cloned().expect("a page has a tag");
    let body = answer.into_body();
    let mut unpacked = Vec::new();
    match coding.as_ref().map(HeaderValue::as_bytes) {
        None => unpacked.extend_from_slice(&body),
        Some(b"br") => {
            assert!(names("br") || names("*"));
            let mut reader = brotli::Decompressor::new(&*body, 4096);
            reader.read_to_end(&mut unpacked).expect("brotli");
        }
        Some(b"gzip") => {
            assert!(names("gzip") || names("*"));
            let mut reader = flate2::read::GzDecoder::new(&*body);
            reader.read_to_end(&mut unpacked).expect("gzip");
        }
        Some(other) => panic!("{other:?}"),
    }
    assert_eq!(unpacked, ask(Request::get("/about")).into_body());
    let again = ask(request().header(IF_NONE_MATCH, tag));
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

/// For the time limits of the layers around handlers.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
});

fn ask(request: http::request::Builder) -> Response<Bytes> {
    ask_of(&APP.1, request)
}

fn ask_of(app: &App, request: http::request::Builder) -> Response<Bytes> {
    let request =
        request.header("host", "example.org").body(Body::empty()).expect("a sound request");
    RUNTIME.block_on(app.ask(request))
}

fn text(answer: Response<Bytes>) -> String {
    String::from_utf8(answer.into_body().to_vec()).expect("UTF-8")
}
