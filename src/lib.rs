//! A career guide as a library: a folder of Markdown and TOML in, a web site out.

pub mod api;
pub mod as_of;
pub mod chart;
pub mod config;
pub mod content;
mod escapes;
pub mod export;
pub mod fonts;
mod hidden;
pub mod id;
pub mod pages;
pub mod picture;
pub mod salary;
pub mod search;
pub mod server;
pub mod site;
