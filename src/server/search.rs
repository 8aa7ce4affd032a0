//! Owns the answers of the search to a query. Thin: what answers it is the search's business, what
//! that looks like the pages'.

use axum::Router;
use axum::routing::get;
use http::Uri;
use url::form_urlencoded;

use super::error::AppError;
use super::query;
use super::routes::{Current, Reply};
use crate::address::{self, Query};
use crate::pages;
use crate::site::resource::Draft;
use crate::text::invisible::is_invisible;

/// The route of this module. Without a query its page is looked up in the site.
pub(super) fn routes() -> Router {
    Router::new().route(address::SEARCH, get(show_results))
}

async fn show_results(Current(site): Current, uri: Uri) -> Result<Reply, AppError> {
    let query = &*query::known(uri.query().unwrap_or_default(), Query::Search.parameters());
    let made = site.queries().get_or_make(address::SEARCH, query, || -> Result<_, AppError> {
        let asked = form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == address::query::WORDS);
        // What nobody sees comes with copied text, finds nothing, and may not stand in a page.
        let asked: Option<String> =
            asked.map(|(_, value)| value.chars().filter(|c| !is_invisible(*c)).collect());
        let asked = asked.as_deref().map(|asked| (site.finder(), asked));
        let html = pages::search(&site.shared(), asked)?;
        Ok(site.resource(Draft::page(html)))
    })?;
    Ok(Reply(made))
}
