//! Owns what all requests share: the site that is served now, and what is counted and limited
//! across requests. The entry points are [`AppState`] and, for handlers, [`CurrentSite`].

use std::convert::Infallible;
use std::ops::Deref;
use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};
use axum::extract::FromRequestParts;
use http::request::Parts;

use super::health::Health;
use super::metrics::{Metrics, Reload};
use super::raster_queue::RasterQueue;
use crate::site::Site;

/// What handlers and layers share.
#[derive(Debug)]
pub struct AppState {
    site: ArcSwap<Site>,
    pub(super) health: Health,
    pub(super) raster_queue: RasterQueue,
    pub(super) metrics: Arc<Metrics>,
}

impl AppState {
    pub(super) fn new(site: Arc<Site>) -> Self {
        let metrics = Arc::new(Metrics::default());
        metrics.set_edition(site.content());
        Self {
            site: ArcSwap::new(site),
            health: Health::default(),
            raster_queue: RasterQueue::default(),
            metrics,
        }
    }

    /// The site that is served now, for as long as one look-up takes.
    pub(super) fn site(&self) -> Guard<Arc<Site>> {
        self.site.load()
    }

    /// Serves another site from now on. Requests that have begun keep the one they have.
    pub fn replace_site(&self, site: Arc<Site>) {
        site.inherit(&self.site.load());
        self.metrics.set_edition(site.content());
        self.site.store(site);
    }

    /// Whether this very site is served.
    pub fn is_serving(&self, site: &Arc<Site>) -> bool {
        Arc::ptr_eq(&self.site.load(), site)
    }

    /// Records for probes and metrics how an attempt to reload the guide ended.
    pub fn record_reload(&self, reload: Reload) {
        self.health.record_reload(reload);
        self.metrics.record_reload(reload);
    }

    /// Announces the end of this process: the readiness probe fails from now on, and connections
    /// end after their next answer.
    pub fn start_draining(&self) {
        self.health.start_draining();
    }

    /// What is counted.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }
}

/// The site as it stood when the handler was called: a reload in between changes nothing for it, so
/// that no page mixes two editions.
#[derive(Clone, Debug)]
pub struct CurrentSite(pub Arc<Site>);

impl FromRequestParts<Arc<AppState>> for CurrentSite {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, state: &Arc<AppState>) -> Result<Self, Infallible> {
        Ok(Self(state.site.load_full()))
    }
}

impl Deref for CurrentSite {
    type Target = Arc<Site>;

    fn deref(&self) -> &Arc<Site> {
        &self.0
    }
}
