//! A column of cells as days or weeks: one form for all of it, and the order of day and month decided over all of it.

use chrono::NaiveDate;

use super::{Refusal, quoted};
use crate::model::feed::DayOrder;
use crate::model::week::Week;

/// When a row was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum When {
    /// On a day.
    Day(NaiveDate),
    /// In a week.
    Week(Week),
}

impl When {
    pub(super) fn week(self) -> Week {
        match self {
            Self::Day(day) => Week::of(day),
            Self::Week(week) => week,
        }
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Week(week) => week.fmt(f),
        }
    }
}

/// How a cell is written. A column keeps to one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `2026-W47`, `KW 47 2026`.
    Week,
    /// Year, month, day, with this mark between them or none.
    YearFirst(Option<char>),
    /// The name of the month, a day and a year of four digits, in any order: nothing of it can be mistaken.
    Named,
    /// Two numbers and a year of so many digits, with this mark between them.
    YearLast(char, usize),
}

/// A cell cut up; what its two numbers mean is not decided yet.
#[derive(Debug, Clone, Copy)]
struct Cut {
    form: Form,
    year: i32,
    first: u32,
    second: u32,
}

/// How weeks are called. The letter and the two numbers may stand in any order.
const WEEK_WORDS: [&str; 9] = ["W", "KW", "CW", "WK", "WEEK", "WOCHE", "S", "SEM", "SEMAINE"];
/// The months by their names in English and German. Their first three letters will do.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner"],
    &["february", "februar"],
    &["march", "märz"],
    &["april"],
    &["may", "mai"],
    &["june", "juni"],
    &["july", "juli"],
    &["august"],
    &["september"],
    &["october", "oktober"],
    &["november"],
    &["december", "dezember"],
];
/// Years before this one are a slip.
const FIRST_YEAR: i32 = 1900;

/// Whether a cell looks like a day or a week.
pub(super) fn looks_like_one(cell: &str) -> bool {
    cut(cell).is_some()
}

/// A piece of a cell: a run of digits, or of letters.
fn pieces(text: &str) -> Vec<&str> {
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        if kind(c) != last {
            if last != 0 {
                pieces.push(&text[from..at]);
            }
            (from, last) = (at, kind(c));
        }
    }
    if last != 0 {
        pieces.push(&text[from..]);
    }
    pieces
}

/// A time of day behind the day tells nothing that counts here.
fn without_time(cell: &str) -> &str {
    let is_time = |text: &str| {
        text.split_once(':').is_some_and(|(hour, _)| !hour.is_empty() && hour.chars().all(|c| c.is_ascii_digit()))
    };
    let time = cell.match_indices(['T', ' ']).find(|(at, _)| is_time(&cell[at + 1..]));
    time.map_or(cell, |(at, _)| &cell[..at]).trim().trim_end_matches(',')
}

/// The number of a month by its name, whole or its beginning.
fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let is = |name: &&str| name.starts_with(word.as_str()) && word.chars().count() >= 3;
    (1..).zip(MONTHS).find(|(_, names)| names.iter().any(is)).map(|(number, _)| number)
}

fn cut(cell: &str) -> Option<Cut> {
    let day = without_time(cell);
    if !day.chars().all(|c| c.is_ascii_digit() || c.is_alphabetic() || matches!(c, ' ' | '-' | '/' | '.' | ',')) {
        return None;
    }
    let pieces = pieces(day);
    let words: Vec<&str> = pieces.iter().copied().filter(|p| p.starts_with(char::is_alphabetic)).collect();
    let numbers: Vec<&str> = pieces.iter().copied().filter(|p| p.starts_with(|c: char| c.is_ascii_digit())).collect();
    let number = |text: &str| text.parse::<u32>().ok();
    let year = |text: &str| text.parse::<i32>().ok();
    match (words.as_slice(), numbers.as_slice()) {
        ([word], [a, b]) if WEEK_WORDS.contains(&word.to_uppercase().as_str()) => {
            let (long, short) = if a.len() == 4 { (a, b) } else { (b, a) };
            let fits = long.len() == 4 && short.len() <= 2;
            let cut = Cut { form: Form::Week, year: year(long)?, first: number(short)?, second: 0 };
            fits.then_some(cut)
        }
        ([word], [a, b]) => {
            let (of, day) = if a.len() == 4 { (a, b) } else { (b, a) };
            let fits = of.len() == 4 && day.len() <= 2;
            let cut = Cut { form: Form::Named, year: year(of)?, first: month(word)?, second: number(day)? };
            fits.then_some(cut)
        }
        ([], [run]) if run.len() == 8 && run.len() == day.len() => {
            let form = Form::YearFirst(None);
            Some(Cut { form, year: year(&run[..4])?, first: number(&run[4..6])?, second: number(&run[6..])? })
        }
        ([], [a, b, c]) => {
            let mut marks = day.chars().filter(|c| !c.is_ascii_digit());
            let (mark, other) = (marks.next()?, marks.next()?);
            let plain = mark == other && marks.next().is_none() && matches!(mark, '-' | '/' | '.');
            let form = match (a.len(), b.len(), c.len()) {
                (4, 1..=2, 1..=2) => Form::YearFirst(Some(mark)),
                (1..=2, 1..=2, n @ (2 | 4)) => Form::YearLast(mark, n),
                _ => return None,
            };
            let (of, first, second) = if matches!(form, Form::YearLast(..)) { (c, a, b) } else { (a, b, c) };
            let century = if of.len() == 2 { 2000 } else { 0 };
            plain.then_some(Cut { form, year: century + year(of)?, first: number(first)?, second: number(second)? })
        }
        _ => None,
    }
}

/// What the cells of a column mean, in their order; each comes with its row.
///
/// # Errors
/// Every cell that is no day or week or is written otherwise than the first, and a column whose order of day and month no
/// cell tells.
pub(super) fn whens(cells: &[(usize, &str)], told: Option<DayOrder>) -> Result<Vec<When>, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut cuts: Vec<(usize, &str, Cut)> = Vec::new();
    for (row, cell) in cells {
        match (cut(cell), cuts.first()) {
            (None, _) => {
                let what = say!("{cell} is no day and no week", cell = quoted(cell));
                let hint = say!("write a week as 2026-W47, or a day of it as 2026-11-19");
                refusals.push(Refusal::new(what, hint).at(*row));
            }
            (Some(found), Some((begun, like, first))) if found.form != first.form => {
                let what = say!(
                    "{cell} is written otherwise than {like} in row {begun}",
                    cell = quoted(cell),
                    like = quoted(like),
                    begun
                );
                refusals.push(Refusal::new(what, say!("write all of the column in the same way")).at(*row));
            }
            (Some(found), _) => cuts.push((*row, *cell, found)),
        }
    }
    let order = match order(&cuts, told) {
        Ok(order) => order,
        Err(refusal) => {
            refusals.push(refusal);
            return Err(refusals);
        }
    };
    let mut whens = Vec::with_capacity(cuts.len());
    for (row, cell, cut) in cuts {
        match when(cut, order) {
            Ok(when) => whens.push(when),
            Err(why) => refusals.push(Refusal::new(format!("{}: {why}", quoted(cell)), say!("correct it")).at(row)),
        }
    }
    if refusals.is_empty() { Ok(whens) } else { Err(refusals) }
}

/// The order of day and month in a column. A point between them means day first, wherever it is used.
fn order(cuts: &[(usize, &str, Cut)], told: Option<DayOrder>) -> Result<DayOrder, Refusal> {
    let unclear = |form| matches!(form, Form::YearLast('/' | '-', _));
    if let Some(told) = told {
        return Ok(told);
    }
    let Some((row, cell, cut)) = cuts.first().filter(|(_, _, cut)| unclear(cut.form)) else { return Ok(DayOrder::Dmy) };
    let day_first = cuts.iter().find(|(_, _, cut)| cut.first > 12);
    let month_first = cuts.iter().find(|(_, _, cut)| cut.second > 12);
    match (day_first, month_first) {
        (Some(_), None) => Ok(DayOrder::Dmy),
        (None, Some(_)) => Ok(DayOrder::Mdy),
        (Some((row, day, _)), Some((other, month, _))) => {
            let what = say!(
                "{day} begins with the day, but {month} in row {other} with the month",
                day = quoted(day),
                month = quoted(month),
                other
            );
            Err(Refusal::new(what, say!("write all of the column in the same way, best as 2026-11-19")).at(*row))
        }
        (None, None) => {
            let reading = |order| when(*cut, order).map_or_else(|why| why, |when| when.to_string());
            let (dmy, mdy) = (reading(DayOrder::Dmy), reading(DayOrder::Mdy));
            let what =
                say!("{cell} can be {dmy} or {mdy}, and no other row tells which", cell = quoted(cell), dmy, mdy);
            Err(Refusal::new(what, say!("say it: --dates dmy begins with the day, --dates mdy with the month"))
                .at(*row))
        }
    }
}

fn when(cut: Cut, order: DayOrder) -> Result<When, String> {
    if cut.year < FIRST_YEAR {
        return Err(say!("the year {year} lies too far back", year = cut.year));
    }
    let (month, day) = match (cut.form, order) {
        (Form::Week, _) => {
            let (year, week) =
                (i16::try_from(cut.year).unwrap_or(i16::MAX), u8::try_from(cut.first).unwrap_or(u8::MAX));
            return Week::new(year, week).map(When::Week).map_err(|e| e.to_string());
        }
        (Form::Named | Form::YearFirst(_), _) | (Form::YearLast(..), DayOrder::Mdy) => (cut.first, cut.second),
        (Form::YearLast(..), DayOrder::Dmy) => (cut.second, cut.first),
    };
    let day = NaiveDate::from_ymd_opt(cut.year, month, day).ok_or(say!("there is no such day"))?;
    Ok(When::Day(day))
}
