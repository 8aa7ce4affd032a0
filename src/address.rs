#[allow(missing_docs)]
pub const HOME: &str = "/";
#[allow(missing_docs)]
pub const ABOUT: &str = "/about";
#[allow(missing_docs)]
pub const WHOLE_GUIDE: &str = "/guide";
#[allow(missing_docs)]
pub const GUIDE_FILE: &str = "/guide.html";
#[allow(missing_docs)]
pub const COMPARE: &str = "/compare";
#[allow(missing_docs)]
pub const COMPARE_CSV: &str = "/compare.csv";
#[allow(missing_docs)]
pub const COMPARE_JSON: &str = "/compare.json";
#[allow(missing_docs)]
pub const COMPARE_CARD: &str = "/compare.png";
#[allow(missing_docs)]
pub const EMBED_COMPARE: &str = "/embed/compare";
#[allow(missing_docs)]
pub const PAY_TABLES: &str = "/salaries.json";
#[allow(missing_docs)]
pub const SOURCES: &str = "/sources";
#[allow(missing_docs)]
pub const PLAN: &str = "/plan";
#[allow(missing_docs)]
pub const SEARCH: &str = "/search";
#[allow(missing_docs)]
pub const OPENSEARCH: &str = "/opensearch.xml";
#[allow(missing_docs)]
pub const OFFLINE: &str = "/offline";
#[allow(missing_docs)]
pub const SERVICE_WORKER: &str = "/sw.js";
#[allow(missing_docs)]
pub const OPENAPI: &str = "/openapi.json";
#[allow(missing_docs)]
pub const ICON_192: &str = "/icons/192.png";
#[allow(missing_docs)]
pub const ICON_512: &str = "/icons/512.png";
#[allow(missing_docs)]
pub const ICON_MASKABLE: &str = "/icons/maskable-512.png";
#[allow(missing_docs)]
pub const TOUCH_ICON: &str = "/apple-touch-icon.png";
#[allow(missing_docs)]
pub const FAVICON: &str = "/favicon.ico";
#[allow(missing_docs)]
pub const MANIFEST: &str = "/manifest.webmanifest";
#[allow(missing_docs)]
pub const SITEMAP: &str = "/sitemap.xml";
#[allow(missing_docs)]
pub const ROBOTS: &str = "/robots.txt";
#[allow(missing_docs)]
pub const FEED: &str = "/feed.xml";
#[allow(missing_docs)]
pub const LLMS: &str = "/llms.txt";
#[allow(missing_docs)]
pub const LIVENESS: &str = "/healthz";
#[allow(missing_docs)]
pub const READINESS: &str = "/readyz";
#[allow(missing_docs)]
pub const SECTIONS: &str = "/guide/";
#[allow(missing_docs)]
pub const COUNTRIES: &str = "/salaries/";
#[allow(missing_docs)]
pub const PICTURES: &str = "/pictures/";
#[allow(missing_docs)]
pub const CARDS: &str = "/cards/";
#[allow(missing_docs)]
pub const ICONS: &str = "/icons/";
#[allow(missing_docs)]
pub const ASSETS: &str = "/assets/";
#[allow(missing_docs)]
pub const IMAGES: &str = "/images/";
#[allow(missing_docs)]
pub const EMBEDS: &str = "/embed/";
pub use crate::api::is_for_programs;
