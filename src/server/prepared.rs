//! Owns the answers that are there already, which is one look-up, and what is done about addresses at
//! which there is nothing.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use http::Uri;
use tower::ServiceExt as _;

use super::error::AppError;
use super::path::{self, Address};
use super::redirect;
use super::respond::{Client, respond};
use super::state::{AppState, CurrentSite};
use crate::site::headers::CachePolicy;
use crate::site::{Entry, Site};

/// What the site has at this very address, or made before for this very query.
pub(super) fn find<B>(site: &Site, request: &http::Request<B>) -> Option<Response> {
    let (uri, method, headers) = (request.uri(), request.method(), request.headers());
    let path = uri.path().strip_prefix(site.urls().base_path())?;
    if let Some(resource) = site.ready(path, uri.query()) {
        return Some(respond(resource, method, headers));
    }
    let made = site.queries().get(path, uri.query()?)?;
    Some(respond(&made, method, headers))
}

/// Answers with what the site has, and leaves the rest to `missing`.
pub(super) async fn show_prepared(
    State(state): State<Arc<AppState>>,
    missing: Router,
    request: Request,
) -> Response {
    let found = find(&state.site(), &request);
    if let Some(response) = found {
        return response;
    }
    let Ok(response) = missing.oneshot(request).await;
    response
}

/// Answers at an address that no route has and at which the site has nothing: leads on where it is
/// another spelling or an old address, and says so where there is nothing.
pub(super) async fn show_missing(
    site: CurrentSite,
    client: Client,
    uri: Uri,
) -> Result<Response, AppError> {
    let path = match path::parse(uri.path(), site.urls().base_path()) {
        Address::Plain(path) => path,
        Address::Untidy(tidy) => return Ok(moved(&site, &client, &uri, &tidy)),
        Address::Nowhere => return Err(AppError::NotFound),
        Address::Broken => {
            let why = "Its path holds characters or escapes that mean nothing.";
            return Err(AppError::BadRequest(why.to_owned()));
        }
    };
    // The site knows paths as they are read, which may be spelled by escapes in an address.
    match site.find(&path) {
        Some(Entry::Redirect(to)) if to.starts_with('/') => {
            Ok(moved(&site, &client, &uri, &site.urls().path(to)))
        }
        Some(Entry::Redirect(to)) => Ok(moved(&site, &client, &uri, to)),
        Some(Entry::Resource(resource) | Entry::Defaults(resource)) => Ok(client.respond(resource)),
        None => Err(AppError::NotFound),
    }
}

fn moved(site: &Site, client: &Client, uri: &Uri, to: &str) -> Response {
    // SECURITY: what follows the `?` may be what somebody earns, so nobody may keep the answer.
    let policy = if uri.query().is_some() { CachePolicy::Never } else { CachePolicy::Hour };
    client.respond_plain(&redirect::to(site, &redirect::with_query(to, uri.query()), policy))
}
