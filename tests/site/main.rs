//! The site through the router that serves it, in this process: a small guide about another
//! career, so that nothing here depends on the words of the shipped one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod addresses;
mod assets;
mod attacks;
mod caching;
mod cards;
mod comparison;
mod compression;
mod errors;
mod export;
mod faults;
mod glyphs;
mod guides;
mod keeping;
mod links;
mod machines;
mod methods;
mod names;
mod outline;
mod patience;
mod plan;
mod process;
mod programs;
mod reloading;
mod running;
mod search;
mod security;
mod semantics;
mod sharing;
mod support;
