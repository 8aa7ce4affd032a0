//! Builds a site from files in memory and sends it requests.

use std::io::Read as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use career_guide::config::Config;
use career_guide::content::Content;
use career_guide::content::diagnostics::{Diagnostics, Problems};
use career_guide::content::source::{self, Source};
use career_guide::server::{App, AppState};
use career_guide::site::Site;
use http::{HeaderMap, Method, Request, StatusCode};

use crate::folder::{Files, read_folder, repository};

/// The files and settings of a site that is not built yet.
pub(crate) struct TestSite {
    files: Files,
    config: Config,
    routes: Router<Arc<AppState>>,
}

/// A site that answers.
pub(crate) struct Running(App);

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl TestSite {
    /// A small guide about another career.
    pub(crate) fn new() -> Self {
        Self::of("tests/fixtures/lighthouse")
    }

    /// The guide in a folder of this repository.
    pub(crate) fn of(folder: &str) -> Self {
        let files = Source::Folder(repository(folder)).read(&Problems::default()).files;
        Self { files, config: Config::default(), routes: Router::new() }
    }

    /// Adds the files of a folder of this repository.
    pub(crate) fn overlaid_by(mut self, folder: &str) -> Self {
        self.files.append(&mut read_folder(&repository(folder)));
        self
    }

    pub(crate) fn file(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), content.into());
        self
    }

    pub(crate) fn base_url<'u>(mut self, url: impl Into<Option<&'u str>>) -> Self {
        self.config.base_url = url.into().map(|url| url.parse().unwrap());
        self
    }

    /// As on a calendar day; otherwise it is today.
    pub(crate) fn on(mut self, day: &str) -> Self {
        self.config.today = day.parse().unwrap();
        self
    }

    pub(crate) fn routes(mut self, routes: Router<Arc<AppState>>) -> Self {
        self.routes = routes;
        self
    }

    pub(crate) fn load(&self) -> Result<Content, Diagnostics> {
        let files = source::Files { root: "guide".to_owned(), files: self.files.clone() };
        Content::from_files(files, Problems::default())
    }

    pub(crate) fn content(&self) -> Content {
        self.load().unwrap_or_else(|errors| panic!("{errors}"))
    }

    pub(crate) fn build(self) -> Arc<Site> {
        Arc::new(Site::build(self.content(), &self.config).unwrap())
    }

    pub(crate) fn start(mut self) -> Running {
        let routes = std::mem::take(&mut self.routes);
        Running(App::with_routes(self.build(), routes))
    }
}

/// The guide within the program.
pub(crate) fn shipped() -> Arc<Site> {
    shipped_with(&Config::default())
}

pub(crate) fn shipped_with(config: &Config) -> Arc<Site> {
    let content = Content::load(&Source::Embedded).unwrap_or_else(|errors| panic!("{errors}"));
    Arc::new(Site::build(content, config).unwrap())
}

impl Running {
    pub(crate) fn serving(site: Arc<Site>) -> Self {
        Self(App::new(site))
    }

    pub(crate) fn app(&self) -> &App {
        &self.0
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.ask(Method::GET, target, &[]).await
    }

    /// The answer, which must be 200.
    pub(crate) async fn get_ok(&self, target: &str) -> Answer {
        let answer = self.get(target).await;
        assert_eq!(answer.status, StatusCode::OK, "{target}");
        answer
    }

    pub(crate) async fn get_with(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, target, headers).await
    }

    pub(crate) async fn ask(
        &self,
        method: Method,
        target: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request =
            Request::builder().method(method).uri(target).header("host", "example.org");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let (parts, body) = self.0.ask(request).await.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: body.to_vec() }
    }
}

impl Answer {
    /// The value of a header, "" when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as it was before packing.
    pub(crate) fn unpacked(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self.header("content-encoding") {
            "br" => brotli::Decompressor::new(&*self.body, 4096).read_to_end(&mut out).unwrap(),
            "gzip" => flate2::read::GzDecoder::new(&*self.body).read_to_end(&mut out).unwrap(),
            "" => return self.body.clone(),
            other => panic!("{other}"),
        };
        out
    }

    #[track_caller]
    pub(crate) fn assert_redirects(&self, to: &str) {
        assert_eq!(self.status, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(self.header("location"), to);
    }
}
