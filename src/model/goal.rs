//! Goals of every size: from a strategic goal down to an initiative that somebody works on this week.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::far::FarGoal;
use super::id::{GoalId, KpiId, MemberId, PerspectiveId, TeamId, ThemeId};
use super::number::Finite;

/// A goal, objective, key result or initiative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The id.
    pub id: GoalId,
    /// What is to be true at its end.
    pub title: String,
    /// Which of the four it is, with what only that kind has.
    pub kind: Kind,
    /// The goal it serves; none for a goal directly under a theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<GoalId>,
    /// The goal of another workspace that it supports, such as `company/online-platform`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supports: Option<FarGoal>,
    /// The theme it hangs under; goals below inherit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeId>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<MemberId>,
    /// The team that carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDate>,
    /// The day it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The KPIs that tell whether it is reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<KpiId>,
    /// How much it counts among its siblings; 1 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Finite>,
    /// Open, done or dropped.
    #[serde(default, skip_serializing_if = "GoalState::is_open")]
    pub state: GoalState,
    /// Whether it makes more of what we have, or looks for what we could have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// Where it stands on the strategy map; that of its first KPI when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perspective: Option<PerspectiveId>,
    /// The goals that it is a cause of, on the strategy map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leads_to: Vec<GoalId>,
    /// Why it matters, or anything else worth keeping.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Whether a goal makes more of what there is or looks for what could be (March 1991).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// New customers, products, ways of working.
    Explore,
    /// Better at what we do already.
    Exploit,
}

impl Mode {
    /// The word on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Explore => say!("explore"),
            Self::Exploit => say!("exploit"),
        }
    }
}

/// What kind of goal it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// A strategic goal, usually of a year or more.
    Goal,
    /// An objective: where to get to this quarter.
    Objective,
    /// A key result: how one knows that the objective is reached.
    KeyResult {
        /// Where it began.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        baseline: Option<Finite>,
        /// Where it should get to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<Finite>,
        /// The unit of both.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
        /// Promised, or reached for.
        #[serde(default)]
        commitment: Commitment,
    },
    /// An initiative: work that should move a key result.
    Initiative {
        /// Who works on it beside its owner.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        members: Vec<MemberId>,
    },
}

impl Kind {
    /// The word on the screen.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Goal => say!("goal"),
            Self::Objective => say!("objective"),
            Self::KeyResult { .. } => say!("key result"),
            Self::Initiative { .. } => say!("initiative"),
        }
    }
}

/// How firmly a key result is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Commitment {
    /// Expected at a grade of 1.0.
    #[default]
    Committed,
    /// Expected at 0.7, and carried forward.
    Aspirational,
}

/// Whether a goal is still pursued.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GoalState {
    /// Pursued.
    #[default]
    Open,
    /// Reached.
    Done {
        /// The day it was closed.
        on: NaiveDate,
        /// What was reached, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// Given up on purpose.
    Dropped {
        /// The day it was dropped.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
}

impl GoalState {
    fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }

    /// The word on the screen.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Open => say!("state" | "open"),
            Self::Done { .. } => say!("done"),
            Self::Dropped { .. } => say!("dropped"),
        }
    }
}

impl Goal {
    /// A new open goal with nothing but its title.
    #[must_use]
    pub fn new(id: GoalId, title: impl Into<String>, kind: Kind) -> Self {
        Self {
            id,
            title: title.into(),
            kind,
            parent: None,
            supports: None,
            theme: None,
            owner: None,
            team: None,
            start: None,
            due: None,
            kpis: Vec::new(),
            weight: None,
            state: GoalState::Open,
            mode: None,
            perspective: None,
            leads_to: Vec::new(),
            note: String::new(),
        }
    }

    /// Whether it is still pursued.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }

    /// Its weight among its siblings.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight.map_or(1.0, Finite::get)
    }

    /// Baseline, target and unit of a key result that has both numbers.
    #[must_use]
    pub fn measure(&self) -> Option<(Finite, Finite, &str)> {
        match &self.kind {
            Kind::KeyResult { baseline: Some(b), target: Some(t), unit, .. } => Some((*b, *t, unit)),
            _ => None,
        }
    }

    /// A current value in this goal's own unit: a key result's unit, or percent done.
    #[must_use]
    pub fn show(&self, value: Finite) -> String {
        match &self.kind {
            Kind::KeyResult { unit, .. } if unit.is_empty() => value.grouped(),
            Kind::KeyResult { unit, .. } => format!("{} {unit}", value.grouped()),
            Kind::Goal | Kind::Objective | Kind::Initiative { .. } => format!("{} %", value.grouped()),
        }
    }
}
