//! Owns rules for any text, wherever it comes from. Must not know where it is used.

pub(crate) mod invisible;
pub(crate) mod percent;
pub(crate) mod sentence;
