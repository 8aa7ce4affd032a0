//! Owns where pages find style sheets, scripts and icons. Must not know how these are made.

use std::collections::BTreeMap;

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
