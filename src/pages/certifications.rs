//! Owns how certifications are shown: their names inside sentences, and the list that says which can
//! still be taken. The entry points are [`link`] and [`list`].

use askama::Template;

use super::Shared;
use super::renderer::Renderer;
use crate::content::directives::Directive;
use crate::content::tables::certifications::{Certification, Status};

#[derive(Template)]
#[template(path = "_partials/certifications.html")]
struct List<'a> {
    entries: Vec<Entry<'a>>,
}

/// One certification of the list.
struct Entry<'a> {
    certification: &'a Certification,
    /// Its anchor, unless a heading bears the name already.
    id: Option<String>,
    /// Anchors from when the section had another name.
    earlier: String,
    status: StatusWords,
    /// Price, length and the like, where known.
    facts: Vec<(&'static str, &'a str)>,
    successor: Option<(&'a str, String)>,
    mark: String,
}

impl Entry<'_> {
    fn since(&self) -> Option<String> {
        since(self.certification)
    }
}

/// "as of April 2026"; what has ended did so on its date.
pub(super) fn since(certification: &Certification) -> Option<String> {
    let date = certification.status_date?;
    Some(match certification.status {
        Status::Active | Status::Beta => format!("as of {date}"),
        Status::Retiring | Status::Retired => date.to_string(),
    })
}

/// A status as a word, a mark that differs in shape, and a name for style sheets.
#[derive(Clone, Copy)]
pub(super) struct StatusWords {
    pub(super) word: &'static str,
    class: &'static str,
}

impl From<Status> for StatusWords {
    fn from(status: Status) -> Self {
        let (word, class) = match status {
            Status::Active => ("Live", "live"),
            Status::Beta => ("In beta", "beta"),
            Status::Retiring => ("Ending", "ending"),
            Status::Retired => ("Retired", "retired"),
        };
        Self { word, class }
    }
}

/// A status as it stands in the list.
pub(super) fn status_word(status: Status) -> &'static str {
    StatusWords::from(status).word
}

/// The order of the list: what can be taken comes first.
pub(super) const RANKED: [Status; 4] =
    [Status::Active, Status::Beta, Status::Retiring, Status::Retired];

/// The certifications that a directive shows, with their status.
pub(super) fn list<'a>(page: &mut Renderer<'a>, directive: &Directive) -> askama::Result<String> {
    let content = page.shared.content;
    let mut shown: Vec<&'a Certification> =
        content.certifications.iter().filter(|c| directive.shows(c)).collect();
    shown.sort_by_key(|c| RANKED.iter().position(|status| *status == c.status));
    let mut entries = Vec::with_capacity(shown.len());
    for certification in shown {
        entries.push(entry(page, certification)?);
    }
    List { entries }.render()
}

fn entry<'a>(
    page: &mut Renderer<'a>,
    certification: &'a Certification,
) -> askama::Result<Entry<'a>> {
    let Shared { content, .. } = page.shared;
    let facts = [
        ("Price", &certification.price),
        ("Length", &certification.length),
        ("Questions", &certification.questions),
        ("Holds for", &certification.validity),
    ];
    let successor = certification.successor.as_deref().and_then(|id| content.certification(id));
    let id = page.claim_id(&certification.id);
    Ok(Entry {
        certification,
        earlier: match &id {
            Some(_) => page.earlier_anchors(&certification.id)?,
            None => String::new(),
        },
        id,
        status: certification.status.into(),
        facts: facts.into_iter().filter_map(|(k, v)| v.as_deref().map(|v| (k, v))).collect(),
        successor: successor.and_then(|next| {
            let place = page.certification_entry(&next.id)?;
            Some((next.name.as_str(), page.href(&place)))
        }),
        mark: match content.salaries.source(certification.source.as_str()) {
            Some(source) => page.notes.mark(source, None)?,
            None => String::new(),
        },
    })
}

/// A certification's name, linked to its entry; where none lists it, to its issuer.
pub(super) fn link(page: &mut Renderer<'_>, id: &str) -> askama::Result<String> {
    #[derive(Template)]
    #[template(path = "_partials/certification_name.html")]
    struct Name<'n> {
        text: &'n str,
        href: Option<String>,
        status: Option<String>,
    }
    let Some(certification) = page.shared.content.certification(id) else {
        return Ok(String::new());
    };
    let place = page.certification_entry(&certification.id);
    Name {
        text: &certification.name,
        href: place.map(|place| page.href(&place)).or_else(|| certification.url.clone()),
        status: (certification.status != Status::Active)
            .then(|| status_word(certification.status).to_lowercase()),
    }
    .render()
}
