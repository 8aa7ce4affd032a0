//! Owns what goes wrong with a request. Handlers return [`AppError`]; what the reader sees of it is
//! made by [`error_pages`](super::error_pages). A fault of ours is logged once, here, in the span
//! that names the request; what it was is never shown.

use std::any::Any;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// Why a request gets no ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such page.
    #[error("not found")]
    NotFound,
    /// The request makes no sense; says how, in words for the reader.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// More is asked for than can be made just now.
    #[error("busy")]
    Busy,
    /// A fault of ours.
    #[error("{0}")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl From<askama::Error> for AppError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// The bare answer: its status and, where the reader can do something about it, why. A layer makes a
/// page of it, because only there the site and the address are known.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::BadRequest(why) => (StatusCode::BAD_REQUEST, why).into_response(),
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Self::Internal(fault) => {
                tracing::error!(error = %with_causes(fault.as_ref()), "a request failed");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// Does some work; a panic in it comes back as its message.
pub(super) fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| panic_message(panic.as_ref()))
}

/// What a panic says.
pub(super) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panicked: {}", text.unwrap_or_else(|| "without a message".to_owned()))
}
