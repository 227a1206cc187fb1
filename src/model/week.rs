//! The ISO week: the unit of time that everything is ordered by.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An ISO 8601 week, such as `2026-W47`. Ordered by time; the week begins on Monday.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    year: i16,
    week: u8,
}

/// Why a text is not a week.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeekError {
    /// Not of the form `2026-W47`.
    #[error("{}", say!("`{typed}` is not a week: write it as 2026-W47", typed = .0))]
    Form(String),
    /// A week that its year does not have.
    #[error("{}", say!("{year} has no week {week}: it has weeks 1 to {last}", year, week, last))]
    NoSuchWeek {
        /// The ISO year.
        year: i16,
        /// The number that was given.
        week: u8,
        /// The last week of that year, 52 or 53.
        last: u8,
    },
}

impl Week {
    /// The week with this ISO year (1000 to 9999) and number, if that year has it.
    ///
    /// # Errors
    /// When the year is out of range or has no such week.
    pub fn new(year: i16, week: u8) -> Result<Self, WeekError> {
        if !(1000..=9999).contains(&year) {
            return Err(WeekError::Form(format!("{year}-W{week:02}")));
        }
        if week == 0 || NaiveDate::from_isoywd_opt(year.into(), week.into(), Weekday::Mon).is_none() {
            let last = NaiveDate::from_isoywd_opt(year.into(), 53, Weekday::Mon).map_or(52, |_| 53);
            return Err(WeekError::NoSuchWeek { year, week, last });
        }
        Ok(Self { year, week })
    }

    /// The week that a day falls in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let iso = day.iso_week();
        let year = iso.year().clamp(1000, 9999);
        // Both casts are in range: the year is clamped, a week number is at most 53.
        Self { year: i16::try_from(year).unwrap_or(9999), week: u8::try_from(iso.week()).unwrap_or(1) }
    }

    /// The ISO year, which around New Year differs from the calendar's.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The number of the week, 1 to 53.
    #[must_use]
    pub fn number(self) -> u8 {
        self.week
    }

    /// The Monday of this week.
    #[must_use]
    pub fn monday(self) -> NaiveDate {
        self.day(Weekday::Mon)
    }

    /// A day of this week.
    #[must_use]
    pub fn day(self, day: Weekday) -> NaiveDate {
        NaiveDate::from_isoywd_opt(self.year.into(), self.week.into(), day).unwrap_or(NaiveDate::MIN)
    }

    /// The week that lies `weeks` later (earlier when negative).
    #[must_use]
    pub fn plus(self, weeks: i32) -> Self {
        let days = u64::from(weeks.unsigned_abs()) * 7;
        let monday = self.monday();
        let moved =
            if weeks < 0 { monday.checked_sub_days(Days::new(days)) } else { monday.checked_add_days(Days::new(days)) };
        Self::of(moved.unwrap_or(monday))
    }

    /// The week after this one.
    #[must_use]
    pub fn next(self) -> Self {
        // Every year has 52 weeks: only its end needs the calendar.
        if self.week < 52 { Self { week: self.week + 1, ..self } } else { self.plus(1) }
    }

    /// The week before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.week > 1 { Self { week: self.week - 1, ..self } } else { self.plus(-1) }
    }

    /// How many weeks this one lies after `earlier`; negative when it lies before.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        let days = self.monday().signed_duration_since(earlier.monday()).num_days();
        i32::try_from(days / 7).unwrap_or(i32::MAX)
    }

    /// The short form for tight columns: `W47`.
    #[must_use]
    pub fn short(self) -> String {
        format!("W{:02}", self.week)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-W{:02}", self.year, self.week)
    }
}

impl fmt::Debug for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Week {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        let form = || WeekError::Form(text.chars().take(24).collect());
        let (year, week) = text.split_once("-W").or_else(|| text.split_once("-w")).ok_or_else(form)?;
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(week, 2) {
            return Err(form());
        }
        Self::new(year.parse().map_err(|_| form())?, week.parse().map_err(|_| form())?)
    }
}

impl Serialize for Week {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Week {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_from_1970_to_2100_has_its_week() {
        let mut day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        let end = NaiveDate::from_ymd_opt(2100, 12, 31).unwrap();
        let mut last = Week::of(day);
        while day <= end {
            let week = Week::of(day);
            assert_eq!(week.to_string().parse(), Ok(week));
            assert!(week.monday() <= day && day < week.next().monday());
            assert!(week == last || week == last.next(), "{day}: {last} then {week}");
            assert!(week >= last);
            last = week;
            day = day.succ_opt().unwrap();
        }
    }

    #[test]
    fn a_year_has_its_own_last_week() {
        assert!(Week::new(2026, 53).is_ok());
        assert_eq!(Week::new(2025, 53), Err(WeekError::NoSuchWeek { year: 2025, week: 53, last: 52 }));
        assert_eq!(Week::new(2026, 53).unwrap().next(), Week::new(2027, 1).unwrap());
        assert_eq!(Week::new(2027, 1).unwrap().since(Week::new(2026, 47).unwrap()), 7);
        for bad in ["2026-47", "2026-W7", "2026-W00", "26-W07", "2026-W60", "", "2026-W4७"] {
            assert!(bad.parse::<Week>().is_err(), "{bad}");
        }
    }
}
