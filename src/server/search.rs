//! Owns the answers of the search to a query. What is found is decided by `search`, what that looks
//! like by `pages`.

use axum::extract::RawQuery;
use axum::response::Response;
use url::form_urlencoded;

use super::error::AppError;
use super::query;
use super::respond::Client;
use super::state::CurrentSite;
use crate::address::{self, Query};
use crate::pages;
use crate::site::resource::Draft;
use crate::text::invisible::is_invisible;

/// The page of results.
pub(super) async fn show_results(
    site: CurrentSite,
    client: Client,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let query = query.unwrap_or_default();
    let query = &*query::known(&query, Query::Search.parameters());
    let made = site.queries().get_or_make(address::SEARCH, query, || -> Result<_, AppError> {
        let words = form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == address::query::WORDS);
        // What nobody sees comes with copied text, finds nothing, and may not stand in a page.
        let words: Option<String> =
            words.map(|(_, value)| value.chars().filter(|c| !is_invisible(*c)).collect());
        let words = words.as_deref().map(|words| (site.finder(), words));
        Ok(site.resource(Draft::page(pages::search(&site.shared(), words)?)))
    })?;
    Ok(client.respond(&made))
}
