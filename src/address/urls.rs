//! Owns addresses as they are written into answers: a path of the site with the base path, under
//! which the site may be mounted, or with its host; and the addresses of assets, whose names hold a
//! hash. Must not know what is sent at a path.

use std::collections::BTreeMap;

use url::Url;

/// The beginning of addresses on this site in files outside it, where its host is not known. A private
/// scheme, so that an address that is not replaced leads nowhere rather than to another site.
pub const AWAY: &str = "career-guide:";

/// The maker of addresses.
#[derive(Clone, Debug)]
pub struct Urls {
    /// "" or "/careers": never with a slash at the end.
    base_path: String,
    /// `https://example.org`: never with a slash at the end. None when no base URL is set.
    origin: Option<String>,
}

impl Urls {
    /// From the base URL, which may have a path; none mounts the site at the root.
    pub fn new(base_url: Option<&Url>) -> Self {
        Self {
            base_path: base_url
                .map_or(String::new(), |url| url.path().trim_end_matches('/').to_owned()),
            origin: base_url.map(|url| url.origin().ascii_serialization()),
        }
    }

    /// The path under which the site is mounted: "" or "/careers".
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// An address on this site from a path below its root: "/guide/skills#python".
    pub fn path(&self, path: &str) -> String {
        debug_assert!(path.starts_with('/'), "{path}");
        format!("{}{path}", self.base_path)
    }

    /// The absolute address of a path below the site's root; none without a base URL.
    pub fn absolute(&self, path: &str) -> Option<String> {
        self.origin.as_ref().map(|origin| format!("{origin}{}{path}", self.base_path))
    }

    /// The absolute address of a path below the site's root; without a base URL only the path.
    pub fn absolute_or_path(&self, path: &str) -> String {
        self.absolute(path).unwrap_or_else(|| self.path(path))
    }

    /// The absolute form of an address that has the base path already; as it is without a base URL.
    pub fn at_origin(&self, href: &str) -> String {
        format!("{}{href}", self.origin.as_deref().unwrap_or_default())
    }

    /// An absolute address where there must be one: without a base URL that of this machine, which
    /// serves to test it.
    pub fn absolute_or_local(&self, path: &str, port: u16) -> String {
        self.absolute(path).unwrap_or_else(|| format!("http://localhost:{port}{}", self.path(path)))
    }

    /// For a file outside this site: addresses are absolute, or begin with [`AWAY`].
    #[must_use]
    pub fn from_elsewhere(&self) -> Self {
        let base_path = match &self.origin {
            Some(origin) => format!("{origin}{}", self.base_path),
            None => AWAY.to_owned(),
        };
        Self { base_path, origin: None }
    }
}

/// Addresses of assets by source name: "css/site.css" leads to "/careers/assets/site.1f2e3d4c.css".
#[derive(Clone, Debug, Default)]
pub struct AssetUrls(BTreeMap<String, String>);

impl AssetUrls {
    /// From source names and finished addresses, base path included.
    pub fn new(urls: BTreeMap<String, String>) -> Self {
        Self(urls)
    }

    /// Every source name with its address.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, address)| (name.as_str(), address.as_str()))
    }

    /// The address of an asset; of one that does not exist, its plain name, which answers 404.
    pub fn href<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }
}
