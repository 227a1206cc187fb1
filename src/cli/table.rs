//! Aligned columns in plain text. One column takes the room that is left and is wrapped, so that nothing is cut off.

use unicode_width::UnicodeWidthStr;

use crate::model::shown::shown;
use crate::model::status::Status;

use super::page::{with_mark, wrap};
use super::style::{Style, Tone};

/// The least width of the column that gives way.
const LEAST: usize = 16;

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// To the left.
    Left,
    /// To the right: numbers.
    Right,
    /// To the left, and wrapped when the room is short. At most one column.
    Wrap,
}

/// A cell: its text and what it means.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    text: String,
    tone: Tone,
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: shown(&text.into()).into_owned(), tone: Tone::Plain }
    }
}

impl Cell {
    /// A status with its mark.
    pub(super) fn status(status: Status) -> Self {
        Self { text: with_mark(status), tone: Tone::Status(status) }
    }

    /// A name with the id that commands take.
    pub(super) fn named(name: &str, id: &str) -> Self {
        format!("{name} ({id})").into()
    }

    /// The same cell moved to the right, for trees.
    pub(super) fn indented(self, depth: usize) -> Self {
        Self { text: format!("{}{}", "  ".repeat(depth.min(8)), self.text), ..self }
    }
}

/// A table being filled.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<(&'static str, Set)>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with these headings.
    pub(super) fn new(columns: &[(&'static str, Set)]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row: a cell for each column.
    pub(super) fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        self.cells(cells.into());
    }

    /// Adds a row whose columns are not known beforehand.
    pub(super) fn cells(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(cells);
    }

    /// The table as lines.
    pub(super) fn text(&self, style: &Style) -> String {
        let widths = self.widths(style.width);
        let head: Vec<Cell> =
            self.columns.iter().map(|(head, _)| Cell { text: (*head).to_owned(), tone: Tone::Strong }).collect();
        let mut out = String::new();
        for row in std::iter::once(&head).chain(&self.rows) {
            self.write_row(row, &widths, style, &mut out);
        }
        out
    }

    fn widths(&self, room: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|(head, _)| head.width()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.text.width().max(*width);
            }
        }
        if let Some(at) = self.columns.iter().position(|(_, set)| *set == Set::Wrap) {
            let others: usize = widths.iter().sum::<usize>() - widths[at] + 2 * (widths.len() - 1);
            widths[at] = widths[at].min(room.saturating_sub(others).max(LEAST));
        }
        widths
    }

    fn write_row(&self, row: &[Cell], widths: &[usize], style: &Style, out: &mut String) {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(&self.columns)
            .zip(widths)
            .map(|((cell, (_, set)), width)| match set {
                Set::Wrap => wrap_indented(&cell.text, *width),
                Set::Left | Set::Right => vec![cell.text.clone()],
            })
            .collect();
        for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (column, lines) in cells.iter().enumerate() {
                let text = lines.get(at).map_or("", String::as_str);
                let blanks = " ".repeat(widths[column].saturating_sub(text.width()));
                let painted = style.paint(text, row[column].tone);
                if column > 0 {
                    line.push_str("  ");
                }
                match self.columns[column].1 {
                    Set::Right => line.push_str(&(blanks + &painted)),
                    Set::Left | Set::Wrap => line.push_str(&(painted + &blanks)),
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

/// Wraps a text under its own indentation.
fn wrap_indented(text: &str, width: usize) -> Vec<String> {
    let body = text.trim_start_matches(' ');
    let indent = &text[..text.len() - body.len()];
    wrap(body, width.saturating_sub(indent.len())).into_iter().map(|line| format!("{indent}{line}")).collect()
}
