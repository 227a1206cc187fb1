//! Weeks and days as people type them on the command line.

use std::str::FromStr;

use chrono::{Days, NaiveDate};

use crate::model::quarter::Quarter;
use crate::model::week::{Week, WeekError};

/// A week as it was typed. What it stands for depends on today and on the weeks that are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WeekRef {
    /// `2026-W47`, or a day in it.
    Exactly(Week),
    /// `last`: the newest sealed week.
    Last,
    /// `-3`: so many weeks before the current one.
    Back(u16),
}

impl FromStr for WeekRef {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        if text.eq_ignore_ascii_case("last") {
            return Ok(Self::Last);
        }
        if let Some(Ok(weeks)) = text.strip_prefix('-').map(str::parse) {
            return Ok(Self::Back(weeks));
        }
        match day(text) {
            Ok(day) => Ok(Self::Exactly(Week::of(day))),
            Err(_) => text.parse().map(Self::Exactly),
        }
    }
}

/// A week or a quarter as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeriodRef {
    /// A week, in one of the ways to name one.
    Week(WeekRef),
    /// `2026-Q3`.
    Quarter(Quarter),
}

impl FromStr for PeriodRef {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(quarter) = text.parse() {
            return Ok(Self::Quarter(quarter));
        }
        if text.contains(['q', 'Q']) {
            return Err(say!("`{text}` is not a quarter: write it as 2026-Q4", text));
        }
        text.parse().map(Self::Week).map_err(|e: WeekError| e.to_string())
    }
}

/// The day something is due, as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// `2026-11-26`.
    On(NaiveDate),
    /// `+7`: so many days from today.
    In(u16),
}

impl Due {
    /// The day, counted from today.
    pub(super) fn from(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::On(day) => day,
            Self::In(days) => today.checked_add_days(Days::new(days.into())).unwrap_or(today),
        }
    }
}

impl FromStr for Due {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.strip_prefix('+').map(|days| days.trim_end_matches('d').parse()) {
            Some(Ok(days)) => Ok(Self::In(days)),
            _ => day(text).map(Self::On).map_err(|e| say!("{e}, or +7 for seven days from today", e)),
        }
    }
}

/// Reads a day of a year between 1000 and 9999, written `2026-11-19`.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| plain);
    read.ok_or_else(|| say!("a day is written 2026-11-19").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_can_be_named_in_four_ways() {
        let week: Week = "2026-W47".parse().unwrap();
        for (text, meant) in [
            ("2026-W47", WeekRef::Exactly(week)),
            ("2026-w47", WeekRef::Exactly(week)),
            ("2026-11-22", WeekRef::Exactly(week)),
            ("last", WeekRef::Last),
            ("-3", WeekRef::Back(3)),
        ] {
            assert_eq!(text.parse(), Ok(meant), "{text}");
        }
        for bad in ["", "3", "47", "2026-11-31", "2026-W54", "-", "--3", "-3.5", "first"] {
            assert!(bad.parse::<WeekRef>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_quarter_stands_where_a_week_can() {
        let quarter: Quarter = "2026-Q3".parse().unwrap();
        assert_eq!("2026-q3".parse(), Ok(PeriodRef::Quarter(quarter)));
        assert_eq!("last".parse(), Ok(PeriodRef::Week(WeekRef::Last)));
        assert!("2026-Q5".parse::<PeriodRef>().unwrap_err().contains("2026-Q4"));
        assert!("2026-W60".parse::<PeriodRef>().is_err());
    }

    #[test]
    fn a_due_day_is_a_date_or_counted_from_today() {
        let today = day("2026-11-19").unwrap();
        assert_eq!("+7".parse::<Due>().unwrap().from(today), day("2026-11-26").unwrap());
        assert_eq!("2026-12-01".parse::<Due>().unwrap().from(today), day("2026-12-01").unwrap());
        for bad in ["7", "+", "+x", "2026-13-01", "tomorrow", "+2026-12-01"] {
            assert!(bad.parse::<Due>().is_err(), "{bad}");
        }
    }
}
