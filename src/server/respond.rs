//! Owns in which form a resource goes out: packed as the client prefers, or as the news that the
//! client has it already. The entry points are [`respond`] and, for handlers, [`Client`]. It copies
//! headers that were made with the site and decides little else.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::response::Response;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use http::{Method, StatusCode};

use super::negotiate::preference;
use crate::site::resource::{Resource, Variant};

/// What a request says about the form in which its client wants the answer.
#[derive(Clone, Debug)]
pub struct Client {
    method: Method,
    headers: HeaderMap,
}

impl Client {
    /// Of a request with this method and these headers.
    pub(super) fn new(method: &Method, headers: &HeaderMap) -> Self {
        let mut wanted = HeaderMap::with_capacity(3);
        for name in [header::ACCEPT_ENCODING, header::IF_MATCH, header::IF_NONE_MATCH] {
            for value in headers.get_all(&name) {
                wanted.append(name.clone(), value.clone());
            }
        }
        Self { method: method.clone(), headers: wanted }
    }

    /// The answer to this client.
    pub fn respond(&self, resource: &Resource) -> Response {
        respond(resource, &self.method, &self.headers)
    }

    /// The same, never packed and never left out: for answers too short to be worth it.
    pub(super) fn respond_plain(&self, resource: &Resource) -> Response {
        respond(resource, &self.method, &HeaderMap::new())
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::new(&parts.method, &parts.headers))
    }
}

/// The answer to a GET or HEAD of a resource.
pub(super) fn respond(resource: &Resource, method: &Method, asked: &HeaderMap) -> Response {
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
        return response(StatusCode::NOT_MODIFIED, known.headers.clone(), Bytes::new());
    }
    let body = if *method == Method::HEAD { Bytes::new() } else { variant.body.clone() };
    response(resource.status(), variant.headers.clone(), body)
}

fn choose<'r>(resource: &'r Resource, asked: &HeaderMap) -> Option<&'r Variant> {
    preference(asked).into_iter().flatten().find_map(|coding| match coding {
        Some(encoding) => resource.packed(encoding),
        None => Some(resource.identity()),
    })
}

/// The client refuses all that there is, the plain form included.
fn not_acceptable(resource: &Resource, method: &Method) -> Response {
    const TEXT: &str = "This is sent plain, and may be packed with br or gzip.\n";
    let mut headers = resource.identity().headers.clone();
    headers.remove(header::ETAG);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(TEXT.len()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let body = if *method == Method::HEAD { "" } else { TEXT };
    response(StatusCode::NOT_ACCEPTABLE, headers, Bytes::from_static(body.as_bytes()))
}

/// The client wants this only if it is still what it was, and it is not.
fn changed_since(variant: &Variant, method: &Method) -> Response {
    const TEXT: &str = "This has changed since.\n";
    let mut headers = variant.headers.clone();
    headers.remove(header::CONTENT_ENCODING);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(TEXT.len()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let body = if *method == Method::HEAD { "" } else { TEXT };
    response(StatusCode::PRECONDITION_FAILED, headers, Bytes::from_static(body.as_bytes()))
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

fn response(status: StatusCode, headers: HeaderMap, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
