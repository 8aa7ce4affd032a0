//! Owns what the program finds in the guide's own bands, as a list of sentences.

use askama::Template;

use super::own_bands;
use crate::pages::renderer::Renderer;
use crate::pay::comparison::Comparison;
use crate::pay::findings;

#[derive(Template)]
#[template(
    source = "<ul class=\"findings\">{% for text in texts %}<li>{{ text }}</li>{% endfor %}</ul>",
    ext = "html"
)]
struct Findings {
    texts: Vec<String>,
}

/// The findings of all countries; nothing where there are none.
pub(in crate::pages) fn findings(page: &Renderer<'_>) -> askama::Result<String> {
    let data = &page.shared.content.salaries;
    let selection = own_bands(data, &[]);
    let comparison = Comparison::new(data, &selection);
    let report = findings::Report::new(&comparison);
    let texts: Vec<String> = report.findings().into_iter().map(|finding| finding.text).collect();
    if texts.is_empty() { Ok(String::new()) } else { Findings { texts }.render() }
}
