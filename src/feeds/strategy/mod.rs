//! Goals and KPIs out of the exports of OKR and meeting tools: a sheet and a strategy become the strategy with the sheet in it.
//!
//! # Map
//! - `fields`: which column tells what, by the known names of columns or by what was said.
//! - `cells`: columns of days and of numbers, and cells that name a person, a team or a theme.
//! - `goals`: rows to goals, each under its parent.
//! - `merge`: goals into the strategy.
//! - `rank`: words for kinds and statuses.
//! - `kpis`: rows to KPIs.
//!
//! All or nothing, as for readings. What the file leaves empty stays as it is, and nothing is ever taken out.

mod cells;
mod fields;
mod goals;
mod kpis;
mod merge;
mod rank;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::Config;

pub use goals::goals;
pub use kpis::kpis;

use super::{DayOrder, Decimal};

/// What the one who imports says about a file of goals or KPIs that it does not say itself.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Columns with the field that each holds; an empty field leaves the column out.
    pub map: Vec<(String, String)>,
    /// The order of day and month in dates such as `03/04/2026`.
    pub dates: Option<DayOrder>,
    /// Which mark stands before the decimals.
    pub decimal: Option<Decimal>,
}

/// What the rows are held against.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// People, teams and perspectives.
    pub config: &'a Config,
    /// The strategy as it stands.
    pub strategy: &'a Strategy,
    /// The day of the import: what the file calls done was closed by then.
    pub today: NaiveDate,
}

impl Known<'_> {
    fn week(&self) -> Week {
        Week::of(self.today)
    }
}

/// What an import makes of the strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The strategy with the file in it.
    pub strategy: Strategy,
    /// What became of each row, in the file's order.
    pub rows: Vec<Taken>,
    /// The columns that tell nothing known.
    pub ignored: Vec<String>,
    /// What was noticed and refuses nothing.
    pub notes: Vec<String>,
}

impl Merged {
    /// How many rows add something, and how many change something.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let count = |does| self.rows.iter().filter(|r| r.does == does).count();
        (count(Does::Adds), count(Does::Changes))
    }
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its number in the file.
    pub row: usize,
    /// The goal's or KPI's id.
    pub id: String,
    /// What comes of it.
    pub does: Does,
    /// What differs from what was there, or is filled in for the first time.
    pub changes: Vec<Change>,
}

/// What comes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// It is new.
    Adds,
    /// It was there and is changed.
    Changes,
    /// All of it is there already.
    Nothing,
}

impl Does {
    /// The word on the page and in JSON.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Adds => "add",
            Self::Changes => "change",
            Self::Nothing => "same",
        }
    }
}

/// A field that an import sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which one.
    pub field: &'static str,
    /// What it was, in words; nothing when it was empty.
    pub from: Option<String>,
    /// What it becomes.
    pub to: String,
}

/// Sets a field where the file tells it, and keeps what that changed.
fn set<T: PartialEq>(
    changes: &mut Vec<Change>,
    field: &'static str,
    place: &mut T,
    new: T,
    words: impl Fn(&T) -> String,
) {
    if *place != new {
        let was = words(place);
        changes.push(Change { field, from: (!was.is_empty()).then_some(was), to: words(&new) });
        *place = new;
    }
}

/// The same for what may be absent.
fn put<T: PartialEq + ToString>(changes: &mut Vec<Change>, field: &'static str, place: &mut Option<T>, new: Option<T>) {
    if new.is_some() {
        set(changes, field, place, new, |v| v.as_ref().map_or_else(String::new, T::to_string));
    }
}

/// An id made of a name that is not taken yet.
fn fresh<T: std::str::FromStr>(name: &str, taken: impl Fn(&str) -> bool) -> Option<T> {
    const LONGEST: usize = 40;
    let stem = crate::model::id::slug(name, LONGEST);
    let numbered = (2..).map(|n: usize| format!("{stem}-{n}"));
    let mut all = std::iter::once(stem.clone()).chain(numbered).filter(|id| !taken(id));
    // A stem can be a name that no id may have, such as `con`; with a number behind it, it can.
    all.by_ref().take(3).find_map(|id| id.parse().ok())
}

/// A name as it is compared: in small letters, with single blanks for whatever separates its words.
fn key(name: &str) -> String {
    let lower = name.to_lowercase().replace(['-', '_', '*', ':'], " ");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
