//! What the program's own work costs, and how the cost grows.

mod comparison;
mod growth;
mod search;
#[path = "../support.rs"]
mod support;

use career_guide::content::Content;
use career_guide::content::diagnostics::Problems;
use career_guide::content::source::Files;
use criterion::criterion_main;

/// Reads a made-up guide.
fn read(files: &Files) -> Content {
    Content::from_files(files.clone(), Problems::default())
        .unwrap_or_else(|problems| panic!("{problems}"))
}

criterion_main!(growth::growth, search::search, comparison::comparison);
