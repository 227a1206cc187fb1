//! Whether a process, as it is, meets its target.

use super::{Limits, PhaseChart, State};
use crate::model::kpi::{Aim, Direction, Kpi};
use crate::model::week::Week;

/// What the limits say of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capability {
    /// All that is routine meets it.
    WillMeet,
    /// Nothing that is routine meets it.
    WillMiss,
    /// Chance decides from week to week.
    Sometimes,
    /// No target, or no firm limits yet.
    Unknown,
}

impl Capability {
    /// The words, on the screen and in documents for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::WillMeet => "will meet",
            Self::WillMiss => "will miss",
            Self::Sometimes => "sometimes",
            Self::Unknown => "unknown",
        }
    }
}

/// Held against the aim of a week, by limits that are firm or locked: provisional ones still move too much to say.
///
/// A limit that lies on the target meets it. A band is met when both limits lie inside it, and missed when both lie on one
/// side outside; a KPI with a band as its direction and a single value as its aim is held against that value alone.
pub(super) fn of(phase: &PhaseChart, kpi: &Kpi, now: Week) -> Capability {
    let limits = match phase.state {
        State::Firm | State::Locked => phase.limits,
        State::None | State::Provisional => None,
    };
    let Some(limits) = limits else { return Capability::Unknown };
    match (kpi.aim_in(now), kpi.direction) {
        (Aim::Nothing, _) => Capability::Unknown,
        (Aim::At(target), Direction::Up) => inside(&limits, target.get(), f64::INFINITY),
        (Aim::At(target), Direction::Down) => inside(&limits, f64::NEG_INFINITY, target.get()),
        (Aim::At(target), Direction::Band) => inside(&limits, target.get(), target.get()),
        (Aim::Within(low, high), Direction::Up | Direction::Down | Direction::Band) => {
            inside(&limits, low.get(), high.get())
        }
    }
}

fn inside(limits: &Limits, low: f64, high: f64) -> Capability {
    let (lower, upper, fuzz) = (limits.lower.get(), limits.upper.get(), limits.fuzz(0.0));
    if lower >= low - fuzz && upper <= high + fuzz {
        Capability::WillMeet
    } else if upper < low - fuzz || lower > high + fuzz {
        Capability::WillMiss
    } else {
        Capability::Sometimes
    }
}
