//! Feeds asked for their numbers: files opened, databases queried, programs run. Only on an explicit request, and with limits on
//! size and time; nothing is written here.
//!
//! # Map
//! - `file`: which files a feed may open, and their bytes.
//! - `database`: one SELECT on a SQLite file.
//! - `command`: a program run without a shell, with little environment, and ended when it takes too long or says too much.
//! - `trust`: what somebody allowed on this machine, and whether it is still the same.

mod command;
#[cfg(feature = "sqlite")]
mod database;
mod file;
#[cfg(test)]
mod tests;
pub mod trust;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::feeds::spreadsheet::Book;
use crate::feeds::{self, Made, Refusal, json};
use crate::model::feed::{Fed, Feed, Fetched, Pick, Rows, Source, Trouble};
use crate::model::id::WorkspaceId;
use crate::model::review::Moment;
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use trust::{Approval, Standing};

/// How many of a file's refusals are told.
const TOLD: usize = 3;

/// A request to stop that every thread of a refresh looks at.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks to stop.
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a refresh starts from.
#[derive(Debug, Clone)]
pub struct Refresh<'a> {
    /// The workspace's folder.
    pub root: &'a Path,
    /// The workspace.
    pub workspace: &'a WorkspaceId,
    /// For units.
    pub strategy: &'a Strategy,
    /// What was allowed on this machine.
    pub approvals: &'a [Approval],
    /// The week whose numbers are wanted.
    pub week: Week,
    /// The time that readings carry.
    pub now: Moment,
}

impl Refresh<'_> {
    /// Asks one feed. Takes as long as its source does: 30 seconds at most for a program, 10 for a database.
    #[must_use]
    pub fn ask(&self, feed: &Feed, stop: &Stop) -> Fetched {
        let unit = self.strategy.kpi(&feed.kpi).map_or("", |k| k.unit.as_str());
        let made = self.allowed(feed).and_then(|()| self.made(feed, unit, stop));
        let result = made.map(|made| {
            let rows =
                if made.rows > 1 { format!("; {} of {} rows", feed.over.label(), made.rows) } else { String::new() };
            let of = format!("{}{rows}", feed.source);
            (made.value, Fed { feed: feed.id.clone(), of, at: self.now })
        });
        Fetched { feed: feed.id.clone(), kpi: feed.kpi.clone(), result }
    }

    fn allowed(&self, feed: &Feed) -> Result<(), Trouble> {
        if !feed.source.needs_trust() {
            return Ok(());
        }
        let now = trust::look(self.root, self.workspace, feed)?;
        let allow = |what: String| {
            Err(Trouble::new(what, say!("look at it: `truenorth trust {id}` shows what it would do", id = feed.id)))
        };
        match trust::standing(self.approvals, &now) {
            Standing::Allowed => Ok(()),
            Standing::Never => allow(match &feed.source {
                Source::Command { .. } => {
                    say!("it runs a program, which nobody has allowed on this machine").to_owned()
                }
                _ => say!("it reads outside the workspace, which nobody has allowed on this machine").to_owned(),
            }),
            Standing::Changed(what) => allow(say!("changed since you approved it: {what}", what = what.join(", "))),
        }
    }

    fn made(&self, feed: &Feed, unit: &str, stop: &Stop) -> Result<Made, Trouble> {
        let week = feed.days.of(self.week);
        match &feed.source {
            Source::Csv { file, rows } => {
                let bytes = file::read(self.root, file)?;
                let sheet = feeds::read_csv(&bytes).map_err(|all| told(file, &all))?;
                feeds::weekly(&sheet, rows, feed.over, unit, week).map_err(|all| told(file, &all))
            }
            Source::Spreadsheet { file, sheet, pick } => {
                let bytes = file::read(self.root, file)?;
                let book = Book::read(&bytes).map_err(|refusal| told(file, &[refusal]))?;
                let cells = match pick {
                    Pick::Rows(rows) => {
                        let sheet = book.rows(sheet.as_deref(), &names(rows), &rows.date);
                        let made = sheet.and_then(|sheet| feeds::weekly(&sheet, rows, feed.over, unit, week));
                        return made.map_err(|all| told(file, &all));
                    }
                    Pick::Cell(place) => book.cell(sheet.as_deref(), place).map(|cell| vec![(1, cell)]),
                    Pick::Named(name) => book.named(name),
                };
                let made = cells.map_err(|r| vec![r]).and_then(|c| feeds::of_numbers(&c, feed.over, unit, week));
                made.map_err(|all| told(file, &all))
            }
            Source::Json { file, at, rows } => {
                let bytes = file::read(self.root, file)?;
                from_json(&bytes, at, rows.as_ref(), feed, unit, week).map_err(|all| told(file, &all))
            }
            #[cfg(feature = "sqlite")]
            Source::Sqlite { file, select, rows } => {
                let path = file::plain(self.root, file)?;
                let asked = database::Asked { statement: select, week, time: database::TIME };
                let sheet = database::select(&path, asked, stop)?;
                let made = match rows {
                    Some(rows) => feeds::weekly(&sheet, rows, feed.over, unit, week),
                    None => feeds::of_numbers(&database::first_column(&sheet), feed.over, unit, week),
                };
                made.map_err(|all| told(say!("the answer"), &all))
            }
            #[cfg(not(feature = "sqlite"))]
            Source::Sqlite { .. } => Err(Trouble::new(
                say!("this build of truenorth reads no databases"),
                say!("take one that was built with the feature `sqlite`, or export a CSV file"),
            )),
            Source::Command { argv, at } => {
                let program = trust::program(self.root, argv)?;
                let said = command::run(self.root, &program, argv, stop, command::LIMITS)?;
                let made = match std::str::from_utf8(&said) {
                    Ok(text) if at.is_empty() && !text.trim_start().starts_with(['{', '[']) => {
                        feeds::of_numbers(&[(1, text.trim().to_owned())], feed.over, unit, week)
                    }
                    _ => from_json(&said, at, None, feed, unit, week),
                };
                made.map_err(|all| told(say!("what it printed"), &all))
            }
        }
    }
}

fn from_json(
    bytes: &[u8],
    at: &str,
    rows: Option<&Rows>,
    feed: &Feed,
    unit: &str,
    week: Week,
) -> Result<Made, Vec<Refusal>> {
    let document = json::read(bytes).map_err(|r| vec![r])?;
    let value = json::at(&document, at).map_err(|r| vec![r])?;
    match rows {
        Some(rows) => feeds::weekly(&json::rows(value, &names(rows))?, rows, feed.over, unit, week),
        None => {
            let cell = json::one(value).map_err(|r| vec![r])?;
            feeds::of_numbers(&[(1, cell)], feed.over, unit, week)
        }
    }
}

/// The columns that rows speak of.
fn names(rows: &Rows) -> Vec<&str> {
    let named = [rows.value.as_str(), rows.date.as_str()];
    let only = rows.only.iter().map(|(column, _)| column.as_str());
    named.into_iter().chain(only).filter(|name| !name.is_empty()).collect()
}

/// What speaks against a file, in one text.
fn told(of: &str, all: &[Refusal]) -> Trouble {
    let mut what: Vec<String> = all.iter().take(TOLD).map(ToString::to_string).collect();
    if all.len() > TOLD {
        what.push(say!("and {n} more", n = all.len() - TOLD));
    }
    Trouble::new(format!("{of}: {}", what.join("; ")), all.first().map(|r| r.hint.clone()).unwrap_or_default())
}
