//! Owns the search for wrong digits in pay figures. The entry point is [`check`]. The limits are
//! wide, because an author cannot overrule an error: they must not refuse an unusual labour market.

use rust_decimal::Decimal;

use super::super::names::Declarations;
use super::FromTable;
use crate::content::diagnostics::Code;
use crate::pay::{Band, Figures, Other};

/// The top of the guide's own band is at most so many times its bottom.
const MAX_BAND_WIDTH: Decimal = Decimal::from_parts(10, 0, 0, false, 0);
/// The same for another source's figures, which may be of a whole country and all levels.
const MAX_SPREAD: Decimal = Decimal::from_parts(30, 0, 0, false, 0);
/// Another source's figures lie within so many times the guide's own bands.
const MAX_DISTANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

const LOOK: &str = "look for a wrong digit";

/// Reports every figure that looks like a typing error.
pub(super) fn check(
    bands: &[FromTable<'_, Band>],
    others: &[FromTable<'_, Other>],
    declared: &Declarations,
) {
    let bands: Vec<&FromTable<'_, Band>> = bands
        .iter()
        .filter(|band| band.sound && declared.levels.has(band.value.level.as_str()))
        .collect();
    for band in &bands {
        let (low, high) = (band.value.range.low, band.value.range.high);
        if low.is_zero() || high.is_some_and(|high| high > low * MAX_BAND_WIDTH) {
            let message = match high {
                Some(high) if !low.is_zero() => {
                    format!("`high` ({high}) is more than {MAX_BAND_WIDTH} times `low` ({low})")
                }
                _ => "a band of pay begins at nothing".to_owned(),
            };
            let key = if low.is_zero() { "low" } else { "high" };
            band.table.error(Code::ImplausibleFigure, key, message).help(LOOK);
        }
    }
    for pair in bands.windows(2) {
        let [lower, higher] = pair else { continue };
        let (below, above) = (lower.value.range, higher.value.range);
        let names = (&higher.value.level, &lower.value.level);
        if above.low < below.low {
            falls(higher, "low", above.low, below.low, names);
        } else if let (Some(top), Some(lower_top)) = (above.high, below.high)
            && top < lower_top
        {
            falls(higher, "high", top, lower_top, names);
        }
    }
    let (Some(bottom), Some(top)) = (
        bands.iter().map(|band| band.value.range.low).min(),
        bands.iter().map(|band| band.value.range.high.unwrap_or(band.value.range.low)).max(),
    ) else {
        return;
    };
    for other in others.iter().filter(|other| other.sound) {
        check_other(other, bottom, top);
    }
}

fn falls<T: std::fmt::Display>(
    band: &FromTable<'_, Band>,
    key: &str,
    higher: Decimal,
    lower: Decimal,
    (level, below): (T, T),
) {
    let message = format!("`{key}` of `{level}` ({higher}) is below that of `{below}` ({lower})");
    band.table
        .error(Code::LevelsNotRising, key, message)
        .help("look for a wrong digit, or for levels in the wrong order in levels.toml");
}

/// `bottom` and `top` are those of the guide's own bands in the country.
fn check_other(other: &FromTable<'_, Other>, bottom: Decimal, top: Decimal) {
    let (key, ends) = match &other.value.figures {
        Figures::Range(range) => ("range", [Some(range.low), range.high]),
        Figures::Percentiles(points) => {
            let all = [points.p10, points.p25, points.p50, points.p75, points.p90];
            let mut known = all.into_iter().flatten();
            let first = known.next();
            ("percentiles", [first, known.next_back()])
        }
        Figures::Median(median) => ("median", [Some(*median), None]),
        Figures::Withheld(_) => return,
    };
    let stray = ends
        .into_iter()
        .flatten()
        .find(|amount| *amount * MAX_DISTANCE < bottom || *amount > top * MAX_DISTANCE);
    let too_wide = matches!(ends, [Some(low), Some(high)] if high > low * MAX_SPREAD);
    let message = match stray {
        Some(stray) => {
            format!("{stray} is of another order than the guide's own bands, {bottom} to {top}")
        }
        None if too_wide => format!("the top is more than {MAX_SPREAD} times the bottom"),
        None => return,
    };
    let help = "look for a wrong digit, and at the currency: figures are a year, in the currency \
                of the country";
    other.table.error(Code::ImplausibleFigure, key, message).help(help);
}
