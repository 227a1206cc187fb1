//! The rows of a feed as one number of one week.

use super::dates::{When, whens};
use super::numbers::{Body, body, decimal, is_gap, number};
use super::{Refusal, Sheet, SheetRow, quoted};
use crate::model::feed::{Over, Rows};
use crate::model::number::Finite;
use crate::model::week::Week;

/// How many of the names of columns are told where one is missing.
const NAMED: usize = 12;
/// Below this size six decimals are kept: sums of tenths would otherwise end in dust.
const ROUNDED: f64 = 1e9;

/// One number, and of how many rows it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The number, in the KPI's unit.
    pub value: Finite,
    /// How many rows count.
    pub rows: usize,
}

/// Makes one number of the rows of a week. `unit` is the KPI's, as it may stand behind numbers.
///
/// Which order days are written in and which mark stands before decimals is read off all rows; whether a number can be read
/// matters only in the rows that count.
///
/// # Errors
/// Every cell that is not clear, or why no row counts: then the file is most likely an old one.
pub fn weekly(sheet: &Sheet, wanted: &Rows, over: Over, unit: &str, week: Week) -> Result<Made, Vec<Refusal>> {
    let one = |refusal| vec![refusal];
    let date = column(sheet, &wanted.date).map_err(one)?;
    let value = if wanted.value.is_empty() { None } else { Some(column(sheet, &wanted.value).map_err(one)?) };
    if value.is_none() && over != Over::Count {
        let what = say!("no column is named to take the {over} of", over = over.label());
        return Err(one(Refusal::new(what, say!("give the feed a `value`, or count the rows with over: count"))));
    }
    let mut only = Vec::new();
    for (name, says) in &wanted.only {
        only.push((column(sheet, name).map_err(one)?, key(says)));
    }
    let kept: Vec<&SheetRow> =
        sheet.rows.iter().filter(|r| only.iter().all(|(c, s)| key(&r.cells[*c]) == *s)).collect();
    let cells: Vec<(usize, &str)> = kept.iter().map(|r| (r.row, r.cells[date].as_str())).collect();
    let dated =
        whens(&cells, wanted.dates).map_err(|all| all.into_iter().map(|r| r.of(&wanted.date)).collect::<Vec<_>>())?;
    let of_week: Vec<(&SheetRow, When)> =
        kept.iter().copied().zip(dated.iter().copied()).filter(|(_, when)| when.week() == week).collect();
    if of_week.is_empty() {
        return Err(one(none_of(week, &dated)));
    }
    let Some(value) = value else {
        return Ok(Made { value: count(of_week.len()), rows: of_week.len() });
    };
    let mark = wanted.decimal.map_or_else(|| mark(&kept, value, unit), Ok).map_err(|r| one(r.of(&wanted.value)))?;
    let mut numbers: Vec<(When, Finite)> = Vec::new();
    let mut refusals = Vec::new();
    for (row, when) in &of_week {
        let cell = row.cells[value].as_str();
        if is_gap(cell) {
            continue;
        }
        match body(cell, unit).and_then(|body| number(&body, mark)) {
            Ok(number) => numbers.push((*when, number)),
            Err(refusal) => refusals.push(refusal.at(row.row).of(&wanted.value)),
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    together(over, &numbers).ok_or_else(|| {
        let what = say!("the rows of {week} have no number that can be kept", week);
        one(Refusal::new(what, say!("look at them: they are empty, or add up to too much")).of(&wanted.value))
    })
}

/// Numbers that all count for the week, such as those of a named range.
///
/// # Errors
/// When there is none, or they add up to more than can be kept.
pub fn of_numbers(cells: &[(usize, String)], over: Over, unit: &str, week: Week) -> Result<Made, Vec<Refusal>> {
    let filled = cells.iter().filter(|(_, cell)| !is_gap(cell.trim()));
    let mut bodies: Vec<(usize, Body)> = Vec::new();
    let mut refusals = Vec::new();
    for (row, cell) in filled {
        match body(cell.trim(), unit) {
            Ok(body) => bodies.push((*row, body)),
            Err(refusal) => refusals.push(refusal.at(*row)),
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let mark = decimal(bodies.iter().map(|(row, b)| (*row, b))).map_err(|r| vec![r])?;
    let read = bodies.iter().map(|(row, b)| number(b, mark).map_err(|r| vec![r.at(*row)]));
    let numbers: Vec<(When, Finite)> =
        read.map(|n| n.map(|n| (When::Week(week), n))).collect::<Result<_, Vec<Refusal>>>()?;
    together(over, &numbers).ok_or_else(|| {
        vec![Refusal::new(say!("there is no number"), say!("look whether the place is still the right one"))]
    })
}

/// Where a column stands by its name, whatever its case.
fn column(sheet: &Sheet, name: &str) -> Result<usize, Refusal> {
    sheet.head.iter().position(|head| key(head) == key(name)).ok_or_else(|| {
        let names: Vec<&str> = sheet.head.iter().map(String::as_str).filter(|n| !n.is_empty()).take(NAMED).collect();
        Refusal::new(
            say!("there is no column {name}", name = quoted(name)),
            say!("the columns are {names}", names = names.join(", ")),
        )
    })
}

fn key(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Why no row counts.
fn none_of(week: Week, dated: &[When]) -> Refusal {
    match dated.iter().max_by_key(|when| when.week()) {
        Some(newest) => Refusal::new(
            say!("no row is of {week}: the newest is of {newest}", week, newest),
            say!("export it anew in the program that it comes from"),
        ),
        None => Refusal::new(say!("no row counts"), say!("look at the feed's `only`, and at the file")),
    }
}

/// The mark before the decimals, told by all rows whose cells can be read at all.
fn mark(rows: &[&SheetRow], value: usize, unit: &str) -> Result<crate::model::feed::Decimal, Refusal> {
    let bodies: Vec<(usize, Body)> =
        rows.iter().filter_map(|r| Some((r.row, body(&r.cells[value], unit).ok()?))).collect();
    decimal(bodies.iter().map(|(row, body)| (*row, body))).map_err(|refusal| Refusal {
        hint: say!("say it in the feed: decimal: point reads 1,234.5, decimal: comma reads 1.234,5").to_owned(),
        ..refusal
    })
}

fn count(rows: usize) -> Finite {
    u32::try_from(rows).ok().and_then(|n| Finite::new(f64::from(n))).unwrap_or(Finite::ZERO)
}

fn together(over: Over, numbers: &[(When, Finite)]) -> Option<Made> {
    let values = || numbers.iter().map(|(_, n)| n.get());
    let n = f64::from(u32::try_from(numbers.len()).ok()?);
    let value = match over {
        Over::Count => n,
        _ if numbers.is_empty() => return None,
        // Of equals `max_by_key` gives the last one: the row furthest down.
        Over::Last => numbers.iter().max_by_key(|(when, _)| *when)?.1.get(),
        Over::Sum => values().sum(),
        Over::Mean => values().sum::<f64>() / n,
        Over::Max => values().fold(f64::NEG_INFINITY, f64::max),
    };
    let rounded = if value.abs() < ROUNDED { (value * 1e6).round() / 1e6 } else { value };
    Some(Made { value: Finite::new(rounded)?, rows: numbers.len() })
}
