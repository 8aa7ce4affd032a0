//! Owns what goes wrong with a request and how the reader is told. A fault of ours is logged once,
//! here, under a number that the page shows; what it was is never shown.

use std::error::Error;
use std::fmt::Write as _;

use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderValue};
use http::request::Parts;
use http::{StatusCode, Uri};

use super::metrics::Route;
use super::panics::caught_now;
use super::programs;
use super::request_id::{self, RequestId};
use crate::api::problem::Problem;
use crate::pages;
use crate::site::Site;
use crate::site::headers::CachePolicy;
use crate::site::resource::{Draft, Resource};

/// Why a request gets no ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such page.
    #[error("not found")]
    NotFound,
    /// The request makes no sense; says how, in words for the reader.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// A fault of ours.
    #[error("{0}")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl From<askama::Error> for AppError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// Handlers know no pages: an error travels to the boundary, which renders it.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Carried(std::sync::Arc::new(self)));
        response
    }
}

/// An error on its way to the boundary.
#[derive(Clone, Debug)]
pub(super) struct Carried(pub std::sync::Arc<AppError>);

impl AppError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The longest part of an unknown address that is shown to the reader.
const SHOWN: usize = 200;

/// The page that tells of the error, or plain text if even that fails; where programs read, a
/// problem document.
pub(super) fn page(error: &AppError, site: &Site, parts: &Parts) -> Resource {
    let path = parts.uri.path();
    let (title, why) = match error {
        AppError::NotFound if !programs::read_at(site, path) => return not_found(site, path),
        AppError::NotFound => ("Not Found", "There is no such table here."),
        AppError::BadRequest(why) => ("This address cannot be read", why.as_str()),
        AppError::Internal(fault) => return self::fault(fault.as_ref(), site, parts),
    };
    told(error.status(), title, why, site, path)
}

fn not_found(site: &Site, path: &str) -> Resource {
    let near = site.suggestions(path);
    let html = pages::not_found(&site.shared(), &shortened(path), &near);
    let status = StatusCode::NOT_FOUND;
    site.resource(match html {
        Ok(html) => Draft { status, ..Draft::page(html) },
        Err(template) => plain(status, &template),
    })
}

/// Tells the reader of a fault of ours that it is ours, and its number; and the log, once, what it
/// was. SECURITY: neither gets the query, which may hold what somebody earns.
pub(super) fn fault(fault: &(dyn Error + 'static), site: &Site, parts: &Parts) -> Resource {
    let id = RequestId::of(&parts.headers);
    let path = parts.uri.path();
    let route = Route::of(path.strip_prefix(site.urls().base_path()).unwrap_or_default()).name();
    tracing::error!(request = %id, route, error = %with_causes(fault), "a request failed");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let why =
        format!("The fault is ours and has been noted. If you report it, please name it: {id}.");
    // Whatever broke may break its own page as well.
    caught_now(|| told(status, "Something went wrong", &why, site, path))
        .unwrap_or_else(|_| site.resource(Draft::text(status, format!("{status}\n{why}\n"))))
        .with_header(&request_id::HEADER, &id.value())
}

/// A page with a sentence, or a problem document with the same.
fn told(status: StatusCode, title: &'static str, why: &str, site: &Site, path: &str) -> Resource {
    if programs::read_at(site, path) {
        // Problem documents are titled by what the status means (RFC 9457, section 4.2.1).
        let title = status.canonical_reason().unwrap_or(title);
        let problem = Problem::plain(status.as_u16(), title, why.to_owned(), instance(path));
        return programs::refusal(site, &problem);
    }
    let html = pages::failure(&site.shared(), status.as_u16(), title, why);
    site.resource(match html {
        Ok(html) => Draft { status, policy: CachePolicy::Never, ..Draft::page(html) },
        Err(template) => plain(status, &template),
    })
}

fn plain(status: StatusCode, template: &askama::Error) -> Draft {
    tracing::error!(error = %template, "the error page cannot be rendered");
    Draft::text(status, format!("{status}\n"))
}

/// For a request that no browser sends: it costs next to nothing to refuse.
pub(super) fn refused(site: &Site, status: StatusCode, why: &str) -> Resource {
    site.resource(Draft::text(status, format!("{why}\n")))
}

/// For a request that came with too many others.
pub(super) fn too_many(site: &Site) -> Resource {
    let why = "Too many readers at once. Please try again in a moment.";
    refused(site, StatusCode::SERVICE_UNAVAILABLE, why)
        .with_header(&header::RETRY_AFTER, &HeaderValue::from_static(RETRY_AFTER))
}

/// Seconds: by then whoever was first has been answered.
const RETRY_AFTER: &str = "2";

/// The longest target of a request in bytes; the longest comparison is a fifth of it, and HTTP asks
/// for no less (RFC 9110, section 4.1).
const LONGEST_TARGET: usize = 8 * 1024;

/// Whether an address is longer than any of ours.
pub(super) fn is_too_long(uri: &Uri) -> bool {
    uri.path_and_query().is_some_and(|target| target.as_str().len() > LONGEST_TARGET)
}

/// For a method that would change something.
pub(super) fn method_not_allowed(site: &Site, path: &str) -> Resource {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let why = "This site is only read: GET or HEAD.";
    if programs::read_at(site, path) {
        let title = "Method Not Allowed";
        let detail = why.to_owned();
        let problem = Problem::plain(status.as_u16(), title, detail, instance(path));
        return programs::refusal(site, &problem);
    }
    site.resource(Draft::text(status, format!("{why}\n")))
}

fn shortened(path: &str) -> String {
    path.chars().take(SHOWN).collect()
}

/// The path as an address in a document, which must be a valid one however broken the path is.
fn instance(path: &str) -> String {
    let mut address = String::new();
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if address.len() >= SHOWN {
            break;
        }
        match after {
            [high, low, after @ ..]
                if byte == b'%' && high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                address.extend(['%', char::from(*high), char::from(*low)]);
                rest = after;
            }
            _ => {
                if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
                    address.push(char::from(byte));
                } else {
                    // Writing to a string cannot fail.
                    let _ = write!(address, "%{byte:02X}");
                }
                rest = after;
            }
        }
    }
    address
}

fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_document_is_a_valid_address_however_broken_it_is() {
        for (path, expected) in [
            ("/salaries/in.json", "/salaries/in.json"),
            ("/salaries/%E2%82%B9.json", "/salaries/%E2%82%B9.json"),
            ("/salaries/₹%zz%.json", "/salaries/%E2%82%B9%25zz%25.json"),
            ("/salaries/a\"{b}.json", "/salaries/a%22%7Bb%7D.json"),
        ] {
            assert_eq!(instance(path), expected);
        }
        let long = instance(&format!("/{}", "%E2%82%B9".repeat(100)));
        assert!(long.len() < SHOWN + 3 && long.ends_with(['2', 'B', '9']), "{long}");
    }
}
