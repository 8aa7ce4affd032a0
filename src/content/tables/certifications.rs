//! Owns `certifications.toml`.

use jiff::civil::Date;

use super::dates::past_day;
use super::guide_files::GuideFiles;
use super::names::{Declarations, tables_with_ids};
use crate::content::diagnostics::Code;
use crate::content::href;
use crate::content::reader::Table;
use crate::date::PartialDate;
use crate::id::SourceId;

/// A certification and what has become of it.
#[derive(Clone, Debug)]
pub struct Certification {
    /// Its key, and its anchor.
    pub id: String,
    /// Without the issuer.
    pub name: String,
    /// Who issues it.
    pub issuer: String,
    /// Pages ask for certifications by group.
    pub group: String,
    /// "associate", "professional"; as the issuer says.
    pub level: Option<String>,
    /// Whether it can be taken.
    pub status: Status,
    /// Since when.
    pub status_date: Option<PartialDate>,
    /// One line about the status.
    pub status_note: Option<String>,
    /// With its currency and what comes on top.
    pub price: Option<String>,
    /// Of the exam or course.
    pub length: Option<String>,
    /// How many, of which kind.
    pub questions: Option<String>,
    /// How long it holds.
    pub validity: Option<String>,
    /// What it covers.
    pub covers: String,
    /// Whom it suits.
    pub suits: String,
    /// The id of what took its place.
    pub successor: Option<String>,
    /// What happened when, in order of time.
    pub events: Vec<Event>,
    /// The issuer's page.
    pub url: Option<String>,
    /// Where the facts come from.
    pub source: SourceId,
    /// When the editors last looked.
    pub checked: Date,
}

/// Something that happened to a certification.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub date: PartialDate,
    /// What.
    pub what: String,
    /// The status that begins with it.
    pub status: Option<Status>,
}

/// Whether a certification can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It can.
    Active,
    /// A trial exam.
    Beta,
    /// Its end is announced.
    Retiring,
    /// No more.
    Retired,
}

impl Status {
    /// As data files write it.
    pub(in crate::content) fn word(self) -> &'static str {
        STATUSES.iter().find(|(_, status)| *status == self).map_or("", |(word, _)| word)
    }
}

/// All certifications, in the order of the file.
pub(in crate::content) fn read(
    guide: &GuideFiles<'_>,
    declared: &Declarations,
) -> Vec<Certification> {
    let Some(table) = guide.table("certifications.toml") else { return Vec::new() };
    let items = tables_with_ids(&table, "certification");
    table.finish();
    let ids = items.iter().map(|(id, _)| id);
    let known = guide.names("certifications.toml", Code::UnknownCertification, ids);
    let certifications = items.into_iter().map(|(id, item)| {
        item.finish_after(|item| {
            let successor = known.optional_in(item, "successor");
            if successor.as_ref() == Some(&id) {
                let message = format!("`{id}` is its own successor");
                item.error(Code::ConflictingFields, "successor", message)
                    .help("name what took its place, or leave the key out");
            }
            let source = declared.source(item);
            let status = item.required_choice("status", &STATUSES);
            Certification {
                id,
                name: item.text("name"),
                issuer: item.text("issuer"),
                group: item.text("group"),
                level: item.optional_text("level"),
                status,
                status_date: item.optional_partial_date("status_date"),
                status_note: item.optional_text("status_note"),
                price: item.optional_text("price"),
                length: item.optional_text("length"),
                questions: item.optional_text("questions"),
                validity: item.optional_text("validity"),
                covers: item.text("covers"),
                suits: item.text("suits"),
                successor,
                events: events(item),
                url: href::web_address(item, "url"),
                source,
                checked: past_day(item, "checked", guide.edition).unwrap_or_default(),
            }
        })
    });
    certifications.collect()
}

const STATUSES: [(&str, Status); 4] = [
    ("active", Status::Active),
    ("beta", Status::Beta),
    ("retiring", Status::Retiring),
    ("retired", Status::Retired),
];

fn events(item: &Table<'_>) -> Vec<Event> {
    let mut events = item.each("events", |event| Event {
        date: event.partial_date("date"),
        what: event.text("what"),
        status: event.choice("status", &STATUSES),
    });
    events.sort_by_key(|event| event.date.first_day());
    events
}
