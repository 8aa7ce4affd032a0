//! Owns how a resource goes out: in the best coding, or as the news that the client has it
//! already. It copies headers that were made with the site and decides little else.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Response, StatusCode};
use hyper::body::{Frame, SizeHint};

use super::negotiate::preference;
use crate::site::resource::{Resource, Variant};

/// A body that is there, whole.
#[derive(Debug, Default)]
pub struct Body(Bytes);

impl Body {
    /// No bytes.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The bytes.
    pub(super) fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = std::mem::take(&mut self.0);
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// The answer to a GET or HEAD of a resource.
pub(super) fn send(resource: &Resource, method: &Method, asked: &HeaderMap) -> Response<Body> {
    let Some(variant) = choose(resource, asked) else {
        return not_acceptable(resource, method);
    };
    if let Some(known) = &variant.not_modified
        && asked.contains_key(header::IF_MATCH)
        && !is_named(asked, header::IF_MATCH, Comparison::Strong, &known.etag)
    {
        return changed_since(variant, method);
    }
    if let Some(known) = &variant.not_modified
        && is_named(asked, header::IF_NONE_MATCH, Comparison::Weak, &known.etag)
    {
        return respond(StatusCode::NOT_MODIFIED, known.headers.clone(), Bytes::new());
    }
    let body = if *method == Method::HEAD { Bytes::new() } else { variant.body.clone() };
    respond(resource.status(), variant.headers.clone(), body)
}

fn choose<'r>(resource: &'r Resource, asked: &HeaderMap) -> Option<&'r Variant> {
    preference(asked).into_iter().flatten().find_map(|coding| match coding {
        Some(encoding) => resource.packed(encoding),
        None => Some(resource.identity()),
    })
}

/// The client refuses all that there is, the plain form included.
fn not_acceptable(resource: &Resource, method: &Method) -> Response<Body> {
    const TEXT: &str = "This is sent plain, and may be packed with br or gzip.\n";
    let mut headers = resource.identity().headers.clone();
    headers.remove(header::ETAG);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(TEXT.len()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let body = if *method == Method::HEAD { "" } else { TEXT };
    respond(StatusCode::NOT_ACCEPTABLE, headers, Bytes::from_static(body.as_bytes()))
}

/// The client wants this only if it is still what it was, and it is not.
fn changed_since(variant: &Variant, method: &Method) -> Response<Body> {
    const TEXT: &str = "This has changed since.\n";
    let mut headers = variant.headers.clone();
    headers.remove(header::CONTENT_ENCODING);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(TEXT.len()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let body = if *method == Method::HEAD { "" } else { TEXT };
    respond(StatusCode::PRECONDITION_FAILED, headers, Bytes::from_static(body.as_bytes()))
}

/// How entity tags are compared (RFC 9110, section 8.8.3.2).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Strong,
    Weak,
}

/// Whether a condition names this very form of the resource, or any.
fn is_named(asked: &HeaderMap, field: HeaderName, how: Comparison, etag: &HeaderValue) -> bool {
    asked.get_all(field).iter().any(|value| {
        value.as_bytes().split(|byte| *byte == b',').any(|tag| {
            let tag = tag.trim_ascii();
            let opaque = match how {
                Comparison::Weak => tag.strip_prefix(b"W/").unwrap_or(tag),
                Comparison::Strong => tag,
            };
            tag == b"*" || opaque == etag.as_bytes()
        })
    })
}

fn respond(status: StatusCode, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
