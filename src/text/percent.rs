//! Owns the strict reading of escapes in addresses. Browsers forgive a broken one, and so does the
//! crate that reads them.

use percent_encoding::percent_decode_str;

/// The bytes that a text with escapes stands for; none where a `%` has no two hexadecimal digits
/// after it.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let sound = |after: &str| {
        after.as_bytes().first_chunk::<2>().is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    text.split('%').skip(1).all(sound).then(|| percent_decode_str(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_escape_is_not_passed_on() {
        assert_eq!(decode("a%20%e2%82%B9+"), Some("a ₹+".into()));
        for broken in ["%", "a%2", "%zz", "%%20", "%2%30", "%+1"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }
}
