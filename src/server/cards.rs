//! Owns the preview cards: pictures that are drawn when they are asked for, kept in a bounded
//! store, and never by more hands than there are. What a card shows is the pages' business.
//!
//! SECURITY: a card costs more than any page, so its query must be the canonical one, others are
//! sent there; a few are drawn at once, a few wait, and everyone else is told to come back.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{StatusCode, Uri};
use tokio::sync::Semaphore;
use url::form_urlencoded;

use super::error::AppError;
use super::routes::{Current, Reply};
use crate::pages::card::icon::{self, ICONS};
use crate::pages::card::{self, HEIGHT, WIDTH};
use crate::salary::comparison::Selection;
use crate::site::Site;
use crate::site::headers::{CachePolicy, Kind};
use crate::site::raster;
use crate::site::resource::Draft;

/// Cards that are drawn at once. Each takes one core for some hundredths of a second.
const HANDS: usize = 2;
/// Cards that wait their turn, besides those that are drawn.
const WAITING: usize = 32;

const CARD: (u32, u32) = (WIDTH, HEIGHT);
const CARDS: &str = "/cards";
const COMPARE: &str = "/compare.png";

/// The routes of this module.
pub(super) fn routes() -> Router {
    Router::new()
        .route("/cards/{*name}", get(show_page))
        .route(COMPARE, get(show_comparison))
        .route("/icons/{name}", get(show_icon))
        .route("/apple-touch-icon.png", get(show_icon))
        .with_state(Arc::new(Desk::new(HANDS, WAITING)))
}

async fn show_page(
    Current(site): Current,
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
) -> Result<Reply, AppError> {
    let path = card::page_of(&name).ok_or(AppError::NotFound)?;
    if !site.pages().iter().any(|page| page.path == path) {
        return Err(AppError::NotFound);
    }
    // One card a page: a query asks for nothing else, and is not kept.
    draw(desk, site, CARDS, path, CARD, |site, path| {
        let title = site.pages().iter().find(|page| page.path == path).map(|page| &page.title);
        card::page(&site.shared(), path, title.map_or("", String::as_str))
    })
    .await
}

async fn show_comparison(
    Current(site): Current,
    State(desk): State<Arc<Desk>>,
    uri: Uri,
) -> Result<Reply, AppError> {
    if !site.pages().iter().any(|page| page.path == "/compare") {
        return Err(AppError::NotFound); // there is nothing to compare
    }
    let query = uri.query().unwrap_or_default();
    let data = &site.content().salaries;
    let (selection, _) = Selection::parse(pairs(query), data);
    let canonical = selection.canonical_query(data);
    if canonical != query {
        return Ok(moved(&site, &canonical));
    }
    draw(desk, site, COMPARE, canonical, CARD, |site, query| {
        let (selection, _) = Selection::parse(pairs(query), &site.content().salaries);
        card::compare(&site.shared(), &selection)
    })
    .await
}

async fn show_icon(
    Current(site): Current,
    State(desk): State<Arc<Desk>>,
    uri: Uri,
) -> Result<Reply, AppError> {
    let found = ICONS.into_iter().find(|icon| icon.path == uri.path());
    let icon = found.ok_or(AppError::NotFound)?;
    let size = (icon.size, icon.size);
    draw(desk, site, icon.path, String::new(), size, move |_, _| icon::draw(icon)).await
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned()
}

/// To the one address of the view. What was asked for may hold what somebody earns, so nobody keeps
/// the answer.
fn moved(site: &Site, query: &str) -> Reply {
    let path = if query.is_empty() { COMPARE.to_owned() } else { format!("{COMPARE}?{query}") };
    let to = site.urls().path(&path);
    let resource =
        site.resource(Draft::text(StatusCode::PERMANENT_REDIRECT, format!("Moved to {to}\n")));
    // Queries are made of ids and are escaped, so that this is always a header.
    let location = HeaderValue::try_from(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    Reply::from(resource.with_header(&header::LOCATION, &location))
}

/// From the store, or by one of the hands.
async fn draw(
    desk: Arc<Desk>,
    site: Arc<Site>,
    route: &'static str,
    key: String,
    (across, down): (u32, u32),
    svg: impl FnOnce(&Site, &str) -> String + Send + 'static,
) -> Result<Reply, AppError> {
    if let Some(known) = site.cards().get(route, &key) {
        return Ok(Reply(known));
    }
    let permit = desk.sit_down().await?;
    let drawn = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        // Somebody may have drawn it while this one waited.
        site.cards().get_or_make(route, &key, || {
            let png = raster::png(&svg(&site, &key), across, down)?;
            Ok::<_, raster::RasterError>(site.resource(Draft {
                status: StatusCode::OK,
                kind: Kind::Picture,
                content_type: "image/png",
                policy: CachePolicy::Hour,
                body: Bytes::from(png),
            }))
        })
    });
    match drawn.await {
        Ok(Ok(resource)) => Ok(Reply(resource)),
        Ok(Err(error)) => Err(AppError::Internal(error.into())),
        Err(panic) => Err(AppError::Internal(panic.into())),
    }
}

/// Where cards are drawn: so many seats, and so many places to wait.
#[derive(Debug)]
struct Desk {
    seats: Arc<Semaphore>,
    /// A place for each who waits or draws.
    places: Arc<Semaphore>,
}

/// Held while a card is drawn; given back even when nobody waits for it any more.
#[derive(Debug)]
struct Permit {
    _seat: tokio::sync::OwnedSemaphorePermit,
    _place: tokio::sync::OwnedSemaphorePermit,
}

impl Desk {
    fn new(seats: usize, waiting: usize) -> Self {
        Self {
            seats: Arc::new(Semaphore::new(seats)),
            places: Arc::new(Semaphore::new(seats + waiting)),
        }
    }

    /// Waits for a seat, unless too many wait already.
    async fn sit_down(&self) -> Result<Permit, AppError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| AppError::Busy)?;
        let seat = Arc::clone(&self.seats).acquire_owned().await.map_err(|_| AppError::Busy)?;
        Ok(Permit { _seat: seat, _place: place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_few_draw_a_few_wait_and_the_rest_is_sent_away() {
        let desk = Arc::new(Desk::new(1, 1));
        let drawing = desk.sit_down().await.unwrap();
        let other = Arc::clone(&desk);
        let waiting = tokio::spawn(async move { other.sit_down().await });
        tokio::task::yield_now().await;
        assert!(matches!(desk.sit_down().await, Err(AppError::Busy)));
        drop(drawing);
        let drawing = waiting.await.unwrap().unwrap();
        drop(drawing);
        desk.sit_down().await.unwrap();
    }

    #[tokio::test]
    async fn who_goes_away_while_waiting_leaves_the_place_to_others() {
        let desk = Arc::new(Desk::new(1, 1));
        let _drawing = desk.sit_down().await.unwrap();
        let other = Arc::clone(&desk);
        let waiting = tokio::spawn(async move { other.sit_down().await });
        tokio::task::yield_now().await;
        waiting.abort();
        let _ = waiting.await;
        assert_eq!(desk.places.available_permits(), 1);
    }
}
