//! The quarter of a year: what objectives are set for, and what the long review looks back on.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::week::Week;

/// A quarter of the calendar's year, such as `2026-Q4`. Ordered by time.
///
/// A day belongs to the quarter of its month. A week belongs to the one that its Thursday lies in: the rule by which ISO 8601
/// gives a week to a year, so that every week is in one quarter, and in the year that its own name says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i16,
    number: u8,
}

/// Why a text is not a quarter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", say!("`{typed}` is not a quarter: write it as 2026-Q4", typed = .0))]
pub struct QuarterError(String);

impl Quarter {
    /// The quarter with this year (1000 to 9999) and number (1 to 4).
    ///
    /// # Errors
    /// When one of them is out of range.
    pub fn new(year: i16, number: u8) -> Result<Self, QuarterError> {
        if (1000..=9999).contains(&year) && (1..=4).contains(&number) {
            Ok(Self { year, number })
        } else {
            Err(QuarterError(format!("{year}-Q{number}")))
        }
    }

    /// The quarter that a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let year = i16::try_from(day.year().clamp(1000, 9999)).unwrap_or(9999);
        Self { year, number: u8::try_from(day.month0() / 3 + 1).unwrap_or(1) }
    }

    /// The quarter that a week belongs to: that of its Thursday.
    #[must_use]
    pub fn of_week(week: Week) -> Self {
        Self::of(week.day(Weekday::Thu))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The number, 1 to 4.
    #[must_use]
    pub fn number(self) -> u8 {
        self.number
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year.into(), u32::from(self.number) * 3 - 2, 1).unwrap_or(NaiveDate::MIN)
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let after = self.first_day().checked_add_months(chrono::Months::new(3));
        after.and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// The quarter that lies so many later (earlier when negative); the first and the last there is are not passed.
    #[must_use]
    pub fn plus(self, quarters: i32) -> Self {
        let count = i32::from(self.year) * 4 + i32::from(self.number) - 1;
        let count = count.saturating_add(quarters).clamp(4000, 39_999);
        Self {
            year: i16::try_from(count.div_euclid(4)).unwrap_or(9999),
            number: u8::try_from(count.rem_euclid(4) + 1).unwrap_or(1),
        }
    }

    /// The quarter after this one.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The quarter before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// Its first week.
    #[must_use]
    pub fn first_week(self) -> Week {
        let week = Week::of(self.first_day());
        if Self::of_week(week) < self { week.next() } else { week }
    }

    /// Its last week.
    #[must_use]
    pub fn last_week(self) -> Week {
        self.next().first_week().previous()
    }

    /// Whether a week belongs to it.
    #[must_use]
    pub fn holds(self, week: Week) -> bool {
        Self::of_week(week) == self
    }

    /// Whether it is over on a day.
    #[must_use]
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.last_day() < today
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

impl fmt::Debug for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Quarter {
    type Err = QuarterError;

    fn from_str(text: &str) -> Result<Self, QuarterError> {
        let wrong = || QuarterError(text.chars().take(24).collect());
        let (year, number) = text.split_once("-Q").or_else(|| text.split_once("-q")).ok_or_else(wrong)?;
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 1) {
            return Err(wrong());
        }
        Self::new(year.parse().map_err(|_| wrong())?, number.parse().map_err(|_| wrong())?).map_err(|_| wrong())
    }
}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quarter {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_from_1970_to_2100_has_its_quarter() {
        let (mut at, end) = (day("1970-01-01"), day("2100-12-31"));
        let mut last = Quarter::of(at);
        while at <= end {
            let quarter = Quarter::of(at);
            assert_eq!(quarter.to_string().parse(), Ok(quarter));
            assert!(quarter.first_day() <= at && at <= quarter.last_day(), "{at} in {quarter}");
            assert!(quarter == last || quarter == last.next(), "{at}: {last} then {quarter}");
            last = quarter;
            at = at.succ_opt().unwrap();
        }
    }

    #[test]
    fn every_week_from_1970_to_2100_is_in_one_quarter_of_its_own_year_with_most_of_its_days() {
        let (mut week, end) = (Week::of(day("1970-01-01")), Week::of(day("2100-12-31")));
        while week <= end {
            let quarter = Quarter::of_week(week);
            assert_eq!(quarter.year(), week.year(), "{week}");
            assert!(quarter.first_week() <= week && week <= quarter.last_week(), "{week} in {quarter}");
            assert!(!quarter.next().holds(week) && !quarter.previous().holds(week));
            let days = (0..7).filter_map(|n| week.monday().checked_add_days(chrono::Days::new(n)));
            assert!(days.filter(|d| Quarter::of(*d) == quarter).count() >= 4, "{week} in {quarter}");
            week = week.next();
        }
    }

    #[test]
    fn a_quarter_has_twelve_to_fourteen_weeks_and_the_quarters_leave_no_week_out() {
        let mut quarter = Quarter::new(1970, 1).unwrap();
        while quarter.year() <= 2100 {
            let weeks = quarter.last_week().since(quarter.first_week()) + 1;
            assert!((12..=14).contains(&weeks), "{quarter} has {weeks} weeks");
            assert_eq!(quarter.last_week().next(), quarter.next().first_week());
            assert_eq!(quarter.next().previous(), quarter);
            quarter = quarter.next();
        }
    }

    #[test]
    fn a_quarter_is_written_in_one_way() {
        let fourth: Quarter = "2026-q4".parse().unwrap();
        assert_eq!(fourth.to_string(), "2026-Q4");
        assert_eq!((fourth.first_day(), fourth.last_day()), (day("2026-10-01"), day("2026-12-31")));
        assert_eq!(
            (fourth.first_week().to_string(), fourth.last_week().to_string()),
            ("2026-W40".into(), "2026-W53".into())
        );
        assert_eq!((fourth.plus(-5).to_string(), fourth.plus(1).to_string()), ("2025-Q3".into(), "2027-Q1".into()));
        assert!(fourth.is_over(day("2027-01-01")) && !fourth.is_over(day("2026-12-31")));
        for bad in ["", "2026", "2026-4", "2026-Q0", "2026-Q5", "26-Q1", "2026-Q", "2026-Q04", "2026-Q٣", "0999-Q1"] {
            assert!(bad.parse::<Quarter>().is_err(), "{bad}");
        }
        assert_eq!(Quarter::new(9999, 4).unwrap().next().to_string(), "9999-Q4");
    }
}
