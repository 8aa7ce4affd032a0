//! Owns which characters nobody sees, wherever a guide has them.

/// Whether a character changes what a reader sees without being seen.
pub(super) fn is_hidden(c: char) -> bool {
    // SECURITY: the bidirectional overrides make a text read differently from what it says
    // (CVE-2021-42574); private characters are the loader's own.
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E000}'..='\u{F8FF}')
        // They come with copied text, and no search finds a word that holds one.
        || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}
