//! Owns the answers of the search to a query. Thin: what answers it is the search's business, what
//! that looks like the pages'.

use axum::Router;
use axum::routing::get;
use http::Uri;
use url::form_urlencoded;

use super::error::AppError;
use super::routes::{Current, Reply};
use crate::pages;
use crate::site::resource::Draft;

/// The route of this module. Without a query its page is looked up in the site.
pub(super) fn routes() -> Router {
    Router::new().route("/search", get(show_results))
}

async fn show_results(Current(site): Current, uri: Uri) -> Result<Reply, AppError> {
    let query = uri.query().unwrap_or_default();
    let made = site.queries().get_or_make("/search", query, || -> Result<_, AppError> {
        let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q");
        let asked = asked.as_ref().map(|(_, value)| value.as_ref());
        let html = pages::search(&site.shared(), asked.map(|asked| (site.finder(), asked)))?;
        Ok(site.resource(Draft::page(html)))
    })?;
    Ok(Reply(made))
}
