//! Owns `statistics/*.toml`: dated, sourced tables. A single figure is a table of one cell.

use rust_decimal::Decimal;

use super::dates::required_past_date;
use super::guide_files::GuideFiles;
use super::names::{Declarations, check_id, each_with_id, report_unknown};
use super::survey::sample;
use crate::content::diagnostics::Code;
use crate::content::reader::{Table, Value};
use crate::date::PartialDate;
use crate::id::{CurrencyCode, SourceId};
use crate::pay::Sample;

/// A sourced table.
#[derive(Clone, Debug)]
pub struct Statistic {
    /// Its file name.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// Anything a reader must know.
    pub note: Option<String>,
    /// Above the row labels.
    pub row_header: String,
    /// Each with a source of its own.
    pub columns: Vec<Column>,
    /// In order.
    pub rows: Vec<Row>,
}

/// One column: one measurement by one source.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its key.
    pub id: String,
    /// What is measured, on whom.
    pub title: String,
    /// For narrow places; the title where none is given.
    pub short: String,
    /// Whose figures.
    pub source: SourceId,
    /// From how many.
    pub sample: Sample,
    /// When they held.
    pub as_of: PartialDate,
    /// What the numbers count.
    pub unit: Unit,
}

/// What the numbers of a column count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A plain number.
    Number,
    /// Per cent.
    Percent,
    /// An amount of money.
    Money(CurrencyCode),
    /// Something named: "openings a year".
    Named(String),
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its key.
    pub id: String,
    /// What stands before it.
    pub label: String,
    /// One a column, in the order of the columns.
    pub cells: Vec<Option<Cell>>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number in the unit of its column.
    Number(Decimal),
    /// As it stands.
    Text(String),
}

/// All tables, in order of their ids.
pub(in crate::content) fn read(guide: &GuideFiles<'_>, declared: &Declarations) -> Vec<Statistic> {
    guide
        .folder("statistics")
        .into_iter()
        .map(|(id, file)| {
            check_id(&file, id, 0);
            statistic(id, &Table::parse(file), declared)
        })
        .collect()
}

fn statistic(id: &str, table: &Table<'_>, declared: &Declarations) -> Statistic {
    let title = table.text("title");
    let note = table.optional_text("note");
    let row_header = table.text("row_header");
    let columns = each_with_id(table, "column", |id, item| {
        let title = item.text("title");
        let source = declared.source(item);
        Column {
            id,
            short: item.optional_text("short").unwrap_or_else(|| title.clone()),
            title,
            source,
            sample: sample(item),
            as_of: required_past_date(item, "as_of", declared.edition),
            unit: unit(item, declared),
        }
    });
    let rows = each_with_id(table, "row", |id, item| Row {
        id,
        label: item.text("label"),
        cells: cells(item, &columns),
    });
    for (key, empty) in [("column", columns.is_empty()), ("row", rows.is_empty())] {
        if empty {
            table.missing(key, "[{ id = …, … }]");
        }
    }
    table.finish();
    Statistic { id: id.to_owned(), title, note, row_header, columns, rows }
}

fn unit(table: &Table<'_>, declared: &Declarations) -> Unit {
    match table.optional_text_at("unit") {
        None => Unit::Number,
        Some(unit) if unit.value == "%" => Unit::Percent,
        Some(unit) if declared.currencies.has(&unit.value) => {
            Unit::Money(CurrencyCode::new(unit.value))
        }
        Some(unit) => {
            // Three capitals are probably a currency; anything else is words.
            if unit.value.len() == 3 && unit.value.bytes().all(|b| b.is_ascii_uppercase()) {
                declared.currencies.check(&table.file, &unit);
            }
            Unit::Named(unit.value)
        }
    }
}

fn cells(row: &Table<'_>, columns: &[Column]) -> Vec<Option<Cell>> {
    let mut cells = vec![None; columns.len()];
    let Some(table) = row.optional_table("cells") else {
        row.missing("cells", "{ … }");
        return cells;
    };
    // A figure that cannot be read has been reported. It counts as given, so that pages that show
    // it are not reported for a missing figure.
    for key in table.keys() {
        if let Some(index) = columns.iter().position(|column| column.id == key) {
            cells[index] = Some(Cell::Text(String::new()));
        }
    }
    for (key, value) in table.named(Value::number_or_text) {
        let Some(index) = columns.iter().position(|column| column.id == key.value) else {
            if !row.file.is_broken() {
                let known = columns.iter().map(|column| column.id.as_str());
                report_unknown(&row.file, Code::UnknownColumn, &key, known);
            }
            continue;
        };
        cells[index] = Some(match value.value {
            Ok(number) => {
                let share = columns[index].unit == Unit::Percent;
                // A rate may fall by up to all of it, and grow by any amount.
                if share && number < -Decimal::ONE_HUNDRED {
                    let message = "nothing falls by more than 100 per cent";
                    row.file.error(Code::NumberOutOfRange, value.at, message);
                } else if matches!(columns[index].unit, Unit::Money(_)) && number < Decimal::ZERO {
                    let message = "an amount of money is negative";
                    row.file.error(Code::NegativeAmount, value.at, message);
                }
                Cell::Number(number)
            }
            Err(text) => Cell::Text(text),
        });
    }
    cells
}

impl Statistic {
    /// One figure with its row and column; none where the table does not give it.
    pub fn cell(&self, row: &str, column: &str) -> Option<(&Row, &Column, &Cell)> {
        let index = self.columns.iter().position(|c| c.id == column)?;
        let row = self.rows.iter().find(|r| r.id == row)?;
        Some((row, &self.columns[index], row.cells.get(index)?.as_ref()?))
    }
}
