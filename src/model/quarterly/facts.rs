//! What is known of a quarter before anybody speaks: worked out of its sealed weeks.

use serde::{Deserialize, Serialize};

use super::Stop;
use crate::model::goal::Commitment;
use crate::model::id::{DecisionId, GoalId, LineId, MemberId, ThemeId};
use crate::model::number::Finite;
use crate::model::scale::{Confidence, Percent};
use crate::model::status::Status;
use crate::model::week::Week;

/// What was known of a quarter when its review began, out of its sealed weeks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The newest week that was sealed when the review began. Until a later one is, what stands open is what the review left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Week>,
    /// How many of its weeks were sealed.
    #[serde(default)]
    pub weeks: u32,
    /// The last of them: the figures are of its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Week>,
    /// Its objectives and key results, each objective before its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Graded>,
    /// Predictions that were looked at again in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scored: Vec<Scored>,
    /// The findings of its weeks by rule, the longest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Stood>,
    /// The themes, and where goals and days really went.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<ThemeFacts>,
    /// What was said to stop in the review of the quarter before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<Stop>,
    /// What one could stop.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
}

/// An objective or key result at the end of the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Graded {
    /// Which.
    pub goal: GoalId,
    /// What was to be true.
    pub title: String,
    /// The objective that a key result belongs to; none for an objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<GoalId>,
    /// What a key result is measured by; none for an objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// The theme it hangs under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeId>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<MemberId>,
    /// The grade by the rule, 0 to 1; none where nothing was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Finite>,
    /// The status in the last sealed week of the quarter.
    pub status: Status,
    /// How sure the team was when it first said so in the quarter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<Confidence>,
    /// Whether the review has to say what becomes of it.
    #[serde(default)]
    pub stands: Stands,
}

/// Whether a goal is at its end when its quarter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// It was due: the review says what becomes of it.
    #[default]
    Due,
    /// It is due later: the grade tells how far it is.
    UnderWay,
    /// It was closed or dropped before the review.
    Over,
}

/// What a key result is measured by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Where it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Finite>,
    /// Where it should get to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Finite>,
    /// Where it stood at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Finite>,
    /// The unit of the three.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Promised, or reached for.
    #[serde(default)]
    pub commitment: Commitment,
}

impl Measure {
    /// A value with its unit; a dash for none.
    #[must_use]
    pub fn show(&self, value: Option<Finite>) -> String {
        match value {
            None => "-".to_owned(),
            Some(value) if self.unit.is_empty() => value.grouped(),
            Some(value) => format!("{} {}", value.grouped(), self.unit),
        }
    }
}

/// A prediction that was looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scored {
    /// The decision it was made with.
    pub decision: DecisionId,
    /// Its title.
    pub title: String,
    /// How likely it was called.
    pub percent: Percent,
    /// Whether it came true.
    pub came_true: bool,
}

/// The findings of a rule in the weeks of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stood {
    /// The rule, such as `stale-goal`.
    pub rule: String,
    /// The words of the one that stood longest.
    pub title: String,
    /// How many different ones there were.
    pub found: u32,
    /// In how many weeks the longest one stood.
    pub weeks: u32,
    /// Whether one of them still stood in the last week.
    pub open: bool,
}

/// A theme, and what really went into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeFacts {
    /// Which.
    pub theme: ThemeId,
    /// Its name.
    pub name: String,
    /// Its weight when the review began.
    pub weight: Finite,
    /// Its share of the goals and initiatives that were worked on, in percent; none when there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goals: Option<Finite>,
    /// Its share of the days that were set aside, in percent; none where no days are planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Finite>,
}

/// Something that one could stop, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Names it within the review.
    pub id: LineId,
    /// The goal or initiative, where it is one: it is dropped when it stops.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalId>,
    /// What it is.
    pub what: String,
    /// Why one could stop it.
    pub why: String,
}
