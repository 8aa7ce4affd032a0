//! Owns the pictures of the guide as PNG, which are drawn when somebody asks: there are as many as
//! the guide has pictures, so the store keeps them all. Their SVG is looked up in the site.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use http::StatusCode;
use tokio::sync::Semaphore;

use super::error::AppError;
use super::routes::{Current, Reply};
use crate::pages;
use crate::picture::Paint;
use crate::site::headers::{CachePolicy, Kind};
use crate::site::raster;
use crate::site::resource::Draft;

/// SECURITY: a picture takes a core for a good while, so that only so many are drawn at a time.
static DRAWING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// The routes of this module.
pub(super) fn routes() -> Router {
    Router::new().route("/pictures/{file}", get(show_picture))
}

async fn show_picture(Current(site): Current, file: Path<String>) -> Result<Reply, AppError> {
    let id = file.strip_suffix(".png").ok_or(AppError::NotFound)?.to_owned();
    if site.content().picture(&id).is_none() {
        return Err(AppError::NotFound);
    }
    let turn = DRAWING.acquire().await.map_err(|closed| AppError::Internal(closed.into()))?;
    let drawn = tokio::task::spawn_blocking(move || draw(&Arc::clone(&site), &id)).await;
    drop(turn);
    drawn.map_err(|panic| AppError::Internal(panic.into()))?
}

fn draw(site: &crate::site::Site, id: &str) -> Result<Reply, AppError> {
    let picture = site.content().picture(id).ok_or(AppError::NotFound)?;
    site.queries()
        .get_or_make("/pictures", id, || {
            let alone = pages::picture(&site.shared(), picture, Paint::Plain);
            // A long table of certifications makes a tall picture, which is drawn less finely.
            let scale = SHARP.min((MOST_PIXELS / (alone.width * alone.height)).sqrt());
            let (width, height) = (pixels(alone.width * scale), pixels(alone.height * scale));
            let png = raster::png(&alone.svg, width, height);
            let png = png.map_err(|error| AppError::Internal(error.into()))?;
            Ok(site.resource(Draft {
                status: StatusCode::OK,
                kind: Kind::Picture,
                content_type: "image/png",
                policy: CachePolicy::Revalidate,
                body: png.into(),
            }))
        })
        .map(Reply)
}

/// Pixels for each of the drawing, so that it is sharp on a phone.
const SHARP: f64 = 2.0;
/// Below what the rasteriser takes.
const MOST_PIXELS: f64 = 3_900_000.0;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of pixels, which is above zero and not large"
)]
fn pixels(length: f64) -> u32 {
    length.floor().max(1.0) as u32
}
