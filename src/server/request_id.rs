//! Owns the id of a request, which names a fault to the reader and in the log: the one that a proxy
//! sent, so that both logs have the same, or a new one. tower-http carries it.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use http::Request;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use tower_http::request_id::{MakeRequestId, RequestId};

/// Where a proxy says how it calls the request, and where we do.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longer names are refused; a UUID has 36 letters.
const LONGEST: usize = 64;

/// The name of a request that has passed the layer which sets it.
pub(super) fn of(headers: &HeaderMap) -> &str {
    headers.get(HEADER).and_then(|value| value.to_str().ok()).unwrap_or("unknown")
}

/// Takes away a name that cannot be trusted, so that the request gets a new one.
///
/// SECURITY: anybody may send such a header. It is believed only while it cannot be mistaken for
/// anything but a name: once, short, of letters, digits and few signs.
pub(super) fn remove_unsafe<B>(mut request: Request<B>) -> Request<B> {
    let mut sent = request.headers().get_all(HEADER).iter();
    let safe = match (sent.next(), sent.next()) {
        (Some(name), None) => is_safe(name.as_bytes()),
        (Some(_), Some(_)) => false,
        (None, _) => return request,
    };
    if !safe {
        request.headers_mut().remove(HEADER);
    }
    request
}

fn is_safe(name: &[u8]) -> bool {
    (1..=LONGEST).contains(&name.len())
        && name.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
}

/// Makes names unlike those of any other request, of this process or another.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewRequestId;

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        static PROCESS: LazyLock<u32> = LazyLock::new(|| {
            let random = RandomState::new().build_hasher().finish();
            u32::try_from(random >> 32).unwrap_or_default()
        });
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let id = format!("{:08x}-{}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed));
        HeaderValue::try_from(id).ok().map(RequestId::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remaining_id(names: &[&str]) -> Option<String> {
        let mut request = Request::new(());
        for name in names {
            request.headers_mut().append(HEADER, HeaderValue::from_str(name).unwrap());
        }
        let headers = remove_unsafe(request).into_parts().0.headers;
        headers.get(HEADER).map(|name| name.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_safe_name_is_kept_and_any_other_replaced_by_a_new_one() {
        for safe in ["7b3f", "2f1b6a1e-6c1b-4a7e-9c0d-0f5f3f1f2a3b", "Root_1.2"] {
            assert_eq!(remaining_id(&[safe]).as_deref(), Some(safe));
        }
        let long = "a".repeat(65);
        for unsafe_name in [&[][..], &[""], &["a", "b"], &["a b"], &["a\"b"], &["<i>"], &[&long]] {
            assert_eq!(remaining_id(unsafe_name), None, "{unsafe_name:?}");
        }
        let new = || NewRequestId.make_request_id(&Request::new(())).unwrap().into_header_value();
        let (one, other) = (new(), new());
        assert_ne!(one, other);
        assert!(is_safe(one.as_bytes()));
    }
}
