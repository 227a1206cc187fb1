//! The sealed record of a quarter's review, and what sealing it does.

use serde::{Deserialize, Serialize};

use super::Quarterly;
use crate::model::id::{AgendaId, MemberId, WorkspaceId};
use crate::model::people::Member;
use crate::model::quarter::Quarter;
use crate::model::record::{Action, Decision, Headline, Issue, Message, Note};
use crate::model::review::{Attendance, Moment, Revises};
use crate::model::snapshot::StepTime;
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// The sealed record of a quarter's review: self-contained, as a week's is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuarterSnapshot {
    /// The number of the file format.
    pub schema: u32,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// The workspace's name.
    pub name: String,
    /// 1 for the first, more for corrections.
    pub revision: u32,
    /// The agenda that was followed.
    pub agenda: AgendaId,
    /// The week in which it was held: what was decided in it is of that week.
    pub week: Week,
    /// When the review started.
    pub started: Moment,
    /// When it was sealed.
    pub sealed: Moment,
    /// Who led it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<MemberId>,
    /// Which revision it corrects, who did so and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revises: Option<Revises>,
    /// Who was here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attendance: Vec<Attendance>,
    /// Planned and used time by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub time: Vec<StepTime>,
    /// Good news.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headlines: Vec<Headline>,
    /// What was known and said of the quarter.
    pub said: Quarterly,
    /// Issues: open ones by rank, and those closed in this review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Decisions: those that stand open, and those taken or looked at in this review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// Action items that are open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Messages to deliver.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The people at the time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Member>,
}

impl QuarterSnapshot {
    /// The quarter.
    #[must_use]
    pub fn quarter(&self) -> Quarter {
        self.said.quarter
    }

    /// The name of a person, or the id of somebody unknown.
    #[must_use]
    pub fn name_of<'a>(&'a self, id: &'a MemberId) -> &'a str {
        self.people.iter().find(|p| &p.id == id).map_or(id.as_str(), |p| &p.name)
    }

    /// The seconds that the review took.
    #[must_use]
    pub fn used_seconds(&self) -> u32 {
        self.time.iter().fold(0, |sum, t| sum.saturating_add(t.used_seconds))
    }
}

/// The end of a quarter's review: the strategy as it was and as it was agreed, and the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterSeal {
    /// The strategy as the review knows it.
    pub before: Strategy,
    /// The strategy with what was agreed.
    pub strategy: Strategy,
    /// The record.
    pub snapshot: QuarterSnapshot,
}
