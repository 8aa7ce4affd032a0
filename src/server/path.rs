//! Owns what the path of a request means: an address, another spelling of one, or none. The entry
//! points are [`spelling`], before the routes, and [`parse`], where no route was found. SECURITY: no
//! path ever reaches the file system.

use http::Uri;

use crate::text::percent;

/// A path, understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Decoded, and below the base path: "/guide/skills".
    Plain(String),
    /// Another spelling of this path, as it is written in a request.
    Untidy(String),
    /// A path that nothing can have: outside the base path, or with `..` in it.
    Nowhere,
    /// Not a path: broken escapes, control characters, not UTF-8.
    Broken,
}

/// The address as the client wrote it, where the routes see another spelling: errors name it. It goes
/// with the request.
#[derive(Clone, Debug)]
pub(super) struct UriAsSent(pub(super) Uri);

/// How a path is spelled, as far as routes care.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As the routes have it.
    Plain,
    /// With escapes that need not be there. This is the plain spelling.
    Escaped(String),
    /// In no way that any route has: [`parse`] says why.
    Other,
}

/// How a path below a base path is spelled. Most are plain, which takes one look at each byte.
pub(super) fn spelling(raw: &str, base_path: &str) -> Spelling {
    let ends_well = !raw.ends_with('/') || raw.strip_prefix(base_path) == Some("/");
    if raw.contains('%') {
        let needs_no_escape = |byte| matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~');
        return match parse(raw, base_path) {
            Address::Plain(below)
                if below.bytes().all(|b| b.is_ascii_alphanumeric() || needs_no_escape(b)) =>
            {
                Spelling::Escaped(format!("{base_path}{below}"))
            }
            _ => Spelling::Other,
        };
    }
    if ends_well && !raw.contains("//") && !raw.contains("/.") && !raw.contains('\\') {
        Spelling::Plain
    } else {
        Spelling::Other
    }
}

/// Reads a path as it stands in a request.
pub(super) fn parse(raw: &str, base_path: &str) -> Address {
    if !raw.starts_with('/') {
        return Address::Broken;
    }
    let mut decoded = String::with_capacity(raw.len());
    for segment in raw[1..].split('/') {
        let Some(segment) = decode(segment) else { return Address::Broken };
        // SECURITY: an escaped slash is part of a name, and no name here has one.
        if matches!(&*segment, "." | "..") || segment.contains(['/', '\\']) {
            return Address::Nowhere;
        }
        decoded.push('/');
        decoded.push_str(&segment);
    }
    if let Some(tidy) = tidy(raw, base_path) {
        return Address::Untidy(tidy);
    }
    match decoded.strip_prefix(base_path) {
        Some(below) if below.starts_with('/') => Address::Plain(below.to_owned()),
        _ => Address::Nowhere,
    }
}

/// Without a slash at the end and without doubled ones; the home page alone ends with a slash.
fn tidy(raw: &str, base_path: &str) -> Option<String> {
    let mut tidy = String::with_capacity(raw.len() + 1);
    for segment in raw.split('/').filter(|segment| !segment.is_empty()) {
        tidy.push('/');
        tidy.push_str(segment);
    }
    if tidy.is_empty() || tidy == base_path {
        tidy.push('/');
    }
    (tidy != raw).then_some(tidy)
}

fn decode(segment: &str) -> Option<String> {
    let text = String::from_utf8(percent::decode(segment)?).ok()?;
    (!text.contains(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_path_is_decoded() {
        for (raw, decoded) in [
            ("/", "/"),
            ("/guide/skills", "/guide/skills"),
            ("/guide/%73kills", "/guide/skills"),
            ("/images/a%20b.svg", "/images/a b.svg"),
            ("/%E2%82%B9", "/₹"),
            ("/₹", "/₹"),
            ("/...", "/..."),
        ] {
            assert_eq!(parse(raw, ""), Address::Plain(decoded.to_owned()), "{raw}");
        }
    }

    #[test]
    fn every_page_has_one_spelling_and_no_address_of_another_host_comes_out() {
        for (raw, tidy) in [
            ("/guide/", "/guide"),
            ("//", "/"),
            ("//evil.example", "/evil.example"),
            ("//evil.example//", "/evil.example"),
            ("/a///b/", "/a/b"),
            ("/a%20b/", "/a%20b"),
        ] {
            assert_eq!(parse(raw, ""), Address::Untidy(tidy.to_owned()), "{raw}");
        }
    }

    #[test]
    fn below_a_base_path_the_home_page_ends_with_a_slash() {
        assert_eq!(parse("/careers", "/careers"), Address::Untidy("/careers/".to_owned()));
        assert_eq!(parse("/careers//", "/careers"), Address::Untidy("/careers/".to_owned()));
        assert_eq!(parse("/careers/", "/careers"), Address::Plain("/".to_owned()));
        assert_eq!(parse("/careers/guide", "/careers"), Address::Plain("/guide".to_owned()));
        assert_eq!(parse("/careersguide", "/careers"), Address::Nowhere);
        assert_eq!(parse("/guide", "/careers"), Address::Nowhere);
        assert_eq!(parse("/", "/careers"), Address::Nowhere);
    }

    #[test]
    fn routes_see_one_spelling_of_each_path() {
        for raw in ["/", "/guide/skills", "/icons/192.png", "/guide.html", "*"] {
            assert_eq!(spelling(raw, ""), Spelling::Plain, "{raw}");
        }
        assert_eq!(spelling("/careers/", "/careers"), Spelling::Plain);
        for (raw, plain) in [("/%63ompare", "/compare"), ("/guide/%73kills", "/guide/skills")] {
            assert_eq!(spelling(raw, ""), Spelling::Escaped(plain.to_owned()), "{raw}");
        }
        let plain = Spelling::Escaped("/careers/compare".to_owned());
        assert_eq!(spelling("/%63areers/compare", "/careers"), plain);
        for raw in ["/guide/", "//guide", "/../x", "/a%2Fb", "/a%zz", "/%E2%82%B9", "/a%20b"] {
            assert_eq!(spelling(raw, ""), Spelling::Other, "{raw}");
        }
    }

    #[test]
    fn hostile_paths_lead_nowhere() {
        for raw in ["/..", "/../etc/passwd", "/a/../b", "/%2e%2E/x", "/a%2Fb", "/a%5cb", "/./a"] {
            assert_eq!(parse(raw, ""), Address::Nowhere, "{raw}");
        }
        for raw in ["", "*", "a", "/%", "/%0", "/%zz", "/%00", "/a%0d%0ab", "/%ff", "/%c3%28"] {
            assert_eq!(parse(raw, ""), Address::Broken, "{raw}");
        }
    }
    proptest::proptest! {
        #[test]
        fn no_path_is_too_strange_and_none_leads_off_the_site(
            path in "[/.%0-9a-fA-F\\\\?#@:\u{0}-\u{ff}]{0,30}",
            base in "(/[a-z]{1,3}){0,2}",
        ) {
            if let Address::Untidy(tidy) = parse(&path, &base) {
                assert!(tidy.starts_with('/') && !tidy.starts_with("//"), "{tidy}");
                assert!(!matches!(parse(&tidy, &base), Address::Untidy(_)), "{tidy}");
            }
        }
    }
}
