//! Owns the addresses whose answers depend on the query, and the thin handlers behind them. All
//! other addresses are looked up in the site before these are asked.
//!
//! A handler takes the [`Current`] site and answers with a [`Reply`] or an [`AppError`]; how
//! either goes out is the server's business.

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;

use super::error::AppError;
use super::{cards, comparison, pictures, programs, search};
use crate::site::Site;
use crate::site::resource::Resource;

/// All of them, as paths below the base path.
pub fn all() -> Router {
    programs::routes()
        .merge(comparison::routes())
        .merge(cards::routes())
        .merge(pictures::routes())
        .merge(search::routes())
}

/// The site as it stood when the request came: a reload in between changes nothing for it.
#[derive(Clone, Debug)]
pub struct Current(pub Arc<Site>);

impl<S: Sync> FromRequestParts<S> for Current {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| AppError::Internal("the request carries no site".into()))
    }
}

/// Something to send, perhaps from a cache.
#[derive(Clone, Debug)]
pub struct Reply(pub Arc<Resource>);

impl From<Resource> for Reply {
    fn from(resource: Resource) -> Self {
        Self(Arc::new(resource))
    }
}

/// The resource travels to the boundary, which knows what the client takes.
impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = self.0.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
