//! Owns which sections list which certifications, so that names of certifications can link to their
//! entries. The entry point is [`CertificationLists`].

use std::collections::HashMap;

use crate::content::Content;
use crate::content::document::Target;
use crate::id::SectionId;

/// By the id of a certification, the first section that lists it.
#[derive(Debug)]
pub(super) struct CertificationLists<'a>(HashMap<&'a str, &'a SectionId>);

impl<'a> CertificationLists<'a> {
    /// Looks through all sections once.
    pub(super) fn of(content: &'a Content) -> Self {
        let mut sections = HashMap::new();
        for section in &content.sections {
            for certification in content.certifications_on(&section.page) {
                sections.entry(certification.id.as_str()).or_insert(&section.id);
            }
        }
        Self(sections)
    }

    /// Where the certification has its entry, if a section lists it.
    pub(super) fn entry(&self, certification: &str) -> Option<Target> {
        let section = *self.0.get(certification)?;
        Some(Target::Section(section.clone(), Some(certification.to_owned())))
    }
}
