//! Owns the drawing of pictures in pixels, which are made when somebody asks for them and kept in a
//! bounded store. The entry point is [`RasterQueue::draw`]; handlers say what is to be drawn by a
//! [`RasterJob`]. It must not know what a picture shows.
//!
//! SECURITY: a picture costs more than any page, so a few are drawn at once, a few wait, and
//! all others get a 503.

use std::sync::Arc;

use http::StatusCode;
use tokio::sync::Semaphore;

use super::error::AppError;
use crate::site::Site;
use crate::site::headers::{CachePolicy, Kind};
use crate::site::raster::{self, RasterError};
use crate::site::resource::{Draft, Resource};

/// Pictures that are drawn at once. Each takes one core for some hundredths of a second.
const RUNNING: usize = 2;
/// Pictures that wait their turn, besides those that are drawn.
const WAITING: usize = 32;

/// In which form a picture goes out.
#[derive(Clone, Copy, Debug)]
pub(super) enum ImageFormat {
    Png,
    /// A PNG in a file for icons.
    Ico,
}

/// A picture as SVG, and how many pixels it gets.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) svg: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// What is to be drawn.
pub(super) struct RasterJob {
    /// With the key, the name under which the picture is stored.
    pub(super) route: &'static str,
    pub(super) key: String,
    pub(super) format: ImageFormat,
    pub(super) policy: CachePolicy,
    /// Called by the thread that draws, because making the SVG takes a while as well.
    pub(super) make_svg: Box<dyn Fn(&Site) -> Drawing + Send>,
}

/// Draws a few pictures at once while a few more wait.
///
/// These are semaphores rather than tower's layers because a drawing goes on when its reader has
/// gone: its permit must end with it and not with the request.
#[derive(Debug)]
pub(super) struct RasterQueue {
    running: Arc<Semaphore>,
    running_or_waiting: Arc<Semaphore>,
}

impl Default for RasterQueue {
    fn default() -> Self {
        Self::new(RUNNING, WAITING)
    }
}

impl RasterQueue {
    fn new(running: usize, waiting: usize) -> Self {
        Self {
            running: Arc::new(Semaphore::new(running)),
            running_or_waiting: Arc::new(Semaphore::new(running + waiting)),
        }
    }

    /// The picture, from the store or drawn now.
    pub(super) async fn draw(
        &self,
        site: &Arc<Site>,
        job: RasterJob,
    ) -> Result<Arc<Resource>, AppError> {
        if let Some(known) = site.drawings().get(job.route, &job.key) {
            return Ok(known);
        }
        let permit = self.enter().await?;
        let site = Arc::clone(site);
        let drawn = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            draw_now(&site, &job)
        });
        match drawn.await {
            Ok(drawn) => drawn.map_err(|error| AppError::Internal(error.into())),
            Err(panic) => Err(AppError::Internal(panic.into())),
        }
    }

    /// Waits for a turn, in the order of arrival; busy when too many wait already.
    async fn enter(&self) -> Result<impl Send + use<>, AppError> {
        let present = Arc::clone(&self.running_or_waiting).try_acquire_owned();
        let present = present.map_err(|_| AppError::Busy)?;
        let running = Arc::clone(&self.running).acquire_owned().await;
        Ok((running.map_err(|_| AppError::Busy)?, present))
    }
}

fn draw_now(site: &Site, job: &RasterJob) -> Result<Arc<Resource>, RasterError> {
    // Somebody else may have had it drawn while this one waited.
    site.drawings().get_or_make(job.route, &job.key, || {
        let Drawing { svg, width, height } = (job.make_svg)(site);
        let png = raster::png(&svg, width, height)?;
        let (content_type, body) = match job.format {
            ImageFormat::Png => ("image/png", png),
            // The largest size has no number of its own.
            ImageFormat::Ico => ("image/x-icon", raster::ico(&png, width.try_into().unwrap_or(0))),
        };
        Ok(site.resource(Draft {
            status: StatusCode::OK,
            kind: Kind::Picture,
            content_type,
            policy: job.policy,
            body: body.into(),
        }))
    })
}

#[cfg(test)]
mod tests {
    use tokio::task::yield_now;

    use super::*;

    #[tokio::test]
    async fn a_request_is_refused_when_too_many_wait_and_one_that_gives_up_makes_room() {
        let queue = Arc::new(RasterQueue::new(1, 1));
        let wait = || {
            let queue = Arc::clone(&queue);
            tokio::spawn(async move { queue.enter().await.is_ok() })
        };
        let first = queue.enter().await.unwrap();
        let waiting = wait();
        yield_now().await;
        assert!(queue.enter().await.is_err());
        waiting.abort();
        assert!(waiting.await.is_err());
        let next = wait();
        yield_now().await;
        drop(first);
        assert!(next.await.unwrap());
        assert_eq!(queue.running_or_waiting.available_permits(), 2);
    }
}
