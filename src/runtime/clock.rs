//! The one place that asks the clock. A rehearsed day keeps the time of day and replaces the date.

use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::model::zone::Zone;

/// The real time, for the log: a rehearsed day is nothing that happened.
#[allow(clippy::disallowed_methods)] // here and nowhere else
pub(super) fn stamp() -> DateTime<Utc> {
    Utc::now()
}

/// A stopwatch, which knows of no day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins.
    #[allow(clippy::disallowed_methods)] // here and nowhere else
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// Whether this long has gone since.
    pub(super) fn is_over(&self, time: Duration) -> bool {
        self.0.elapsed() >= time
    }
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
    pub fn now(&self, zone: Zone) -> DateTime<FixedOffset> {
        let real = zone.at(Utc::now());
        let Some(day) = self.today else { return real };
        // A time that the day does not have, when clocks go forward, falls back to the same time in UTC.
        let local = day.and_time(real.time());
        zone.when(local).unwrap_or_else(|| zone.at(local.and_utc()))
    }

    /// Now by the clock that files are stamped with, whatever day is rehearsed.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // here and nowhere else
    pub fn of_files() -> SystemTime {
        SystemTime::now()
    }

    /// A number that is another one each time and in each process: where dice begin.
    #[must_use]
    pub fn dice() -> u64 {
        let since = Self::of_files().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        (since.as_secs() ^ (u64::from(since.subsec_nanos()) << 20)) ^ (u64::from(std::process::id()) << 40)
    }

    /// Today, in a time zone.
    #[must_use]
    pub fn today(&self, zone: Zone) -> NaiveDate {
        self.now(zone).date_naive()
    }
}
