//! Owns one answer: its bytes in each coding, each with a strong entity tag of its own and its
//! complete headers, so that a request only copies them. The entry point is [`Resource::new`].
//! Must not know requests.

use std::sync::OnceLock;

use bytes::Bytes;
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::compress::{Effort, Encoding, compress};
use super::headers::{CachePolicy, Kind, Security};
use crate::digest::Digest;

/// What a resource is made from.
#[derive(Clone, Debug)]
pub struct Draft {
    /// 200, or that of an error page.
    pub status: StatusCode,
    /// What it is to a browser.
    pub kind: Kind,
    /// "text/html; charset=utf-8".
    pub content_type: &'static str,
    /// How long a copy may be used without asking.
    pub policy: CachePolicy,
    /// The bytes as they are.
    pub body: Bytes,
}

impl Draft {
    /// Something that was found.
    pub fn new(
        kind: Kind,
        content_type: &'static str,
        policy: CachePolicy,
        body: impl Into<Bytes>,
    ) -> Self {
        Self { status: StatusCode::OK, kind, content_type, policy, body: body.into() }
    }

    /// A page that was found.
    pub fn page(html: String) -> Self {
        Self::new(Kind::Page, "text/html; charset=utf-8", CachePolicy::Revalidate, html)
    }

    /// What programs read, and no query changes.
    pub fn data(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self::new(Kind::Data, content_type, CachePolicy::Hour, body)
    }

    /// Plain text, for errors that have no page and for probes.
    pub fn text(status: StatusCode, text: impl Into<Bytes>) -> Self {
        Self {
            status,
            kind: Kind::Page,
            content_type: "text/plain; charset=utf-8",
            policy: CachePolicy::Never,
            body: text.into(),
        }
    }
}

/// One answer, ready to send.
#[derive(Debug)]
pub struct Resource {
    status: StatusCode,
    /// What all codings share.
    headers: HeaderMap,
    identity: Variant,
    /// None for pixels and fonts, whose formats are packed already.
    packed: Option<Packed>,
}

#[derive(Debug)]
struct Packed {
    effort: Effort,
    brotli: OnceLock<Option<Variant>>,
    gzip: OnceLock<Option<Variant>>,
}

/// A resource in one coding.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The bytes that go out.
    pub body: Bytes,
    /// With the body, and for HEAD.
    pub headers: HeaderMap,
    /// Instead of a body that the client has; none when there is nothing to compare.
    pub not_modified: Option<NotModified>,
}

/// An answer to a client that may have the body already.
#[derive(Clone, Debug)]
pub struct NotModified {
    /// The entity tag, quoted.
    pub etag: HeaderValue,
    /// Those of the full answer, without those that describe the body.
    pub headers: HeaderMap,
}

impl Resource {
    /// Makes everything but the packed forms.
    pub fn new(draft: Draft, security: &Security, effort: Effort) -> Self {
        let packed = is_compressible(draft.content_type).then(|| Packed {
            effort,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        });
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(draft.content_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(draft.policy.value()));
        if packed.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        security.add_to(&mut headers, draft.kind);
        // A client asks again only about what was found and what it may store.
        let tagged = draft.status == StatusCode::OK && draft.policy != CachePolicy::Never;
        let identity = Variant::new(draft.body, None, &headers, tagged);
        Self { status: draft.status, headers, identity, packed }
    }

    /// With a header that only this resource has.
    #[must_use]
    pub fn with_header(mut self, name: &HeaderName, value: &HeaderValue) -> Self {
        self.headers.insert(name, value.clone());
        self.identity.headers.insert(name, value.clone());
        // The headers of a 304 replace those that a browser has stored with the body.
        if let Some(not_modified) = &mut self.identity.not_modified {
            not_modified.headers.insert(name, value.clone());
        }
        self
    }

    /// Takes over the packed forms of another resource if they would come out the same here.
    pub fn inherit(&self, other: &Self) {
        let (Some(mine), Some(theirs)) = (&self.packed, &other.packed) else { return };
        if mine.effort != theirs.effort
            || self.headers != other.headers
            || self.identity.body != other.identity.body
        {
            return;
        }
        for (mine, theirs) in [(&mine.brotli, &theirs.brotli), (&mine.gzip, &theirs.gzip)] {
            if let Some(variant) = theirs.get() {
                // It fails if there is one already, which then has the same bytes.
                let _ = mine.set(variant.clone());
            }
        }
    }

    /// Whether it was found, and others may store it.
    pub fn may_be_stored(&self) -> bool {
        self.identity.not_modified.is_some()
    }

    /// 200, or that of an error page.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// As it is.
    pub fn identity(&self) -> &Variant {
        &self.identity
    }

    /// In a coding, if that makes it smaller. Made once, when it is first asked for: usually by
    /// [`Site::pack`](super::Site::pack), before any reader asks.
    pub fn packed(&self, encoding: Encoding) -> Option<&Variant> {
        let packed = self.packed.as_ref()?;
        let cell = match encoding {
            Encoding::Brotli => &packed.brotli,
            Encoding::Gzip => &packed.gzip,
        };
        cell.get_or_init(|| {
            let body = compress(&self.identity.body, encoding, packed.effort)?;
            let tagged = self.identity.not_modified.is_some();
            Some(Variant::new(body, Some(encoding), &self.headers, tagged))
        })
        .as_ref()
    }
}

impl Variant {
    fn new(body: Bytes, encoding: Option<Encoding>, shared: &HeaderMap, tagged: bool) -> Self {
        let mut headers = shared.clone();
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        let not_modified = tagged.then(|| {
            let etag = entity_tag(&body);
            headers.insert(header::ETAG, etag.clone());
            // No ranges: the largest page packs to a fraction of what would be worth resuming, and a
            // part of a packed page is of no use. This saves clients the attempt.
            headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("none"));
            let mut headers = headers.clone();
            for describing in
                [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING]
            {
                headers.remove(describing);
            }
            NotModified { etag, headers }
        });
        Self { body, headers, not_modified }
    }
}

/// A hash of the bytes that go out, so that each coding has another, as a strong tag must
/// (RFC 9110, section 8.8.1).
fn entity_tag(body: &[u8]) -> HeaderValue {
    HeaderValue::try_from(format!("\"{}\"", Digest::of(body).hex(20)))
        .unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// Whether packing can make a type of content smaller.
fn is_compressible(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.starts_with("text/")
        || essence.ends_with("json")
        || essence.ends_with("xml")
        || essence == "text/javascript"
        || essence == "image/x-icon"
}
