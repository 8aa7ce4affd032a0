//! Owns the answer to programs when a request fails: problem documents as of RFC 9457.

use serde::Serialize;
use utoipa::ToSchema;

use super::query::QueryError;
use crate::pay::comparison::Ignored;

/// The media type of a problem document.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong with a request, as RFC 9457 has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// What sort of problem, as an address: `about:blank` when the status says it all.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    pub kind: String,
    /// What sort of problem, in words.
    pub title: &'static str,
    /// The status of the response.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is wrong with this request, and what to do.
    pub detail: String,
    /// The path of the request, without its query.
    #[schema(format = "uri-reference")]
    pub instance: String,
    /// One for each value that cannot be used, eight at most; empty for other problems.
    pub errors: Vec<Ignored>,
}

impl Problem {
    /// A problem that the status explains.
    pub fn plain(status: u16, title: &'static str, detail: String, instance: String) -> Self {
        Self { kind: "about:blank".to_owned(), title, status, detail, instance, errors: Vec::new() }
    }

    /// A query that cannot be decoded.
    pub(super) fn unreadable(error: QueryError, instance: String) -> Self {
        Self::plain(400, "Bad Request", error.to_string(), instance)
    }

    /// Values of known parameters that cannot be used.
    /// `kind` is the address of their description.
    pub(super) fn bad_values(errors: Vec<Ignored>, kind: String, instance: String) -> Self {
        let mut names: Vec<&str> = errors.iter().map(|one| one.name.as_str()).collect();
        names.dedup();
        Self {
            kind,
            title: "Some values cannot be used",
            status: 400,
            detail: format!("What is wrong is said for each: {}.", names.join(", ")),
            instance,
            errors,
        }
    }

    /// The document.
    pub fn to_json(&self) -> Vec<u8> {
        // Plain strings and numbers always can be written.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
