//! What a report says, before it looks like anything: one value that every format writes, and that JSON shows as it is.

mod alignment;
mod chart;
mod records;

use chrono::NaiveDate;
use serde::Serialize;

pub use alignment::{Alignment, Dimension, Lowering};
pub use chart::{Chart, ChartAhead, ChartPhase, ChartSignal, ChartWeek};
pub use records::{Action, Decision, Event, Issue, Message, Prediction, State};

use super::map::StrategyMap;
use crate::model::id::{GoalId, KpiId, MemberId, ThemeId, WorkspaceId};
use crate::model::number::Finite;
use crate::model::review::Moment;
use crate::model::status::Status;
use crate::model::week::Week;

/// The number of the shape of the outline as JSON shows it. Keys may be added under one number, never renamed or removed.
pub const OUTLINE_SCHEMA: u32 = 1;

/// A week as its report tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// [`OUTLINE_SCHEMA`].
    pub schema: u32,
    /// The workspace's id.
    pub workspace: WorkspaceId,
    /// The workspace's name.
    pub name: String,
    /// The week.
    pub week: Week,
    /// 1 for the first, more for corrections.
    pub revision: u32,
    /// What the revision corrects; none for the first.
    pub correction: Option<Correction>,
    /// Whose recap this is; none where it is the whole team's.
    pub mine: Option<Person>,
    /// How the review went.
    pub review: Review,
    /// Why the business exists and where it goes.
    pub north_star: NorthStar,
    /// Good news.
    pub headlines: Vec<Headline>,
    /// What changed since the sealed week before; none for the first week.
    pub changes: Option<Changes>,
    /// The KPIs: exceptions first, in the order the room took them.
    pub scorecard: Vec<Kpi>,
    /// The open goals in tree order.
    pub goals: Vec<Goal>,
    /// The strategy map; none where no cause was named.
    pub map: Option<StrategyMap>,
    /// Decisions: taken this week, then looked at again this week, then those that stand.
    pub decisions: Vec<Decision>,
    /// Action items: closed this week, then the open ones by due date.
    pub actions: Vec<Action>,
    /// Issues: closed this week, then the open ones by rank.
    pub issues: Vec<Issue>,
    /// Messages: agreed this week, then those still to be told, then those told this week.
    pub messages: Vec<Message>,
    /// What did not fit together, the most severe first.
    pub findings: Vec<Finding>,
    /// How well everything fitted together; none in weeks sealed before that was computed.
    pub alignment: Option<Alignment>,
    /// Notes of the review.
    pub notes: Vec<String>,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The id.
    pub id: MemberId,
    /// The name at the time; the id of somebody unknown.
    pub name: String,
}

/// What a later revision corrects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The revision that was corrected.
    pub revision: u32,
    /// Who did so.
    pub by: Option<Person>,
    /// Why.
    pub why: String,
}

/// How the review went: what people felt beside what can be counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// When it started.
    pub started: Moment,
    /// When it was sealed.
    pub sealed: Moment,
    /// Who led it.
    pub led_by: Option<Person>,
    /// Who was here.
    pub present: Vec<Person>,
    /// Who was not.
    pub absent: Vec<Person>,
    /// The minutes it took, rounded up.
    pub minutes: u32,
    /// The minutes of its agenda.
    pub planned_minutes: u32,
    /// The mean of the ratings, 0 to 10.
    pub rating: Option<Finite>,
    /// How many rated.
    pub ratings: usize,
    /// Why the rating was low; empty where it was not.
    pub why_low: String,
    /// The action items of earlier weeks that were done.
    pub kept: usize,
    /// The action items of earlier weeks that were due to be looked at, without dropped ones.
    pub due: usize,
    /// The day of the next review: the same day of the next week.
    pub next: NaiveDate,
}

/// Why the business exists and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NorthStar {
    /// The vision.
    pub vision: String,
    /// The mission.
    pub mission: String,
    /// What it will not trade away.
    pub values: Vec<Value>,
    /// The few bets that the goals hang under.
    pub themes: Vec<Theme>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The name.
    pub name: String,
    /// What it looks like when it is lived.
    pub meaning: String,
}

/// A strategic theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Theme {
    /// The id.
    pub id: ThemeId,
    /// The name.
    pub name: String,
    /// What is bet on.
    pub bet: String,
    /// Its share of all weights, in whole percent; none where the weights add up to nothing.
    pub percent: Option<Finite>,
}

/// Good news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Headline {
    /// What.
    pub text: String,
    /// Who brought it.
    pub by: Option<Person>,
}

/// What changed since an earlier week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The week it is held against.
    pub since: Week,
    /// The changes by what they are about. Readings are left out: the scorecard tells them.
    pub groups: Vec<ChangeGroup>,
}

/// Changes of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeGroup {
    /// The heading.
    pub about: &'static str,
    /// The changes.
    pub changes: Vec<crate::insight::diff::Change>,
}

/// A KPI of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kpi {
    /// The id.
    pub id: KpiId,
    /// The name.
    pub name: String,
    /// How it is measured.
    pub definition: String,
    /// The unit; empty for a plain count.
    pub unit: String,
    /// The name of its perspective.
    pub perspective: String,
    /// Who answers for it.
    pub owner: Option<Person>,
    /// The status that counts: the team's mark where there is one, else the computed.
    pub status: Status,
    /// The status by the rule.
    pub computed: Status,
    /// The status the team marked.
    pub marked: Option<Status>,
    /// Why it was put before the room; none for routine.
    pub exception: Option<String>,
    /// The reading.
    pub value: Option<Finite>,
    /// The reading with its unit; `no reading` without one.
    pub shown: String,
    /// The difference to the week before, where both have a reading.
    pub change: Option<Finite>,
    /// The difference in words, with a sign and the unit.
    pub change_shown: Option<String>,
    /// What was to be reached.
    pub target: Target,
    /// What explains it.
    pub note: String,
    /// The strongest signal of the week in a sentence, or that nothing is to explain, or why that cannot be told.
    pub signal: String,
    /// The limits in words, or why there are none.
    pub limits: String,
    /// Whether the process as it is meets the target, in a sentence.
    pub capability: String,
    /// Where it is heading, in a sentence.
    pub forecast: String,
    /// What a chart draws.
    pub chart: Chart,
}

/// What a KPI was to reach: one number in both, or a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// The lower end.
    pub lower: Option<Finite>,
    /// The upper end.
    pub upper: Option<Finite>,
    /// In words with the unit; none without a target.
    pub shown: Option<String>,
    /// The same without the unit.
    pub number: Option<String>,
}

/// An open goal of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Goal {
    /// The id.
    pub id: GoalId,
    /// The title.
    pub title: String,
    /// `goal`, `objective`, `key result` or `initiative`.
    pub kind: &'static str,
    /// How deep it stands in the tree: 0 for a root.
    pub depth: usize,
    /// The goal above it.
    pub parent: Option<GoalId>,
    /// The name of the theme it hangs under.
    pub theme: Option<String>,
    /// Who answers for it.
    pub owner: Option<Person>,
    /// The status that counts: the team's mark where there is one, else the computed.
    pub status: Status,
    /// The status by the rule.
    pub computed: Status,
    /// The status the team marked.
    pub marked: Option<Status>,
    /// How sure the team was, 0 to 10.
    pub confidence: Option<u8>,
    /// Progress in whole percent.
    pub percent: Option<Finite>,
    /// Where it stands, in its unit.
    pub current: Option<String>,
    /// What is to be reached, in its unit; key results only.
    pub target: Option<String>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// What explains it.
    pub note: String,
}

/// Something that did not fit together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What tells it from every other finding.
    pub key: String,
    /// The rule that fired.
    pub rule: String,
    /// `serious`, `warning` or `note`.
    pub severity: &'static str,
    /// The finding in one line.
    pub title: String,
    /// The facts it rests on.
    pub evidence: String,
    /// What one could do.
    pub suggestion: String,
    /// What the team said to it; none where it said nothing.
    pub answer: Option<String>,
}

impl Outline {
    /// The title: of the week, or of what is one member's in it.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.mine {
            None => say!("{name}: review of {week}", name = self.name, week = self.week),
            Some(me) => say!("{team}: what is {name}’s in {week}", team = self.name, name = me.name, week = self.week),
        }
    }

    /// The action items that are still to be done.
    pub fn to_do(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|a| a.state == State::Open)
    }

    /// The action items that were done or dropped this week.
    pub fn closed(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|a| a.state != State::Open)
    }

    /// The decisions that were taken this week.
    pub fn taken(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.iter().filter(|d| d.event == Event::Taken)
    }

    /// How many KPIs stand at a status.
    #[must_use]
    pub fn kpis_at(&self, status: Status) -> usize {
        self.scorecard.iter().filter(|k| k.status == status).count()
    }

    /// How many goals without a goal below them stand at a status.
    #[must_use]
    pub fn goals_at(&self, status: Status) -> usize {
        let has_child = |id: &GoalId| self.goals.iter().any(|g| g.parent.as_ref() == Some(id));
        self.goals.iter().filter(|g| g.status == status && !has_child(&g.id)).count()
    }
}
