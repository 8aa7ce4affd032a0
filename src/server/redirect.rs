//! Owns answers that lead elsewhere, for good. The entry point is [`to`].

use std::fmt::Write as _;

use http::StatusCode;
use http::header::{self, HeaderValue};

use crate::site::Site;
use crate::site::headers::CachePolicy;
use crate::site::resource::{Draft, Resource};

/// Leads to an address.
pub(super) fn to(site: &Site, address: &str, policy: CachePolicy) -> Resource {
    let text = format!("Moved to {address}\n");
    let resource =
        site.resource(Draft { policy, ..Draft::text(StatusCode::PERMANENT_REDIRECT, text) });
    // Escaped as it is, it is a valid value; without it the body still says where to go.
    match HeaderValue::try_from(in_ascii(address)) {
        Ok(location) => resource.with_header(&header::LOCATION, &location),
        Err(_) => resource,
    }
}

/// An address with the query that was asked for: it goes along on this site, before the anchor.
pub(super) fn with_query(address: &str, query: Option<&str>) -> String {
    let Some(query) = query.filter(|_| address.starts_with('/')) else {
        return address.to_owned();
    };
    let (path, anchor) = address.split_at(address.find('#').unwrap_or(address.len()));
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}{query}{anchor}")
}

/// Addresses in headers are ASCII: what is not is escaped, and so are quotes and the like.
fn in_ascii(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_goes_along_on_this_site_before_the_anchor() {
        for (address, expected) in [
            ("/a", "/a?q=1"),
            ("/a#b", "/a?q=1#b"),
            ("/a?x=2#b", "/a?x=2&q=1#b"),
            ("https://example.org/a", "https://example.org/a"),
        ] {
            assert_eq!(with_query(address, Some("q=1")), expected);
            assert_eq!(with_query(address, None), address);
        }
    }
}
