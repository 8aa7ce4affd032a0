//! Owns what programs read to find pages: the site map, the rules for robots and how to search; in
//! submodules the feed of changes, the list of texts and the web app manifest.

mod atom;
mod llms;
mod manifest;

use std::fmt::{self, Write as _};

use super::PageInfo;
use super::resource::Draft;
use crate::address::{self, Urls};

pub(super) use atom::feed;
pub(super) use llms::llms;
pub(super) use manifest::manifest;

/// `sitemap.xml`, whose addresses must be absolute: without a base URL they are those of this
/// machine, which serves to test it.
pub(super) fn sitemap(pages: &[PageInfo], urls: &Urls, port: u16) -> (String, Draft) {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        let address = urls.absolute_or_local(&page.path, port);
        // Paths are made of names that need no escaping; writing to a string cannot fail.
        let _ = writeln!(
            xml,
            "<url><loc>{}</loc><lastmod>{}</lastmod></url>",
            address.replace('&', "&amp;"),
            page.checked
        );
    }
    xml.push_str("</urlset>\n");
    (address::SITEMAP.to_owned(), Draft::data("application/xml", xml))
}

/// `robots.txt`: everything may be read. The site map is named only where its address is known.
pub(super) fn robots(urls: &Urls) -> (String, Draft) {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(address) = urls.absolute(address::SITEMAP) {
        let _ = writeln!(text, "\nSitemap: {address}");
    }
    (address::ROBOTS.to_owned(), Draft::data("text/plain; charset=utf-8", text))
}

/// `opensearch.xml`, by which a browser searches the guide from its own bar; none without a base
/// URL, because its addresses must be absolute.
pub(super) fn opensearch(name: &str, urls: &Urls) -> Option<(String, Draft)> {
    // Browsers show a name of 16 letters at most.
    let short: String = name.chars().take(16).collect();
    let short = short.trim_end().replace('&', "&amp;").replace('<', "&lt;");
    let template = urls.absolute(address::SEARCH)?.replace('&', "&amp;");
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{short}</ShortName>\n<Description>{short}</Description>\n\
         <Url type=\"text/html\" template=\"{template}?q={{searchTerms}}\"/>\n\
         </OpenSearchDescription>\n"
    );
    Some((
        address::OPENSEARCH.to_owned(),
        Draft::data("application/opensearchdescription+xml", xml),
    ))
}

/// How askama escapes what it puts into a template whose name ends in ".xml"; see `templates/askama.toml`.
#[derive(Clone, Copy)]
pub(crate) struct Xml;

impl askama::filters::Escaper for Xml {
    fn write_escaped_str<W: fmt::Write>(&self, mut out: W, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| match c {
            '&' => out.write_str("&amp;"),
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&apos;"),
            c => out.write_char(c),
        })
    }
}
