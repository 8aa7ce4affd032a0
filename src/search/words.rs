//! Owns what a word is: how a text is divided into words, and the one form under which all spellings
//! of a word are indexed and looked up. The entry point is [`words`]. Must not know the index.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word beyond these are ignored, in the index and in queries alike, so that even a
/// longer word is found.
const MAX_LETTERS: usize = 40;

/// The words of a text, in order: where each stands (in bytes), and the form under which it is indexed.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = rest.by_ref().find(|(_, c)| is_part_of_word(*c))?;
            let mut end = start + first.len_utf8();
            // In scripts without spaces each character is a word, so that any run of them is found.
            while let Some((at, c)) = rest.next_if(|(_, c)| {
                is_combining_mark(*c)
                    || (is_part_of_word(*c) && !is_word_alone(first) && !is_word_alone(*c))
            }) {
                end = at + c.len_utf8();
            }
            let form = folded(&text[start..end]);
            if !form.is_empty() {
                return Some((start..end, form));
            }
        }
    })
}

/// Whether a character is part of a word. Signs of Indic vowels are marks, and part of it.
fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_joiner(c)
}

/// Joiners change the shape of the letters beside them and are not letters.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Chinese characters and kana.
fn is_word_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

/// One form for all spellings: compatibility forms as one, lower case, Latin, Greek and Cyrillic
/// letters without their accents. Marks of other scripts are letters and stay, but for the dot of
/// Devanagari (nukta), which writers often leave out.
fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word
            .bytes()
            .take(MAX_LETTERS)
            .map(|b| char::from(b.to_ascii_lowercase()))
            .collect();
    }
    let mut form = String::with_capacity(word.len());
    // SECURITY: a letter can carry any number of marks, so the number is bounded before composing.
    let letters = word
        .nfkd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36F}' | '\u{93C}') && !is_joiner(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| is_part_of_word(*c) && *c != '\u{307}')
        .take(MAX_LETTERS);
    for letter in letters {
        match letter {
            'ß' => form.push_str("ss"),
            'æ' => form.push_str("ae"),
            'œ' => form.push_str("oe"),
            'ø' => form.push('o'),
            'đ' | 'ð' => form.push('d'),
            'ł' => form.push('l'),
            'ı' => form.push('i'),
            'ς' => form.push('σ'),
            other => form.push(other),
        }
    }
    form.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        words(text).map(|(_, form)| form).collect()
    }

    #[test]
    fn punctuation_parts_words_and_digits_are_letters() {
        assert_eq!(forms("k8s, scikit-learn: MLS-C01!"), ["k8s", "scikit", "learn", "mls", "c01"]);
        assert_eq!(forms("  "), [""; 0]);
        assert_eq!(forms("?!…"), [""; 0]);
    }

    #[test]
    fn every_spelling_of_a_word_has_one_form() {
        for spelling in ["café", "CAFÉ", "cafe\u{301}", "ｃａｆｅ"] {
            assert_eq!(forms(spelling), ["cafe"], "{spelling}");
        }
        assert_eq!(forms("Straße ﬁne Łódź Ålesund"), ["strasse", "fine", "lodz", "alesund"]);
        assert_eq!(forms("ΟΔΟΣ οδός"), ["οδοσ", "οδοσ"]);
        assert_eq!(forms("İstanbul"), ["istanbul"]);
    }

    #[test]
    fn indic_words_stay_whole_with_their_vowels() {
        assert_eq!(forms("हिन्दी में वेतन।").len(), 3);
        assert_ne!(forms("कि"), forms("की"));
        // With the dot and without it, as one sign or as two.
        assert_eq!(forms("सड़क"), forms("सड\u{93C}क"));
        assert_eq!(forms("सड़क"), forms("सडक"));
        assert_eq!(forms("क्\u{200D}ष"), forms("क्ष"));
    }

    #[test]
    fn a_script_without_spaces_falls_into_its_signs() {
        assert_eq!(forms("機械学習ML"), ["機", "械", "学", "習", "ml"]);
    }

    #[test]
    fn a_word_without_end_is_cut_and_places_are_those_of_the_text() {
        assert_eq!(forms(&"x".repeat(5000))[0].len(), MAX_LETTERS);
        assert!(forms(&format!("a{}", "\u{301}\u{903}".repeat(5000)))[0].len() < 200);
        let text = "Für €5 täglich";
        let places: Vec<&str> = words(text).map(|(place, _)| &text[place]).collect();
        assert_eq!(places, ["Für", "5", "täglich"]);
    }
}
