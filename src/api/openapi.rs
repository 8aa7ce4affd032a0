//! Owns the description of the tables for programs, as OpenAPI 3.1: shapes from the types, choices
//! of parameters from the content. The entry point is [`document`].

mod parameters;

use serde_json::Value;
use utoipa::openapi::path::{HttpMethod, OperationBuilder};
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Type};
use utoipa::openapi::{
    ContentBuilder, Header, InfoBuilder, LicenseBuilder, OpenApiBuilder, OpenApiVersion, PathItem,
    PathsBuilder, Ref, RefOr, Response, ResponseBuilder, Schema, ServerBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use super::comparison::ComparisonDocument;
use super::problem::{self, Problem};
use super::tables::{CountryDocument, TablesDocument};
use super::{Context, Form, csv};
use crate::address;

const JSON: &str = "application/json";

const DESCRIPTION: &str = "\
Pay as this guide knows it, and the comparison of it. Nothing needs a key, nothing is written, and \
any web page may read these addresses.\n\n\
**Numbers.** Amounts, rates and per cents are decimal strings such as \"4736.94\": exact, in plain \
digits. Counts and years are numbers. Amounts are a year, before tax and in local currency unless \
the property says otherwise.\n\n\
**Nothing left out.** Every property is always there, and null where nothing is known. New \
properties may be added.\n\n\
**Parameters.** An unknown parameter is ignored, and so is an empty one. A value that cannot be \
used is refused with a problem document (RFC 9457) that names it. Values may be in any case. A \
reader's own figure, `offer`, makes a response that nobody keeps; an address is seen by proxies \
and histories all the same.";

/// The description of everything here.
pub(super) fn document(context: Context<'_>) -> Result<Value, serde_json::Error> {
    let site = &context.content.site;
    let urls = context.urls;
    let server = urls.absolute("").unwrap_or_else(|| match urls.base_path() {
        "" => address::HOME.to_owned(),
        base => base.to_owned(),
    });
    let licence =
        LicenseBuilder::new().name(&site.licence.text).url(Some(&site.licence.href)).build();
    let info = InfoBuilder::new()
        .title(&site.title)
        .version(&site.edition)
        .description(Some(DESCRIPTION))
        .license(Some(licence))
        .build();
    let paths = PathsBuilder::new()
        .path(Form::Json.path(), comparison(context, Form::Json))
        .path(Form::Csv.path(), comparison(context, Form::Csv))
        .path(
            address::PAY_TABLES,
            table(
                "salaries",
                "All pay tables",
                "Every country with the guide's own bands and what other sources say, the \
                 currencies, exchange rates, purchasing-power factors, take-home rules and sources.",
                reference::<TablesDocument<'_>>(),
            ),
        )
        .path(address::country_table("{code}"), of_country(context))
        .path(
            address::OPENAPI,
            table(
                "openapi",
                "This description",
                "OpenAPI 3.1. Codes of countries, levels, currencies and sources in it follow the \
                 content.",
                of_type(Type::Object),
            ),
        )
        .build();
    let components = [
        with_parts::<ComparisonDocument<'_>>,
        with_parts::<TablesDocument<'_>>,
        with_parts::<CountryDocument<'_>>,
        with_parts::<Problem>,
    ]
    .into_iter()
    .fold(ComponentsBuilder::new(), |builder, add| add(builder));
    let api = OpenApiBuilder::new()
        .openapi(OpenApiVersion::Version31)
        .info(info)
        .servers(Some([ServerBuilder::new().url(server).build()]))
        .paths(paths)
        .components(Some(components.build()))
        .build();
    let mut document = serde_json::to_value(api)?;
    if let Some(schemas) = document.pointer_mut("/components/schemas") {
        require_all(schemas);
    }
    Ok(document)
}

fn comparison(context: Context<'_>, form: Form) -> PathItem {
    let data = &context.content.salaries;
    let (id, summary, description, found) = match form {
        Form::Json => (
            "compareAsJson",
            "Compare pay",
            "Exactly the rows that the page shows for the same query, with original, converted and \
             net amounts, rates, dates, sources and what is missing."
                .to_owned(),
            response("The rows.", JSON, reference::<ComparisonDocument<'_>>()),
        ),
        Form::Csv => (
            "compareAsCsv",
            "Compare pay, as CSV",
            format!(
                "Exactly the rows that the page shows for the same query, as of RFC 4180, in UTF-8 \
                 and with a header line. The reader's own figure is never in it. Cells of text \
                 that begin with `=`, `+`, `-` or `@` have a `'` before it, so that no spreadsheet \
                 runs them. Columns: {}.",
                csv::columns()
            ),
            response("The rows.", csv::MEDIA_TYPE, of_type(Type::String))
                .header("Content-Disposition", Header::new(of_type(Type::String))),
        ),
    };
    let operation = operation(id, summary, &description, found)
        .response("400", problem("The query, or some value in it, cannot be used: see `errors`."));
    let operation =
        parameters::of_comparison(data).into_iter().fold(operation, OperationBuilder::parameter);
    PathItem::new(HttpMethod::Get, operation.build())
}

fn table(id: &str, summary: &str, description: &str, schema: RefOr<Schema>) -> PathItem {
    let found = response("The document.", JSON, schema);
    PathItem::new(HttpMethod::Get, operation(id, summary, description, found).build())
}

fn of_country(context: Context<'_>) -> PathItem {
    let operation = operation(
        "salariesOfCountry",
        "The pay table of one country",
        "With its currency, rates, take-home rules and sources.",
        response("The table.", JSON, reference::<CountryDocument<'_>>()),
    )
    .parameter(parameters::country_in_path(&context.content.salaries))
    .response("400", problem("The address cannot be read."))
    .response("404", problem("There is no such country here."));
    PathItem::new(HttpMethod::Get, operation.build())
}

/// What holds for every address here.
fn operation(
    id: &str,
    summary: &str,
    description: &str,
    found: ResponseBuilder,
) -> OperationBuilder {
    let unchanged = "`If-None-Match` names what the client has already.";
    let refused = "`Accept-Encoding` refuses every form that there is.";
    OperationBuilder::new()
        .operation_id(Some(id))
        .summary(Some(summary))
        .description(Some(description))
        .response("200", found)
        .response("304", Response::new(unchanged))
        .response("406", response(refused, "text/plain; charset=utf-8", of_type(Type::String)))
        .response("500", problem("The fault is ours."))
}

fn problem(description: &str) -> ResponseBuilder {
    response(description, problem::MEDIA_TYPE, reference::<Problem>())
}

fn response(description: &str, media_type: &str, schema: RefOr<Schema>) -> ResponseBuilder {
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(description).content(media_type, content)
}

fn of_type(kind: Type) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(kind).into()
}

fn reference<T: ToSchema>() -> RefOr<Schema> {
    Ref::from_schema_name(T::name()).into()
}

fn with_parts<T: ToSchema + PartialSchema>(builder: ComponentsBuilder) -> ComponentsBuilder {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    builder.schema(T::name(), T::schema()).schemas_from_iter(parts)
}

/// Every property is always there, which the types cannot say of those that may be null.
fn require_all(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                let names = properties.keys().cloned().map(Value::String).collect();
                object.insert("required".to_owned(), Value::Array(names));
            }
            object.values_mut().for_each(require_all);
        }
        Value::Array(items) => items.iter_mut().for_each(require_all),
        _ => {}
    }
}
