//! Where the time of a review goes. Stores when a step began and what was banked; elapsed time is computed, never counted.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::model::agenda::Step;

/// The time spent in each step.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// Seconds banked by steps that were left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    banked: Vec<(Step, u32)>,
    /// The step one is in, and since when; the time is `None` while paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<(Step, Option<Moment>)>,
}

impl Clock {
    /// Enters a step; the time of the one before is banked.
    pub fn go(&mut self, step: Step, now: Moment) {
        self.bank(now);
        self.at = Some((step, Some(now)));
    }

    /// Stops counting, or goes on counting.
    pub fn pause(&mut self, paused: bool, now: Moment) {
        self.bank(now);
        if let Some((step, _)) = self.at {
            self.at = Some((step, (!paused).then_some(now)));
        }
    }

    fn bank(&mut self, now: Moment) {
        let Some((step, Some(since))) = self.at else { return };
        let more = seconds(since, now);
        match self.banked.iter_mut().find(|(s, _)| *s == step) {
            Some((_, sum)) => *sum = sum.saturating_add(more),
            None => self.banked.push((step, more)),
        }
        self.at = Some((step, Some(now)));
    }

    /// The step one is in.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        self.at.map(|(step, _)| step)
    }

    /// Whether nothing is counted at the moment.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        !matches!(self.at, Some((_, Some(_))))
    }

    /// The seconds spent in a step so far.
    #[must_use]
    pub fn spent(&self, step: Step, now: Moment) -> u32 {
        let banked = self.banked.iter().find(|(s, _)| *s == step).map_or(0, |(_, sum)| *sum);
        let running = match self.at {
            Some((at, Some(since))) if at == step => seconds(since, now),
            _ => 0,
        };
        banked.saturating_add(running)
    }

    /// The seconds spent in all steps so far.
    #[must_use]
    pub fn total(&self, now: Moment) -> u32 {
        let banked = self.banked.iter().fold(0u32, |sum, (_, s)| sum.saturating_add(*s));
        let running = match self.at {
            Some((_, Some(since))) => seconds(since, now),
            _ => 0,
        };
        banked.saturating_add(running)
    }
}

/// Whole seconds between two moments; 0 when the clock went back.
fn seconds(from: Moment, to: Moment) -> u32 {
    u32::try_from(to.signed_duration_since(from).num_seconds().max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Moment {
        Moment::parse_from_rfc3339(&format!("2026-11-19T{time}+01:00")).unwrap()
    }

    #[test]
    fn time_is_banked_by_step_and_a_pause_costs_nothing() {
        let mut clock = Clock::default();
        clock.go(Step::Open, at("09:00:00"));
        clock.go(Step::Scorecard, at("09:05:00"));
        clock.pause(true, at("09:06:00"));
        assert_eq!(clock.spent(Step::Scorecard, at("10:00:00")), 60);
        clock.pause(false, at("10:00:00"));
        clock.go(Step::Open, at("10:01:00"));
        assert_eq!(clock.spent(Step::Scorecard, at("10:02:00")), 120);
        assert_eq!(clock.spent(Step::Open, at("10:02:00")), 360);
        assert_eq!(clock.total(at("10:02:00")), 480);
    }

    #[test]
    fn a_clock_that_goes_back_counts_nothing() {
        let mut clock = Clock::default();
        clock.go(Step::Open, at("09:10:00"));
        assert_eq!(clock.total(at("09:00:00")), 0);
        clock.go(Step::Goals, at("09:00:00"));
        assert_eq!(clock.total(at("09:01:00")), 60);
    }
}
