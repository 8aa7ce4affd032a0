//! Owns the reading of `Accept-Encoding`: which codings a client takes, and in which order.

use http::header::{ACCEPT_ENCODING, HeaderMap};

use crate::site::compress::Encoding;

/// A way to send a body: packed, or as it is.
pub(super) type Coding = Option<Encoding>;

/// What a client takes, best first, filled up with `None`.
pub(super) type Preference = [Option<Coding>; 3];

/// Thousandths; 0 is a refusal.
type Weight = u16;

/// What this client takes. Brotli goes before gzip where it likes them equally; a body as it is
/// comes last unless the client says otherwise, and is taken unless the client refuses it.
pub(super) fn preference(headers: &HeaderMap) -> Preference {
    let mut brotli = None;
    let mut gzip = None;
    let mut identity = None;
    let mut any = None;
    for value in headers.get_all(ACCEPT_ENCODING) {
        // What is not ASCII names no coding.
        for item in value.to_str().unwrap_or_default().split(',') {
            let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
            let name = name.trim();
            let slot = if name.eq_ignore_ascii_case("br") {
                &mut brotli
            } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
                &mut gzip
            } else if name.eq_ignore_ascii_case("identity") {
                &mut identity
            } else if name == "*" {
                &mut any
            } else {
                continue;
            };
            if let Some(weight) = weight(parameters) {
                *slot = Some(weight);
            }
        }
    }
    let packed = |weight: Option<Weight>| weight.or(any).unwrap_or(0);
    // Not named is not refused, but less welcome than anything that is named.
    let identity_weight = identity.or(any.filter(|weight| *weight == 0));
    let mut ranked = [
        (packed(brotli), Some(Some(Encoding::Brotli))),
        (packed(gzip), Some(Some(Encoding::Gzip))),
        (identity_weight.unwrap_or(1), Some(None)),
    ];
    // Stable: equals stay in this order.
    ranked.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    ranked.map(|(weight, coding)| coding.filter(|_| weight > 0))
}

/// The weight of an item by its parameters: 1 without any, none when it cannot be read.
fn weight(parameters: &str) -> Option<Weight> {
    let parameters = parameters.trim();
    if parameters.is_empty() {
        return Some(1000);
    }
    let (name, value) = parameters.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let digits = fraction.len() <= 3 && fraction.bytes().all(|b| b.is_ascii_digit());
    match whole {
        "1" if digits && fraction.bytes().all(|b| b == b'0') => Some(1000),
        "0" if digits => format!("{fraction:0<3}").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// The first choice and those after it, by name.
    fn order(accept: Option<&str>) -> Vec<&'static str> {
        let mut headers = HeaderMap::new();
        if let Some(accept) = accept {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_str(accept).unwrap());
        }
        let name = |coding: Coding| coding.map_or("identity", Encoding::name);
        preference(&headers).into_iter().flatten().map(name).collect()
    }

    #[test]
    fn the_client_gets_what_it_likes_best() {
        for (accept, expected) in [
            ("gzip, deflate, br, zstd", vec!["br", "gzip", "identity"]),
            ("gzip;q=1.0, br;q=0.9", vec!["gzip", "br", "identity"]),
            ("br;q=0.001", vec!["br", "identity"]),
            ("BR ; Q=1", vec!["br", "identity"]),
            ("x-gzip", vec!["gzip", "identity"]),
            ("identity;q=1, gzip;q=0.5", vec!["identity", "gzip"]),
            ("*", vec!["br", "gzip", "identity"]),
            ("*;q=0.5, br;q=0.1", vec!["gzip", "br", "identity"]),
            ("gzip, *;q=0", vec!["gzip"]),
            ("br;q=0, gzip;q=0", vec!["identity"]),
            ("identity;q=0, br", vec!["br"]),
            ("identity;q=0", vec![]),
            ("*;q=0", vec![]),
            ("*;q=0, identity", vec!["identity"]),
            ("", vec!["identity"]),
            ("deflate", vec!["identity"]),
        ] {
            assert_eq!(order(Some(accept)), expected, "{accept}");
        }
        assert_eq!(order(None), ["identity"]);
    }

    #[test]
    fn a_weight_that_cannot_be_read_names_nothing() {
        for accept in ["br;q=2", "br;q=0.1234", "br;q=-1", "br;q=", "br;level=1", "br;q=1.5", ";;;"]
        {
            assert_eq!(order(Some(accept)), ["identity"], "{accept}");
        }
    }

    #[test]
    fn several_header_lines_count_as_one() {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        headers.append(ACCEPT_ENCODING, HeaderValue::from_static("br"));
        assert_eq!(preference(&headers)[0], Some(Some(Encoding::Brotli)));
    }
    proptest::proptest! {
        #[test]
        fn whatever_is_asked_each_coding_is_offered_once_at_most(accept in "[brgzipdenty*;=,.q0-9 ]{0,40}") {
            let mut names = order(Some(&accept));
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{accept}");
        }
    }
}
