//! Owns what a reader sees when something goes wrong: a page that helps, for programs a problem
//! document, and plain text where even that fails. The entry point is the layer [`render_errors`].

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use http::header::{self, HeaderValue};

use super::error::catch_panic;
use super::path::UriAsSent;
use super::request_id;
use super::respond::Client;
use super::state::AppState;
use super::tables;
use crate::address;
use crate::api::problem::Problem;
use crate::pages;
use crate::site::Site;
use crate::site::headers::CachePolicy;
use crate::site::resource::{Draft, Resource};

/// The longest part of an unknown address that is shown to the reader, in bytes or characters.
const LONGEST_SHOWN: usize = 200;
/// The longest reason that a handler gives, in bytes; longer ones come from elsewhere.
const LONGEST_REASON: usize = 4096;
/// In seconds: by then the requests that came first have been answered.
const RETRY_AFTER: &str = "2";

/// Makes pages of the bare errors that handlers and the layers around them answer with.
pub(super) async fn render_errors(
    State(state): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Response {
    let client = Client::new(request.method(), request.headers());
    let uri = match request.extensions().get() {
        Some(UriAsSent(uri)) => uri.clone(),
        None => request.uri().clone(),
    };
    let id = request.headers().get(request_id::HEADER).cloned();
    let response = next.run(request).await;
    let status = response.status();
    // What a handler has made, among it the answers to conditions, is whole.
    let is_whole = response.headers().contains_key(header::CACHE_CONTROL);
    if is_whole || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (site, path) = (&state.site(), uri.path());
    let error = match status {
        StatusCode::NOT_FOUND => not_found(site, path),
        StatusCode::SERVICE_UNAVAILABLE => {
            state.metrics.count_shed_request();
            too_many_requests(site)
        }
        _ if status.is_client_error() => {
            let reason = to_bytes(response.into_body(), LONGEST_REASON).await.unwrap_or_default();
            bad_request(site, path, &String::from_utf8_lossy(&reason))
        }
        _ => fault(site, path, id.as_ref()),
    };
    client.respond(&error)
}

fn not_found(site: &Site, path: &str) -> Resource {
    let status = StatusCode::NOT_FOUND;
    if is_for_programs(site, path) {
        return explained(status, "Not Found", "There is no such table here.", site, path);
    }
    let shown: String = path.chars().take(LONGEST_SHOWN).collect();
    match pages::not_found(&site.shared(), &shown, &site.suggestions(path)) {
        Ok(html) => site.resource(Draft { status, ..Draft::page(html) }),
        Err(template) => page_failed(site, status, &template),
    }
}

fn bad_request(site: &Site, path: &str, reason: &str) -> Resource {
    let reason = match reason {
        "" => "What stands after the `?` cannot be read.",
        reason => reason,
    };
    explained(StatusCode::BAD_REQUEST, "This address cannot be read", reason, site, path)
}

/// Tells the reader of a fault of ours that it is ours, and under which name it was logged.
fn fault(site: &Site, path: &str, id: Option<&HeaderValue>) -> Resource {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let id = id.cloned().unwrap_or_else(|| HeaderValue::from_static("unknown"));
    let why = format!(
        "The fault is ours and has been noted. If you report it, please name it: {}.",
        id.to_str().unwrap_or_default()
    );
    // Whatever broke may break its own page as well.
    catch_panic(|| explained(status, "Something went wrong", &why, site, path))
        .unwrap_or_else(|_| site.resource(Draft::text(status, format!("{status}\n{why}\n"))))
        // Other answers are a function of content and settings, and so carry no such name.
        .with_header(&request_id::HEADER, &id)
}

/// A page with a sentence, or a problem document with the same.
fn explained(
    status: StatusCode,
    title: &'static str,
    why: &str,
    site: &Site,
    path: &str,
) -> Resource {
    if is_for_programs(site, path) {
        // Problem documents are titled by what the status means (RFC 9457, section 4.2.1).
        let title = status.canonical_reason().unwrap_or(title);
        let problem = Problem::plain(status.as_u16(), title, why.to_owned(), instance(path));
        return tables::problem_document(site, &problem);
    }
    match pages::failure(&site.shared(), status.as_u16(), title, why) {
        Ok(html) => {
            site.resource(Draft { status, policy: CachePolicy::Never, ..Draft::page(html) })
        }
        Err(template) => page_failed(site, status, &template),
    }
}

fn page_failed(site: &Site, status: StatusCode, template: &askama::Error) -> Resource {
    tracing::error!(error = %template, "the error page cannot be rendered");
    site.resource(Draft::text(status, format!("{status}\n")))
}

/// A sentence without a page, for requests that no browser sends: it costs next to nothing.
pub(super) fn plain(site: &Site, status: StatusCode, why: &str) -> Resource {
    site.resource(Draft::text(status, format!("{why}\n")))
}

/// For a request that came with too many others.
pub(super) fn too_many_requests(site: &Site) -> Resource {
    let why = "Too many readers at once. Please try again in a moment.";
    plain(site, StatusCode::SERVICE_UNAVAILABLE, why)
        .with_header(&header::RETRY_AFTER, &HeaderValue::from_static(RETRY_AFTER))
}

/// For a method that would change something.
pub(super) fn method_not_allowed(site: &Site, path: &str) -> Resource {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let why = "This site is only read: GET or HEAD.";
    if is_for_programs(site, path) {
        return explained(status, "", why, site, path);
    }
    plain(site, status, why)
}

/// Whether programs read at this path, as it stands in a request: they get problem documents.
pub(super) fn is_for_programs(site: &Site, path: &str) -> bool {
    path.strip_prefix(site.urls().base_path()).is_some_and(address::is_for_programs)
}

/// The path as an address in a document, which must be a valid one however broken the path is.
fn instance(path: &str) -> String {
    let mut address = String::new();
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if address.len() >= LONGEST_SHOWN {
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
        assert!(long.len() < LONGEST_SHOWN + 3 && long.ends_with(['2', 'B', '9']), "{long}");
    }
}
