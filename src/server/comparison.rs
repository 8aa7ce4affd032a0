//! Owns the answers of the comparison to a query: its page and its form for frames. What a
//! query means is decided by `pay`, what a page looks like by `pages`.

use axum::extract::RawQuery;
use axum::response::Response;
use url::form_urlencoded;

use super::error::AppError;
use super::query;
use super::respond::Client;
use super::state::CurrentSite;
use crate::address::{self, Query};
use crate::pages::{self, Asked, Shared};
use crate::pay::comparison::Selection;
use crate::site::Site;
use crate::site::headers::{CachePolicy, Kind};
use crate::site::resource::{Draft, Resource};

/// The comparison as a page.
pub(super) async fn show_comparison(
    site: CurrentSite,
    client: Client,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let query = query.unwrap_or_default();
    let query = &*query::known(&query, Query::Comparison.parameters());
    let make = || render(&site, query, Kind::Page, pages::compare);
    Ok(client.respond(&*site.queries().get_or_make(address::COMPARE, query, make)?))
}

/// The comparison as a page that other sites may frame.
pub(super) async fn show_embed(
    site: CurrentSite,
    client: Client,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let query = query.unwrap_or_default();
    let query = &*query::known(&query, Query::Comparison.parameters());
    let make = || render(&site, query, Kind::Embed, pages::embed);
    Ok(client.respond(&*site.queries().get_or_make(address::EMBED_COMPARE, query, make)?))
}

fn render(
    site: &Site,
    query: &str,
    kind: Kind,
    page: impl Fn(&Shared<'_>, &Asked<'_>) -> Result<String, askama::Error>,
) -> Result<Resource, AppError> {
    let pairs = form_urlencoded::parse(query.as_bytes());
    let (selection, ignored) = Selection::parse(pairs.into_owned(), &site.content().salaries);
    let asked = Asked { selection: &selection, ignored: &ignored, today: site.today() };
    let html = page(&site.shared(), &asked)?;
    // SECURITY: what somebody earns is kept nowhere, not even when it was not understood.
    let private =
        selection.offer.is_some() || ignored.iter().any(|i| i.name == address::query::OFFER);
    let policy = if private { CachePolicy::Never } else { CachePolicy::Revalidate };
    Ok(site.resource(Draft { kind, policy, ..Draft::page(html) }))
}
