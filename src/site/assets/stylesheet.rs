//! Owns how a style sheet becomes small: comments and needless space taken out. Nothing is renamed
//! or reordered, so that the source shows what is sent.

/// Without comments, and without space where it means nothing. Space before a colon and around
/// operators means something, and stays.
pub(super) fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
            space = true;
            continue;
        }
        if c.is_ascii_whitespace() {
            space = true;
            rest = &rest[1..];
            continue;
        }
        let verbatim = verbatim_length(rest);
        let token = &rest[..verbatim.max(c.len_utf8())];
        let after_glue = out.is_empty() || out.ends_with(['{', '}', ';', ',', ':']);
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        if space && !after_glue && !matches!(c, '{' | '}' | ';' | ',') {
            out.push(' ');
        }
        out.push_str(token);
        space = false;
        rest = &rest[token.len()..];
    }
    out
}

/// The length of a string or of an unquoted `url(...)` at the start of the text, which stay as
/// they are; 0 for anything else.
fn verbatim_length(text: &str) -> usize {
    let end_of = |closing: char, from: usize| {
        let mut escaped = false;
        for (at, c) in text[from..].char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                c if c == closing => return from + at + c.len_utf8(),
                _ => {}
            }
        }
        text.len()
    };
    match text.as_bytes() {
        [b'"', ..] => end_of('"', 1),
        [b'\'', ..] => end_of('\'', 1),
        [b'\\', ..] => 1 + text[1..].chars().next().map_or(0, char::len_utf8),
        [b'u', b'r', b'l', b'(', next, ..] if !matches!(next, b'"' | b'\'') => end_of(')', 4),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_and_comments_go() {
        assert_eq!(
            minify("/* a */\na ,\n b > i {\n  color : red ;\n  margin: 0  1px;\n}\n\n"),
            "a,b > i{color :red;margin:0 1px}"
        );
    }

    #[test]
    fn space_that_means_something_stays() {
        for same in [
            "a :hover{width:calc(1px + 2px)}",
            "@media (min-width:40em) and (max-width:60em){a{top:0}}",
            "@media (width >= 40em){a{top:0}}",
            ":root{--empty: ;}".replace(": ;", ":").as_str(),
            "a{content:\"a  /* b */ ; }\"}",
            "a{content:'\\'  ;'}",
            "a{background:url(a  b.svg) no-repeat}",
            ".a .b.c #d{font:1rem/1.5 serif}",
        ] {
            assert_eq!(minify(same), same);
        }
    }

    #[test]
    fn a_broken_sheet_does_not_panic() {
        for broken in ["/* ", "a{content:\"", "url(", "\\", "a{", "}", "é\\é \u{a0}"] {
            minify(broken);
        }
    }
}
