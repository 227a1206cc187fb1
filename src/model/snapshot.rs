//! The sealed record of one week's review: self-contained, so that this one file shows the whole week.

use serde::{Deserialize, Serialize};

use super::agenda::Step;
use super::alignment::{Alignment, PulseWeek};
use super::checkin::CheckIn;
use super::finding::{Answer, Finding};
use super::id::{AgendaId, GoalId, KpiId, MemberId, WorkspaceId};
use super::kpi::{Aim, Origin};
use super::number::Finite;
use super::people::{Member, Team};
use super::record::{Action, Decision, Headline, Issue, Message, Note, Rating};
use super::review::{Attendance, Commitment, Moment, Revises};
use super::scale::Confidence;
use super::status::Status;
use super::strategy::{Perspective, Strategy};
use super::week::Week;

/// One week as the review left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The number of the file format.
    pub schema: u32,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// The workspace's name.
    pub name: String,
    /// The week.
    pub week: Week,
    /// 1 for the first, more for corrections.
    pub revision: u32,
    /// The agenda that was followed.
    pub agenda: AgendaId,
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
    /// What came of the action items that were open at the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Commitment>,
    /// The KPIs of the week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scorecard: Vec<KpiWeek>,
    /// The open goals of the week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalWeek>,
    /// What was shared of the check-ins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub check_ins: Vec<CheckIn>,
    /// What was said to the pulse, without names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pulse: Vec<PulseWeek>,
    /// How well everything fitted together; none in weeks sealed before that was computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<Alignment>,
    /// Findings and how they were answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingWeek>,
    /// Issues: open ones by rank, and those closed this week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Decisions: those that stand open, and those taken or reviewed this week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// Action items: open ones, and those closed this week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Messages: those to deliver, and those delivered this week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// How members rated the review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<Rating>,
    /// Why the rating was low.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why_low: String,
    /// The people at the time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Member>,
    /// The teams at the time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
    /// The perspectives at the time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perspectives: Vec<Perspective>,
    /// The whole strategy at the time.
    pub strategy: Strategy,
}

/// A KPI in one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KpiWeek {
    /// Which.
    pub kpi: KpiId,
    /// The reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Finite>,
    /// Where it came from.
    #[serde(default)]
    pub origin: Origin,
    /// What was to be reached.
    pub aim: Aim,
    /// The status by the rule.
    pub computed: Status,
    /// The status the team marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<Status>,
    /// What explains it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl KpiWeek {
    /// The status that counts: the team's mark where there is one, else the computed.
    #[must_use]
    pub fn status(&self) -> Status {
        self.marked.unwrap_or(self.computed)
    }
}

/// A goal in one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalWeek {
    /// Which.
    pub goal: GoalId,
    /// The status by the rule: from progress for a leaf, from the weakest child above it.
    pub computed: Status,
    /// The status the team marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<Status>,
    /// How sure the team was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Where it stood: in a key result's unit, else in percent done. Leaves and measured key results only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Finite>,
    /// Progress, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Finite>,
    /// What explains it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl GoalWeek {
    /// The status that counts: the team's mark where there is one, else the computed.
    #[must_use]
    pub fn status(&self) -> Status {
        self.marked.unwrap_or(self.computed)
    }
}

/// A finding in one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingWeek {
    /// What was found.
    pub finding: Finding,
    /// What the team said to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// Planned and used time of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepTime {
    /// Which step.
    pub step: Step,
    /// Its time-box, in minutes.
    pub planned_minutes: u16,
    /// What it took, in seconds.
    pub used_seconds: u32,
}

impl Snapshot {
    /// What is known of a KPI in this week.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<&KpiWeek> {
        self.scorecard.iter().find(|k| &k.kpi == id)
    }

    /// What is known of a goal in this week.
    #[must_use]
    pub fn goal(&self, id: &GoalId) -> Option<&GoalWeek> {
        self.goals.iter().find(|g| &g.goal == id)
    }

    /// The name of a person, or the id of somebody unknown.
    #[must_use]
    pub fn name_of<'a>(&'a self, id: &'a MemberId) -> &'a str {
        self.people.iter().find(|p| &p.id == id).map_or(id.as_str(), |p| &p.name)
    }

    /// Done, and due in all (dropped ones left out), among the action items that this review looked at.
    #[must_use]
    pub fn kept(&self) -> (usize, usize) {
        use super::review::Outcome;
        let done = self.commitments.iter().filter(|c| c.outcome == Outcome::Done).count();
        let due = self.commitments.iter().filter(|c| !matches!(c.outcome, Outcome::Dropped { .. })).count();
        (done, due)
    }

    /// The seconds that the review took.
    #[must_use]
    pub fn used_seconds(&self) -> u32 {
        self.time.iter().fold(0, |sum, t| sum.saturating_add(t.used_seconds))
    }
}
