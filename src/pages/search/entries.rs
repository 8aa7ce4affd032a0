//! Owns what can be found: every page, heading, country, certification, resource and source of the
//! guide, and the pages made of data. The entry point is [`all_entries`].

use crate::content::Content;
use crate::content::directives::Directive;
use crate::content::document::Page;

/// Something that can be found. Its words stay in the content, and are put together when it is
/// indexed or shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SearchEntry {
    /// A page, or a heading of it.
    Text(TextPage, Option<usize>),
    Country(usize),
    Certification(usize),
    /// A resource, and the heading that shows it.
    Resource(usize, Option<(TextPage, Option<usize>)>),
    Source(usize),
    DataPage(DataPage),
}

/// A page that is written in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextPage {
    Home,
    About,
    Section(usize),
}

/// A page that the program makes of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DataPage {
    Compare,
    WholeGuide,
    Sources,
    Plan,
}

/// All that can be found, in the order in which results of equal score stand.
pub(super) fn all_entries(content: &Content) -> Vec<SearchEntry> {
    let pages =
        (0..content.sections.len()).map(TextPage::Section).chain([TextPage::Home, TextPage::About]);
    let mut entries = Vec::new();
    for of in pages {
        let headings = 0..text_page(content, of).document.headings.len();
        entries.push(SearchEntry::Text(of, None));
        entries.extend(headings.map(|heading| SearchEntry::Text(of, Some(heading))));
    }
    entries.extend(
        [DataPage::Compare, DataPage::WholeGuide, DataPage::Sources].map(SearchEntry::DataPage),
    );
    entries.extend(content.has_plan().then_some(SearchEntry::DataPage(DataPage::Plan)));
    entries.extend((0..content.salaries.countries.len()).map(SearchEntry::Country));
    entries.extend((0..content.certifications.len()).map(SearchEntry::Certification));
    let resource = |number| SearchEntry::Resource(number, heading_of_resource(content, number));
    entries.extend((0..content.resources.len()).map(resource));
    entries.extend((0..content.salaries.sources.len()).map(SearchEntry::Source));
    entries
}

/// The page itself.
pub(super) fn text_page(content: &Content, of: TextPage) -> &Page {
    match of {
        TextPage::Home => &content.home,
        TextPage::About => &content.about,
        TextPage::Section(number) => &content.sections[number].page,
    }
}

/// The heading below which a resource is listed, or else is first named.
fn heading_of_resource(content: &Content, number: usize) -> Option<(TextPage, Option<usize>)> {
    let id = &content.resources[number].id;
    let mut named = None;
    for section in 0..content.sections.len() {
        let of = TextPage::Section(section);
        let document = &text_page(content, of).document;
        let texts = std::iter::once((None, &document.intro))
            .chain(document.headings.iter().enumerate().map(|(at, h)| (Some(at), &h.body)));
        for (heading, text) in texts {
            for (_, directive) in &text.data {
                match directive {
                    Directive::Resources(ids) if ids.is_empty() || ids.contains(id) => {
                        return Some((of, heading));
                    }
                    Directive::Resource(one) if one == id => {
                        named = named.or(Some((of, heading)));
                    }
                    _ => {}
                }
            }
        }
    }
    named
}
