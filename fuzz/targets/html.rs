//! Owns what must hold of every page, whatever it was made from: its tags close in order, and
//! nothing in it runs. It reads the HTML that the templates write, not any HTML.

const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "col", "wbr"];

/// Panics if the page is broken or would run something.
pub(super) fn assert_sound(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let tag = until_end(rest);
        rest = &rest[tag.len()..];
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.trim()), "a tag is closed out of order in\n{page}");
            continue;
        }
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        assert!(
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            "`<{tag}` is no tag in\n{page}"
        );
        assert_inert(name, &tag[name.len()..]);
        if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed in\n{page}");
}

/// A tag up to its `>`; one between quotation marks does not end it.
fn until_end(rest: &str) -> &str {
    let mut quoted = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return &rest[..at],
            _ => {}
        }
    }
    panic!("a tag does not end: <{rest}");
}

fn assert_inert(name: &str, attributes: &str) {
    let mut sourced = false;
    let mut rest = attributes;
    while let Some((before, after)) = rest.split_once("=\"") {
        let attribute = before.rsplit([' ', '\n']).next().unwrap_or_default().to_ascii_lowercase();
        let (value, after) = after.split_once('"').expect("a value ends");
        rest = after;
        assert!(!attribute.starts_with("on") && attribute != "style", "{name}{attributes}");
        if ["href", "src", "action"].contains(&attribute.as_str()) {
            let scheme = value.split([':', '/', '?', '#']).next().unwrap_or_default();
            let has_scheme = value[scheme.len()..].starts_with(':');
            let known = ["http", "https", "mailto"].contains(&scheme);
            assert!(!has_scheme || known, "{name}{attributes}");
            sourced |= attribute == "src";
        }
    }
    let embeds = ["script", "iframe", "object", "base", "embed", "style"].contains(&name);
    // Data for search engines is a script by name alone: nothing runs it.
    let data = attributes == " type=\"application/ld+json\"";
    assert!(!embeds || (name == "script" && (sourced || data)), "<{name}{attributes}>");
}
