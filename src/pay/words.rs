//! Owns the words for years of experience, bases, levels and sources.

use super::{Basis, Level, Source, Years};
use crate::text::sentence;

impl Years {
    /// "2–4 years", "8+ years", or the source's own words; none when it does not say.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::NotStated => None,
            Self::Span { from, to: Some(to) } if from == to => Some(match from {
                1 => "1 year".to_owned(),
                _ => format!("{from} years"),
            }),
            Self::Span { from, to: Some(to) } => Some(format!("{from}–{to} years")),
            Self::Span { from, to: None } => Some(format!("{from}+ years")),
            Self::Words(words) => Some(words.clone()),
        }
    }

    /// As [`Self::text`], for reading aloud: "2 to 4 years", "8 years or more".
    pub fn spoken(&self) -> Option<String> {
        match self {
            Self::Span { from, to: Some(to) } if from != to => {
                Some(format!("{from} to {to} years"))
            }
            Self::Span { from, to: None } => Some(format!("{from} years or more")),
            other => other.text(),
        }
    }
}

impl Basis {
    /// "base pay", "total compensation", "not stated".
    pub fn text(self) -> &'static str {
        match self {
            Self::NotStated => "not stated",
            Self::Base => "base pay",
            Self::Total => "total compensation",
        }
    }
}

impl Level {
    /// As it stands inside a sentence: "entry"; an abbreviation keeps its capitals.
    pub fn in_sentence(&self) -> String {
        sentence::uncapitalised(&self.short)
    }
}

impl Source {
    /// "Publisher, title".
    pub fn name(&self) -> String {
        if self.title.is_empty() {
            self.publisher.clone()
        } else {
            format!("{}, {}", self.publisher, self.title)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_said_as_people_say_them() {
        let span = |from, to| Years::Span { from, to };
        assert_eq!(span(2, Some(4)).text().unwrap(), "2–4 years");
        assert_eq!(span(2, Some(4)).spoken().unwrap(), "2 to 4 years");
        assert_eq!(span(8, None).text().unwrap(), "8+ years");
        assert_eq!(span(8, None).spoken().unwrap(), "8 years or more");
        assert_eq!(span(1, Some(1)).text().unwrap(), "1 year");
        assert_eq!(Years::Words("typical mid-career".into()).text().unwrap(), "typical mid-career");
        assert_eq!(Years::NotStated.text(), None);
    }
}
