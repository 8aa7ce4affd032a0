//! Owns small matters of English sentences: lists and first letters.

/// The first letter small, unless the first word is an abbreviation such as "L5" or "VP".
pub(crate) fn uncapitalised(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The first letter large, as at the beginning of a sentence.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_inside_a_sentence_is_small_unless_it_is_an_abbreviation() {
        for (short, expected) in
            [("Entry", "entry"), ("L5", "L5"), ("VP", "VP"), ("Staff engineer", "staff engineer")]
        {
            assert_eq!(uncapitalised(short), expected);
        }
    }

    #[test]
    fn lists_read_as_sentences() {
        let list =
            |items: &[&str]| list(&items.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
