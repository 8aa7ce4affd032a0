//! Owns how addresses are written: which are safe, complete, or may be redirected. Must not know
//! where they lead.

use super::diagnostics::{Code, FileText};
use super::reader::{Located, Table};

/// A text that leads to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What stands on the page.
    pub text: String,
    /// Where it leads: http, https, mailto or a path of this site.
    pub href: String,
}

/// Help for a link of another kind.
pub(super) const ALLOWED: &str = "links are http, https, mailto, a path from the root (/compare) or a file \
                       (skills.md#python)";

/// What stands before the anchor of an address, and the anchor.
pub(super) fn split_anchor(href: &str) -> (&str, Option<&str>) {
    href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor)))
}

/// The scheme of an address, if it has one.
pub(super) fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let mut letters = scheme.chars();
    (letters.next()?.is_ascii_alphabetic()
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)))
    .then_some(scheme)
}

/// What is wrong with an address that must never reach a page.
pub(super) fn unsafe_address(href: &str) -> Option<String> {
    // SECURITY: browsers drop control characters and white space and read `\` as `/`, so that
    // "java\nscript:" is a script, and "/\host" another site.
    if href.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Some(format!("`{}` holds characters that no address has", href.escape_debug()));
    }
    if href.starts_with("//") {
        return Some(format!("`{href}` does not say which scheme it has"));
    }
    match scheme(href) {
        Some(s) if !["http", "https", "mailto"].contains(&s.to_ascii_lowercase().as_str()) => {
            Some(format!("links of the scheme `{s}` are not allowed"))
        }
        _ => None,
    }
}

/// What is wrong with an http, https or mailto address.
pub(super) fn bad_web_address(address: &str) -> Option<String> {
    let url = match url::Url::parse(address) {
        Ok(url) => url,
        Err(why) => return Some(format!("`{address}` is no address: {why}")),
    };
    if url.scheme() == "mailto" {
        let mut sides = url.path().split('@');
        let valid = sides.next().is_some_and(|name| !name.is_empty())
            && sides.next().is_some_and(|host| host.contains('.'))
            && sides.next().is_none();
        return (!valid).then(|| format!("`{address}` is no mail address"));
    }
    // The parser takes "https:example.org" and "https:///example.org" as browsers do.
    let after = address.split_once("://").map_or("", |(_, after)| after);
    let named =
        url.host_str().is_some_and(|host| host.contains(['.', ':']) && !host.ends_with('.'));
    if after.is_empty() || after.starts_with('/') || !named {
        return Some(format!("`{address}` names no site"));
    }
    (!url.username().is_empty() || url.password().is_some())
        .then(|| format!("`{address}` hides its site behind a user name"))
}

/// An http, https or mailto address of a data file.
pub(super) fn web_address(table: &Table<'_>, key: &'static str) -> Option<String> {
    let address = table.optional_text_at(key)?;
    let (code, wrong) = match unsafe_address(&address.value) {
        Some(wrong) => (Code::LinkScheme, Some(wrong)),
        None => (Code::BrokenLink, bad_web_address(&address.value)),
    };
    if let Some(wrong) = wrong {
        let help = "write https://, http:// or mailto: in full, or leave the key out";
        table.file.error(code, address.at, wrong).help(help);
        return None;
    }
    Some(address.value)
}

/// As [`web_address`], for a key that must be there; empty where it is not.
pub(super) fn required_web_address(table: &Table<'_>, key: &'static str) -> String {
    web_address(table, key).unwrap_or_else(|| {
        table.missing(key, "\"https://…\"");
        String::new()
    })
}

/// A table of two keys: the words of a link, and its address.
pub(super) fn link(table: &Table<'_>, text: &'static str, url: &'static str) -> Link {
    Link { text: table.text(text), href: required_web_address(table, url) }
}

/// Whether an old address of a page can be redirected; reports it if not.
pub(super) fn check_redirected_path(file: &FileText<'_>, path: &Located<String>) -> bool {
    let is_clean = is_clean_path(&path.value);
    if !is_clean {
        file.error(Code::BadPath, path.at, format!("`{}` is not a path of this site", path.value))
            .help("write it from the root, without query or anchor: /old/page");
    }
    is_clean
}

/// Whether a path may be redirected: from the root, plain, without query, anchor or dots.
fn is_clean_path(path: &str) -> bool {
    path.len() > 1
        && path.len() <= 200
        && path.starts_with('/')
        && !path.ends_with('/')
        && path[1..].split('/').all(|part| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_browsers_read_as_scripts_are_refused() {
        for wrong in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//example.org",
            "/\\example.org",
            "file:///etc/passwd",
        ] {
            assert!(unsafe_address(wrong).is_some(), "{wrong:?}");
        }
        for right in ["https://example.org/a?b=c:d", "mailto:a@example.org", "skills.md#a", "/a:b"]
        {
            assert_eq!(unsafe_address(right), None, "{right:?}");
        }
    }
}
