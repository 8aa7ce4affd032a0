//! Owns what is counted for operators, and how Prometheus reads it. The entry point is
//! [`Metrics`]; [`routes`] answers on a listener of its own, because readers have no business with
//! it. SECURITY: no address, query or header of a client is ever counted by.

use std::future::ready;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::routing::get;
use http::StatusCode;
use http::header::{self, HeaderName, HeaderValue};
use prometheus_client::encoding::{EncodeLabelSet, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::address::{self, Route};
use crate::content::Content;

/// Upper ends in seconds. What is ready takes microseconds, what is made milliseconds.
const BUCKETS: [f64; 11] =
    [0.000_01, 0.000_05, 0.000_25, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];
/// Every status that the site answers with. Others are counted as the last, so that there is an end to
/// what is counted.
const STATUSES: [u16; 14] = [200, 304, 404, 308, 204, 400, 405, 406, 412, 414, 422, 500, 503, 0];

/// Under which label a request is counted, by its path, which begins with the base path unless it is
/// that of a probe.
pub(super) fn route_of_request(path: &str, base_path: &str) -> Route {
    match path.strip_prefix(base_path) {
        Some(below) => Route::of(below),
        None if [address::LIVENESS, address::READINESS].contains(&path) => Route::of(path),
        None => Route::OTHER,
    }
}

/// All that is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<ByRoute, Counter>,
    counters: [RouteCounters; Route::COUNT],
    times: Family<ForRoute, Histogram, fn() -> Histogram>,
    pub(super) connections: Gauge,
    pub(super) accepted: Counter,
    shed: Family<Shed, Counter>,
    broken: Counter,
    reloads: Family<Outcome, Counter>,
    edition: Family<Edition, Gauge>,
    problems: Gauge,
    loaded: Gauge,
}

/// The counters of one route, found by place. Looking them up by name takes two hashes and two locks,
/// a twentieth of a ready answer.
#[derive(Debug, Default)]
struct RouteCounters {
    answers: [OnceLock<Counter>; STATUSES.len()],
    times: OnceLock<Histogram>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ByRoute {
    route: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ForRoute {
    route: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Shed {
    what: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Edition {
    edition: String,
    date: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Version {
    version: &'static str,
}

/// How an attempt to serve a changed guide ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reload {
    /// It is served.
    Served,
    /// It is the one that is served or was refused already.
    Unchanged,
    /// It has problems, so many.
    Refused(usize),
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("career_guide");
        let times = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> _);
        let build = Family::<Version, Gauge>::default();
        build.get_or_create(&Version { version: env!("CARGO_PKG_VERSION") }).set(1);
        let made = Self {
            requests: Family::default(),
            counters: std::array::from_fn(|_| RouteCounters::default()),
            times,
            connections: Gauge::default(),
            accepted: Counter::default(),
            shed: Family::default(),
            broken: Counter::default(),
            reloads: Family::default(),
            edition: Family::default(),
            problems: Gauge::default(),
            loaded: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register("build", "1, with the version of the program", build);
        let help = "Answers by route and status";
        registry.register("requests", help, made.requests.clone());
        let help = "Time from the head of a request to its answer, the sending not included";
        registry.register_with_unit("request", help, Unit::Seconds, made.times.clone());
        registry.register("connections", "Open connections", made.connections.clone());
        let help = "Connections since the start";
        registry.register("connections_accepted", help, made.accepted.clone());
        let help = "Connections that ended in an error: no HTTP, too slow, or gone";
        registry.register("connections_broken", help, made.broken.clone());
        let help = "Connections and requests turned away because too many came at once";
        registry.register("shed", help, made.shed.clone());
        // What never happened is counted as 0 rather than missing.
        for what in ["connection", "request"] {
            drop(made.shed.get_or_create(&Shed { what }));
        }
        registry.register("reloads", "Changes of the guide by outcome", made.reloads.clone());
        for outcome in ["served", "unchanged", "refused"] {
            drop(made.reloads.get_or_create(&Outcome { outcome }));
        }
        let help = "1, with the edition that is served";
        registry.register("content", help, made.edition.clone());
        let help = "Problems of the guide as it is in its folder; 0 when that is what is served";
        registry.register("content_problems", help, made.problems.clone());
        let help = "When the edition that is served was loaded, since 1970";
        registry.register_with_unit("content_loaded", help, Unit::Seconds, made.loaded.clone());
        Self { registry, ..made }
    }
}

impl Metrics {
    /// Counts an answer and the time that it took.
    pub(super) fn count_answer(&self, route: Route, status: StatusCode, took: Duration) {
        let counters = &self.counters[route.index()];
        let column = STATUSES.iter().position(|known| *known == status.as_u16());
        let column = column.unwrap_or(STATUSES.len() - 1);
        let labels = || ByRoute { route: route.name(), status: STATUSES[column] };
        counters.answers[column].get_or_init(|| self.requests.get_or_create_owned(&labels())).inc();
        counters
            .times
            .get_or_init(|| self.times.get_or_create_owned(&ForRoute { route: route.name() }))
            .observe(took.as_secs_f64());
    }

    /// Counts a connection that was turned away.
    pub(super) fn count_refused_connection(&self) {
        self.shed.get_or_create(&Shed { what: "connection" }).inc();
    }

    /// Counts a request that was turned away.
    pub(super) fn count_shed_request(&self) {
        self.shed.get_or_create(&Shed { what: "request" }).inc();
    }

    /// Counts a connection that ended in an error.
    pub(super) fn count_broken_connection(&self) {
        self.broken.inc();
    }

    /// Records which edition is served.
    pub(super) fn set_edition(&self, content: &Content) {
        let info = &content.site;
        let labels = Edition { edition: info.edition.clone(), date: info.date.to_string() };
        self.edition.clear();
        self.edition.get_or_create(&labels).set(1);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        self.loaded.set(now.map_or(0, |now| i64::try_from(now.as_secs()).unwrap_or_default()));
    }

    /// Counts an attempt to serve a changed guide.
    pub(super) fn record_reload(&self, reload: Reload) {
        let outcome = match reload {
            Reload::Served => "served",
            Reload::Unchanged => "unchanged",
            Reload::Refused(_) => "refused",
        };
        self.reloads.get_or_create(&Outcome { outcome }).inc();
        let problems = match reload {
            Reload::Served => 0,
            Reload::Refused(count) => i64::try_from(count).unwrap_or(i64::MAX),
            Reload::Unchanged => return,
        };
        self.problems.set(problems);
    }

    /// Everything, as Prometheus reads it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = prometheus_text::encode(&mut text, &self.registry);
        text
    }
}

/// The metrics at their address, on a listener of their own.
pub(super) fn routes(metrics: Arc<Metrics>) -> Router {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    Router::new()
        .route("/metrics", get(move || ready(metrics.text())))
        .fallback((StatusCode::NOT_FOUND, "The metrics are at /metrics.\n"))
        .layer(fixed(header::CONTENT_TYPE, kind))
        .layer(fixed(header::CACHE_CONTROL, "no-store"))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told() {
        let metrics = Metrics::default();
        let route = Route::of("/guide/skills");
        metrics.count_answer(route, StatusCode::OK, Duration::from_micros(20));
        metrics.count_answer(route, StatusCode::OK, Duration::from_millis(20));
        metrics.count_answer(Route::OTHER, StatusCode::IM_A_TEAPOT, Duration::ZERO);
        metrics.record_reload(Reload::Refused(3));
        let text = metrics.text();
        for line in [
            "career_guide_requests_total{route=\"/guide/*\",status=\"200\"} 2",
            "career_guide_requests_total{route=\"other\",status=\"0\"} 1",
            "career_guide_request_seconds_count{route=\"/guide/*\"} 2",
            "career_guide_request_seconds_bucket{route=\"/guide/*\",le=\"5e-05\"} 1",
            "career_guide_reloads_total{outcome=\"refused\"} 1",
            "career_guide_content_problems 3",
            "career_guide_shed_total{what=\"connection\"} 0",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
    }
}
