//! A server for comparison: axum and one handler that knows its answer, as bare as it gets. It
//! sends the bytes and headers of one page, taken from files, and 304 to clients that have them.
//!
//! `bare ADDRESS HEADERS BODY`

use std::error::Error;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, headers, body] = arguments.as_slice() else {
        return Err("usage: bare ADDRESS HEADERS BODY".into());
    };
    let full = read_headers(&std::fs::read_to_string(headers)?)?;
    let body = Bytes::from(std::fs::read(body)?);
    let mut known = full.clone();
    for describing in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING] {
        known.remove(describing);
    }
    let handler = async move |request: HeaderMap| -> Response {
        if request.get(IF_NONE_MATCH).is_some_and(|tag| Some(tag) == known.get(ETAG)) {
            (StatusCode::NOT_MODIFIED, known.clone()).into_response()
        } else {
            (full.clone(), body.clone()).into_response()
        }
    };
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, Router::new().route("/page", get(handler))).await?;
    Ok(())
}

/// Lines of `name: value`.
fn read_headers(text: &str) -> Result<HeaderMap, Box<dyn Error>> {
    let mut headers = HeaderMap::new();
    for line in text.lines() {
        let (name, value) = line.split_once(": ").ok_or("a line is no header")?;
        headers.insert(name.parse::<HeaderName>()?, value.parse::<HeaderValue>()?);
    }
    Ok(headers)
}
