//! Owns `resources.toml`.

use std::fmt;

use super::super::diagnostics::Code;
use super::super::links;
use super::super::reader::Table;
use super::{GuideFiles, check_ids, optional, past_as_of};
use crate::content::Link;
use crate::date::PartialDate;

/// Something to learn from.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Licence or price.
    pub terms: String,
    /// Whether it costs nothing.
    pub free: bool,
    /// The newest copy seen.
    pub seen: Option<PartialDate>,
    /// What it is for, in words of the content.
    pub topics: Vec<String>,
    /// What it is for.
    pub about: String,
    /// How long it takes at its own pace.
    pub length: Option<Length>,
    /// State and the like.
    pub note: Option<String>,
    /// Further addresses.
    pub more: Vec<Link>,
}

/// How long something takes, in the unit in which its makers say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Weeks.
    Weeks(u32),
    /// Months.
    Months(u32),
}

impl Length {
    /// In weeks, for adding up; a month is a twelfth of a year of 52 weeks.
    pub fn weeks(self) -> f64 {
        match self {
            Self::Weeks(weeks) => f64::from(weeks),
            Self::Months(months) => f64::from(months) * 52.0 / 12.0,
        }
    }

    /// The sum of several: of one, as it is; of more, to the nearest month where it is a quarter
    /// of a year or more.
    pub fn sum(lengths: &[Self]) -> Option<(Self, bool)> {
        match lengths {
            [] => None,
            [one] => Some((*one, true)),
            more => {
                let weeks: f64 = more.iter().map(|length| length.weeks()).sum();
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "sums of small positive numbers"
                )]
                let whole = |number: f64| number.round() as u32;
                let rough = if weeks < 13.0 {
                    Self::Weeks(whole(weeks))
                } else {
                    Self::Months(whole(weeks * 12.0 / 52.0))
                };
                Some((rough, false))
            }
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Self::Weeks(count) => (count, "week"),
            Self::Months(count) => (count, "month"),
        };
        write!(f, "{count} {unit}{}", if *count == 1 { "" } else { "s" })
    }
}

/// All resources, in the order of the file.
pub(in crate::content) fn read(guide: &GuideFiles<'_>) -> Vec<Resource> {
    let Some(file) = guide.file("resources.toml") else { return Vec::new() };
    let table = Table::parse(file);
    let mut ids = Vec::new();
    let resources = table
        .tables("resource")
        .iter()
        .map(|item| {
            let id = item.text_at("id");
            ids.push(id.clone());
            let url = links::web_address(item, "url");
            if url.is_none() {
                item.missing("url", "\"https://…\"");
            }
            let resource = Resource {
                id: id.value,
                title: item.text("title"),
                url: url.unwrap_or_default(),
                terms: item.text("terms"),
                free: item.flag("free"),
                seen: past_as_of(item, "seen", guide.edition),
                topics: item.texts("topics").into_iter().map(|topic| topic.value).collect(),
                about: item.text("about"),
                length: length(item),
                note: optional(item.optional_text("note")),
                more: more(item),
            };
            item.finish();
            resource
        })
        .collect();
    table.finish();
    check_ids(&file, &ids);
    resources
}

fn more(item: &Table<'_>) -> Vec<Link> {
    item.tables("more")
        .iter()
        .map(|link| {
            let href = links::web_address(link, "url");
            if href.is_none() {
                link.missing("url", "\"https://…\"");
            }
            let read = Link { text: link.text("text"), href: href.unwrap_or_default() };
            link.finish();
            read
        })
        .collect()
}

fn length(item: &Table<'_>) -> Option<Length> {
    let table = item.optional_table("length")?;
    let (weeks, months) = (table.optional_count("weeks"), table.optional_count("months"));
    table.finish();
    match (weeks, months) {
        (Some(weeks), None) if weeks.value > 0 => Some(Length::Weeks(weeks.value)),
        (None, Some(months)) if months.value > 0 => Some(Length::Months(months.value)),
        _ => {
            let message = "`length` is a number of weeks or of months";
            let help = "write { weeks = 9 } or { months = 4 }, or leave the key out";
            item.error(Code::ConflictingFields, "length", message, help.to_owned());
            None
        }
    }
}
