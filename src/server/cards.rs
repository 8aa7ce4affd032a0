//! Owns the addresses of preview cards and icons. What they show is the pages' business, and
//! drawing them that of the desk.
//!
//! SECURITY: the query of a card must be the canonical one, others are sent there: neither
//! spellings nor the reader's own figure cost or keep anything.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::Uri;
use url::form_urlencoded;

use super::drawing::{Drawing, Form, Sketch};
use super::error::AppError;
use super::redirect;
use super::routes::{Current, Reply};
use crate::address;
use crate::pages::card::icon::{self, ICONS, Purpose};
use crate::pages::card::{self, HEIGHT, WIDTH};
use crate::pay::comparison::Selection;
use crate::site::Site;
use crate::site::headers::CachePolicy;

/// The routes of this module.
pub(super) fn routes() -> Router {
    Router::new()
        .route("/cards/{*name}", get(show_page))
        .route(address::COMPARE_CARD, get(show_comparison))
        .route("/icons/{name}", get(show_icon))
        .route(address::TOUCH_ICON, get(show_icon))
        .route(address::FAVICON, get(show_icon))
}

/// One card a page: a query asks for nothing else, and is not kept.
async fn show_page(Current(site): Current, Path(name): Path<String>) -> Result<Drawing, AppError> {
    let path = address::page_of_card(&name).ok_or(AppError::NotFound)?;
    let page = site.pages().iter().find(|page| page.path == path).ok_or(AppError::NotFound)?;
    let title = page.title.clone();
    Ok(drawing("/cards", path.clone(), (WIDTH, HEIGHT), move |site| {
        card::page(&site.shared(), &path, &title)
    }))
}

async fn show_comparison(Current(site): Current, uri: Uri) -> Result<Response, AppError> {
    if !site.pages().iter().any(|page| page.path == address::COMPARE) {
        return Err(AppError::NotFound); // there is nothing to compare
    }
    let query = uri.query().unwrap_or_default();
    let data = &site.content().salaries;
    let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
    let (selection, _) = Selection::parse(pairs, data);
    let canonical = selection.canonical_query(data);
    if canonical != query {
        // What was asked for may hold what somebody earns, so nobody keeps the answer.
        let to = address::with_query(address::COMPARE_CARD, &canonical);
        let moved = redirect::to(&site, &site.urls().path(&to), CachePolicy::Never);
        return Ok(Reply::from(moved).into_response());
    }
    let card = drawing(address::COMPARE_CARD, canonical, (WIDTH, HEIGHT), move |site| {
        card::compare(&site.shared(), &selection)
    });
    Ok(card.into_response())
}

async fn show_icon(uri: Uri) -> Result<Drawing, AppError> {
    let found = ICONS.into_iter().find(|icon| icon.path == uri.path());
    let icon = found.ok_or(AppError::NotFound)?;
    let size = (icon.size, icon.size);
    let form = if icon.purpose == Purpose::Tab { Form::Ico } else { Form::Png };
    let drawing = drawing(icon.path, String::new(), size, move |_| icon::draw(icon));
    Ok(Drawing { form, ..drawing })
}

fn drawing(
    route: &'static str,
    key: String,
    (width, height): (u32, u32),
    svg: impl Fn(&Site) -> String + Send + Sync + 'static,
) -> Drawing {
    let sketch = Arc::new(move |site: &Site| Sketch { svg: svg(site), width, height });
    Drawing { route, key, form: Form::Png, policy: CachePolicy::Hour, sketch }
}
