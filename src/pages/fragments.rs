//! Owns the way from a page's fragments to its HTML: ready HTML as it is, addresses from the maker
//! of addresses, and data in the places that directives name. The entry point is [`Renderer`].

use std::collections::HashSet;
use std::fmt::Write;

use askama::filters::{Html, escape};

use super::guide::kept;
use super::notes::Notes;
use super::{Shared, certifications, lists, pay, pictures, roadmap, statistics};
use crate::content::Content;
use crate::content::directives::Directive;
use crate::content::document::{Document, Fragment, Target};
use crate::id::SectionId;

/// Renders the documents of one page, whose citations share one numbering.
#[derive(Debug)]
pub(super) struct Renderer<'a> {
    pub(super) shared: Shared<'a>,
    pub(super) notes: Notes<'a>,
    /// Ids that stand on the page already, so that no directive repeats one.
    pub(super) taken: HashSet<String>,
    /// On the page that holds all sections: the one being rendered, whose name precedes its ids.
    within: Option<SectionId>,
    /// Earlier names of that section, under which the page keeps its ids as well.
    formerly: Vec<&'a str>,
    /// Where certifications have their entries, found when first needed.
    board: Option<certifications::Places<'a>>,
    /// Explanations of units that the page gives already.
    explained: HashSet<String>,
    /// How many ids were made up so far.
    made: usize,
    /// Whether pictures stand in the page itself.
    pictures_inside: bool,
}

impl<'a> Renderer<'a> {
    /// For a page with one document.
    pub(super) fn new(shared: Shared<'a>) -> Self {
        Self {
            shared,
            notes: Notes::default(),
            taken: HashSet::new(),
            within: None,
            formerly: Vec::new(),
            board: None,
            explained: HashSet::new(),
            made: 0,
            pictures_inside: false,
        }
    }

    /// For a file that has nothing beside it.
    pub(super) fn with_pictures_inside(mut self) -> Self {
        self.pictures_inside = true;
        self
    }

    /// For the next document of the page that holds all sections.
    pub(super) fn enter(&mut self, section: &SectionId) {
        self.formerly = earlier_names(self.shared.content, section);
        self.within = Some(section.clone());
        self.taken.clear();
    }

    /// The HTML of a document.
    pub(super) fn document(&mut self, document: &'a Document) -> askama::Result<String> {
        for heading in &document.headings {
            self.taken.insert(heading.id.clone());
            self.taken.extend(heading.aliases.iter().cloned());
        }
        let mut html = String::new();
        // Anchors that go into the heading whose id was just written.
        let mut earlier = String::new();
        self.notes.boxed = false;
        for fragment in &document.fragments {
            if let Fragment::Html(text) = fragment {
                self.notes.boxed = in_table(text).unwrap_or(self.notes.boxed);
            }
            match fragment {
                Fragment::Html(text) if !earlier.is_empty() => {
                    // Inside the tag whose id was the last fragment.
                    let (tag, rest) = text.split_once('>').unwrap_or((text, ""));
                    write!(html, "{tag}>{}{}", std::mem::take(&mut earlier), lowered(rest))?;
                }
                Fragment::Html(text) if self.within.is_some() => html.push_str(&lowered(text)),
                Fragment::Html(text) => html.push_str(text),
                Fragment::Id(id) => {
                    write!(html, "{}", escape(self.own_id(id), Html)?)?;
                    if self.taken.contains(id) {
                        earlier = self.earlier_anchors(id)?;
                    }
                }
                Fragment::Href(target) => write!(html, "{}", escape(self.href(target), Html)?)?,
                Fragment::Directive(directive) => {
                    if matches!(directive, Directive::Cite(_)) {
                        join_mark(&mut html);
                    }
                    html.push_str(&self.directive(directive)?);
                }
            }
        }
        Ok(html)
    }

    /// An id for something a directive shows, if the page does not have it yet.
    pub(super) fn claim(&mut self, id: &str) -> Option<String> {
        self.taken.insert(id.to_owned()).then(|| self.own_id(id))
    }

    /// An id of the document as it stands on this page.
    fn own_id(&self, id: &str) -> String {
        match &self.within {
            Some(section) => format!("{section}.{id}"),
            None => id.to_owned(),
        }
    }

    /// Where links to an id lead that were made when the section had another name.
    pub(super) fn earlier_anchors(&self, id: &str) -> askama::Result<String> {
        let mut anchors = String::new();
        for name in &self.formerly {
            let id = format!("{name}.{id}");
            write!(anchors, "<span id=\"{}\" class=\"alias\"></span>", escape(id, Html)?)?;
        }
        Ok(anchors)
    }

    /// Those explanations of units that the page does not give yet.
    pub(super) fn explain(&mut self, words: Vec<String>) -> Vec<String> {
        words.into_iter().filter(|words| self.explained.insert(words.clone())).collect()
    }

    /// A free id for something that nothing links to.
    pub(super) fn unused(&mut self, name: &str) -> String {
        self.made += 1;
        format!("_{name}-{}", self.made)
    }

    /// Where a link leads: on the page that holds all sections, links to sections stay on it.
    pub(super) fn href(&self, target: &Target) -> String {
        match (&self.within, target) {
            (Some(_), Target::Section(id, None)) => format!("#{id}"),
            (Some(_), Target::Section(id, Some(anchor))) => format!("#{id}.{anchor}"),
            (Some(section), Target::Anchor(anchor)) => format!("#{section}.{anchor}"),
            (Some(_), Target::Path(path)) => {
                self.place_within(path).unwrap_or_else(|| self.shared.urls.path(path))
            }
            (_, Target::Image(name)) if self.pictures_inside => {
                let image = self.shared.content.images.iter().find(|image| image.name == *name);
                image.map_or(String::new(), kept::picture_inside)
            }
            _ => self.shared.urls.target(target),
        }
    }

    /// The place on the page that holds all sections of a path that leads to one of them.
    fn place_within(&self, path: &str) -> Option<String> {
        let (section, anchor) = match path.strip_prefix("/guide/")?.split_once('#') {
            Some((section, anchor)) => (section, format!(".{anchor}")),
            None => (path.strip_prefix("/guide/")?, String::new()),
        };
        self.shared.content.section(section).map(|section| format!("#{}{anchor}", section.id))
    }

    /// What stands in the place of a directive, as HTML.
    pub(super) fn directive(&mut self, directive: &'a Directive) -> askama::Result<String> {
        match directive {
            Directive::Pay(country, level) => pay::band(self, country, level),
            Directive::Stat { statistic, row, column } => {
                statistics::stat(self, statistic, row, column)
            }
            Directive::Cite(source) => match self.shared.content.salaries.source(source.as_str()) {
                Some(source) => self.notes.mark(source, None),
                None => Ok(String::new()),
            },
            Directive::Cert(id) => certifications::name(self, id),
            Directive::Resource(id) => lists::resource_link(self, id),
            Directive::PayChart(countries) => pay::charts_in_page(self, countries, true),
            Directive::PayTable(countries) => pay::table(self, countries, true),
            Directive::PayFindings => pay::findings(self),
            Directive::PayPlaces => lists::places(self),
            Directive::StatTable(id) => statistics::table(self, id, false),
            Directive::StatChart(id) => statistics::table(self, id, true),
            Directive::Certifications(group) => certifications::board(self, group.as_deref()),
            Directive::Resources(ids) => lists::resources(self, ids),
            Directive::Picture(id) => pictures::inline(self, id),
            Directive::Phase(id) => roadmap::phase(self, id),
            Directive::Route(id) => roadmap::route(self, id),
            Directive::Sections => lists::sections(self),
            Directive::Changes(count) => lists::changes(self, *count),
        }
    }

    /// Where the certification's entry stands.
    pub(super) fn place_of(&mut self, certification: &str, group: &str) -> Option<Target> {
        let content = self.shared.content;
        let board = self.board.get_or_insert_with(|| certifications::Places::find(content));
        board.entry(certification, group)
    }
}

/// The names that a section had before, by which the page of all sections keeps its anchors.
pub(super) fn earlier_names<'a>(content: &'a Content, section: &SectionId) -> Vec<&'a str> {
    let here = format!("/guide/{section}");
    let moved = content.redirects.iter().filter(|redirect| redirect.to == here);
    moved.filter_map(|redirect| redirect.from.strip_prefix("/guide/")).collect()
}

/// Takes away the space before a mark, which would let a line begin with it. Between two marks it
/// stays, because their numbers would read as one.
fn join_mark(html: &mut String) {
    let end = html.trim_end().len();
    if !html[..end].ends_with("</sup>") {
        html.truncate(end);
    }
}

/// Whether HTML ends inside a table; none when it neither opens nor closes one.
fn in_table(html: &str) -> Option<bool> {
    match (html.rfind("<table"), html.rfind("</table")) {
        (None, None) => None,
        (opened, closed) => Some(opened > closed),
    }
}

/// HTML with headings a level lower, below the section's own. All text is escaped, so that only
/// tags begin with `<`.
fn lowered(html: &str) -> String {
    let mut html = html.to_owned();
    for level in (2..6).rev() {
        for start in ["<h", "</h"] {
            html = html.replace(&format!("{start}{level}"), &format!("{start}{}", level + 1));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_at_its_word_and_apart_from_another_mark() {
        for (before, after) in [
            ("<p>says it ", "<p>says it"),
            ("<p>says it\n", "<p>says it"),
            ("<p>says it<sup>1</sup> ", "<p>says it<sup>1</sup> "),
        ] {
            let mut html = before.to_owned();
            join_mark(&mut html);
            assert_eq!(html, after);
        }
    }
}
