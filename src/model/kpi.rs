//! Key performance indicators: what is measured each week, and what it is held against.

use serde::{Deserialize, Serialize};

use super::id::{KpiId, MemberId, PerspectiveId};
use super::number::Finite;
use super::week::Week;

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Higher is better.
    Up,
    /// Lower is better.
    Down,
    /// Inside a band is good, outside on either side is not.
    Band,
}

/// What a KPI should reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// At least this value when higher is better, at most this value when lower is better.
    At(Finite),
    /// Between the two, both included.
    Within(Finite, Finite),
    /// No target for now.
    Nothing,
}

/// A target that holds from a week on, until the next one. It never changes the weeks before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The first week it holds for.
    pub from: Week,
    /// What is to be reached.
    pub aim: Aim,
    /// Why it was set or moved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// A phase of a KPI's process: control limits are computed afresh from its first week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// The first week of the phase.
    pub from: Week,
    /// The understood change that began it.
    pub reason: String,
}

/// Whether a KPI moves before the result (leading) or tells it afterwards (lagging).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// Moves first; can be acted on.
    Leading,
    /// Tells the result.
    #[default]
    Lagging,
}

/// How weeks add up to a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Totals {
    /// A rate or a level: periods show the mean.
    #[default]
    Mean,
    /// A count or an amount: periods show the sum.
    Sum,
}

/// The definition of a KPI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// The id.
    pub id: KpiId,
    /// The name as shown.
    pub name: String,
    /// What exactly is counted, and where the number comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub definition: String,
    /// The unit, shown behind each value: `%`, `min`, `EUR`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// How many decimals to show; as many as needed when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// Which way is good.
    pub direction: Direction,
    /// The perspective of the balanced scorecard.
    pub perspective: PerspectiveId,
    /// Who reports it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<MemberId>,
    /// Leading or lagging.
    #[serde(default)]
    pub timing: Timing,
    /// How weeks add up.
    #[serde(default)]
    pub totals: Totals,
    /// How far a reading may miss and still be at risk: in percent of the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance_percent: Option<Finite>,
    /// The same in the KPI's unit; needed where the target is zero or negative, and stronger than the percentage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Finite>,
    /// Its targets, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Its phases after the first, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
}

impl Kpi {
    /// The target that holds in a week, if one had been set by then.
    #[must_use]
    pub fn target_in(&self, week: Week) -> Option<&Target> {
        self.targets.iter().filter(|t| t.from <= week).max_by_key(|t| t.from)
    }

    /// What is to be reached in a week: [`Aim::Nothing`] when no target holds.
    #[must_use]
    pub fn aim_in(&self, week: Week) -> Aim {
        self.target_in(week).map_or(Aim::Nothing, |t| t.aim)
    }

    /// A value with the decimals of this KPI, without its unit: for axes and columns.
    #[must_use]
    pub fn show_number(&self, value: Finite) -> String {
        self.decimals.map_or_else(|| value.grouped(), |d| value.fixed(d))
    }

    /// A value with the unit and the decimals of this KPI: `5.1 %`.
    #[must_use]
    pub fn show(&self, value: Finite) -> String {
        let number = self.show_number(value);
        if self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
    }

    /// The target of a week without its unit, for columns beside a value that carries it.
    #[must_use]
    pub fn show_aim_number(&self, week: Week) -> Option<String> {
        match self.aim_in(week) {
            Aim::At(value) => Some(self.show_number(value)),
            Aim::Within(low, high) => Some(format!("{}-{}", low.grouped(), high.grouped())),
            Aim::Nothing => None,
        }
    }

    /// The target of a week in words: `450`, `3 to 5 %`, or nothing.
    #[must_use]
    pub fn show_aim(&self, week: Week) -> Option<String> {
        self.aim_in_words(self.aim_in(week))
    }

    /// An aim in words, with this KPI's unit: `450`, `3 to 5 %`, or nothing.
    #[must_use]
    pub fn aim_in_words(&self, aim: Aim) -> Option<String> {
        match aim {
            Aim::At(value) => Some(self.show(value)),
            Aim::Within(low, high) => Some(say!("{low} to {show}", low = low.grouped(), show = self.show(high))),
            Aim::Nothing => None,
        }
    }
}

/// Where a reading came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Typed in the review.
    #[default]
    Review,
    /// Reported by its owner in a check-in.
    CheckIn,
    /// Brought in from a file.
    Import,
    /// Fetched by a feed; the note tells which one, from where and when.
    Feed,
}
