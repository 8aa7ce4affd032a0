//! Owns how statistics are shown: one figure inside a sentence, and whole tables, with bars in
//! their cells where asked for, so that chart and table are one.

use askama::Template;
use rust_decimal::Decimal;

use super::amounts;
use super::renderer::Renderer;
use crate::content::tables::statistics::{Cell, Column, Statistic, Unit};

#[derive(Template)]
#[template(path = "_partials/statistic.html")]
struct Table<'a> {
    statistic: &'a Statistic,
    heads: Vec<Head>,
    rows: Vec<(&'a str, Vec<Figure>)>,
    bars: bool,
}

/// The heading of a column.
struct Head {
    text: String,
    mark: String,
}

/// One cell.
struct Figure {
    /// None when the source does not give it.
    text: Option<String>,
    /// Its length in a bar, per cent of the cell.
    share: Option<Decimal>,
}

/// One figure with its unit and its source.
pub(super) fn inline(
    page: &mut Renderer<'_>,
    statistic: &str,
    row: &str,
    column: &str,
) -> askama::Result<String> {
    #[derive(Template)]
    #[template(source = "<span class=\"figure\">{{ text }}</span>{{ mark|safe }}", ext = "html")]
    struct Inline {
        text: String,
        mark: String,
    }
    let content = page.shared.content;
    let found = content.statistic(statistic).and_then(|table| table.cell(row, column));
    let Some((_, column, cell)) = found else { return Ok(String::new()) };
    let mut text = amounts::cell(cell, column, &content.salaries);
    if let (Cell::Number(_), Unit::Named(unit)) = (cell, &column.unit) {
        text.push('\u{a0}');
        text.push_str(unit);
    }
    Inline { text, mark: page.notes.mark_column(page.shared, column)? }.render()
}

/// A whole table; with bars, each column on a scale of its own that begins at zero.
pub(super) fn table(page: &mut Renderer<'_>, id: &str, bars: bool) -> askama::Result<String> {
    let content = page.shared.content;
    let Some(table) = content.statistic(id) else { return Ok(String::new()) };
    page.notes.in_table = true;
    let mut heads = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        heads.push(Head {
            text: heading(column),
            mark: page.notes.mark_column(page.shared, column)?,
        });
    }
    page.notes.in_table = false;
    let ends: Vec<Option<Decimal>> = (0..table.columns.len())
        .map(|at| bars.then(|| end_of_scale(table, at)).flatten())
        .collect();
    let rows = table.rows.iter().map(|row| {
        let figures = row.cells.iter().zip(&table.columns).zip(&ends);
        let figures = figures.map(|((cell, column), end)| Figure {
            text: cell.as_ref().map(|cell| amounts::cell(cell, column, &content.salaries)),
            share: share(cell.as_ref(), *end),
        });
        (row.label.as_str(), figures.collect())
    });
    Table { statistic: table, heads, rows: rows.collect(), bars }.render()
}

/// The short title, and the name of the unit where the title does not say it.
fn heading(column: &Column) -> String {
    let Unit::Named(unit) = &column.unit else { return column.short.clone() };
    let (title, small) = (column.short.to_lowercase(), unit.to_lowercase());
    match small.strip_prefix(&title) {
        Some(rest) => format!("{}{rest}", column.short),
        None if title.contains(&small) => column.short.clone(),
        None => format!("{}, {unit}", column.short),
    }
}

/// Shares of a whole are measured against the whole; everything else against the largest.
/// Negative numbers have no bars.
fn end_of_scale(table: &Statistic, at: usize) -> Option<Decimal> {
    let numbers = || {
        table.rows.iter().filter_map(move |row| match row.cells.get(at) {
            Some(Some(Cell::Number(number))) => Some(*number),
            _ => None,
        })
    };
    let largest = numbers().max()?;
    if numbers().any(|number| number.is_sign_negative()) || largest.is_zero() {
        return None;
    }
    let is_share = table.columns[at].unit == Unit::Percent && largest <= Decimal::ONE_HUNDRED;
    Some(if is_share { Decimal::ONE_HUNDRED } else { largest })
}

fn share(cell: Option<&Cell>, end: Option<Decimal>) -> Option<Decimal> {
    match (cell, end) {
        (Some(Cell::Number(number)), Some(end)) => {
            let share = number.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(end)?;
            Some(share.round_dp(1).normalize())
        }
        _ => None,
    }
}
