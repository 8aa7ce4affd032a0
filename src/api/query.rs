//! Owns the strict reading of a query string. Browsers and the page accept a broken escape; a program
//! that sends one has a fault, and gets an error.

use url::form_urlencoded;

use crate::text::percent;

/// Why a query cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A `%` without two hexadecimal digits after it.
    #[error("A `%` in the query has no two hexadecimal digits after it: write %25 for `%`.")]
    BrokenEscape,
    /// The bytes are not text.
    #[error("The query is not UTF-8 once its escapes are read.")]
    NotUtf8,
}

/// Names and values, in their order.
pub fn pairs(raw: &str) -> Result<Vec<(String, String)>, QueryError> {
    let bytes = percent::decode(raw).ok_or(QueryError::BrokenEscape)?;
    std::str::from_utf8(&bytes).map_err(|_| QueryError::NotUtf8)?;
    Ok(form_urlencoded::parse(raw.as_bytes()).into_owned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_forms_send_it() {
        let read = pairs("country=in&country=gb&offer=%E2%82%B918+lakh&flag&=&&a=b%3Dc").unwrap();
        let read: Vec<(&str, &str)> = read.iter().map(|(n, v)| (&**n, &**v)).collect();
        assert_eq!(
            read,
            [
                ("country", "in"),
                ("country", "gb"),
                ("offer", "₹18 lakh"),
                ("flag", ""),
                ("", ""),
                ("a", "b=c")
            ]
        );
        assert_eq!(pairs(""), Ok(Vec::new()));
    }

    #[test]
    fn a_broken_query_is_refused() {
        for raw in ["%", "a=%", "a=%4", "a=%zz", "a=%+1", "%%", "a=1&b=%2"] {
            assert_eq!(pairs(raw), Err(QueryError::BrokenEscape), "{raw}");
        }
        for raw in ["a=%ff", "%c3=1", "a=%C3&b=%A9", "a=%ed%a0%80"] {
            assert_eq!(pairs(raw), Err(QueryError::NotUtf8), "{raw}");
        }
    }
}
