//! The chart in words: what a signal says, what limits rest on, and what the process can do.

use super::limits::{FACTOR, FEWEST, FEWEST_RANGES, FIRM, MOST, RANGE_FACTOR};
use super::{Axis, Capability, Chart, Limits, PhaseChart, Rule, Side, Signal, State};
use crate::model::kpi::{Aim, Kpi};
use crate::model::number::Finite;
use crate::model::week::Week;

/// What is said of a week in which nothing stands out.
pub const ROUTINE: &str = "routine variation: nothing to explain";

impl Rule {
    /// The rule in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Beyond => "a point beyond a limit",
            Self::NearLimit => "3 of 4 successive readings nearer to the same limit than to the mean",
            Self::Run => "8 successive readings on the same side of the mean",
        }
    }
}

impl Signal {
    /// The few words that fit a row: `shift up`.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match (self.rule, self.axis, self.side) {
            (Rule::Beyond, Axis::Range, _) => "sudden jump",
            (Rule::Beyond, Axis::X, Side::Above) => "above limits",
            (Rule::Beyond, Axis::X, Side::Below) => "below limits",
            (Rule::NearLimit, _, Side::Above) => "near upper limit",
            (Rule::NearLimit, _, Side::Below) => "near lower limit",
            (Rule::Run, _, Side::Above) => "shift up",
            (Rule::Run, _, Side::Below) => "shift down",
        }
    }

    /// The signal in a sentence: `shift up since 2026-W33: 8 successive readings above the mean (improvement)`.
    #[must_use]
    pub fn words(&self) -> String {
        let (label, points) = (self.label(), self.points);
        let side = match self.side {
            Side::Above => "above",
            Side::Below => "below",
        };
        let said = match (self.rule, self.axis) {
            (Rule::Beyond, Axis::X) => format!("{label} in {}", self.week),
            (Rule::Beyond, Axis::Range) => {
                format!("{label} in {}: farther from the week before than is routine", self.week)
            }
            (Rule::NearLimit, _) => {
                let limit = match self.side {
                    Side::Above => "upper",
                    Side::Below => "lower",
                };
                format!("{label} since {}: {points} readings nearer to the {limit} limit than to the mean", self.since)
            }
            (Rule::Run, _) => format!("{label} since {}: {points} successive readings {side} the mean", self.since),
        };
        let provisional = match self.limits {
            State::None | State::Provisional => ", by provisional limits",
            State::Firm | State::Locked => "",
        };
        format!("{said} ({}{provisional})", self.verdict.key())
    }
}

impl Chart {
    /// What is to be said of a week: its strongest signal, or that nothing is to explain, or why that cannot be told.
    #[must_use]
    pub fn words(&self, week: Week) -> String {
        let read = self.points.binary_search_by_key(&week, |(w, _)| *w).is_ok_and(|at| self.points[at].1.is_some());
        if !read && self.current().is_some_and(|p| p.limits.is_some()) {
            return format!("no reading in {week}: nothing to hold against the limits");
        }
        if let Some(signal) = self.strongest_in(week) {
            return signal.words();
        }
        match self.phases.iter().find(|p| p.from <= week && week <= p.until) {
            Some(phase) if phase.limits.is_some() => ROUTINE.to_owned(),
            Some(phase) => phase.without(),
            None => "no reading yet".to_owned(),
        }
    }
}

impl Chart {
    /// Whether the process meets its target, in a sentence.
    #[must_use]
    pub fn capability_words(&self, kpi: &Kpi) -> String {
        match self.capability {
            Capability::WillMeet => "as the process is, it will meet the target".to_owned(),
            Capability::WillMiss => "as the process is, it will miss the target".to_owned(),
            Capability::Sometimes => {
                "as the process is, it will sometimes meet the target and sometimes miss it".to_owned()
            }
            Capability::Unknown if kpi.aim_in(self.week) == Aim::Nothing => "no target to be reached".to_owned(),
            Capability::Unknown => match self.current() {
                Some(phase) if phase.limits.is_some() => {
                    format!("too early to say: {} of {FIRM} readings since {}", phase.readings, phase.from)
                }
                Some(phase) => phase.without(),
                None => "too early to say: no reading yet".to_owned(),
            },
        }
    }
}

impl PhaseChart {
    /// The rule of the limits with its inputs and its source, for whoever asks why.
    #[must_use]
    pub fn why(&self, kpi: &Kpi) -> String {
        let (Some(limits), Some((first, last))) = (&self.limits, self.basis) else { return self.without() };
        let show = |value: Finite| show(kpi, value);
        let n = self.readings.min(MOST);
        let stay = match self.state {
            State::None | State::Provisional => "; provisional below 12 readings",
            State::Firm => "; after the 20th reading they stay",
            State::Locked => "; locked since the 20th reading",
        };
        format!(
            "Limits {} to {} = mean {} ± {FACTOR} × mean moving range {}, and {} = {RANGE_FACTOR} × that for a moving range. \
             From {n} readings and {} moving ranges, {first} to {last}{stay}. (XmR chart; Wheeler, Understanding Variation, 1993)",
            show(limits.lower),
            show(limits.upper),
            show(limits.mean),
            show(limits.mean_range),
            show(limits.range_upper),
            self.ranges,
        )
    }

    /// The limits in a few words: `33.3 to 53.2 min, mean 43.3 min (firm limits)`.
    #[must_use]
    pub fn limits_in_words(&self, kpi: &Kpi) -> String {
        let Some(Limits { lower, upper, mean, .. }) = self.limits else { return self.without() };
        let show = |value: Finite| show(kpi, value);
        format!("{} to {}, mean {} ({}, since {})", show(lower), show(upper), show(mean), self.state.label(), self.from)
    }

    /// Why there are no limits.
    fn without(&self) -> String {
        let n = self.readings;
        if n < FEWEST {
            let more = FEWEST - n;
            return format!("too early to say: {n} of {FEWEST} readings since {}, {more} more needed", self.from);
        }
        if self.ranges < FEWEST_RANGES {
            return format!("no limits: only {} of {n} readings follow one of the week before", self.ranges);
        }
        "no limits: the numbers are too large to compute with".to_owned()
    }
}

/// A computed number, one decimal finer than the KPI's readings.
fn show(kpi: &Kpi, value: Finite) -> String {
    let size = value.get().abs();
    let decimals = kpi.decimals.map(|d| d.saturating_add(1)).or((1.0..1e15).contains(&size).then_some(2));
    let number = decimals.map_or_else(|| value.grouped(), |d| value.fixed(d));
    if kpi.unit.is_empty() { number } else { format!("{number} {}", kpi.unit) }
}
