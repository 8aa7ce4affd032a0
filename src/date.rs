//! Owns dates that are only as precise as what is known: a day, a month, a year, a span, about a
//! year, or nothing at all. Written in the content as a subset of the Extended Date/Time Format
//! (ISO 8601-2): `2026-08-27`, `2026-06`, `2024`, `2023/2024`, `2024~`, `unknown`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// One point in time, as precisely as its source states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A calendar day.
    Day(Date),
    /// A calendar month.
    Month {
        /// Calendar year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A calendar year.
    Year(i16),
}

/// When a figure held, as precisely as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "ApproximateDate")]
pub enum PartialDate {
    /// At or during one moment.
    At(Moment),
    /// About that moment: the source does not say exactly.
    About(Moment),
    /// From one moment to another, both included.
    Span(Moment, Moment),
    /// The source gives no date.
    Unknown,
}

/// A date that is only as precise as what is known.
#[derive(Serialize, ToSchema)]
struct ApproximateDate {
    /// ISO 8601-2: a day `2026-08-27`, a month `2026-06`, a year `2024`, about a year `2024~`, a
    /// span `2023/2024`, or `unknown`.
    #[schema(example = "2023/2024")]
    date: String,
    /// As people write it.
    #[schema(example = "2023–24")]
    text: String,
}

impl From<PartialDate> for ApproximateDate {
    fn from(date: PartialDate) -> Self {
        Self { date: date.notation(), text: date.to_string() }
    }
}

impl PartialSchema for PartialDate {
    fn schema() -> RefOr<Schema> {
        ApproximateDate::schema()
    }
}

impl ToSchema for PartialDate {
    fn name() -> Cow<'static, str> {
        ApproximateDate::name()
    }
}

/// Why a text is not a date of this kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date")]
pub struct PartialDateError(pub String);

impl FromStr for Moment {
    type Err = PartialDateError;

    fn from_str(text: &str) -> Result<Self, PartialDateError> {
        let error = || PartialDateError(text.to_owned());
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
                .ok_or_else(error)
        };
        let parts: Vec<&str> = text.split('-').collect();
        let year = digits(parts.first().copied().unwrap_or_default(), 4)?;
        match *parts.as_slice() {
            [_] => Ok(Self::Year(year)),
            [_, month] => {
                let month = i8::try_from(digits(month, 2)?).map_err(|_| error())?;
                if (1..=12).contains(&month) {
                    Ok(Self::Month { year, month })
                } else {
                    Err(error())
                }
            }
            [_, month, day] => {
                let month = i8::try_from(digits(month, 2)?).map_err(|_| error())?;
                let day = i8::try_from(digits(day, 2)?).map_err(|_| error())?;
                Date::new(year, month, day).map(Self::Day).map_err(|_| error())
            }
            _ => Err(error()),
        }
    }
}

impl FromStr for PartialDate {
    type Err = PartialDateError;

    fn from_str(text: &str) -> Result<Self, PartialDateError> {
        // The error names the whole text, even if one part is wrong, as the file has it.
        let moment =
            |part: &str| part.parse::<Moment>().map_err(|_| PartialDateError(text.to_owned()));
        if text == "unknown" {
            return Ok(Self::Unknown);
        }
        if let Some(about) = text.strip_suffix('~') {
            return moment(about).map(Self::About);
        }
        if let Some((from, to)) = text.split_once('/') {
            let (from, to) = (moment(from)?, moment(to)?);
            if from.first_day() > to.first_day() {
                return Err(PartialDateError(text.to_owned()));
            }
            return Ok(Self::Span(from, to));
        }
        moment(text).map(Self::At)
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Moment {
    /// The first day that belongs to this moment.
    pub fn first_day(self) -> Date {
        let (year, month) = match self {
            Self::Day(date) => return date,
            Self::Month { year, month } => (year, month),
            Self::Year(year) => (year, 1),
        };
        Date::new(year, month, 1).unwrap_or(Date::MIN)
    }
}

impl fmt::Display for Moment {
    /// As people write it: "27 August 2026", "June 2026", "2024".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |month: i8| MONTHS[usize::try_from(month - 1).unwrap_or(0) % 12];
        match *self {
            Self::Day(date) => write!(f, "{} {} {}", date.day(), name(date.month()), date.year()),
            Self::Month { year, month } => write!(f, "{} {year}", name(month)),
            Self::Year(year) => write!(f, "{year}"),
        }
    }
}

impl fmt::Display for PartialDate {
    /// As people write it; a span of years is shortened, "2023–24".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::At(moment) => moment.fmt(f),
            Self::About(moment) => write!(f, "about {moment}"),
            Self::Span(Moment::Year(from), Moment::Year(to)) if from / 100 == to / 100 => {
                write!(f, "{from}–{:02}", to % 100)
            }
            Self::Span(from, to) => write!(f, "{from} to {to}"),
            Self::Unknown => f.write_str("undated"),
        }
    }
}

impl PartialDate {
    /// The first day that belongs to it; what is undated comes first.
    pub fn first_day(&self) -> Date {
        match *self {
            Self::At(moment) | Self::About(moment) | Self::Span(moment, _) => moment.first_day(),
            Self::Unknown => Date::MIN,
        }
    }

    /// The notation of the content files, which [`FromStr`] reads back: "2023/2024".
    pub fn notation(&self) -> String {
        fn moment(moment: Moment) -> String {
            match moment {
                Moment::Day(date) => date.to_string(),
                Moment::Month { year, month } => format!("{year:04}-{month:02}"),
                Moment::Year(year) => format!("{year:04}"),
            }
        }
        match *self {
            Self::At(at) => moment(at),
            Self::About(at) => format!("{}~", moment(at)),
            Self::Span(from, to) => format!("{}/{}", moment(from), moment(to)),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

/// A calendar day as people write it: "24 November 2026".
pub fn spell_date(date: Date) -> String {
    Moment::Day(date).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written_as_precisely_as_they_are_known() {
        for (notation, spelled) in [
            ("2026-08-27", "27 August 2026"),
            ("2026-06", "June 2026"),
            ("2024", "2024"),
            ("2024~", "about 2024"),
            ("2023/2024", "2023–24"),
            ("1999/2001", "1999 to 2001"),
            ("2025-07/2025-12-29", "July 2025 to 29 December 2025"),
            ("unknown", "undated"),
        ] {
            let date: PartialDate = notation.parse().unwrap();
            assert_eq!(date.to_string(), spelled);
            assert_eq!(date.notation(), notation);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for wrong in [
            "",
            "June 2026",
            "2026-13",
            "2026-02-30",
            "26",
            "2026-6",
            "2024/2023",
            "+026",
            "2026-01-01-01",
            "~",
        ] {
            assert!(wrong.parse::<PartialDate>().is_err(), "{wrong}");
        }
    }
}
