//! Owns drawing: pictures in pixels, which are made when somebody asks for them and kept in a
//! bounded store. The entry point is [`Desk::draw`]; handlers say what is to be drawn by a
//! [`Drawing`]. It must not know what a picture shows.
//!
//! SECURITY: a picture costs more than any page, so a few are drawn at once, a few wait, and
//! everyone else is told to come back. Who waits here holds no turn at the gate: pages go on.

use std::fmt;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::error::AppError;
use super::gate::Gate;
use crate::site::Site;
use crate::site::headers::{CachePolicy, Kind};
use crate::site::raster::{self, RasterError};
use crate::site::resource::{Draft, Resource};

/// Pictures that are drawn at once. Each takes one core for some hundredths of a second.
const HANDS: usize = 2;
/// Pictures that wait their turn, besides those that are drawn.
const WAITING: usize = 32;

/// In which form a picture goes out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Png,
    /// A PNG in a file for icons.
    Ico,
}

/// A picture as SVG, and how many pixels it gets.
#[derive(Debug)]
pub(super) struct Sketch {
    pub(super) svg: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// What is to be drawn. It travels to the boundary as a resource does.
#[derive(Clone)]
pub(super) struct Drawing {
    /// With the key, the name under which it is kept.
    pub(super) route: &'static str,
    pub(super) key: String,
    pub(super) form: Form,
    pub(super) policy: CachePolicy,
    /// Made by whoever draws, because it takes a while as well.
    pub(super) sketch: Arc<dyn Fn(&Site) -> Sketch + Send + Sync>,
}

impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Drawing({} {})", self.route, self.key)
    }
}

impl IntoResponse for Drawing {
    fn into_response(self) -> Response {
        let mut response = StatusCode::OK.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Where pictures are drawn.
#[derive(Debug)]
pub(super) struct Desk(Gate);

impl Default for Desk {
    fn default() -> Self {
        Self(Gate::new(HANDS, WAITING))
    }
}

impl Desk {
    /// From the store, or by one of the hands.
    pub(super) async fn draw(
        &self,
        site: &Arc<Site>,
        drawing: Drawing,
    ) -> Result<Arc<Resource>, AppError> {
        let Drawing { route, key, form, policy, sketch } = drawing;
        if let Some(known) = site.drawings().get(route, &key) {
            return Ok(known);
        }
        let turn = self.0.enter().await.ok_or(AppError::Busy)?;
        let site = Arc::clone(site);
        let drawn = tokio::task::spawn_blocking(move || {
            // Given back when it is drawn, even when nobody waits for it any more.
            let _turn = turn;
            // Somebody may have drawn it while this one waited.
            site.drawings().get_or_make(route, &key, || {
                let Sketch { svg, width, height } = sketch(&site);
                let png = raster::png(&svg, width, height)?;
                let (content_type, body) = match form {
                    Form::Png => ("image/png", png),
                    // The largest size has no number of its own.
                    Form::Ico => ("image/x-icon", raster::ico(&png, width.try_into().unwrap_or(0))),
                };
                Ok::<_, RasterError>(site.resource(Draft {
                    status: StatusCode::OK,
                    kind: Kind::Picture,
                    content_type,
                    policy,
                    body: body.into(),
                }))
            })
        });
        match drawn.await {
            Ok(Ok(resource)) => Ok(resource),
            Ok(Err(error)) => Err(AppError::Internal(error.into())),
            Err(panic) => Err(AppError::Internal(panic.into())),
        }
    }
}
