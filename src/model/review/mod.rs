//! The review of one week while it is being held: everything said in it, as one value that edits change.

mod clock;
mod edit;
mod session;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use clock::Clock;
pub use edit::{Change, Edit, Keyed, QuarterEdit};
pub use session::{Act, Entry, Session};

use super::agenda::{Slot, Step};
use super::finding::Answer;
use super::id::{ActionId, AgendaId, GoalId, KpiId, MemberId};
use super::kpi::Origin;
use super::number::Finite;
use super::quarter::Quarter;
use super::quarterly::{GoalAnswer, Lesson, Looked, NextGoal, Quarterly, Said, Stop, StopKept, Weighed};
use super::record::{Action, Decision, Headline, Issue, Message, Note, Rating, Record, Subject};
use super::scale::Confidence;
use super::standing::Standing;
use super::status::Status;
use super::week::{Week, WeekError};

/// A moment with its offset from UTC, as the workspace's clock showed it.
pub type Moment = chrono::DateTime<chrono::FixedOffset>;

/// The review of one week in progress. Self-contained: it can go on from this value alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The week it is about, fixed when it starts.
    pub week: Week,
    /// The agenda it follows.
    pub agenda: AgendaId,
    /// That agenda's steps and minutes, as they were when it started.
    pub steps: Vec<Slot>,
    /// When it started.
    pub started: Moment,
    /// Who leads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<MemberId>,
    /// Set when a sealed review is corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revises: Option<Revises>,
    /// Who is here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attendance: Vec<Attendance>,
    /// Good news.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headlines: Vec<Headline>,
    /// What came of the action items that were open at the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Commitment>,
    /// Readings and marks of KPIs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<KpiEntry>,
    /// Marks, confidence and progress of goals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalEntry>,
    /// Whether the check-ins were revealed.
    #[serde(default)]
    pub revealed: bool,
    /// What was said to findings; dismissals still in force are carried in from the last review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingEntry>,
    /// Issues, in the order of their rank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Decisions that stand open, and those taken now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// Action items that were open at the start, and those added now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Messages not yet delivered, and those agreed now.
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
    /// What is said of the quarter, in a review of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<Box<Quarterly>>,
    /// Where the time went.
    #[serde(default)]
    pub clock: Clock,
}

/// What a review seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A week.
    Week(Week),
    /// A quarter.
    Quarter(Quarter),
}

impl From<Week> for Target {
    fn from(week: Week) -> Self {
        Self::Week(week)
    }
}

impl From<Quarter> for Target {
    fn from(quarter: Quarter) -> Self {
        Self::Quarter(quarter)
    }
}

impl PartialEq<Week> for Target {
    fn eq(&self, week: &Week) -> bool {
        *self == Self::Week(*week)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Week(week) => week.fmt(f),
            Self::Quarter(quarter) => quarter.fmt(f),
        }
    }
}

impl FromStr for Target {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        text.parse().map(Self::Quarter).or_else(|_| text.parse().map(Self::Week))
    }
}

/// Which sealed review this one corrects, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revises {
    /// The revision that is corrected.
    pub revision: u32,
    /// Who reopened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// When.
    pub at: Moment,
    /// Why.
    pub why: String,
}

/// Whether a member is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Who.
    pub member: MemberId,
    /// Here, or not.
    pub present: bool,
}

/// What came of an action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Which.
    pub action: ActionId,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an action item since it was promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// Done.
    Done,
    /// Not done: carried over.
    NotDone,
    /// Given up on purpose.
    Dropped {
        /// Why.
        reason: String,
    },
}

/// What a review says of a KPI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KpiEntry {
    /// Which.
    pub kpi: KpiId,
    /// The reading of the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Finite>,
    /// Where it came from.
    #[serde(default)]
    pub origin: Origin,
    /// The status that the team marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Status>,
    /// Why the mark differs from the computed status, or what explains the reading.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a review says of a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalEntry {
    /// Which.
    pub goal: GoalId,
    /// The status that the team marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Status>,
    /// How sure the team is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Where it stands: in a key result's unit, else in percent done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Finite>,
    /// What explains it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What the team said to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingEntry {
    /// The finding's key.
    pub finding: String,
    /// The answer.
    pub answer: Answer,
}

macro_rules! keyed {
    ($($type:ident by $field:ident: $key:ty;)*) => {$(
        impl Keyed for $type {
            type Key = $key;
            fn key(&self) -> &$key { &self.$field }
        }
    )*};
}

keyed! {
    Attendance by member: MemberId;
    Commitment by action: ActionId;
    KpiEntry by kpi: KpiId;
    GoalEntry by goal: GoalId;
    FindingEntry by finding: String;
    Rating by member: MemberId;
    Headline by id: super::id::HeadlineId;
    Action by id: ActionId;
    Issue by id: super::id::IssueId;
    Decision by id: super::id::DecisionId;
    Message by id: super::id::MessageId;
    Note by id: super::id::NoteId;
    GoalAnswer by goal: GoalId;
    StopKept by stop: super::id::LineId;
    Lesson by id: super::id::LineId;
    Looked by card: super::id::CardId;
    Weighed by theme: super::id::ThemeId;
    NextGoal by goal: GoalId;
    Stop by id: super::id::LineId;
    Said by member: MemberId;
}

impl KpiEntry {
    /// An entry that says nothing yet.
    #[must_use]
    pub fn new(kpi: KpiId) -> Self {
        Self { kpi, reading: None, origin: Origin::Review, mark: None, note: String::new() }
    }
}

impl GoalEntry {
    /// An entry that says nothing yet.
    #[must_use]
    pub fn new(goal: GoalId) -> Self {
        Self { goal, mark: None, confidence: None, current: None, note: String::new() }
    }
}

impl Review {
    /// A review that begins with what is open: action items, issues, decisions, messages, dismissals, readings.
    #[must_use]
    pub fn start(week: Week, agenda: AgendaId, steps: Vec<Slot>, standing: &Standing, started: Moment) -> Self {
        let kpis = standing
            .readings
            .iter()
            .map(|r| KpiEntry {
                reading: Some(r.reading.value),
                origin: r.origin,
                note: r.reading.note.clone(),
                ..KpiEntry::new(r.reading.kpi.clone())
            })
            .collect();
        Self {
            week,
            agenda,
            steps,
            started,
            facilitator: None,
            revises: None,
            attendance: Vec::new(),
            headlines: standing.headlines.clone(),
            commitments: Vec::new(),
            kpis,
            goals: Vec::new(),
            revealed: false,
            findings: standing
                .dismissed
                .iter()
                .map(|(finding, answer)| FindingEntry { finding: finding.clone(), answer: answer.clone() })
                .collect(),
            issues: standing.issues.clone(),
            decisions: standing.decisions.clone(),
            actions: standing.actions.clone(),
            messages: standing.messages.clone(),
            notes: Vec::new(),
            ratings: Vec::new(),
            why_low: String::new(),
            quarter: None,
            clock: Clock::default(),
        }
    }

    /// What it seals.
    #[must_use]
    pub fn target(&self) -> Target {
        self.quarter.as_ref().map_or(Target::Week(self.week), |q| Target::Quarter(q.quarter))
    }

    /// The revision that it becomes when it is sealed.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.revises.as_ref().map_or(1, |r| r.revision.saturating_add(1))
    }

    /// What the review says of a KPI.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<&KpiEntry> {
        self.kpis.iter().find(|e| &e.kpi == id)
    }

    /// What the review says of a goal.
    #[must_use]
    pub fn goal(&self, id: &GoalId) -> Option<&GoalEntry> {
        self.goals.iter().find(|e| &e.goal == id)
    }

    /// What came of an action item, if it was said.
    #[must_use]
    pub fn outcome(&self, id: &ActionId) -> Option<&Outcome> {
        self.commitments.iter().find(|c| &c.action == id).map(|c| &c.outcome)
    }

    /// The answer to a finding, if one was given.
    #[must_use]
    pub fn answer(&self, finding: &str) -> Option<&Answer> {
        self.findings.iter().find(|f| f.finding == finding).map(|f| &f.answer)
    }

    /// Whether a member is here; `None` as long as nobody said.
    #[must_use]
    pub fn presence(&self, member: &MemberId) -> Option<bool> {
        self.attendance.iter().find(|a| &a.member == member).map(|a| a.present)
    }

    /// The action items promised before this week: those that the Commitments step goes through.
    pub fn promised_before(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|a| a.promised < self.week)
    }

    /// Issues by rank: more votes first, then in list order.
    #[must_use]
    pub fn ranked_issues(&self) -> Vec<&Issue> {
        let mut ranked: Vec<&Issue> = self.issues.iter().collect();
        ranked.sort_by_key(|i| std::cmp::Reverse(i.votes));
        ranked
    }

    /// The time-box of a step, in minutes; 0 for a step that is not on the agenda.
    #[must_use]
    pub fn minutes(&self, step: Step) -> u16 {
        self.steps.iter().find(|s| s.step == step).map_or(0, |s| s.minutes)
    }

    /// The time-box of the whole review, in minutes.
    #[must_use]
    pub fn total_minutes(&self) -> u16 {
        self.steps.iter().map(|s| s.minutes).sum()
    }

    /// How many decisions, action items and issues were captured in this review.
    #[must_use]
    pub fn captured(&self) -> (usize, usize, usize) {
        (
            self.decisions.iter().filter(|d| d.decided == self.week).count(),
            self.actions.iter().filter(|a| a.promised == self.week).count(),
            self.issues.iter().filter(|i| i.raised == self.week).count(),
        )
    }

    /// An id for a new record: the title's words and the week, with a number behind it where that is taken.
    #[must_use]
    pub fn fresh_id<T: Record>(&self, title: &str, taken: &[T]) -> String {
        fresh_id(title, self.week, |id| taken.iter().any(|r| r.id().as_ref() == id))
    }

    /// Whether an issue was raised from this subject.
    #[must_use]
    pub fn issue_about(&self, subject: &Subject) -> Option<&Issue> {
        self.issues.iter().find(|i| i.is_open() && i.about.as_ref() == Some(subject))
    }
}

/// An id made of a title's words and the week, such as `call-the-miller-26w47`; `taken` tells which are in use.
pub fn fresh_id(title: &str, week: Week, taken: impl Fn(&str) -> bool) -> String {
    let stem = format!("{}-{:02}w{:02}", super::id::slug(title, 40), week.year() % 100, week.number());
    if !taken(&stem) {
        return stem;
    }
    (2u32..).map(|n| format!("{stem}-{n}")).find(|id| !taken(id)).unwrap_or(stem)
}
