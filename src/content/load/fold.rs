//! Owns reporting as one the many problems that a single mistake causes.

use crate::content::diagnostics::{Code, Diagnostic};
use crate::content::tables::guide_files::GuideFiles;
use crate::content::tables::site::Site;

/// With so many, a guide is written in a script that pictures cannot show.
const MANY_MISSING_GLYPHS: usize = 8;

/// With so many, it is the date of the edition that is wrong.
const MANY_FUTURE_DATES: usize = 8;

/// Reports once, at the first place, that pictures cannot show the script of a guide.
pub(super) fn missing_glyphs(guide: &GuideFiles<'_>) {
    let all = guide.problems.take(Code::MissingGlyph, MANY_MISSING_GLYPHS);
    if let Some(first) = all.into_iter().min_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line))) {
        let message = format!("here and in many other texts, {}", first.message);
        guide.problems.push(Diagnostic { message, ..first });
    }
}

/// Reports once, at the date of the edition, that many dates are after it.
pub(super) fn future_dates(guide: &GuideFiles<'_>, site: Option<&Site>) {
    let date = site.and_then(|site| site.date.as_ref());
    let (Some(date), Some(file)) = (date, guide.file("site.toml")) else { return };
    let later = guide.problems.take(Code::FutureDate, MANY_FUTURE_DATES);
    if let Some(first) = later.first() {
        let (count, day) = (later.len(), date.value);
        let Diagnostic { file: other, line, .. } = first;
        let message = format!("{count} dates of this guide are after {day}, that of the edition");
        file.error(Code::FutureDate, date.at, message).help(format!(
            "look for a wrong digit here, or at the dates, such as that of {other}:{line}"
        ));
    }
}
