//! What a review says of its quarter: grades, what becomes of goals, what stops, what comes next.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::id::{CardId, GoalId, LineId, MemberId, ThemeId};
use crate::model::number::Finite;
use crate::model::register::Kind;

/// What a review says of an objective or key result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalAnswer {
    /// Which.
    pub goal: GoalId,
    /// The team's own grade, 0 to 1, where it is not the computed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// What becomes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<Fate>,
    /// What explains the grade.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A grade in tenths: 0 to 10 for 0.0 to 1.0. Nothing else can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Grade(u8);

/// Why a number is no grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", say!("a grade is written in tenths, 0 to 10: {typed} is none", typed = .0))]
pub struct NoGrade(u8);

impl TryFrom<u8> for Grade {
    type Error = NoGrade;

    fn try_from(tenths: u8) -> Result<Self, NoGrade> {
        if tenths <= 10 { Ok(Self(tenths)) } else { Err(NoGrade(tenths)) }
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> Self {
        grade.0
    }
}

impl Grade {
    /// The grade from 0.0 to 1.0.
    #[must_use]
    pub fn get(self) -> Finite {
        Finite::new(f64::from(self.0) / 10.0).unwrap_or(Finite::ZERO)
    }
}

/// What becomes of a goal at the end of its quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fate {
    /// It ends with its grade.
    Closed,
    /// It goes on in the next quarter.
    Carried,
    /// It is given up.
    Dropped {
        /// Why.
        reason: String,
    },
}

impl Fate {
    /// The word on the screen.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Closed => say!("fate" | "closed"),
            Self::Carried => say!("fate" | "carried"),
            Self::Dropped { .. } => say!("fate" | "dropped"),
        }
    }
}

/// Whether something that was to stop has stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopKept {
    /// Which.
    pub stop: LineId,
    /// It has, or not.
    pub kept: bool,
}

/// Something that the quarter taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Names it within the review.
    pub id: LineId,
    /// What we learned.
    pub text: String,
}

/// A card that somebody looked at: it is still so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looked {
    /// Which.
    pub card: CardId,
    /// Its register.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// The day.
    pub on: NaiveDate,
}

/// Whether vision, mission and values still say where to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum StarAnswer {
    /// They do.
    StillRight,
    /// Something is to change.
    Change {
        /// What, and why.
        why: String,
    },
}

/// The weight of a theme from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weighed {
    /// Which.
    pub theme: ThemeId,
    /// Its weight.
    pub weight: Finite,
}

/// An objective of the next quarter. It becomes a goal when the quarter is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextGoal {
    /// The id it gets.
    pub goal: GoalId,
    /// What is to be true at its end.
    pub title: String,
    /// Who answers for it.
    pub owner: MemberId,
    /// The theme it hangs under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeId>,
}

/// Something that we stop doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Names it, here and when the next quarter asks whether it was kept.
    pub id: LineId,
    /// What stops.
    pub what: String,
    /// Why.
    pub why: String,
    /// Who sees to it.
    pub owner: MemberId,
    /// The day from which on.
    pub from: NaiveDate,
    /// The goal that is dropped with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalId>,
}

/// A member's sentence on the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Whose.
    pub member: MemberId,
    /// The sentence.
    pub text: String,
}
