//! Readings out of other programs' files: from bytes to candidates that a workspace can take in. Pure: nothing is written here.
//!
//! # Map
//! - `csv`, `spreadsheet`, `json`: bytes to a [`Sheet`], or to one cell.
//! - `columns`: which column tells the week, and which KPI each other one is about.
//! - `dates`, `numbers`: what a whole column of cells means. A cell alone is often not clear; a column nearly always is.
//! - `weeks`: rows that stand twice, days that make a week.
//! - `candidates`: a sheet as readings by KPI and week, or everything that speaks against it.
//! - `weekly`: the rows of a feed as one number of one week.
//! - `strategy`: goals and KPIs instead of readings.
//! - `plan`: candidates held against what is known already.
//!
//! All or nothing: one cell that is not clear refuses the file, and every such cell is named.

mod candidates;
mod columns;
mod csv;
mod dates;
pub mod json;
mod numbers;
mod plan;
pub mod spreadsheet;
pub mod strategy;
#[cfg(test)]
mod tests;
mod weekly;
mod weeks;
mod whole;

use std::fmt;

pub use candidates::{Candidates, Column, candidates};
pub use columns::Ignored;
pub use csv::read as read_csv;
#[cfg(feature = "sqlite")]
pub(crate) use json::typed;
pub use plan::{Kept, KpiPlan, Plan, Says, plan};
pub use weekly::{Made, of_numbers, weekly};

pub use crate::model::feed::{DayOrder, Decimal};
use crate::model::id::KpiId;

/// The largest file that is taken in, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The most rows that are taken in.
pub const MAX_ROWS: usize = 100_000;

/// Rows of cells under a row of names, from whatever file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows below, each with a cell for every column.
    pub rows: Vec<SheetRow>,
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number in the file, from 1, the names included: for a text the line that it begins in.
    pub row: usize,
    /// Its cells, without blanks around them.
    pub cells: Vec<String>,
}

/// What the one who imports says about a file that it does not say itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Columns (in a long table: names in its KPI column) with the KPI that they are about; `None` leaves them out.
    pub map: Vec<(String, Option<KpiId>)>,
    /// The order of day and month in dates such as `03/04/2026`.
    pub dates: Option<DayOrder>,
    /// Which mark stands before the decimals.
    pub decimal: Option<Decimal>,
}

/// Something in a file that cannot be taken in: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The row, if it is about one.
    pub row: Option<usize>,
    /// The column, if it is about one.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Refusal {
    /// About the whole file.
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { row: None, column: None, message: message.into(), hint: hint.into() }
    }

    /// The same about a row.
    fn at(self, row: usize) -> Self {
        Self { row: Some(row), ..self }
    }

    /// The same about a column.
    fn of(self, column: &str) -> Self {
        Self { column: Some(column.to_owned()), ..self }
    }
}

impl fmt::Display for Refusal {
    /// `row 14, column Revenue: what is wrong`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.row, &self.column) {
            (Some(row), Some(column)) => f.write_str(&say!("row {row}, column {column}: ", row, column))?,
            (Some(row), None) => f.write_str(&say!("row {row}: ", row))?,
            (None, Some(column)) => f.write_str(&say!("column {column}: ", column))?,
            (None, None) => {}
        }
        f.write_str(&self.message)
    }
}

/// A cell in an error: quoted, and cut where it is long.
fn quoted(cell: &str) -> String {
    const LONGEST: usize = 40;
    let short: String = cell.chars().take(LONGEST).collect();
    if short.len() < cell.len() { format!("`{short}…`") } else { format!("`{short}`") }
}
