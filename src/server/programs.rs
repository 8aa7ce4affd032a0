//! Owns the addresses at which programs ask: thin handlers for those that take a query, and what
//! is particular about answers there. Any web page may read them; what goes wrong is told as a
//! problem document.

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::get;
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::error::AppError;
use super::routes::{Current, Reply};
use crate::address;
use crate::api::problem::{self, Problem};
use crate::api::{self, Context, Form, NoAnswer};
use crate::site::Site;
use crate::site::headers::{CachePolicy, Kind};
use crate::site::resource::{Draft, Resource};

/// The addresses that take a query.
pub(super) fn routes() -> Router {
    Router::new()
        .route(Form::Json.path(), get(show_comparison_json))
        .route(Form::Csv.path(), get(show_comparison_csv))
}

async fn show_comparison_json(site: Current, query: RawQuery) -> Result<Reply, AppError> {
    comparison(&site, Form::Json, query)
}

async fn show_comparison_csv(site: Current, query: RawQuery) -> Result<Reply, AppError> {
    comparison(&site, Form::Csv, query)
}

fn comparison(
    Current(site): &Current,
    form: Form,
    RawQuery(query): RawQuery,
) -> Result<Reply, AppError> {
    let query = query.unwrap_or_default();
    site.queries().get_or_make(form.path(), &query, || answer(site, form, &query)).map(Reply)
}

fn answer(site: &Site, form: Form, query: &str) -> Result<Resource, AppError> {
    let context = Context { content: site.content(), urls: site.urls(), today: site.today() };
    let answer = match api::compare(context, form, query) {
        Ok(answer) => answer,
        Err(NoAnswer::Refused(problem)) => return Ok(refusal(site, &problem)),
        Err(NoAnswer::Fault(fault)) => return Err(AppError::Internal(fault)),
    };
    let content_type = match form {
        Form::Json => "application/json",
        Form::Csv => api::csv::MEDIA_TYPE,
    };
    // SECURITY: a reader's own figure is for this reader alone, here and on the way.
    let policy = if answer.private { CachePolicy::Never } else { CachePolicy::Hour };
    let resource = site.resource(Draft {
        status: StatusCode::OK,
        kind: Kind::Data,
        content_type,
        policy,
        body: answer.body.into(),
    });
    Ok(match form {
        Form::Json => resource,
        Form::Csv => resource.with_header(
            &header::CONTENT_DISPOSITION,
            &HeaderValue::from_static("attachment; filename=\"pay-comparison.csv\""),
        ),
    })
}

/// A problem document, ready to send.
pub(super) fn refusal(site: &Site, problem: &Problem) -> Resource {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_REQUEST);
    site.resource(Draft {
        status,
        kind: Kind::Data,
        content_type: problem::MEDIA_TYPE,
        policy: CachePolicy::Never,
        body: problem.to_json().into(),
    })
}

/// Whether programs read at this address, as it stands in a request.
pub(super) fn read_at(site: &Site, path: &str) -> bool {
    path.strip_prefix(site.urls().base_path()).is_some_and(address::is_for_programs)
}

/// What a browser asks before a web page of another site may do more than a plain GET.
pub(super) fn add_preflight(headers: &mut HeaderMap, methods: &'static str) {
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, methods),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "*"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
