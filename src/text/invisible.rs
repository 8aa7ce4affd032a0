//! Owns which characters change a text without being seen, in a guide as in what readers send.

/// Whether a character changes what a reader sees without being seen.
pub(crate) fn is_invisible(c: char) -> bool {
    // SECURITY: the bidirectional overrides make a text read differently from what it says
    // (CVE-2021-42574); private characters are the loader's own.
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E000}'..='\u{F8FF}')
        // They come with copied text, and no search finds a word that holds one.
        || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
        || is_noncharacter(c)
}

/// Whether Unicode will never give it a meaning (section 23.7 of the standard): neither HTML nor
/// XML may hold it.
pub(crate) fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe
}

/// What a page shows for a character of a request.
pub(crate) fn visible(c: char) -> char {
    if c.is_control() || is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c }
}
