//! Owns the comparison for programs, as JSON and as CSV, and problem documents. Which rows there are
//! and what a document holds is decided by `api`.

use axum::extract::RawQuery;
use axum::response::Response;
use http::StatusCode;
use http::header::{self, HeaderValue};

use super::error::AppError;
use super::respond::Client;
use super::state::CurrentSite;
use crate::api::problem::{self, Problem};
use crate::api::{self, Context, Form, NoAnswer};
use crate::site::Site;
use crate::site::headers::{CachePolicy, Kind};
use crate::site::resource::{Draft, Resource};

/// The comparison as JSON.
pub(super) async fn show_comparison_json(
    site: CurrentSite,
    client: Client,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    show(&site, &client, Form::Json, &query.unwrap_or_default())
}

/// The comparison as CSV.
pub(super) async fn show_comparison_csv(
    site: CurrentSite,
    client: Client,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    show(&site, &client, Form::Csv, &query.unwrap_or_default())
}

fn show(site: &Site, client: &Client, form: Form, query: &str) -> Result<Response, AppError> {
    let make = || write(site, form, query);
    Ok(client.respond(&*site.queries().get_or_make(form.path(), query, make)?))
}

fn write(site: &Site, form: Form, query: &str) -> Result<Resource, AppError> {
    let context = Context { content: site.content(), urls: site.urls(), today: site.today() };
    let answer = match api::compare(context, form, query) {
        Ok(answer) => answer,
        Err(NoAnswer::Refused(problem)) => return Ok(problem_document(site, &problem)),
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
pub(super) fn problem_document(site: &Site, problem: &Problem) -> Resource {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_REQUEST);
    site.resource(Draft {
        status,
        kind: Kind::Data,
        content_type: problem::MEDIA_TYPE,
        policy: CachePolicy::Never,
        body: problem.to_json().into(),
    })
}
