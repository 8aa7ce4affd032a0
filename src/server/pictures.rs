//! Owns the pictures of the guide as PNG. Their SVG is looked up in the site.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::routing::get;

use super::drawing::{Drawing, Form, Sketch};
use super::error::AppError;
use super::routes::Current;
use crate::draw::diagram::Colours;
use crate::pages;
use crate::site::headers::CachePolicy;

/// The routes of this module.
pub(super) fn routes() -> Router {
    Router::new().route("/pictures/{file}", get(show_picture))
}

async fn show_picture(Current(site): Current, file: Path<String>) -> Result<Drawing, AppError> {
    let id = file.strip_suffix(".png").ok_or(AppError::NotFound)?;
    let found = site.content().pictures.iter().position(|picture| picture.id == id);
    let index = found.ok_or(AppError::NotFound)?;
    Ok(Drawing {
        route: "/pictures",
        key: id.to_owned(),
        form: Form::Png,
        policy: CachePolicy::Revalidate,
        sketch: Arc::new(move |site| {
            let picture = &site.content().pictures[index];
            let alone = pages::picture(&site.shared(), picture, Colours::LightOnly);
            // A long table of certifications makes a tall picture, which is drawn less finely.
            let scale = SHARP.min((MOST_PIXELS / (alone.width * alone.height)).sqrt());
            let (width, height) = (pixels(alone.width * scale), pixels(alone.height * scale));
            Sketch { svg: alone.svg, width, height }
        }),
    })
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
