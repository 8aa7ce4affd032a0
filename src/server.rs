//! Owns the answering of requests. The entry point is [`App`]: a [`Site`], the routes that lead to
//! its parts and the layers around them. [`routes`] lists every address, [`layers`] what each
//! request passes, [`connection`] brings requests from the network. It must not know how pages are
//! made.

mod cards;
mod comparison;
pub mod connection;
pub mod error;
mod error_pages;
mod fast_path;
mod health;
mod layers;
pub mod metrics;
mod negotiate;
mod path;
mod pictures;
mod prepared;
mod probes;
mod query;
mod raster_queue;
mod redirect;
pub mod reload;
mod request_id;
pub mod respond;
mod routes;
mod search;
mod state;
mod tables;

use std::sync::Arc;

use axum::Router;
use axum::body::{HttpBody, to_bytes};
use axum::extract::Request;
use bytes::Bytes;
use tower::BoxError;

use crate::site::Site;
pub use fast_path::Answer;
use fast_path::FastPath;
pub use state::{AppState, CurrentSite};

/// Answers requests from one site, which may be replaced by another while it serves.
#[derive(Clone, Debug)]
pub struct App {
    state: Arc<AppState>,
    fast_path: FastPath,
}

impl App {
    /// Serves a site.
    pub fn new(site: Arc<Site>) -> Self {
        Self::with_routes(site, Router::new())
    }

    /// Serves a site and further addresses, written with the base path, which pass the same layers
    /// as those of [`routes`]. For tests of what goes wrong in a handler.
    pub fn with_routes(site: Arc<Site>, more: Router<Arc<AppState>>) -> Self {
        let state = Arc::new(AppState::new(site));
        let fast_path = FastPath::new(Arc::clone(&state), routes::service(&state, more));
        Self { state, fast_path }
    }

    /// What handlers and layers share.
    pub fn state(&self) -> &Arc<AppState> {
        &self.state
    }

    /// The whole answer to a request, for callers in this process.
    pub async fn ask(&self, request: Request) -> http::Response<Bytes> {
        let Ok(response) = self.respond(request).await;
        let (parts, body) = response.into_parts();
        // Bodies of this site are in memory, so reading one can neither fail nor be too much.
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        http::Response::from_parts(parts, body)
    }

    /// Answers a request. Its body is never read.
    pub fn respond<B>(&self, request: http::Request<B>) -> Answer
    where
        B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    {
        self.fast_path.respond(request)
    }
}
