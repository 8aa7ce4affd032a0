//! Owns which sections list which certifications, so that names of certifications can link to their
//! entries. The entry point is [`CertificationLists`].

use crate::content::Content;
use crate::content::directives::Directive;
use crate::content::document::Target;
use crate::id::SectionId;

/// The lists of certifications in the guide: which section shows which group, or all of them.
#[derive(Debug)]
pub(super) struct CertificationLists<'a>(Vec<(&'a SectionId, Option<&'a str>)>);

impl<'a> CertificationLists<'a> {
    /// Looks through all sections once.
    pub(super) fn of(content: &'a Content) -> Self {
        let lists = content.sections.iter().flat_map(|section| {
            section.page.document.directives().filter_map(|directive| match directive {
                Directive::Certifications(group) => Some((&section.id, group.as_deref())),
                _ => None,
            })
        });
        Self(lists.collect())
    }

    /// Where the certification has its entry, if a section lists its group.
    pub(super) fn entry(&self, certification: &str, group: &str) -> Option<Target> {
        let (section, _) = self.0.iter().find(|(_, shown)| shown.is_none_or(|g| g == group))?;
        Some(Target::Section((*section).clone(), Some(certification.to_owned())))
    }
}
