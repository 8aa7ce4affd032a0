//! Owns what goes wrong with a request and how the reader is told. A fault of ours is logged once,
//! here, under a number that the page shows; what it was is never shown.

use std::collections::hash_map::RandomState;
use std::error::Error;
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{self, HeaderValue};

use super::programs;
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
    /// More is asked for than can be made just now.
    #[error("busy")]
    Busy,
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
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The longest part of an unknown address that is shown to the reader.
const SHOWN: usize = 200;

/// The page that tells of the error, or plain text if even that fails; where programs read, a
/// problem document.
pub(super) fn page(error: &AppError, site: &Site, path: &str) -> Resource {
    if programs::read_at(site, path) {
        return problem(error, site, path);
    }
    if matches!(error, AppError::Busy) {
        return busy(site);
    }
    let shared = site.shared();
    let (policy, html) = match error {
        AppError::NotFound => {
            let near = site.suggestions(path);
            (CachePolicy::Revalidate, pages::not_found(&shared, &shortened(path), &near))
        }
        AppError::BadRequest(why) => {
            let title = "This address cannot be read";
            (CachePolicy::Never, pages::failure(&shared, 400, title, why))
        }
        // Told in plain text, above: a page would be more work where there is too much already.
        AppError::Busy => (CachePolicy::Never, Ok(BUSY.to_owned())),
        AppError::Internal(fault) => {
            let message = noted(fault.as_ref());
            let title = "Something went wrong";
            (CachePolicy::Never, pages::failure(&shared, 500, title, &message))
        }
    };
    let status = error.status();
    let draft = match html {
        Ok(html) => Draft { status, policy, ..Draft::page(html) },
        Err(template) => {
            tracing::error!(error = %template, "the error page cannot be rendered");
            Draft::text(status, format!("{status}\n"))
        }
    };
    site.resource(draft)
}

fn problem(error: &AppError, site: &Site, path: &str) -> Resource {
    let (title, detail) = match error {
        AppError::NotFound => ("Not Found", "There is no such table here.".to_owned()),
        AppError::BadRequest(why) => ("Bad Request", why.clone()),
        AppError::Busy => ("Service Unavailable", BUSY.trim_end().to_owned()),
        AppError::Internal(fault) => ("Internal Server Error", noted(fault.as_ref())),
    };
    let status = error.status().as_u16();
    programs::refusal(site, &Problem::plain(status, title, detail, instance(path)))
}

const BUSY: &str = "Too much is asked for just now. Try again in a few seconds.\n";
/// Seconds after which it is worth asking again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("3");

fn busy(site: &Site) -> Resource {
    site.resource(Draft::text(StatusCode::SERVICE_UNAVAILABLE, BUSY))
        .with_header(&header::RETRY_AFTER, &RETRY_AFTER)
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

/// Logs a fault of ours under a number, and says so.
fn noted(fault: &(dyn Error + 'static)) -> String {
    let number = request_number();
    tracing::error!(request = %number, error = %with_causes(fault), "a request failed");
    format!("The fault is ours and has been noted. If you report it, please name it: {number}.")
}

/// What can be said when nothing else works.
pub(super) fn last_resort(site: &Site) -> Resource {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    site.resource(Draft::text(status, format!("{status}\n")))
}

/// Unlike that of any other request, of this process or another.
fn request_number() -> String {
    static PROCESS: LazyLock<u32> = LazyLock::new(|| {
        let random = RandomState::new().build_hasher().finish();
        u32::try_from(random >> 32).unwrap_or_default()
    });
    static COUNT: AtomicU32 = AtomicU32::new(1);
    format!("{:08x}-{}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed))
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
