//! Owns the name of a request, under which a fault is told to the reader and to the log. It is
//! made only when there is something to tell.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};

/// Where a proxy says how it calls the request, and where we do.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longer names are none; a UUID has 36 letters.
const LONGEST: usize = 64;

/// The name of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestId(String);

impl RequestId {
    /// That which the request brings, so that the logs of a proxy and ours say the same; else a
    /// new one, unlike that of any other request, of this process or another.
    ///
    /// SECURITY: anybody may send such a header. It is believed only while it cannot be mistaken
    /// for anything but a name: once, short, of letters, digits and few signs.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut brought = headers.get_all(HEADER).iter();
        let only = brought.next().filter(|_| brought.next().is_none());
        only.and_then(|value| value.to_str().ok())
            .filter(|name| (1..=LONGEST).contains(&name.len()))
            .filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)))
            .map_or_else(Self::new, |name| Self(name.to_owned()))
    }

    fn new() -> Self {
        static PROCESS: LazyLock<u32> = LazyLock::new(|| {
            let random = RandomState::new().build_hasher().finish();
            u32::try_from(random >> 32).unwrap_or_default()
        });
        static COUNT: AtomicU32 = AtomicU32::new(1);
        Self(format!("{:08x}-{}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed)))
    }

    /// As a header writes it.
    pub(super) fn value(&self) -> HeaderValue {
        HeaderValue::try_from(&self.0).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(names: &[&str]) -> RequestId {
        let mut headers = HeaderMap::new();
        for name in names {
            headers.append(HEADER, HeaderValue::from_str(name).unwrap());
        }
        RequestId::of(&headers)
    }

    #[test]
    fn a_sane_name_is_kept_and_any_other_replaced_by_a_new_one() {
        for sane in ["7b3f", "2f1b6a1e-6c1b-4a7e-9c0d-0f5f3f1f2a3b", "Root_1.2"] {
            assert_eq!(with(&[sane]).to_string(), sane);
        }
        let long = "a".repeat(65);
        for strange in [&[][..], &[""], &["a", "b"], &["a b"], &["a\"b"], &["<i>"], &[&long]] {
            let (one, other) = (with(strange), with(strange));
            assert_ne!(one, other, "{strange:?}");
            assert!(one.to_string().contains('-') && !strange.contains(&&*one.to_string()));
        }
    }
}
