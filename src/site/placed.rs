//! Owns what the parts of a site are to its build: drafts with the paths at which they stand, and why
//! one could not be made.

use http::header::{HeaderName, HeaderValue};

use super::assets::AssetError;
use super::resource::Draft;

/// What stands at a path below the base path.
pub(super) type Placed = (String, Draft);
/// The same, with headers that it has besides those of its kind.
pub(super) type PlacedWithHeaders = (String, Draft, Vec<(HeaderName, HeaderValue)>);

/// Why a site could not be built: a mistake in this program, since the content was checked.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A template failed.
    #[error("the page {path} cannot be rendered: {source}")]
    Page {
        /// Which page.
        path: String,
        /// What the template says.
        source: askama::Error,
    },
    /// A table cannot be written.
    #[error("the tables for programs cannot be written: {0}")]
    Tables(#[from] serde_json::Error),
    /// The files that come with the program do not fit together.
    #[error("the style sheets and scripts do not fit together: {0}")]
    Assets(#[from] AssetError),
}

impl BuildError {
    /// Makes the error of a template of the page at a path.
    pub(super) fn page(path: impl Into<String>) -> impl FnOnce(askama::Error) -> Self {
        move |source| Self::Page { path: path.into(), source }
    }
}
