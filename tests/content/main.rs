//! The content model on folders: guides that are sound, and guides that are broken in every way
//! that has a diagnostic code, and in many others.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod diagnostics;
#[path = "../support/folder.rs"]
mod folder;
mod guides_of_this_repository;
mod hostile_content;
mod support;
