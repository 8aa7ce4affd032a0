//! Owns what pages say to search engines in the words of schema.org, as JSON-LD: what a page is about
//! and where it stands in the site, as the page itself shows it. The entry point is [`script`], after
//! one function for each kind of thing.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::{Shared, amounts};
use crate::address;
use crate::content::document::Page;
use crate::pay::{Basis, Country, Figures, Other, SalaryData, Scope};

/// A page above the present one.
#[derive(Debug)]
pub(crate) struct Crumb {
    /// Its short name.
    pub(crate) text: String,
    /// Its address.
    pub(crate) href: String,
}

fn publisher(shared: Shared<'_>) -> Value {
    json!({ "@type": "Organization", "name": shared.content.site.author })
}

/// The site itself.
pub(super) fn website(shared: Shared<'_>) -> Value {
    let site = &shared.content.site;
    json!({
        "@type": "WebSite",
        "name": site.title,
        "alternateName": site.short_title,
        "url": shared.urls.absolute_or_path(address::HOME),
        "inLanguage": site.language,
    })
}

/// A page of text that one learns from.
pub(super) fn article(shared: Shared<'_>, path: &str, page: &Page) -> Value {
    let site = &shared.content.site;
    json!({
        "@type": ["Article", "LearningResource"],
        "headline": page.title,
        "description": page.description,
        "url": shared.urls.absolute_or_path(path),
        "image": shared.urls.absolute_or_path(&address::card(path)),
        "dateModified": page.checked.to_string(),
        "timeRequired": format!("PT{}M", page.reading_minutes()),
        "inLanguage": site.language,
        "author": publisher(shared),
        "license": shared.link(&site.licence.href),
    })
}

/// The table that a page shows, and where to have it.
pub(super) fn dataset(
    shared: Shared<'_>,
    path: &str,
    name: &str,
    description: &str,
    forms: &[(&str, &str)],
) -> Value {
    let site = &shared.content.site;
    let distribution: Vec<Value> = forms
        .iter()
        .map(|(media, path)| {
            json!({
                "@type": "DataDownload",
                "encodingFormat": media,
                "contentUrl": shared.urls.absolute_or_path(path),
            })
        })
        .collect();
    json!({
        "@type": "Dataset",
        "name": name,
        // Search engines want fifty letters at least.
        "description": format!("{description} {}", site.description),
        "url": shared.urls.absolute_or_path(path),
        "creator": publisher(shared),
        "license": shared.link(&site.licence.href),
        "dateModified": site.date.to_string(),
        "version": site.edition,
        "isAccessibleForFree": true,
        "distribution": distribution,
    })
}

/// What sources with percentiles say of pay in a country. The guide's own bands are left out: the
/// ends of a band are not percentiles of a distribution.
pub(super) fn occupations(data: &SalaryData, country: &Country) -> Vec<Value> {
    country.others.iter().filter_map(|other| occupation(data, country, other)).collect()
}

fn occupation(data: &SalaryData, country: &Country, other: &Other) -> Option<Value> {
    let Figures::Percentiles(five) = &other.figures else { return None };
    let source = data.source(other.source.as_str())?;
    let mut pay = Map::new();
    pay.insert("@type".into(), "MonetaryAmountDistribution".into());
    pay.insert("name".into(), basis(other.basis).into());
    pay.insert("currency".into(), country.currency.as_str().into());
    pay.insert("duration".into(), "P1Y".into());
    for (percent, amount) in five.points() {
        let name = if percent == 50 { "median".to_owned() } else { format!("percentile{percent}") };
        pay.insert(name, number(amount)?);
    }
    let place = match &other.city {
        Some(city) => json!({
            "@type": "City",
            "name": city,
            "containedInPlace": { "@type": "Country", "name": country.name },
        }),
        None => json!({ "@type": "Country", "name": country.name }),
    };
    Some(json!({
        "@type": "Occupation",
        "name": other.occupation.as_deref().unwrap_or(&data.career),
        "description": format!(
            "{}: {}, {} ({}; {})",
            described_group(data, &other.scope),
            source.publisher,
            source.title,
            other.as_of,
            amounts::sample(&other.sample),
        ),
        "occupationLocation": [place],
        "estimatedSalary": [pay],
    }))
}

fn described_group(data: &SalaryData, scope: &Scope) -> String {
    let all = || "All levels".to_owned();
    match scope {
        Scope::Level(level) => {
            data.level(level.as_str()).map_or_else(all, |level| level.name.clone())
        }
        Scope::Years(years) => years.text().unwrap_or_else(all),
        Scope::AllLevels => all(),
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Base => "base",
        Basis::Total => "total",
        Basis::NotStated => "pay",
    }
}

/// A JSON number with the very digits of the amount.
fn number(amount: Decimal) -> Option<Value> {
    serde_json::from_str(&amount.normalize().to_string()).ok()
}

/// Where the page stands, from the home page down.
pub(super) fn breadcrumbs(shared: Shared<'_>, crumbs: &[Crumb], here: &str) -> Option<Value> {
    if crumbs.is_empty() {
        return None;
    }
    let item = |position: usize, name: &str| json!({ "@type": "ListItem", "position": position, "name": name });
    let mut list: Vec<Value> = crumbs
        .iter()
        .enumerate()
        .map(|(at, crumb)| {
            let mut item = item(at + 1, &crumb.text);
            item["item"] = shared.urls.at_origin(&crumb.href).into();
            item
        })
        .collect();
    list.push(item(crumbs.len() + 1, here));
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": list }))
}

/// All of it as it stands inside a `<script>`; empty when there is nothing to say.
///
/// SECURITY: no text of the content can end the element, because `<` is written as an escape; nor is
/// it ever run, since a block of data is no script.
pub(super) fn script(graph: &[Value]) -> String {
    if graph.is_empty() {
        return String::new();
    }
    let all = json!({ "@context": "https://schema.org", "@graph": graph });
    all.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
