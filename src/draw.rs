//! Owns the drawing of SVG: finished labels and numbers in, markup out.
//!
//! Entry points: [`chart`] for bars over an axis, [`diagram`] for loops, layers, routes, steps and
//! timelines. It must not know pay, content, pages, files or HTTP: every word and every figure that
//! a reader sees is a label from the caller.

pub mod chart;
pub mod diagram;
pub(crate) mod escape;
mod put;
pub(crate) mod style;
pub(crate) mod text;
