//! Owns which headers are sent with what: cache policies and security headers as values. They are
//! made when the site is built, so that a request only copies them.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// How long a stored copy may be used without asking again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Store it, but ask each time: pages, and everything else whose address stays when it changes.
    Revalidate,
    /// Never ask again: only for addresses that hold a hash of the bytes.
    Immutable,
    /// For an hour: what programs read, and redirects.
    Hour,
    /// Never store it: errors, probes, and whatever holds a reader's own figure.
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
    /// What programs read, those of other sites included.
    Data,
}

// SECURITY: nothing inline, nothing from other sites, and no other site may frame it. For this
// reason pages have no `style` attribute and no inline script: the theme is set before the first
// paint by a small script of its own.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";
// SECURITY: as a page, but without script and form; which sites may frame it is a setting.
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
    /// Of a site that visitors reach by TLS, or not: only then is strict transport promised.
    pub fn new(https: bool) -> Self {
        Self { https, embed_policy: embed_policy("*") }
    }

    /// With the sites that may frame the pages made for it, written as in the directive
    /// `frame-ancestors` of the Content Security Policy; the settings have checked them.
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
        // SECURITY: a reader's own figure in a query must not reach the logs of linked sites.
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
