//! Owns which page code shows the data that a directive names. The entry point is [`to_html`].

use super::renderer::Renderer;
use super::{certifications, lists, pay, pictures, roadmap, statistics};
use crate::content::directives::Directive;

/// The HTML that stands in the place of a directive.
pub(super) fn to_html<'a>(
    page: &mut Renderer<'a>,
    directive: &'a Directive,
) -> askama::Result<String> {
    match directive {
        Directive::Pay(country, level) => pay::band(page, country, level),
        Directive::Stat { statistic, row, column } => {
            statistics::inline(page, statistic, row, column)
        }
        Directive::Cite(source) => match page.shared.content.salaries.source(source.as_str()) {
            Some(source) => page.notes.mark(source, None),
            None => Ok(String::new()),
        },
        Directive::Cert(id) => certifications::link(page, id),
        Directive::Resource(id) => lists::resource_link(page, id),
        Directive::PayChart(countries) => pay::charts_in_page(page, countries, true),
        Directive::PayTable(countries) => pay::table(page, countries, true),
        Directive::PayFindings => pay::findings(page),
        Directive::PayPlaces => lists::places(page),
        Directive::StatTable(id) => statistics::table(page, id, false),
        Directive::StatChart(id) => statistics::table(page, id, true),
        Directive::Certifications(_) => certifications::list(page, directive),
        Directive::Resources(ids) => lists::resources(page, ids),
        Directive::Picture(id) => pictures::inline(page, id),
        Directive::Phase(id) => roadmap::phase(page, id),
        Directive::Route(id) => roadmap::route(page, id),
        Directive::Sections => lists::sections(page),
        Directive::Changes(count) => lists::changes(page, *count),
    }
}
