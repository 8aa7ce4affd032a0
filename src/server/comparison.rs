//! Owns the answers of the comparison to a query: its page and its form for frames. Thin: what a
//! query means is the domain's business, what it looks like the pages'.

use axum::Router;
use axum::routing::get;
use http::Uri;
use url::form_urlencoded;

use super::error::AppError;
use super::query;
use super::routes::{Current, Reply};
use crate::address::{self, Query};
use crate::pages::{self, Asked, Shared};
use crate::pay::comparison::Selection;
use crate::site::Site;
use crate::site::headers::{CachePolicy, Kind};
use crate::site::resource::Draft;

/// The routes of this module. Without a query both are looked up in the site.
pub(super) fn routes() -> Router {
    Router::new()
        .route(address::COMPARE, get(show_comparison))
        .route(address::EMBED_COMPARE, get(show_embed))
}

async fn show_comparison(Current(site): Current, uri: Uri) -> Result<Reply, AppError> {
    reply(&site, address::COMPARE, uri.query().unwrap_or_default(), Kind::Page, pages::compare)
}

async fn show_embed(Current(site): Current, uri: Uri) -> Result<Reply, AppError> {
    reply(&site, address::EMBED_COMPARE, uri.query().unwrap_or_default(), Kind::Embed, pages::embed)
}

fn reply(
    site: &Site,
    route: &'static str,
    query: &str,
    kind: Kind,
    page: impl Fn(&Shared<'_>, &Asked<'_>) -> Result<String, askama::Error>,
) -> Result<Reply, AppError> {
    let query = &*query::known(query, Query::Comparison.parameters());
    let made = site.queries().get_or_make(route, query, || -> Result<_, AppError> {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let data = &site.content().salaries;
        let (selection, ignored) = Selection::parse(pairs.into_owned(), data);
        let asked = Asked { selection: &selection, ignored: &ignored, today: site.today() };
        let html = page(&site.shared(), &asked)?;
        // What somebody earns is kept nowhere, not even when it was not understood.
        let private =
            selection.offer.is_some() || ignored.iter().any(|i| i.name == address::query::OFFER);
        let policy = if private { CachePolicy::Never } else { CachePolicy::Revalidate };
        Ok(site.resource(Draft { kind, policy, ..Draft::page(html) }))
    })?;
    Ok(Reply(made))
}
