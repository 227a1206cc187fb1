//! A KPI's readings week by week, gaps included: what charts, limits and forecasts are made from.

use super::number::Finite;
use super::week::Week;

/// Readings of consecutive weeks, oldest first. A week without a reading is a gap; the first and the last have one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    weeks: Vec<(Week, Option<Finite>)>,
}

/// How far apart two readings may lie: farther, and the earlier ones are left out. A slip of the pen in a year would
/// otherwise make a series of centuries.
const MOST_WEEKS: i64 = 53 * 60;

impl Series {
    /// Every week from the first reading to the last.
    #[must_use]
    pub fn weeks(&self) -> &[(Week, Option<Finite>)] {
        &self.weeks
    }

    /// The readings alone, oldest first.
    pub fn readings(&self) -> impl DoubleEndedIterator<Item = (Week, Finite)> + '_ {
        self.weeks.iter().filter_map(|(week, value)| Some((*week, (*value)?)))
    }

    /// How many readings there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.readings().count()
    }

    /// The reading of a week.
    #[must_use]
    pub fn get(&self, week: Week) -> Option<Finite> {
        self.weeks.binary_search_by_key(&week, |w| w.0).ok().and_then(|at| self.weeks[at].1)
    }

    /// The last reading.
    #[must_use]
    pub fn last(&self) -> Option<(Week, Finite)> {
        self.readings().next_back()
    }

    /// The series as it was known at the end of a week.
    #[must_use]
    pub fn until(&self, week: Week) -> Self {
        self.readings().filter(|(w, _)| *w <= week).collect()
    }
}

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
            while let Some((last, known)) = weeks.last_mut() {
                if *last == week {
                    *known = Some(value);
                    break;
                }
                let next = last.next();
                weeks.push((next, None));
            }
            if weeks.is_empty() {
                weeks.push((week, Some(value)));
            }
        }
        Self { weeks }
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
        assert_eq!(Series::default().last(), None);
    }
}
