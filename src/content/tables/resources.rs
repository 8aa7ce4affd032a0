//! Owns `resources.toml`.

use std::fmt;

use super::dates::past_date;
use super::guide_files::GuideFiles;
use super::names::each_with_id;
use crate::content::diagnostics::Code;
use crate::content::href::{self, Link};
use crate::content::reader::Table;
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
    let resource = |id, item: &Table<'_>| Resource {
        id,
        title: item.text("title"),
        url: href::required_web_address(item, "url"),
        terms: item.text("terms"),
        free: item.flag("free"),
        seen: past_date(item, "seen", guide.edition),
        topics: item.plain_texts("topics"),
        about: item.text("about"),
        length: length(item),
        note: item.optional_text("note"),
        more: item.each("more", |link| href::link(link, "text", "url")),
    };
    let resources = guide.read("resources.toml", |table| each_with_id(table, "resource", resource));
    resources.unwrap_or_default()
}

fn length(item: &Table<'_>) -> Option<Length> {
    let counts =
        |table: &Table<'_>| (table.optional_count("weeks"), table.optional_count("months"));
    match item.within("length", counts)? {
        (Some(weeks), None) if weeks > 0 => Some(Length::Weeks(weeks)),
        (None, Some(months)) if months > 0 => Some(Length::Months(months)),
        _ => {
            let message = "`length` is a number of weeks or of months";
            let help = "write { weeks = 9 } or { months = 4 }, or leave the key out";
            item.error(Code::ConflictingFields, "length", message).help(help);
            None
        }
    }
}
