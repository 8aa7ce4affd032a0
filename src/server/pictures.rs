//! Owns the pictures of the guide as PNG. Their SVG is prepared with the site.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::error::AppError;
use super::raster_queue::{Drawing, ImageFormat, RasterJob};
use super::respond::Client;
use super::state::{AppState, CurrentSite};
use crate::address;
use crate::draw::diagram::Colours;
use crate::pages;
use crate::site::headers::CachePolicy;

/// A picture in pixels.
pub(super) async fn show_picture(
    State(state): State<Arc<AppState>>,
    site: CurrentSite,
    client: Client,
    Path(file): Path<String>,
) -> Result<Response, AppError> {
    let id = file.strip_suffix(".png").ok_or(AppError::NotFound)?;
    let found = site.content().pictures.iter().position(|picture| picture.id == id);
    let index = found.ok_or(AppError::NotFound)?;
    let job = RasterJob {
        route: address::PICTURES,
        key: id.to_owned(),
        format: ImageFormat::Png,
        policy: CachePolicy::Revalidate,
        make_svg: Box::new(move |site| {
            let picture = &site.content().pictures[index];
            let alone = pages::picture(&site.shared(), picture, Colours::LightOnly);
            // A long table of certifications makes a tall picture, which is drawn less finely.
            let scale = SHARP.min((MOST_PIXELS / (alone.width * alone.height)).sqrt());
            let (width, height) = (pixels(alone.width * scale), pixels(alone.height * scale));
            Drawing { svg: alone.svg, width, height }
        }),
    };
    Ok(client.respond(&*state.raster_queue.draw(&site, job).await?))
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
