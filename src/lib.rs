//! A career guide as a library: a folder of Markdown and TOML in, a web site out.

pub mod api;
pub mod config;
pub mod content;
pub mod date;
pub mod draw;
pub mod export;
pub mod fonts;
pub mod id;
pub mod pages;
pub mod pay;
pub mod search;
pub mod server;
pub mod site;
pub(crate) mod text;
