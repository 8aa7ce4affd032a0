//! A career guide as a library: a folder of Markdown and TOML in, a web site out.

pub mod address;
pub mod api;
pub mod config;
pub mod content;
pub mod date;
pub mod digest;
pub mod draw;
pub mod export;
pub mod fonts;
pub(crate) mod html;
pub mod id;
pub mod media_type;
pub mod pages;
pub mod pay;
pub mod search;
pub mod server;
pub mod site;
#[cfg(test)]
mod testing;
pub(crate) mod text;
