//! The content model on folders: guides that are sound, and guides that are broken in every way
//! that has a name, and in many that have none.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod diagnostics;
mod guides_of_this_repository;
mod hostile_content;
mod support;
