//! A career guide as a library: a folder of Markdown and TOML in, a web site out.

pub mod api;
pub mod chart;
pub mod config;
pub mod content;
pub mod date;
pub mod export;
pub mod fonts;
pub mod id;
pub mod pages;
pub mod pay;
pub mod picture;
pub mod search;
pub mod server;
pub mod site;
#[cfg(test)]
mod testing;
pub(crate) mod text;
