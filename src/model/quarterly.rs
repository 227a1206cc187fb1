//! The review of a quarter: what was known when it began, what was said of it, and the sealed record that it leaves.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::goal::Commitment;
use super::id::{AgendaId, CardId, DecisionId, GoalId, LineId, MemberId, ThemeId, WorkspaceId};
use super::number::Finite;
use super::people::Member;
use super::quarter::Quarter;
use super::record::{Action, Decision, Headline, Issue, Message, Note};
use super::register::Kind;
use super::review::{Attendance, Moment, Revises};
use super::scale::{Confidence, Percent};
use super::snapshot::StepTime;
use super::status::Status;
use super::strategy::Strategy;
use super::week::Week;

/// What a review says of its quarter: the facts it began with, and the answers. It explains itself with no other file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quarterly {
    /// The quarter.
    pub quarter: Quarter,
    /// What was known when the review began. It does not change while it is held, so that going on after a kill finds the same
    /// questions, whatever was done to the strategy in between.
    pub facts: Facts,
    /// Grades, and what becomes of goals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<GoalAnswer>,
    /// Whether what was to stop has stopped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<StopKept>,
    /// What we learned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub learned: Vec<Lesson>,
    /// Cards that were looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked: Vec<Looked>,
    /// Whether the north star is still right; none as long as nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub north_star: Option<StarAnswer>,
    /// The weights of themes from now on, where they change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<Weighed>,
    /// The objectives of the next quarter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<NextGoal>,
    /// What stops.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<Stop>,
    /// A sentence from each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Said>,
}

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

impl Quarterly {
    /// A quarter of which nothing was said yet.
    #[must_use]
    pub fn new(quarter: Quarter, facts: Facts) -> Self {
        Self {
            quarter,
            facts,
            answers: Vec::new(),
            kept: Vec::new(),
            learned: Vec::new(),
            looked: Vec::new(),
            north_star: None,
            weights: Vec::new(),
            next: Vec::new(),
            stops: Vec::new(),
            said: Vec::new(),
        }
    }

    /// What is known of a goal.
    #[must_use]
    pub fn graded(&self, goal: &GoalId) -> Option<&Graded> {
        self.facts.goals.iter().find(|g| &g.goal == goal)
    }

    /// What was said of a goal; nothing yet for one of which nobody spoke.
    #[must_use]
    pub fn answer(&self, goal: &GoalId) -> GoalAnswer {
        let nothing = || GoalAnswer { goal: goal.clone(), grade: None, fate: None, note: String::new() };
        self.answers.iter().find(|a| &a.goal == goal).cloned().unwrap_or_else(nothing)
    }

    /// The grade that counts: the team's own where there is one, else the computed one; 0 to 1.
    #[must_use]
    pub fn grade(&self, goal: &GoalId) -> Option<Finite> {
        self.answer(goal).grade.map(Grade::get).or_else(|| self.graded(goal)?.grade)
    }

    /// What became of a goal, if it was said.
    #[must_use]
    pub fn fate(&self, goal: &GoalId) -> Option<&Fate> {
        self.answers.iter().find(|a| &a.goal == goal)?.fate.as_ref()
    }

    /// The weight of a theme from now on.
    #[must_use]
    pub fn weight(&self, theme: &ThemeFacts) -> Finite {
        self.weights.iter().find(|w| w.theme == theme.theme).map_or(theme.weight, |w| w.weight)
    }

    /// Whether something that was to stop has stopped; none as long as nobody said.
    #[must_use]
    pub fn kept(&self, stop: &LineId) -> Option<bool> {
        self.kept.iter().find(|k| &k.stop == stop).map(|k| k.kept)
    }

    /// What a member said.
    #[must_use]
    pub fn said(&self, member: &MemberId) -> Option<&str> {
        self.said.iter().find(|s| &s.member == member).map(|s| s.text.as_str())
    }
}

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
