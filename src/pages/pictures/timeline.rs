//! Owns what is known of certifications over time, and what is not: a full line only between dated
//! facts, dots for everything that nobody has dated.

use jiff::civil::{Date, date};

use super::super::Shared;
use super::super::certifications::{RANKED, StatusWords, since};
use crate::content::tables::certifications::{Certification, Status};
use crate::date::spell_date;
use crate::draw::diagram::{LineStyle, Scene, Span, Timeline, Track};

/// Years as shares of the axis.
struct Axis {
    start: Date,
    days: f64,
}

impl Axis {
    fn at(&self, day: Date) -> f64 {
        (days(self.start, day) / self.days).clamp(0.0, 1.0)
    }
}

fn days(from: Date, to: Date) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

/// All certifications, those that can be taken first.
pub(super) fn timeline(shared: Shared<'_>) -> (Scene, String) {
    let content = shared.content;
    let now = content.site.date;
    let all = &content.certifications;
    let known: Vec<Date> = all.iter().flat_map(dated).chain([now]).collect();
    let first = known.iter().min().copied().unwrap_or(now);
    let last = known.iter().max().copied().unwrap_or(now);
    let start = date(first.year(), 1, 1);
    // Beyond the last date there is a little room.
    let axis = Axis { start, days: days(start, last).max(1.0) * 1.04 };
    let mut words = Vec::new();
    let mut groups = Vec::new();
    for status in RANKED {
        let shown = all.iter().filter(|one| one.status == status);
        let tracks: Vec<Track> = shown
            .map(|one| {
                let when = since(one).map_or(String::new(), |since| format!(" {since}"));
                let state = StatusWords::from(status).word;
                words.push(format!("{}, {}: {state}{when}.", one.name, one.issuer));
                track(one, &axis, now)
            })
            .collect();
        if !tracks.is_empty() {
            groups.push((StatusWords::from(status).word.to_owned(), style(status), tracks));
        }
    }
    let ticks = (start.year()..=last.year())
        .map(|year| (axis.at(date(year, 1, 1)), year.to_string()))
        .filter(|(at, _)| *at < 0.92)
        .collect();
    let note = "A full line is live, a hollow one in beta, a bar the end. Rings are dated facts; \
                dots stand for what we could not date.";
    let timeline =
        Timeline { groups, ticks, now: (axis.at(now), spell_date(now)), note: note.to_owned() };
    (Scene::Timeline(timeline), words.join(" "))
}

fn dated(one: &Certification) -> impl Iterator<Item = Date> {
    let status = one.status_date.filter(|date| *date != crate::date::PartialDate::Unknown);
    one.events
        .iter()
        .map(|event| event.date)
        .filter(|date| *date != crate::date::PartialDate::Unknown)
        .chain(status)
        .map(|date| date.first_day())
}

fn style(status: Status) -> LineStyle {
    match status {
        Status::Active | Status::Retiring => LineStyle::Full,
        Status::Beta => LineStyle::Hollow,
        Status::Retired => LineStyle::Ended,
    }
}

fn track(one: &Certification, axis: &Axis, now: Date) -> Track {
    let mut facts: Vec<Date> = dated(one).collect();
    facts.sort_unstable();
    facts.dedup();
    // Each state from the day on which it began, as far as that is known.
    let begun: Vec<(Date, Status)> = one
        .events
        .iter()
        .filter_map(|event| Some((event.date.first_day(), event.status?)))
        .filter(|(day, _)| *day <= now)
        .collect();
    let past: Vec<Date> = facts.iter().copied().filter(|day| *day <= now).collect();
    let (first, last) = (past.first().copied().unwrap_or(now), past.last().copied().unwrap_or(now));
    let mut spans = Vec::new();
    let mut span = |from: Date, to: Date, style: LineStyle| {
        if from < to {
            spans.push(Span { from: axis.at(from), to: axis.at(to), style });
        }
    };
    let began = begun.first().filter(|(_, status)| *status != Status::Retired);
    if began.is_none_or(|(day, _)| *day > first) {
        span(axis.start, first, LineStyle::Unknown);
    }
    // What is dated to have begun lasts until something else begins; what is only known to have
    // been so lasts from the first such fact to the last.
    let lasting = began.is_some() && begun.last().is_some_and(|(_, status)| *status == one.status);
    let ended = one.status == Status::Retired;
    if begun.iter().all(|(_, status)| *status == Status::Retired) {
        if !ended {
            span(first, last, style(one.status));
        }
    } else {
        for (index, (day, status)) in begun.iter().enumerate() {
            let until =
                begun.get(index + 1).map_or(if lasting { now } else { last }, |next| next.0);
            span(*day, until, style(*status));
        }
    }
    if !ended && !lasting {
        span(last, now, LineStyle::Unknown);
    }
    let when = since(one).map_or(String::new(), |since| format!(", {since}"));
    Track {
        name: one.name.clone(),
        detail: format!("{}{when}", one.issuer),
        spans,
        end: ended.then(|| axis.at(last)),
        dots: facts.iter().filter(|day| !ended || **day < last).map(|day| axis.at(*day)).collect(),
    }
}
