//! Owns which headers go out with what: cache policies and security as values. Made once when
//! the site is built, so that a request copies them and decides nothing.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// How long a copy may be used without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Keep it, but ask each time: pages, and everything else at an address that stays.
    Revalidate,
    /// Never ask: only for addresses that hold the hash of what they lead to.
    Immutable,
    /// Keep it for an hour: what is read by programs, and redirects.
    Hour,
    /// Never keep it: errors of the server and probes.
    Never,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Revalidate => "no-cache",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Hour => "public, max-age=3600",
            Self::Never => "no-store",
        }
    }
}

/// What a resource is to a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page of the site.
    Page,
    /// A style sheet, a script or an icon of the site's own.
    Asset,
    /// A page that other sites may frame.
    Embed,
    /// A picture that other sites may show and that may be opened by itself.
    Picture,
    /// For programs anywhere.
    Data,
}

// SECURITY: nothing inline, nothing from elsewhere, nobody frames it. Pages carry no `style`
// attribute and no inline script for this reason.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";
// SECURITY: as a page, but with neither script nor form; who may frame it is a setting.
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     form-action 'none'; base-uri 'none'; frame-ancestors ";
// SECURITY: a picture of the content folder may be an SVG, which is a document when opened by
// itself: it may style itself, and do nothing else.
const PICTURE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
const ASSET_POLICY: &str = "default-src 'none'; style-src 'self'; frame-ancestors 'none'";

const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
const TWO_YEARS: &str = "max-age=63072000; includeSubDomains";

/// The headers that depend on nothing but what a resource is.
#[derive(Clone, Debug)]
pub struct Security {
    https: bool,
    embed_policy: HeaderValue,
}

impl Security {
    /// Strict transport is promised only where visitors come by TLS.
    pub fn new(https: bool) -> Self {
        Self { https, embed_policy: embed_policy("*") }
    }

    /// With those who may frame the pages made for it, as the directive `frame-ancestors` of the
    /// Content Security Policy writes them; the settings have checked them.
    #[must_use]
    pub fn framed_by(self, ancestors: &str) -> Self {
        Self { embed_policy: embed_policy(ancestors), ..self }
    }

    /// Adds the security headers of a kind of resource.
    pub fn add_to(&self, headers: &mut HeaderMap, kind: Kind) {
        let policy = match kind {
            Kind::Page => HeaderValue::from_static(PAGE_POLICY),
            Kind::Asset => HeaderValue::from_static(ASSET_POLICY),
            Kind::Embed => self.embed_policy.clone(),
            Kind::Picture => HeaderValue::from_static(PICTURE_POLICY),
            Kind::Data => HeaderValue::from_static(DATA_POLICY),
        };
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        let shared = matches!(kind, Kind::Embed | Kind::Picture | Kind::Data);
        let mut add = |name: HeaderName, value: &'static str| {
            headers.insert(name, HeaderValue::from_static(value));
        };
        add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        // An offer in a query must reach nobody's log by way of a link.
        add(header::REFERRER_POLICY, "no-referrer");
        add(HeaderName::from_static("permissions-policy"), PERMISSIONS);
        add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
        add(
            HeaderName::from_static("cross-origin-resource-policy"),
            if shared { "cross-origin" } else { "same-origin" },
        );
        if kind == Kind::Data {
            add(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
        if self.https {
            add(header::STRICT_TRANSPORT_SECURITY, TWO_YEARS);
        }
    }
}

fn embed_policy(ancestors: &str) -> HeaderValue {
    HeaderValue::try_from(format!("{EMBED_POLICY}{ancestors}"))
        .unwrap_or_else(|_| HeaderValue::from_static(PAGE_POLICY))
}
