//! Owns the sample behind a figure, and when it is small.

use super::money::group_western;

/// From how many answers or advertisements a figure comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sample {
    /// The source does not say.
    #[default]
    NotStated,
    /// So many.
    Size(u32),
    /// In words: "official survey".
    Words(String),
}

impl Sample {
    /// "3,478", "official survey", "not stated".
    pub fn text(&self) -> String {
        match self {
            Self::NotStated => "not stated".to_owned(),
            Self::Size(size) => group_western(*size),
            Self::Words(words) => words.clone(),
        }
    }

    /// Whether it is too small to rely on: a number below `small_below`, which is
    /// `small_sample_below` of the content.
    pub fn is_small(&self, small_below: u32) -> bool {
        matches!(self, Self::Size(size) if *size < small_below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_small_only_when_it_is_stated() {
        assert!(Sample::Size(25).is_small(100));
        assert!(!Sample::Size(100).is_small(100));
        assert!(!Sample::NotStated.is_small(100));
        assert_eq!(Sample::Size(3478).text(), "3,478");
    }
}
