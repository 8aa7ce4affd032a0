//! The site through its router in this process, and the program itself. Most tests use a small guide
//! about another career, so that they do not depend on the words of the shipped one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod addresses;
mod api;
mod assets;
mod attacks;
mod caching;
mod cards;
mod command_line;
mod comparison;
mod compression;
mod errors;
mod export;
mod faults;
mod feeds;
#[path = "../support/folder.rs"]
mod folder;
mod http_conformance;
mod links;
mod methods;
mod metrics;
mod missing_glyphs;
mod no_hardcoded_names;
mod offline;
mod other_guides;
mod page_metadata;
mod page_outlines;
mod plan;
mod reloading;
mod search;
mod security;
mod sitemap;
mod startup_and_shutdown;
mod support;
mod timeouts;
