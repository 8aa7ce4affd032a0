//! What is sent fits the schemas of `/openapi.json`. The checker knows the keywords of JSON Schema that
//! the description uses, and refuses any other.

use std::fmt::Write as _;

use career_guide::address::Query;
use serde_json::Value;

use super::shipped;

fn check(api: &Value, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    let fail = |why: &str| Err(format!("{place}: {why}: {value}"));
    for (word, rule) in schema.as_object().ok_or("a schema is an object")? {
        let fits = match word.as_str() {
            "$ref" => {
                let target = rule.as_str().unwrap().trim_start_matches('#');
                check(api, api.pointer(target).ok_or("a dead reference")?, value, place)?;
                true
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is(one, value)),
                one => is(one, value),
            },
            "enum" => rule.as_array().unwrap().contains(value),
            "required" => rule
                .as_array()
                .unwrap()
                .iter()
                .all(|name| value.get(name.as_str().unwrap()).is_some()),
            // These say nothing of values that are of another type.
            "properties" => {
                let properties = rule.as_object().unwrap();
                let object = value.as_object();
                for (name, schema) in properties.iter().filter(|_| object.is_some()) {
                    check(api, schema, &value[name], &format!("{place}/{name}"))?;
                }
                // Nothing is sent that is not described.
                object.is_none_or(|object| object.keys().all(|name| properties.contains_key(name)))
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(api, rule, item, &format!("{place}/{index}"))?;
                }
                true
            }
            "oneOf" => {
                let fitting = rule.as_array().unwrap().iter();
                fitting.filter(|schema| check(api, schema, value, place).is_ok()).count() == 1
            }
            "pattern" => {
                value.as_str().is_none_or(|text| text.bytes().all(|b| b"-.0123456789".contains(&b)))
            }
            "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().unwrap()),
            "maximum" => value.as_i64().is_none_or(|number| number <= rule.as_i64().unwrap()),
            "description" | "example" | "format" => true,
            _ => return fail(&format!("the checker does not know `{word}`")),
        };
        if !fits {
            return fail(&format!("does not fit `{word}`"));
        }
    }
    Ok(())
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn every_document_fits_its_described_schema() {
    let site = shipped();
    let api = site.get("/openapi.json").await.json();
    assert_eq!(api["openapi"], "3.1.0");
    for (path, target, status) in [
        ("/compare.json", "/compare.json", "200"),
        ("/compare.json", "/compare.json?currency=gbp&pay=net&period=month&offer=18L", "200"),
        ("/compare.json", "/compare.json?pay=net&offer=%E2%82%B918L&rates=2020&edition=1", "200"),
        (
            "/compare.json",
            "/compare.json?adjust=ppp&group=level&offer=95000&offer_currency=usd",
            "200",
        ),
        ("/compare.json", "/compare.json?offer=5", "200"),
        ("/compare.json", "/compare.json?country=x&level=y", "400"),
        ("/compare.json", "/compare.json?%", "400"),
        ("/salaries.json", "/salaries.json", "200"),
        ("/salaries/{code}.json", "/salaries/in.json", "200"),
        ("/salaries/{code}.json", "/salaries/us.json", "200"),
        ("/salaries/{code}.json", "/salaries/none.json", "404"),
    ] {
        let answer = site.get(target).await;
        assert_eq!(answer.status.as_str(), status, "{target}");
        let content = &api["paths"][path]["get"]["responses"][status]["content"];
        let schema = &content[answer.header("content-type")]["schema"];
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        check(&api, schema, &body, target).unwrap_or_else(|why| panic!("{why}"));
    }
}

#[tokio::test]
async fn the_choices_of_parameters_are_those_of_the_content() {
    let api = shipped().get("/openapi.json").await.json();
    let parameters = api["paths"]["/compare.csv"]["get"]["parameters"].as_array().unwrap();
    let of = |name: &str| parameters.iter().find(|one| one["name"] == name).unwrap();
    assert_eq!(of("country")["schema"]["items"]["enum"], serde_json::json!(["in", "gb", "us", ""]));
    assert_eq!(of("level")["schema"]["items"]["enum"][2], "senior");
    assert_eq!(of("currency")["schema"]["default"], "local");
    let names: Vec<&str> = parameters.iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, Query::Comparison.parameters());
}

#[tokio::test]
async fn every_address_of_the_description_answers() {
    let site = shipped();
    let api = site.get("/openapi.json").await.json();
    for path in api["paths"].as_object().unwrap().keys() {
        site.get_ok(&path.replace("{code}", "gb")).await;
    }
}

/// A schema in one line: "[Row]", "string | null", "below" | "within", { name: string }.
fn shape(schema: &Value) -> String {
    let all = |list: &Value, of: fn(&Value) -> String| {
        list.as_array().unwrap().iter().map(of).collect::<Vec<_>>().join(" | ")
    };
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    if let Some(target) = schema["$ref"].as_str() {
        return target.rsplit('/').next().unwrap().to_owned();
    }
    if schema["enum"].is_array() {
        return all(&schema["enum"], Value::to_string);
    }
    if schema["oneOf"].is_array() {
        return all(&schema["oneOf"], shape);
    }
    if let Some(properties) = schema["properties"].as_object() {
        let fields = properties.iter().map(|(name, one)| format!("\n  {name}: {}", shape(one)));
        return format!("{{{}\n}}", fields.collect::<String>());
    }
    if schema["items"].is_object() {
        return format!("[{}]", shape(&schema["items"]));
    }
    let kind = match &schema["type"] {
        Value::Array(_) => all(&schema["type"], word),
        one => word(one),
    };
    match schema["format"].as_str() {
        Some(format) => format!("{kind} ({format})"),
        None => kind,
    }
}

/// Other programs rely on these names: one may be added, none renamed.
#[tokio::test]
async fn public_names_stay_the_same() {
    let api = shipped().get("/openapi.json").await.json();
    let mut outline = String::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        let (method, operation) = item.as_object().unwrap().iter().next().unwrap();
        writeln!(outline, "{method} {path}: {}", operation["operationId"]).unwrap();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            writeln!(outline, "  ?{}", parameter["name"].as_str().unwrap()).unwrap();
        }
        for (status, answer) in operation["responses"].as_object().unwrap() {
            for (media_type, content) in answer["content"].as_object().into_iter().flatten() {
                let body = shape(&content["schema"]);
                writeln!(outline, "  {status} {media_type}: {body}").unwrap();
            }
        }
    }
    for (name, schema) in api["components"]["schemas"].as_object().unwrap() {
        writeln!(outline, "{name} = {}", shape(schema)).unwrap();
    }
    insta::assert_snapshot!(outline.trim_end());
}
