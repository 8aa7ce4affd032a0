//! Owns the names under which requests are counted. SECURITY: a closed list, so that nobody can
//! make it longer by asking for more.

use crate::address;

/// Where a request led, as a place in [`ROUTES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) struct Route(usize);

/// Every name. A star stands for all names at that place.
pub(super) const ROUTES: &[&str] = &[
    "other",
    "/",
    "/about",
    "/guide",
    "/guide/*",
    "/guide.html",
    "/compare",
    "/compare.csv",
    "/compare.json",
    "/compare.png",
    "/embed/*",
    "/salaries/*",
    "/salaries.json",
    "/sources",
    "/plan",
    "/pictures/*",
    "/search",
    "/opensearch.xml",
    "/offline",
    "/sw.js",
    "/openapi.json",
    "/cards/*",
    "/icons/*",
    "/apple-touch-icon.png",
    "/manifest.webmanifest",
    "/assets/*",
    "/images/*",
    "/favicon.ico",
    "/sitemap.xml",
    "/robots.txt",
    "/feed.xml",
    "/llms.txt",
    "/healthz",
    "/readyz",
];

impl Route {
    /// What is no place of the site: another spelling, another path, nothing.
    pub(in crate::server) const OTHER: Self = Self(0);

    /// By the path below the base path, or that of a probe.
    pub(in crate::server) fn of(path: &str) -> Self {
        let Some(below) = path.strip_prefix('/') else { return Self::OTHER };
        let family = below.find('/').map(|end| &path[..end + 2]);
        let is = |name: &str| match family {
            Some(family) => name.strip_suffix('*') == Some(family),
            None => name == path,
        };
        Self(ROUTES.iter().position(|name| is(name)).unwrap_or_default())
    }

    /// By the path of a request, which begins with the base path unless it is that of a probe.
    pub(in crate::server) fn of_request(path: &str, base_path: &str) -> Self {
        match path.strip_prefix(base_path) {
            Some(below) => Self::of(below),
            None if [address::LIVENESS, address::READINESS].contains(&path) => Self::of(path),
            None => Self::OTHER,
        }
    }

    /// Its name.
    pub(in crate::server) fn name(self) -> &'static str {
        ROUTES[self.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_counts_under_its_own_name_or_that_of_its_family() {
        for (path, name) in [
            ("/", "/"),
            ("/guide", "/guide"),
            ("/guide/skills", "/guide/*"),
            ("/guide/a/b", "/guide/*"),
            ("/compare.csv", "/compare.csv"),
            ("/compare/x", "other"),
            ("/wp-login.php", "other"),
            ("", "other"),
            ("*", "other"),
            ("//", "other"),
        ] {
            assert_eq!(Route::of(path).name(), name, "{path}");
        }
    }
}
