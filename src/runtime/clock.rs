//! The one place that asks the clock. A rehearsed day keeps the time of day and replaces the date.

use std::time::SystemTime;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

/// The real time, for the log: a rehearsed day is nothing that happened.
#[allow(clippy::disallowed_methods)] // here and nowhere else
pub(super) fn stamp() -> DateTime<Utc> {
    Utc::now()
}

/// The clock, with the day that `--today` rehearses.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    today: Option<NaiveDate>,
}

impl Clock {
    /// A clock that takes today to be this day; the real one when there is none.
    #[must_use]
    pub fn new(today: Option<NaiveDate>) -> Self {
        Self { today }
    }

    /// Now, in a time zone.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // here and nowhere else
    pub fn now(&self, zone: Tz) -> DateTime<FixedOffset> {
        let real = Utc::now().with_timezone(&zone);
        let Some(day) = self.today else { return real.fixed_offset() };
        // A time that the day does not have, when clocks go forward, falls back to the same time in UTC.
        let local = day.and_time(real.time());
        let rehearsed = zone.from_local_datetime(&local).earliest().unwrap_or_else(|| zone.from_utc_datetime(&local));
        rehearsed.fixed_offset()
    }

    /// Now by the clock that files are stamped with, whatever day is rehearsed.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // here and nowhere else
    pub fn of_files() -> SystemTime {
        SystemTime::now()
    }

    /// Today, in a time zone.
    #[must_use]
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.now(zone).date_naive()
    }
}
