//! Owns preview cards and icons. What they show is decided by `pages::card`, and they are drawn by
//! the [`RasterQueue`](super::raster_queue::RasterQueue).

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use http::Uri;
use url::form_urlencoded;

use super::error::AppError;
use super::raster_queue::{Drawing, ImageFormat, RasterJob};
use super::redirect;
use super::respond::Client;
use super::state::{AppState, CurrentSite};
use crate::address;
use crate::pages::card::icon::{self, ICONS, Purpose};
use crate::pages::card::{self, HEIGHT, WIDTH};
use crate::pay::comparison::Selection;
use crate::site::Site;
use crate::site::headers::CachePolicy;

/// The card of a page. There is one a page, whatever the query.
pub(super) async fn show_page_card(
    State(state): State<Arc<AppState>>,
    site: CurrentSite,
    client: Client,
    Path(name): Path<String>,
) -> Result<Response, AppError> {
    let path = address::page_of_card(&name).ok_or(AppError::NotFound)?;
    let page = site.pages().iter().find(|page| page.path == path).ok_or(AppError::NotFound)?;
    let title = page.title.clone();
    let job = card_job(address::CARDS, path.clone(), move |site| {
        card::page(&site.shared(), &path, &title)
    });
    Ok(client.respond(&*state.raster_queue.draw(&site, job).await?))
}

/// The card of a comparison.
///
/// SECURITY: the query must be the canonical one, all others are sent there: neither spellings nor
/// the reader's own figure cost or keep anything.
pub(super) async fn show_comparison_card(
    State(state): State<Arc<AppState>>,
    site: CurrentSite,
    client: Client,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    if !site.pages().iter().any(|page| page.path == address::COMPARE) {
        return Err(AppError::NotFound); // there is nothing to compare
    }
    let query = query.unwrap_or_default();
    let data = &site.content().salaries;
    let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
    let (selection, _) = Selection::parse(pairs, data);
    let canonical = selection.canonical_query(data);
    if canonical != query {
        let to = address::with_query(address::COMPARE_CARD, &canonical);
        // What was asked for may hold what somebody earns, so nobody may keep the answer.
        let moved = redirect::to(&site, &site.urls().path(&to), CachePolicy::Never);
        return Ok(client.respond(&moved));
    }
    let job = card_job(address::COMPARE_CARD, canonical, move |site| {
        card::compare(&site.shared(), &selection)
    });
    Ok(client.respond(&*state.raster_queue.draw(&site, job).await?))
}

/// An icon of the site.
pub(super) async fn show_icon(
    State(state): State<Arc<AppState>>,
    site: CurrentSite,
    client: Client,
    uri: Uri,
) -> Result<Response, AppError> {
    let path = uri.path().strip_prefix(site.urls().base_path()).unwrap_or_default();
    let icon = ICONS.into_iter().find(|icon| icon.path == path).ok_or(AppError::NotFound)?;
    let job = RasterJob {
        route: icon.path,
        key: String::new(),
        format: if icon.purpose == Purpose::Tab { ImageFormat::Ico } else { ImageFormat::Png },
        policy: CachePolicy::Hour,
        make_svg: Box::new(move |_| Drawing {
            svg: icon::draw(icon),
            width: icon.size,
            height: icon.size,
        }),
    };
    Ok(client.respond(&*state.raster_queue.draw(&site, job).await?))
}

fn card_job(
    route: &'static str,
    key: String,
    svg: impl Fn(&Site) -> String + Send + 'static,
) -> RasterJob {
    RasterJob {
        route,
        key,
        format: ImageFormat::Png,
        policy: CachePolicy::Hour,
        make_svg: Box::new(move |site| Drawing { svg: svg(site), width: WIDTH, height: HEIGHT }),
    }
}
