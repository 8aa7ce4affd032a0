//! Owns what the parts of one page share while it is rendered: which ids are taken, the numbers of
//! cited sources, where links lead. The entry point is [`Renderer`]. Must not know which directives
//! there are, nor what they show.

use std::collections::HashSet;
use std::fmt::Write as _;

use askama::filters::{Html, escape};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Shared;
use super::certification_lists::CertificationLists;
use super::notes::Notes;
use crate::address;
use crate::content::Content;
use crate::content::document::{Document, Heading, Target};
use crate::id::SectionId;
use crate::media_type;

/// What the documents of one page share.
#[derive(Debug)]
pub(super) struct Renderer<'a> {
    pub(super) shared: Shared<'a>,
    pub(super) notes: Notes<'a>,
    mode: Mode<'a>,
    /// Ids that stand on the page already, so that no directive repeats one.
    taken_ids: HashSet<String>,
    /// Where certifications have their entries, found when first needed.
    certification_lists: Option<CertificationLists<'a>>,
    /// Explanations of units that the page gives already.
    explained_units: HashSet<String>,
    /// How many ids were made up so far.
    generated_ids: usize,
}

/// What kind of page the documents stand on.
#[derive(Debug)]
pub(super) enum Mode<'a> {
    /// A page with one document. Ids are those of the content.
    Page,
    /// A section on the page of all sections. Ids begin with that of the section, links to sections
    /// stay on the page, and headings are a level lower, below the section's own.
    WholeGuide(GuideSection<'a>),
    /// The same in a file that has nothing beside it, so that images stand in the file itself.
    SingleFile(GuideSection<'a>),
}

/// A section on the page of all sections.
#[derive(Clone, Debug)]
pub(super) struct GuideSection<'a> {
    id: &'a SectionId,
    /// Names that the section had before. The page has its ids under these as well, because links
    /// made at that time still lead here.
    pub(super) earlier_names: Vec<&'a str>,
}

impl<'a> GuideSection<'a> {
    pub(super) fn new(content: &'a Content, id: &'a SectionId) -> Self {
        let here = address::section(id);
        let moved = content.redirects.iter().filter(|redirect| redirect.to == here);
        let names = moved.filter_map(|redirect| address::section_of(&redirect.from));
        Self { id, earlier_names: names.collect() }
    }
}

impl<'a> Renderer<'a> {
    /// For a page with one document.
    pub(super) fn new(shared: Shared<'a>) -> Self {
        Self {
            shared,
            notes: Notes::default(),
            mode: Mode::Page,
            taken_ids: HashSet::new(),
            certification_lists: None,
            explained_units: HashSet::new(),
            generated_ids: 0,
        }
    }

    /// Goes on to the next section of the page of all sections.
    pub(super) fn begin_section(&mut self, mode: Mode<'a>) {
        self.mode = mode;
        self.taken_ids.clear();
    }

    /// Goes on to a document: its headings have their ids before any directive asks for one.
    pub(super) fn begin_document(&mut self, document: &Document) {
        for heading in &document.headings {
            self.taken_ids.insert(heading.id.clone());
            self.taken_ids.extend(heading.aliases.iter().cloned());
        }
        self.notes.in_table = false;
    }

    fn section(&self) -> Option<&GuideSection<'a>> {
        match &self.mode {
            Mode::Page => None,
            Mode::WholeGuide(section) | Mode::SingleFile(section) => Some(section),
        }
    }

    /// The beginning of a heading, with the anchors by which it was known before.
    pub(super) fn heading_start(&self, heading: &Heading) -> askama::Result<String> {
        let level = self.level_on_page(heading);
        let id = escape(self.id_on_page(&heading.id), Html)?;
        let mut html = format!("<h{level} id=\"{id}\">{}", self.earlier_anchors(&heading.id)?);
        for alias in &heading.aliases {
            let id = escape(self.id_on_page(alias), Html)?;
            let earlier = self.earlier_anchors(alias)?;
            write!(html, "<span id=\"{id}\" class=\"alias\">{earlier}</span>")?;
        }
        Ok(html)
    }

    /// The end of a heading.
    pub(super) fn heading_end(&self, heading: &Heading) -> String {
        format!("</h{}>", self.level_on_page(heading))
    }

    fn level_on_page(&self, heading: &Heading) -> u8 {
        match self.section() {
            // HTML has six levels.
            Some(_) => (heading.level + 1).min(6),
            None => heading.level,
        }
    }

    /// An id for something that a directive shows, if the page does not have it yet.
    pub(super) fn claim_id(&mut self, id: &str) -> Option<String> {
        self.taken_ids.insert(id.to_owned()).then(|| self.id_on_page(id))
    }

    /// An id of the document as it stands on this page.
    pub(super) fn id_on_page(&self, id: &str) -> String {
        match self.section() {
            Some(section) => format!("{}.{id}", section.id),
            None => id.to_owned(),
        }
    }

    /// The anchors of an id under the earlier names of its section.
    pub(super) fn earlier_anchors(&self, id: &str) -> askama::Result<String> {
        let mut anchors = String::new();
        for name in self.section().into_iter().flat_map(|section| &section.earlier_names) {
            let id = format!("{name}.{id}");
            write!(anchors, "<span id=\"{}\" class=\"alias\"></span>", escape(id, Html)?)?;
        }
        Ok(anchors)
    }

    /// Those explanations of units that the page does not give yet. It gives them from now on.
    pub(super) fn new_explanations(&mut self, words: Vec<String>) -> Vec<String> {
        words.into_iter().filter(|words| self.explained_units.insert(words.clone())).collect()
    }

    /// A free id for something that nothing links to. Ids of the content do not begin with `_`.
    pub(super) fn generate_id(&mut self, name: &str) -> String {
        self.generated_ids += 1;
        format!("_{name}-{}", self.generated_ids)
    }

    /// Where a link leads from this page.
    pub(super) fn href(&self, target: &Target) -> String {
        match (self.section(), target) {
            (Some(_), Target::Section(id, None)) => format!("#{id}"),
            (Some(_), Target::Section(id, Some(anchor))) => format!("#{id}.{anchor}"),
            (Some(section), Target::Anchor(anchor)) => format!("#{}.{anchor}", section.id),
            (Some(_), Target::Path(path)) => {
                self.anchor_of_path(path).unwrap_or_else(|| self.shared.urls.path(path))
            }
            (Some(_), Target::Image(name)) if matches!(self.mode, Mode::SingleFile(_)) => {
                self.image_data(name)
            }
            _ => self.shared.target(target),
        }
    }

    /// The anchor, on the page of all sections, of a path that leads to one of them.
    fn anchor_of_path(&self, path: &str) -> Option<String> {
        let (section, anchor) = match address::section_of(path)?.split_once('#') {
            Some((section, anchor)) => (section, format!(".{anchor}")),
            None => (address::section_of(path)?, String::new()),
        };
        self.shared.content.section(section).map(|section| format!("#{}{anchor}", section.id))
    }

    /// An image of the content as an address that holds the image itself.
    fn image_data(&self, name: &str) -> String {
        let image = self.shared.content.images.iter().find(|image| image.name == name);
        image.map_or(String::new(), |image| {
            format!("data:{};base64,{}", media_type::of_name(name), STANDARD.encode(&image.bytes))
        })
    }

    /// Where a certification has its entry, if any section lists it.
    pub(super) fn certification_entry(&mut self, certification: &str) -> Option<Target> {
        let content = self.shared.content;
        let lists = self.certification_lists.get_or_insert_with(|| CertificationLists::of(content));
        lists.entry(certification)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::AssetUrls;
    use crate::address::Urls;
    use crate::content::source::Source;

    #[test]
    fn headings_of_a_section_are_lower_and_named_after_it_where_all_sections_share_a_page() {
        let content = Content::load(&Source::Embedded).unwrap_or_else(|e| panic!("{e}"));
        let (urls, assets) = (Urls::new(None), AssetUrls::default());
        let mut page = Renderer::new(Shared { content: &content, urls: &urls, assets: &assets });
        let mut heading = content.sections[0].page.document.headings[0].clone();
        (heading.level, heading.id, heading.aliases) = (6, "now".into(), vec!["once".into()]);
        let whole = |page: &Renderer<'_>| {
            page.heading_start(&heading).unwrap() + &page.heading_end(&heading)
        };
        let alone = "<h6 id=\"now\"><span id=\"once\" class=\"alias\"></span></h6>";
        assert_eq!(whole(&page), alone);
        let id = SectionId::new("pay");
        page.begin_section(Mode::WholeGuide(GuideSection { id: &id, earlier_names: vec!["old"] }));
        assert_eq!(
            whole(&page),
            "<h6 id=\"pay.now\"><span id=\"old.now\" class=\"alias\"></span>\
             <span id=\"pay.once\" class=\"alias\"><span id=\"old.once\" class=\"alias\"></span></span></h6>"
        );
        let second = Heading { level: 2, ..heading };
        assert_eq!(page.heading_end(&second), "</h3>");
    }
}
