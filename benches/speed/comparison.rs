//! What an answer costs inside the program, socket left out: a ready page, a comparison out of the
//! store, and one that is worked out, by how many countries there are. The plain form and the
//! packed one apart, because packing is most of the cost of an answer that is new.

use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use bytes::Bytes;
use career_guide::config::Config;
use career_guide::content::Content;
use career_guide::content::source::Source;
use career_guide::server::App;
use career_guide::site::Site;
use criterion::{BenchmarkId, Criterion, criterion_group};
use http::{Request, Response, StatusCode};
use tokio::runtime::Runtime;

use crate::read;
use crate::support::guide;

const PACKED: &str = "gzip, deflate, br, zstd";
/// Choices that need no country or level.
const QUERY: &str = "period=month&group=level";

fn shipped(criterion: &mut Criterion) {
    let content = Content::load(&Source::Embedded).unwrap_or_else(|problems| panic!("{problems}"));
    let app = serve(content);
    let mut group = criterion.benchmark_group("answer");
    for (form, accept) in [("plain", ""), ("packed", PACKED)] {
        group.bench_function(BenchmarkId::new("ready", form), |bencher| {
            bencher.iter(|| ask(&app, black_box("/compare"), accept));
        });
        group.bench_function(BenchmarkId::new("stored", form), |bencher| {
            let target = format!("/compare?{QUERY}");
            bencher.iter(|| ask(&app, black_box(&target), accept));
        });
        let mut queries = New::default();
        group.bench_function(BenchmarkId::new("worked_out", form), |bencher| {
            bencher.iter(|| ask(&app, &queries.next(), accept));
        });
    }
    group.finish();
}

fn by_countries(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("worked_out/countries");
    for countries in [3, 30, 300] {
        let app = serve(read(&guide(10, countries)));
        group.throughput(criterion::Throughput::Elements(countries as u64));
        let mut queries = New::default();
        group.bench_function(BenchmarkId::from_parameter(countries), |bencher| {
            bencher.iter(|| ask(&app, &queries.next(), ""));
        });
    }
    group.finish();
}

/// Queries that were not sent before, because each names another edition. One for each server, since
/// a measurement is taken in several runs.
#[derive(Default)]
struct New(u64);

impl New {
    fn next(&mut self) -> String {
        self.0 += 1;
        format!("/compare?{QUERY}&edition={}", self.0)
    }
}

fn serve(content: Content) -> App {
    let site = Site::build(content, &Config::default()).expect("the guide is sound");
    site.pack();
    App::new(Arc::new(site))
}

/// For the time limits of the layers.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
});

/// The answer to a request.
pub(crate) fn ask(app: &App, target: &str, accept: &str) -> Response<Bytes> {
    let request = Request::get(target)
        .header("host", "example.org")
        .header("accept-encoding", accept)
        .body(Body::empty())
        .expect("a sound request");
    let response = RUNTIME.block_on(app.ask(request));
    assert_eq!(response.status(), StatusCode::OK, "{target}");
    response
}

criterion_group!(comparison, shipped, by_countries);
