//! Cells of an export: days and numbers, decided column by column, and the people, teams and themes that a cell can name.

use std::collections::HashMap;

use chrono::{NaiveDate, Weekday};

use super::fields::{Columns, Field, near};
use super::{Said, key};
use crate::feeds::dates::{When, whens};
use crate::feeds::numbers::{body, decimal, number};
use crate::feeds::{Refusal, Sheet, quoted};
use crate::model::id::{MemberId, TeamId, ThemeId};
use crate::model::number::Finite;
use crate::model::people::Member;
use crate::model::strategy::Strategy;
use crate::model::workspace::Config;

/// What columns hold by row; refusals gather beside it, so that one look at a file finds all of them.
pub(super) struct Read<'s, F> {
    pub(super) sheet: &'s Sheet,
    pub(super) columns: &'s Columns<F>,
    pub(super) said: &'s Said,
    pub(super) refusals: Vec<Refusal>,
}

impl<'s, F: Field> Read<'s, F> {
    /// The cells of a field that are filled, with their rows.
    fn filled(&self, field: F) -> Vec<(usize, &'s str)> {
        let cell = |row: &'s crate::feeds::SheetRow| Some((row.row, self.columns.cell(row, field)?));
        self.sheet.rows.iter().filter_map(cell).collect()
    }

    fn head(&self, field: F) -> &str {
        self.columns.of(field).map_or("", |at| self.sheet.head[at].as_str())
    }

    /// The days of a column by row; of a week that day of it.
    pub(super) fn days(&mut self, field: F, of_week: Weekday) -> HashMap<usize, NaiveDate> {
        let cells = self.filled(field);
        match whens(&cells, self.said.dates) {
            Ok(found) => {
                let day = |when| match when {
                    When::Day(day) => day,
                    When::Week(week) => week.day(of_week),
                };
                cells.iter().map(|(row, _)| *row).zip(found.into_iter().map(day)).collect()
            }
            Err(all) => {
                let head = self.head(field).to_owned();
                self.refusals.extend(all.into_iter().map(|refusal| refusal.of(&head)));
                HashMap::new()
            }
        }
    }

    /// The numbers of a column by row. `unit` is what may stand around the number of a row.
    pub(super) fn numbers(&mut self, field: F, unit: impl Fn(usize) -> String) -> HashMap<usize, Finite> {
        let (mut bodies, mut refusals) = (Vec::new(), Vec::new());
        for (row, cell) in self.filled(field) {
            match body(cell, &unit(row)) {
                Ok(body) => bodies.push((row, body)),
                Err(refusal) => refusals.push(refusal.at(row)),
            }
        }
        let mark = self.said.decimal.map_or_else(|| decimal(bodies.iter().map(|(row, b)| (*row, b))), Ok);
        let mut found = HashMap::new();
        match mark {
            Ok(mark) => {
                for (row, body) in &bodies {
                    match number(body, mark) {
                        Ok(value) => drop(found.insert(*row, value)),
                        Err(refusal) => refusals.push(refusal.at(*row)),
                    }
                }
            }
            Err(refusal) => refusals.push(refusal),
        }
        let head = self.head(field).to_owned();
        self.refusals.extend(refusals.into_iter().map(|refusal| refusal.of(&head)));
        found
    }

    /// What a cell of a row stands for, by a way to find it.
    pub(super) fn named<T>(
        &mut self,
        row: &crate::feeds::SheetRow,
        field: F,
        find: impl Fn(&str) -> Result<T, Refusal>,
    ) -> Option<T> {
        let cell = self.columns.cell(row, field)?;
        find(cell).map_err(|refusal| self.refusals.push(refusal.at(row.row).of(self.head(field)))).ok()
    }
}

/// The person that a cell names: by name, id, mail address, both names turned round, initials, or a first name that only one
/// has. Of several the first one counts.
pub(super) fn person(config: &Config, cell: &str) -> Result<MemberId, Refusal> {
    let first = cell.split([';', '\n']).next().unwrap_or(cell).trim();
    let parts = || first.split(',').map(str::trim).filter(|p| !p.is_empty());
    let turned = parts().rev().collect::<Vec<_>>().join(" ");
    let tries = [first, turned.as_str(), parts().next().unwrap_or(first)];
    if let Some(id) = tries.into_iter().find_map(|typed| one_person(config, typed)) {
        return Ok(id);
    }
    let hint = match near(first, config.active().map(|m| m.name.as_str())) {
        Some(name) => say!("did you mean {name}? Else add them to the people in truenorth.ron", name),
        None => say!("add them to the people in truenorth.ron, or leave the column out: --map \"COLUMN=\"").to_owned(),
    };
    Err(Refusal::new(say!("{what} is none of the people, or fits several", what = quoted(first)), hint))
}

fn one_person(config: &Config, typed: &str) -> Option<MemberId> {
    // `Maya Okafor <maya@example.org>`, or the address alone.
    let (name, mail) = match typed.split_once('<') {
        Some((name, mail)) => (name, mail.trim_end_matches('>')),
        None => (typed, typed),
    };
    let local = mail.split_once('@').map_or("", |(local, _)| local);
    let (name, local) = (key(name), key(&local.replace('.', " ")));
    let initials =
        |m: &Member| m.name.split_whitespace().filter_map(|w| w.chars().next()).collect::<String>().to_lowercase();
    let same =
        |wanted: &str, m: &Member| !wanted.is_empty() && (key(&m.name) == wanted || key(m.id.as_str()) == wanted);
    let only = |fits: &dyn Fn(&Member) -> bool| {
        let mut found = config.active().filter(|m| fits(m));
        let first = found.next()?;
        found.next().is_none().then(|| first.id.clone())
    };
    only(&|m| same(&name, m))
        .or_else(|| only(&|m| same(&local, m)))
        .or_else(|| only(&|m| initials(m) == name))
        .or_else(|| only(&|m| key(m.first_name()) == name || key(m.first_name()) == local))
}

/// The team that a cell names.
pub(super) fn team(config: &Config, cell: &str) -> Result<TeamId, Refusal> {
    let all = || config.teams.iter().map(|t| (t.id.as_str(), t.name.as_str(), &t.id));
    named("team", cell, all, say!("teams in truenorth.ron")).cloned()
}

/// The theme that a cell names.
pub(super) fn theme(strategy: &Strategy, cell: &str) -> Result<ThemeId, Refusal> {
    let all = || strategy.north_star.themes.iter().map(|t| (t.id.as_str(), t.name.as_str(), &t.id));
    named("theme", cell, all, say!("themes in strategy/north-star.ron")).cloned()
}

/// The one with this id or name.
pub(super) fn named<'a, T, I>(what: &str, cell: &str, all: impl Fn() -> I, place: &str) -> Result<&'a T, Refusal>
where
    I: Iterator<Item = (&'a str, &'a str, &'a T)>,
{
    let wanted = key(cell);
    let found = all().find(|(id, name, _)| key(id) == wanted || key(name) == wanted);
    found.map(|(.., it)| it).ok_or_else(|| {
        let hint = match near(cell, all().map(|(_, name, _)| name)) {
            Some(name) => say!("did you mean {name}? Else add it to the {place}", name, place),
            None => say!("add it to the {place}, or leave the column out: --map \"COLUMN=\"", place),
        };
        Refusal::new(say!("there is no {what} {cell}", what, cell = quoted(cell)), hint)
    })
}
