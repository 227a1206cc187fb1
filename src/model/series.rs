//! A KPI's readings week by week, gaps included: what charts, limits and forecasts are made from.

use std::ops::{Deref, Range};
use std::sync::Arc;

use super::number::Finite;
use super::week::Week;

/// Readings of consecutive weeks, oldest first. A week without a reading is a gap. The first and the last have one, but where a
/// series was cut short. It reads as a slice; copies and parts share what they hold.
#[derive(Clone)]
pub struct Series {
    all: Arc<[(Week, Option<Finite>)]>,
    part: Range<usize>,
}

/// How far apart two readings may lie: farther, and the earlier ones are left out. A slip of the pen in a year would
/// otherwise make a series of centuries.
const MOST_WEEKS: i64 = 53 * 60;

impl Series {
    /// Every week from the first reading to the last.
    #[must_use]
    pub fn weeks(&self) -> &[(Week, Option<Finite>)] {
        &self.all[self.part.clone()]
    }

    /// The weeks up to and including `now`. The last of them may be a gap.
    #[must_use]
    pub fn up_to(&self, now: Week) -> Self {
        let end = self.part.start + self.partition_point(|(week, _)| *week <= now);
        Self { all: Arc::clone(&self.all), part: self.part.start..end }
    }

    /// The readings alone, oldest first.
    pub fn readings(&self) -> impl DoubleEndedIterator<Item = (Week, Finite)> + '_ {
        self.iter().filter_map(|(week, value)| Some((*week, (*value)?)))
    }

    /// The readings before a week, and that of the week, which may still change.
    #[must_use]
    pub fn with(&self, now: Week, reading: Option<Finite>) -> Self {
        let before = self.until(now.previous());
        let Some(reading) = reading else { return before };
        match before.last() {
            Some((last, _)) if last.next() == now => {
                let weeks = before.weeks().iter().copied().chain([(now, Some(reading))]);
                let all: Arc<[_]> = weeks.collect();
                Self { part: 0..all.len(), all }
            }
            Some(_) | None => before.readings().chain([(now, reading)]).collect(),
        }
    }

    /// How many readings there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.readings().count()
    }

    /// The reading of a week.
    #[must_use]
    pub fn get(&self, week: Week) -> Option<Finite> {
        self.binary_search_by_key(&week, |w| w.0).ok().and_then(|at| self[at].1)
    }

    /// The last reading.
    #[must_use]
    pub fn last_reading(&self) -> Option<(Week, Finite)> {
        self.readings().next_back()
    }

    /// The series as it was known at the end of a week.
    #[must_use]
    pub fn until(&self, week: Week) -> Self {
        let cut = self.up_to(week);
        let end = cut.iter().rposition(|(_, value)| value.is_some()).map_or(0, |last| last + 1);
        Self { part: cut.part.start..cut.part.start + end, ..cut }
    }
}

impl Deref for Series {
    type Target = [(Week, Option<Finite>)];

    fn deref(&self) -> &Self::Target {
        self.weeks()
    }
}

impl Default for Series {
    /// Without a reading.
    fn default() -> Self {
        Self { all: Arc::default(), part: 0..0 }
    }
}

impl std::fmt::Debug for Series {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.weeks().fmt(f)
    }
}

impl PartialEq for Series {
    fn eq(&self, other: &Self) -> bool {
        self.weeks() == other.weeks()
    }
}

impl Eq for Series {}

impl FromIterator<(Week, Finite)> for Series {
    /// From readings in any order; of two of one week the later counts.
    fn from_iter<T: IntoIterator<Item = (Week, Finite)>>(readings: T) -> Self {
        let mut sorted: Vec<(Week, Finite)> = readings.into_iter().collect();
        // In order already, nearly always. Equal weeks keep the order in which they came.
        if !sorted.is_sorted_by(|a, b| a.0 < b.0) {
            sorted.sort_by_key(|(week, _)| *week);
        }
        let Some((newest, _)) = sorted.last().copied() else { return Self::default() };
        let near = |week: Week| (newest.monday() - week.monday()).num_weeks() < MOST_WEEKS;
        let mut weeks: Vec<(Week, Option<Finite>)> = Vec::with_capacity(sorted.len());
        for (week, value) in sorted.into_iter().skip_while(|(week, _)| !near(*week)) {
            let mut next = weeks.last().map_or(week, |(last, _)| *last);
            if !weeks.is_empty() && next < week {
                next = next.next();
            }
            while next < week {
                weeks.push((next, None));
                next = next.next();
            }
            match weeks.last_mut() {
                Some((last, known)) if *last == week => *known = Some(value),
                Some(_) | None => weeks.push((week, Some(value))),
            }
        }
        Self { part: 0..weeks.len(), all: weeks.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(text: &str) -> Week {
        text.parse().unwrap()
    }

    fn of(readings: &[(&str, i32)]) -> Series {
        readings.iter().map(|(w, v)| (week(w), Finite::from(*v))).collect()
    }

    #[test]
    fn a_week_without_a_reading_is_a_gap_across_the_end_of_a_year() {
        let series = of(&[("2027-W02", 3), ("2026-W52", 1)]);
        let weeks: Vec<String> = series.weeks().iter().map(|(w, _)| w.to_string()).collect();
        assert_eq!(weeks, ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]);
        assert_eq!(series.count(), 2);
        assert_eq!(series.get(week("2026-W53")), None);
        assert_eq!(series.until(week("2027-W01")), of(&[("2026-W52", 1)]));
    }

    #[test]
    fn a_reading_centuries_away_does_not_make_a_series_of_centuries() {
        let series = of(&[("1026-W10", 1), ("2026-W10", 2), ("2026-W11", 3)]);
        assert_eq!(series.weeks().len(), 2);
        assert_eq!(Series::default().last_reading(), None);
    }
}
