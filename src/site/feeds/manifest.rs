//! Owns the web app manifest: what the site is called and looks like where it is installed.

use serde_json::json;

use super::super::resource::Draft;
use crate::address::{self, Urls};
use crate::content::Content;
use crate::pages::card::icon::{ICONS, Purpose};
use crate::pages::card::{INK, PAPER};

/// `manifest.webmanifest`.
pub(in crate::site) fn manifest(content: &Content, urls: &Urls) -> (String, Draft) {
    let site = &content.site;
    let icons: Vec<_> = ICONS
        .iter()
        .filter(|icon| matches!(icon.purpose, Purpose::Any | Purpose::Maskable))
        .map(|icon| {
            json!({
                "src": urls.path(icon.path),
                "sizes": format!("{0}x{0}", icon.size),
                "type": "image/png",
                "purpose": if icon.purpose == Purpose::Maskable { "maskable" } else { "any" },
            })
        })
        .collect();
    let manifest = json!({
        "id": urls.path(address::HOME),
        "name": site.title,
        "short_name": site.short_title,
        "description": site.description,
        "lang": site.language,
        "dir": "auto",
        "start_url": urls.path(address::HOME),
        "scope": urls.path(address::HOME),
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": INK,
        "categories": ["education"],
        "icons": icons,
    });
    let draft = Draft::data("application/manifest+json", manifest.to_string());
    (address::MANIFEST.to_owned(), draft)
}
