//! What the chart of a KPI draws.

use serde::Serialize;

use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::week::Week;

/// What a chart of a KPI draws: the last half year, and what is expected of the weeks to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// The weeks, oldest first, those without a reading included.
    pub weeks: Vec<ChartWeek>,
    /// The phases that reach into these weeks, oldest first.
    pub phases: Vec<ChartPhase>,
    /// What is not routine in these weeks.
    pub signals: Vec<ChartSignal>,
    /// The weeks to come.
    pub forecast: Vec<ChartAhead>,
}

/// A week of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartWeek {
    /// The week.
    pub week: Week,
    /// The reading.
    pub value: Option<Finite>,
    /// The reading with its unit.
    pub shown: Option<String>,
    /// The lower end of what was to be reached.
    pub target_lower: Option<Finite>,
    /// The upper end of what was to be reached.
    pub target_upper: Option<Finite>,
    /// How it stood.
    pub status: Status,
}

/// A phase of a chart, with limits of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartPhase {
    /// Its first week.
    pub from: Week,
    /// Its last week.
    pub until: Week,
    /// The understood change that began it.
    pub reason: Option<String>,
    /// How far the limits can be relied on: `none`, `provisional`, `firm`, `locked`.
    pub state: &'static str,
    /// The mean.
    pub mean: Option<Finite>,
    /// The lower limit of what is routine.
    pub lower: Option<Finite>,
    /// The upper limit of what is routine.
    pub upper: Option<Finite>,
}

/// Something that is not routine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartSignal {
    /// The week in which it fired.
    pub week: Week,
    /// The week of its first point.
    pub since: Week,
    /// The week of its last point.
    pub until: Week,
    /// The number of the rule: 1 a point beyond a limit, 2 points near a limit, 3 a run on one side of the mean.
    pub rule: u8,
    /// `x` for readings, `mr` for moving ranges.
    pub chart: &'static str,
    /// `improvement`, `deterioration` or `change`.
    pub verdict: &'static str,
    /// In a sentence.
    pub words: String,
}

/// What is expected of a week to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartAhead {
    /// The week.
    pub week: Week,
    /// The expected value.
    pub mean: Finite,
    /// One time in ten it will be lower.
    pub lower: Finite,
    /// One time in ten it will be higher.
    pub upper: Finite,
}
