//! Owns how assets name each other: `url(...)` in style sheets, quoted relative paths in scripts.
//! All assets are sent from one folder, so a reference becomes a bare file name, which holds under
//! any base path.

use super::{AssetError, ending};

/// The text with every reference replaced by what `resolve` gives for it: it is asked with the
/// source name of the target and with what is written, and answers with the target's path.
pub(super) fn rewrite(
    name: &str,
    text: &str,
    mut resolve: impl FnMut(&str, &str) -> Result<String, AssetError>,
) -> Result<String, AssetError> {
    let css = ending(name) == "css";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, written, after)) =
        if css { next_url(rest) } else { next_relative_string(rest) }
    {
        out.push_str(before);
        match target(name, written).filter(|_| css || looks_like_a_file(written)) {
            Some(target) => {
                let path = resolve(&target, written)?;
                let file = path.rsplit_once('/').map_or(&*path, |(_, file)| file);
                // Imports of scripts need the `./`, which a style sheet does not.
                out.push_str(if css { "" } else { "./" });
                out.push_str(file);
            }
            None => out.push_str(written),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Splits at the next `url(...)`: what comes before its contents, those, and the rest.
fn next_url(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find("url(")? + "url(".len();
    let quote = text[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
    let start = start + quote.map_or(0, char::len_utf8);
    let end = start + text[start..].find(quote.unwrap_or(')'))?;
    Some((&text[..start], &text[start..end], &text[end..]))
}

/// Splits at the next string of a script that begins with `./` or `../`.
fn next_relative_string(text: &str) -> Option<(&str, &str, &str)> {
    let (start, quote) = ["\"./", "\"../", "'./", "'../"]
        .iter()
        .filter_map(|opening| Some((text.find(opening)? + 1, opening.chars().next()?)))
        .min()?;
    let end = start + text[start..].find(quote)?;
    Some((&text[..start], &text[start..end], &text[end..]))
}

fn looks_like_a_file(written: &str) -> bool {
    written.rsplit('/').next().is_some_and(|file| file.contains('.') && file != "..")
}

/// The source name that a relative path means; none for what is no path within `static/`.
fn target(from: &str, written: &str) -> Option<String> {
    if written.is_empty() || written.starts_with(['/', '#']) || written.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(name: &str, text: &str) -> String {
        rewrite(name, text, |target, _| Ok(format!("/assets/{}.HASH", target.replace('/', "_"))))
            .unwrap()
    }

    #[test]
    fn references_in_style_sheets_are_found_however_they_are_quoted() {
        assert_eq!(
            rewritten("css/site.css", "url(a.svg) url(\"../img/b.svg\") url('../c.svg')"),
            "url(css_a.svg.HASH) url(\"img_b.svg.HASH\") url('c.svg.HASH')"
        );
    }

    #[test]
    fn what_is_no_file_of_ours_stays_as_it_is() {
        for text in ["url(#clip)", "url(data:image/png;base64,AA)", "url(/x.svg)", "url(", "url()"]
        {
            assert_eq!(rewritten("css/site.css", text), text);
        }
        for text in ["\"./\"", "'../'", "\"a.js\"", "fetch(\"./salaries\")", "\"./"] {
            assert_eq!(rewritten("js/a.js", text), text);
        }
    }

    #[test]
    fn imports_of_scripts_are_found() {
        assert_eq!(
            rewritten("js/a.js", "import './b.js'; import \"../img/c.svg\";"),
            "import './js_b.js.HASH'; import \"./img_c.svg.HASH\";"
        );
    }
}
