//! Owns which files an export has, and what they hold: the server's own answers at every address of
//! the site and at every address to which its pages lead. So an export cannot differ from what is
//! served, and a new kind of page is exported without a change here. The exceptions are the pages
//! that need the program ([`page_without_program`]), redirects, and the page for what does not exist.
//! The entry point is [`collect`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{Request, StatusCode};

use super::{ExportError, Phase, Progress};
use crate::address;
use crate::html;
use crate::pages::{self, Asked};
use crate::pay::comparison::Selection;
use crate::server::App;
use crate::site::Site;

/// A file to write.
#[derive(Debug)]
pub(super) struct File {
    /// Within the folder: "guide/skills/index.html".
    pub(super) name: String,
    /// What it holds.
    pub(super) body: Bytes,
    /// Whether packing may make it smaller.
    pub(super) is_compressible: bool,
}

/// All files of a site, in the order of their names.
pub(super) async fn collect(
    site: Arc<Site>,
    progress: Progress<'_>,
) -> Result<Vec<File>, ExportError> {
    let app = App::new(Arc::clone(&site));
    let mut files = BTreeMap::new();
    let mut add = |name: String, body: Bytes, is_compressible: bool| {
        let file = File { name: name.clone(), body, is_compressible };
        match files.insert(name, file) {
            None => Ok(()),
            Some(other) => Err(ExportError::Collision(other.name)),
        }
    };
    let mut open: Vec<String> = site.addresses().into_iter().map(str::to_owned).collect();
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    while let Some(address) = open.pop() {
        progress(Phase::Making, seen.len() - open.len(), seen.len());
        let failed = |source| ExportError::Page { path: address.clone(), source };
        let answer = ask(&app, &site, &address).await;
        if let Some(to) = answer.redirect_to {
            let page = pages::moved(&site.shared(), &to).map_err(failed)?;
            add(redirect_name(&address), page.into(), true)?;
            continue;
        }
        if answer.status != StatusCode::OK {
            return Err(ExportError::Unanswered { address, status: answer.status });
        }
        let body = match page_without_program(&site, &address).transpose().map_err(failed)? {
            Some(page) => page.into(),
            None => answer.body,
        };
        if answer.is_html {
            for link in linked_paths(&body, &site) {
                if seen.insert(link.clone()) {
                    open.push(link);
                }
            }
        }
        add(file_name(&address, answer.is_html), body, answer.is_compressible)?;
    }
    let nowhere = pages::not_found(&site.shared(), "", &[])
        .map_err(|source| ExportError::Page { path: "/404.html".to_owned(), source })?;
    add("404.html".to_owned(), nowhere.into(), true)?;
    check_collisions(&files)?;
    Ok(files.into_values().collect())
}

/// The page that replaces one that answers queries, which files cannot.
fn page_without_program(site: &Site, address: &str) -> Option<Result<String, askama::Error>> {
    match address {
        address::COMPARE => {
            let defaults = Selection::defaults(&site.content().salaries);
            let asked = Asked { selection: &defaults, ignored: &[], today: site.today() };
            Some(pages::compare_in_export(&site.shared(), &asked))
        }
        address::SEARCH => Some(pages::search_in_export(&site.shared())),
        _ => None,
    }
}

/// What the server answers at an address.
struct Answer {
    status: StatusCode,
    redirect_to: Option<String>,
    is_html: bool,
    is_compressible: bool,
    body: Bytes,
}

async fn ask(app: &App, site: &Site, address: &str) -> Answer {
    let mut request = Request::new(Body::empty());
    // HTTP/1.1 demands a host; which one makes no difference here.
    request.headers_mut().insert(header::HOST, HeaderValue::from_static("localhost"));
    if let Ok(uri) = site.urls().path(address).parse() {
        *request.uri_mut() = uri;
    }
    let (parts, body) = app.ask(request).await.into_parts();
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    Answer {
        status: parts.status,
        redirect_to: text(header::LOCATION).map(str::to_owned),
        is_html: text(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html")),
        is_compressible: text(header::VARY).is_some(),
        body,
    }
}

/// The paths of this site, below its base path, to which a page leads: without query and anchor,
/// since a file has neither.
fn linked_paths(html: &[u8], site: &Site) -> Vec<String> {
    const ATTRIBUTES: [&str; 4] = ["href", "src", "action", "content"];
    let html = String::from_utf8_lossy(html);
    let mut links = Vec::new();
    for part in html::parts(&html) {
        let html::Part::Start(tag) = part else { continue };
        let values = ATTRIBUTES.iter().filter_map(|name| tag.attribute(name));
        links.extend(values.filter_map(|value| path_on_site(value, site)));
    }
    links
}

fn path_on_site(link: &str, site: &Site) -> Option<String> {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let whole = site.urls().absolute("").filter(|start| path.starts_with(start.as_str()));
    let path = match &whole {
        Some(start) => &path[start.len()..],
        None => path.strip_prefix(site.urls().base_path())?,
    };
    path.starts_with('/').then(|| path.to_owned())
}

/// The name of the file for an address. A page is the index of a folder, because every host shows that
/// at the address of the folder.
fn file_name(address: &str, html: bool) -> String {
    let path = address.trim_start_matches('/');
    if !html || path.ends_with(".html") {
        path.to_owned()
    } else if path.is_empty() {
        "index.html".to_owned()
    } else {
        format!("{path}/index.html")
    }
}

/// The name of the page that replaces a redirect. A host takes the type of a file from the ending
/// of its name, so that HTML must not be called "old.php".
fn redirect_name(address: &str) -> String {
    file_name(address, true)
}

/// No name may be a file and a folder at the same time.
fn check_collisions(files: &BTreeMap<String, File>) -> Result<(), ExportError> {
    for name in files.keys() {
        let mut folder = name.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            if files.contains_key(above) {
                return Err(ExportError::Collision(above.to_owned()));
            }
            folder = above;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_index_of_a_folder_and_everything_else_keeps_its_name() {
        assert_eq!(file_name("/", true), "index.html");
        assert_eq!(file_name("/guide/skills", true), "guide/skills/index.html");
        assert_eq!(file_name("/guide.html", true), "guide.html");
        assert_eq!(file_name("/compare.csv", false), "compare.csv");
        assert_eq!(redirect_name("/old.php"), "old.php/index.html");
    }

    #[test]
    fn what_must_be_file_and_folder_at_once_is_noticed() {
        let files = |names: &[&str]| -> BTreeMap<String, File> {
            let file = |name: &&str| File {
                name: (*name).to_owned(),
                body: Bytes::new(),
                is_compressible: false,
            };
            names.iter().map(|name| ((*name).to_owned(), file(name))).collect()
        };
        assert!(check_collisions(&files(&["a.json", "a/b/index.html", "a/index.html"])).is_ok());
        let error = check_collisions(&files(&["a.json", "a.json/b/index.html"])).unwrap_err();
        assert!(error.to_string().starts_with("a.json would have to be"), "{error}");
    }
}
