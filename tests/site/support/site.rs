//! Builds a site from files in memory and asks it questions.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use career_guide::config::{Config, Settings};
use career_guide::content::Content;
use career_guide::content::diagnostics::Problems;
use career_guide::content::source::{Files, Source};
use career_guide::server::{App, AppState};
use career_guide::site::Site;
use http::{HeaderMap, Method, Request, StatusCode};
use jiff::civil::Date;

const SITE: &str = r#"
title = "Lighthouse Keeper Guide"
career = "lighthouse keeper"
description = "How to keep a light."
language = "en-GB"
edition = "2026.02"
date = 2026-02-01
author = "The keepers"
licence = { name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/" }
report = { text = "Report a wrong figure", url = "mailto:keeper@example.org" }
sections = ["lamps", "storms"]
"#;

const LEVELS: &str = "[[level]]\nid = \"hand\"\nname = \"Hand\"\nshort = \"Hand\"\n";

const CURRENCIES: &str = r#"
[XTS]
name = "Test shell"
plural = "test shells"
symbol = "¤"
grouping = "western"
decimals = 2
units = []
"#;

const SOURCES: &str = r#"
[guide]
publisher = "The keepers"
title = "This guide"
known = "own"
as_of = "2026"
checked = 2026-02-01
"#;

const COUNTRY: &str = r#"
name = "Zembla"
in_sentence = "Zembla"
short = "Zembla"
currency = "XTS"
cities = ["Onhava"]
insight = "Pay follows the fog."
[[band]]
level = "hand"
low = 100
high = 200
source = "guide"
"#;

/// A site in the making.
pub(crate) struct TestSite {
    files: BTreeMap<String, Vec<u8>>,
    /// The calendar day; that of the clock when there is none.
    today: Option<Date>,
    settings: Settings,
    routes: Router<Arc<AppState>>,
}

/// A site that answers.
pub(crate) struct Running(App);

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

fn page(title: &str, checked: &str, extra: &str, text: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"About {title}.\"\nchecked = {checked}\n{extra}+++\n\n{text}\n"
    )
}

impl TestSite {
    pub(crate) fn new() -> Self {
        let prose = "Trim the wick, wipe the glass, note the hour. ".repeat(40);
        let site = Self::with(BTreeMap::new());
        site.file("site.toml", SITE)
            .file("levels.toml", LEVELS)
            .file("currencies.toml", CURRENCIES)
            .file("sources.toml", SOURCES)
            .file("salaries/zz.toml", COUNTRY)
            .file("home.md", page("Keep a light", "2026-01-03", "", "Welcome.\n\n{{sections}}"))
            .file("about.md", page("About this guide", "2026-01-02", "", "We keep it."))
            .file(
                "guide/lamps.md",
                page("Lamps", "2026-01-05", "aliases = [\"/guide/lights\"]\n", &prose),
            )
            .file(
                "guide/storms.md",
                page("Storms", "2026-01-04", "", &format!("## Wind {{#wind}}\n\n{prose}")),
            )
    }

    /// Of the files of a folder of this repository.
    pub(crate) fn of(folder: &str) -> Self {
        let source = Source::Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        Self::with(source.read(&Problems::default()).files)
    }

    fn with(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files, today: None, settings: Settings::default(), routes: Router::new() }
    }

    pub(crate) fn on(mut self, day: &str) -> Self {
        self.today = Some(day.parse().unwrap());
        self
    }

    /// What the folder says, as it is checked.
    pub(crate) fn content(&self) -> Content {
        let files = Files { root: "guide".to_owned(), files: self.files.clone() };
        Content::from_files(files, Problems::default()).unwrap_or_else(|told| panic!("{told}"))
    }

    pub(crate) fn file(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), content.into());
        self
    }

    pub(crate) fn base_url(mut self, url: &str) -> Self {
        self.settings.base_url = Some(url.to_owned());
        self
    }

    pub(crate) fn routes(mut self, routes: Router<Arc<AppState>>) -> Self {
        self.routes = routes;
        self
    }

    pub(crate) fn files(self) -> Files {
        Files { root: "guide".to_owned(), files: self.files }
    }

    pub(crate) fn build(self) -> Arc<Site> {
        let content = self.content();
        let mut config = Config::new(&self.settings).unwrap();
        config.today = self.today.unwrap_or(config.today);
        Arc::new(Site::build(content, &config).unwrap())
    }

    pub(crate) fn start(mut self) -> Running {
        let routes = std::mem::take(&mut self.routes);
        Running(App::with_routes(self.build(), routes))
    }
}

/// The guide within the program.
pub(crate) fn shipped() -> Arc<Site> {
    let content = Content::load(&Source::Embedded).unwrap_or_else(|problems| panic!("{problems}"));
    let config = Config::new(&Settings::default()).unwrap();
    Arc::new(Site::build(content, &config).unwrap())
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
