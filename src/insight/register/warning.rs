//! Early warnings: whether the conditions of a scenario hold in the weeks up to now.

use crate::model::number::Finite;
use crate::model::register::{Card, Condition, Scenario, ScenarioStage, What};
use crate::model::week::Week;

/// How far a condition has come: so many weeks on end, of so many that are needed, and the newest reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// For how many weeks on end it holds, the newest reading's week among them.
    pub weeks: u16,
    /// The newest reading.
    pub last: Option<Finite>,
}

impl Held {
    /// Whether that is enough.
    #[must_use]
    pub fn fires(self, condition: &Condition) -> bool {
        self.weeks >= condition.weeks
    }
}

/// For how many weeks on end a condition holds, up to `now`. `reading` tells what was read in a week.
///
/// A week without a reading breaks the run, as nobody knows what it would have been; only the current week may still be
/// without one, as its reading may be to come.
#[must_use]
pub fn held(condition: &Condition, now: Week, reading: impl Fn(Week) -> Option<Finite>) -> Held {
    let first = if reading(now).is_some() { now } else { now.previous() };
    let mut held = Held { weeks: 0, last: reading(first) };
    let mut week = first;
    while held.weeks < condition.weeks && reading(week).is_some_and(|value| condition.holds(value)) {
        held.weeks += 1;
        week = week.previous();
    }
    held
}

/// The scenario of a card that is being watched.
#[must_use]
pub fn watched(card: &Card) -> Option<&Scenario> {
    match &card.what {
        What::Scenario(scenario) if matches!(scenario.stage, ScenarioStage::Watching | ScenarioStage::Fired) => {
            Some(scenario)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(readings: &[Option<f64>], text: &str) -> u16 {
        let now: Week = "2026-W47".parse().unwrap();
        let back = |week: Week| usize::try_from(now.since(week)).unwrap();
        let read = |week: Week| readings.iter().rev().nth(back(week)).copied().flatten().and_then(Finite::new);
        held(&text.parse().unwrap(), now, read).weeks
    }

    #[test]
    fn a_run_is_counted_up_to_now_and_no_further_than_is_needed() {
        let prices = [Some(0.8), Some(0.91), Some(0.95), Some(0.92)];
        assert_eq!(weeks(&prices, "flour above 0.9 for 3 weeks"), 3);
        assert_eq!(weeks(&prices, "flour above 0.9 for 2 weeks"), 2);
        assert_eq!(weeks(&prices, "flour above 0.9 for 4 weeks"), 3, "0.8 breaks it");
        assert_eq!(weeks(&prices, "flour below 0.9 for 2 weeks"), 0);
    }

    #[test]
    fn a_gap_breaks_the_run_but_the_current_week_may_still_be_read() {
        assert_eq!(weeks(&[Some(1.0), None, Some(1.0)], "flour above 0.9 for 3 weeks"), 1);
        assert_eq!(weeks(&[Some(1.0), Some(1.0), None], "flour above 0.9 for 2 weeks"), 2);
        assert_eq!(weeks(&[Some(1.0), Some(1.0), None, None], "flour above 0.9 for 2 weeks"), 0);
        assert_eq!(weeks(&[], "flour above 0.9"), 0);
    }
}
