//! Feeds: where the number of a KPI comes from by itself, and what became of asking.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::{FeedId, KpiId};
use super::number::Finite;
use super::review::Moment;
use super::week::Week;

/// Where one KPI's number of a week comes from. Nothing is ever fetched but on request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// The id.
    pub id: FeedId,
    /// The KPI that it tells of.
    pub kpi: KpiId,
    /// Where the number stands.
    pub source: Source,
    /// What makes one number of the week's rows.
    #[serde(default)]
    pub over: Over,
    /// Which days make the week.
    #[serde(default)]
    pub days: Days,
}

/// Where a number stands. Paths are relative to the workspace, or absolute; see [`path_fault`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// A text with separated cells.
    Csv {
        /// The file.
        file: String,
        /// Which rows and columns.
        rows: Rows,
    },
    /// A spreadsheet, xlsx or ods. Formulas count with the value that the spreadsheet program computed last.
    Spreadsheet {
        /// The file.
        file: String,
        /// The name of the sheet; the first one when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sheet: Option<String>,
        /// What of it.
        pick: Pick,
    },
    /// A JSON document.
    Json {
        /// The file.
        file: String,
        /// Where in it, as RFC 6901 has it: `/weeks/0/net`; the whole document when empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        at: String,
        /// Which members, where a list of objects stands there; absent where one number does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rows: Option<Rows>,
    },
    /// A SQLite database, opened for reading only.
    Sqlite {
        /// The file.
        file: String,
        /// One SELECT. `:from` and `:until` are the week's first day and the day after its last, `:week` is as in `2026-W47`.
        select: String,
        /// Which columns of the result, where it has a row a day; absent where it is one number, or a column of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rows: Option<Rows>,
    },
    /// A program that prints a number, or JSON. It runs only once somebody allowed it on their machine.
    Command {
        /// The program and its arguments, handed over as they are: no shell reads them.
        argv: Vec<String>,
        /// Where in the JSON that it prints the number stands, as RFC 6901 has it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        at: String,
    },
}

/// What of a spreadsheet is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Pick {
    /// One cell, such as `C7`: it is the number of the week that is open.
    Cell(String),
    /// A range that the spreadsheet has given a name: all of its numbers count for the week that is open.
    Named(String),
    /// Rows under a row of names.
    Rows(Rows),
}

/// Rows under names: which column has the number, which one the day, and which rows count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// The column with the number. Absent where rows are only counted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// The column with the day or the week.
    pub date: String,
    /// Only rows whose cells of these columns say this, whatever their case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<(String, String)>,
    /// The order of day and month in dates such as `03/04/2026`, where no row tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DayOrder>,
    /// The mark before the decimals, where no row tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Decimal>,
}

/// The order of day and month where only numbers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// The mark that stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// `1,234.5`.
    Point,
    /// `1.234,5`.
    Comma,
}

/// What makes one number of a week's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// The number of the latest day; of several on that day the one furthest down.
    #[default]
    Last,
    /// All added up.
    Sum,
    /// Their mean.
    Mean,
    /// How many rows there are.
    Count,
    /// The largest.
    Max,
}

impl Over {
    /// The word for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Last => say!("last"),
            Self::Sum => say!("sum"),
            Self::Mean => say!("mean"),
            Self::Count => say!("count"),
            Self::Max => say!("largest"),
        }
    }
}

/// Which days make the number of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Days {
    /// Its own, Monday to Sunday.
    #[default]
    SameWeek,
    /// Those of the week before: what a review looks back on when it is held before the week is over.
    WeekBefore,
}

impl Days {
    /// The week whose days make the number of `week`.
    #[must_use]
    pub fn of(self, week: Week) -> Week {
        match self {
            Self::SameWeek => week,
            Self::WeekBefore => week.previous(),
        }
    }
}

impl Source {
    /// The file that it reads, unless it runs a program.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Csv { file, .. }
            | Self::Spreadsheet { file, .. }
            | Self::Json { file, .. }
            | Self::Sqlite { file, .. } => Some(file),
            Self::Command { .. } => None,
        }
    }

    /// The word for what it is.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Csv { .. } => "CSV",
            Self::Spreadsheet { .. } => "spreadsheet",
            Self::Json { .. } => "JSON",
            Self::Sqlite { .. } => "SQLite",
            Self::Command { .. } => "command",
        }
    }

    /// Whether somebody has to allow it on their machine first: it runs a program, or reads outside the workspace.
    #[must_use]
    pub fn needs_trust(&self) -> bool {
        self.file().is_none_or(is_outside)
    }
}

impl fmt::Display for Source {
    /// Where the number stands, in a few words: `feeds/till.csv, column Net`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = |f: &mut fmt::Formatter<'_>, rows: &Rows| {
            if rows.value.is_empty() { Ok(()) } else { f.write_str(&say!(", column {value}", value = rows.value)) }
        };
        match self {
            Self::Csv { file, rows } => {
                f.write_str(file)?;
                column(f, rows)
            }
            Self::Spreadsheet { file, sheet, pick } => {
                f.write_str(file)?;
                if let Some(sheet) = sheet {
                    f.write_str(&say!(", sheet {sheet}", sheet))?;
                }
                match pick {
                    Pick::Cell(cell) => f.write_str(&say!(", cell {cell}", cell)),
                    Pick::Named(name) => f.write_str(&say!(", range {name}", name)),
                    Pick::Rows(rows) => column(f, rows),
                }
            }
            Self::Json { file, at, rows } => {
                f.write_str(file)?;
                if !at.is_empty() {
                    write!(f, ", {at}")?;
                }
                rows.as_ref().map_or(Ok(()), |rows| column(f, rows))
            }
            Self::Sqlite { file, select, .. } => write!(f, "{file}, {}", one_line(select)),
            Self::Command { argv, .. } => f.write_str(&say!("command {argv}", argv = argv.join(" "))),
        }
    }
}

/// A statement in one line, cut where it is long.
fn one_line(text: &str) -> String {
    const LONGEST: usize = 60;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(LONGEST).collect();
    if short.len() < words.len() { format!("{short}\u{2026}") } else { short }
}

/// Whether a path leads out of the workspace by being absolute, on whatever system it was written.
#[must_use]
pub fn is_outside(path: &str) -> bool {
    // Two slashes lead to another computer: that is refused, not allowed.
    (path.starts_with('/') && !path.starts_with("//"))
        || path.get(1..3).is_some_and(|drive| drive == ":\\" || drive == ":/")
}

/// What is wrong with a feed's path, and what to write instead. A path of another computer is never opened: some systems
/// would greet it with the user's own credentials.
#[must_use]
pub fn path_fault(path: &str) -> Option<(&'static str, &'static str)> {
    let parts = || path.split(['/', '\\']);
    if path.trim().is_empty() {
        Some((say!("this feed names no file"), say!("write a path inside the workspace, such as feeds/till.csv")))
    } else if path.starts_with("\\\\") || path.starts_with("//") {
        Some((say!("this path is on another computer"), say!("copy the file into the workspace, or mount the folder")))
    } else if parts().any(|part| part == "..") {
        Some((
            say!("the path leads out of the workspace"),
            say!("write a path inside the workspace, or an absolute one"),
        ))
    } else if !is_outside(path) && (path.contains('\\') || path.get(1..2) == Some(":")) {
        Some((say!("this path works on one system only"), say!("separate folders with /")))
    } else {
        None
    }
}

/// Which feed a reading came from, kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fed {
    /// The feed.
    pub feed: FeedId,
    /// What it was made of: file, place, how many rows.
    pub of: String,
    /// When it was read.
    pub at: Moment,
}

impl fmt::Display for Fed {
    /// One line for people, wherever notes are read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say!(
            "feed {feed}: {of}; read {at}",
            feed = self.feed,
            of = self.of,
            at = self.at.format("%Y-%m-%d %H:%M")
        ))
    }
}

/// What a feed was asked, and what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The feed.
    pub feed: FeedId,
    /// The KPI that it tells of.
    pub kpi: KpiId,
    /// The number of the week and what it was made of, or why there is none.
    pub result: Result<(Finite, Fed), Trouble>,
}

/// Why a feed gave no number: what, and what to do about it. The last number stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub what: String,
    /// What to do next.
    pub next: String,
}

impl Trouble {
    /// With both its parts.
    pub fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), next: next.into() }
    }
}

/// The last good number of a feed that was read on this machine, whether it was taken in or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastGood {
    /// Of which week.
    pub week: Week,
    /// The number.
    pub value: Finite,
    /// Which feed, what of and when.
    pub fed: Fed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_in_the_workspace_or_is_absolute_and_never_on_another_computer() {
        for good in ["till.csv", "feeds/till export.csv", "/home/maya/till.csv", "C:\\till\\net.csv", "C:/till.csv"] {
            assert_eq!(path_fault(good), None, "{good}");
        }
        for bad in [
            "",
            " ",
            "../till.csv",
            "feeds/../../x",
            "/home/../x",
            "\\\\server\\x.csv",
            "//server/x",
            "a\\b.csv",
            "C:x",
        ] {
            assert!(path_fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn only_commands_and_files_outside_need_to_be_allowed() {
        let csv = |file: &str| Source::Csv {
            file: file.to_owned(),
            rows: Rows { value: String::new(), date: "Day".to_owned(), only: vec![], dates: None, decimal: None },
        };
        assert!(!csv("feeds/till.csv").needs_trust());
        assert!(csv("/tmp/till.csv").needs_trust() && csv("D:/till.csv").needs_trust());
        assert!(Source::Command { argv: vec!["date".to_owned()], at: String::new() }.needs_trust());
    }
}
