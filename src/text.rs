//! Owns what holds of any text, wherever it comes from. It must not know who uses it.

pub(crate) mod invisible;
pub(crate) mod percent;
pub(crate) mod sentence;
