//! What a review produces and carries on: headlines, issues, decisions, action items, messages, notes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agenda::Step;
use super::declined::{self, Declined};
use super::id::{ActionId, DecisionId, GoalId, HeadlineId, IssueId, KpiId, MemberId, MessageId, NoteId, ValueId};
use super::number::Finite;
use super::scale::{Percent, Score};
use super::week::Week;

/// A record that lists keep under an id.
pub trait Record: Clone {
    /// The type of its id.
    type Id: Clone + PartialEq + std::fmt::Display + AsRef<str>;
    /// Its id.
    fn id(&self) -> &Self::Id;
    /// The line that stands for it in lists and messages.
    fn title(&self) -> &str;
}

macro_rules! records {
    ($($type:ident, $id:ident, $title:ident;)*) => {$(
        impl Record for $type {
            type Id = $id;
            fn id(&self) -> &$id { &self.id }
            fn title(&self) -> &str { &self.$title }
        }
    )*};
}

records! {
    Headline, HeadlineId, text;
    Action, ActionId, title;
    Issue, IssueId, title;
    Decision, DecisionId, title;
    Message, MessageId, text;
    Note, NoteId, text;
}

/// What a record is about: the thing that it was raised from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A goal.
    Goal(GoalId),
    /// A KPI.
    Kpi(KpiId),
    /// An action item.
    Action(ActionId),
    /// A decision.
    Decision(DecisionId),
    /// A finding, by its key.
    Finding(String),
    /// What a member said hinders them.
    Blocker(MemberId),
}

/// Good news that opens the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// The id.
    pub id: HeadlineId,
    /// The news.
    pub text: String,
    /// Who told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
}

/// A note taken in the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The id.
    pub id: NoteId,
    /// The note; may have several lines.
    pub text: String,
    /// The step it was taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
}

/// An action item: one owner, one due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The id.
    pub id: ActionId,
    /// What will be done.
    pub title: String,
    /// The one who does it.
    pub owner: MemberId,
    /// The day it is due: by default that of the next review.
    pub due: NaiveDate,
    /// The goal it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalId>,
    /// What it was raised from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
    /// The week it was promised in.
    pub promised: Week,
    /// How often it was carried over.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried: u32,
    /// Open, done or dropped.
    #[serde(default, skip_serializing_if = "ActionState::is_open")]
    pub state: ActionState,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// How an action item stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ActionState {
    /// Still to be done.
    #[default]
    Open,
    /// Done.
    Done {
        /// The week it was reported in.
        in_week: Week,
    },
    /// Given up on purpose.
    Dropped {
        /// The week it was dropped in.
        in_week: Week,
        /// Why.
        reason: String,
    },
}

impl ActionState {
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

impl Action {
    /// Whether it is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }
}

/// Something that stands in the way, or an opportunity, to be solved into a decision or an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The id.
    pub id: IssueId,
    /// The issue in one line.
    pub title: String,
    /// What was found and discussed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Who raised it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// The week it was raised in.
    pub raised: Week,
    /// What it was raised from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
    /// Votes it got in this week's review.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub votes: u32,
    /// Open, solved or dropped.
    #[serde(default, skip_serializing_if = "IssueState::is_open")]
    pub state: IssueState,
}

/// How an issue stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum IssueState {
    /// Still open; it keeps for the next review.
    #[default]
    Open,
    /// Answered.
    Solved {
        /// The week it was answered in.
        in_week: Week,
        /// The answer in a line.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        answer: String,
        /// The decision it led to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision: Option<DecisionId>,
        /// The action item it led to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        action: Option<ActionId>,
    },
    /// Given up on purpose.
    Dropped {
        /// The week it was dropped in.
        in_week: Week,
        /// Why.
        reason: String,
    },
}

impl IssueState {
    fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }

    /// The word on the screen.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Open => say!("state" | "open"),
            Self::Solved { .. } => say!("solved"),
            Self::Dropped { .. } => say!("dropped"),
        }
    }
}

impl Issue {
    /// Whether it is still open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }
}

/// How a decision was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// One person decided.
    OneDecides,
    /// Nobody objected.
    #[default]
    Consent,
    /// The majority decided.
    Vote,
}

impl Method {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Consent, Self::OneDecides, Self::Vote];

    /// The words on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OneDecides => say!("one decides"),
            Self::Consent => say!("consent"),
            Self::Vote => say!("method" | "vote"),
        }
    }
}

/// What a decision is expected to bring, and how sure one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    /// What will be true on the review date.
    pub claim: String,
    /// The chance given to it, in percent.
    pub percent: Percent,
}

/// A decision, with what is needed to judge it later. Only the title and the choice are required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The id.
    pub id: DecisionId,
    /// What was decided about.
    pub title: String,
    /// What was chosen.
    pub choice: String,
    /// The week it was taken in.
    pub decided: Week,
    /// What was known at the time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub context: String,
    /// What else was considered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// How it was taken.
    #[serde(default)]
    pub method: Method,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deciders: Vec<MemberId>,
    /// The values it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serves: Vec<ValueId>,
    /// The values it strains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strains: Vec<ValueId>,
    /// The goals it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalId>,
    /// Who is affected.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub affects: String,
    /// The goals it strains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strained_goals: Vec<GoalId>,
    /// What was declined, and what would reopen it.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "declined::write",
        deserialize_with = "declined::read"
    )]
    pub declined: Vec<Declined>,
    /// Whether it could be taken back at little cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reversible: Option<bool>,
    /// What it is expected to bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prediction: Option<Prediction>,
    /// The day to look at it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<NaiveDate>,
    /// What it was raised from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
    /// Open, reviewed or superseded.
    #[serde(default, skip_serializing_if = "DecisionState::is_open")]
    pub state: DecisionState,
}

/// What came of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DecisionState {
    /// Stands; not looked at again yet.
    #[default]
    Open,
    /// Looked at again.
    Reviewed {
        /// The week of that review.
        in_week: Week,
        /// What happened.
        outcome: String,
        /// Whether the prediction came true, if one was made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        came_true: Option<bool>,
    },
    /// Replaced by a later one.
    Superseded {
        /// The week it was replaced in.
        in_week: Week,
        /// By which.
        by: DecisionId,
    },
}

impl DecisionState {
    fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }

    /// The word on the screen.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Open => say!("state" | "open"),
            Self::Reviewed { .. } => say!("reviewed"),
            Self::Superseded { .. } => say!("superseded"),
        }
    }
}

impl Decision {
    /// A decision with the two things that it must have.
    #[must_use]
    pub fn new(id: DecisionId, title: impl Into<String>, choice: impl Into<String>, decided: Week) -> Self {
        Self {
            id,
            title: title.into(),
            choice: choice.into(),
            decided,
            context: String::new(),
            options: Vec::new(),
            method: Method::default(),
            deciders: Vec::new(),
            serves: Vec::new(),
            strains: Vec::new(),
            goals: Vec::new(),
            affects: String::new(),
            strained_goals: Vec::new(),
            declined: Vec::new(),
            reversible: None,
            prediction: None,
            review_on: None,
            about: None,
            state: DecisionState::Open,
        }
    }

    /// What was written when it was taken, beside the title.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let declined = self.declined.iter().flat_map(|no| [&no.what, &no.reopen_if]);
        let first = [&self.choice, &self.context].into_iter().chain(&self.options).chain(declined);
        first.chain([&self.affects]).chain(self.prediction.as_ref().map(|p| &p.claim)).map(String::as_str)
    }

    /// Whether it still stands and was not looked at again.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }

    /// Whether its review date has come.
    #[must_use]
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.is_open() && self.review_on.is_some_and(|d| d <= today)
    }
}

/// A message to cascade: who tells whom what, by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The id.
    pub id: MessageId,
    /// What is to be told.
    pub text: String,
    /// Who tells it.
    pub teller: MemberId,
    /// Whom it is for.
    pub audience: String,
    /// How: at the shift change, by mail, on the board.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// By when.
    pub due: NaiveDate,
    /// The week it was agreed in.
    pub agreed: Week,
    /// The week it was reported as told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Week>,
}

/// A member's rating of the review: five criteria, 0 to 2 each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// Who rated.
    pub member: MemberId,
    /// On time and prepared; everyone engaged; honest; solved what mattered; clear next steps.
    pub scores: [Score; 5],
}

/// The five criteria of a rating, in the order of [`Rating::scores`].
pub const CRITERIA: [&str; 5] = [
    term!("On time and prepared"),
    term!("Everyone engaged"),
    term!("Honest"),
    term!("Solved what mattered"),
    term!("Clear next steps"),
];

impl Rating {
    /// The sum of the five scores, 0 to 10.
    #[must_use]
    pub fn total(&self) -> u8 {
        self.scores.iter().map(|s| s.get()).sum()
    }
}

/// The mean total of some ratings; none without any.
#[must_use]
pub fn mean_rating(ratings: &[Rating]) -> Option<Finite> {
    let sum: f64 = ratings.iter().map(|r| f64::from(r.total())).sum();
    let n = ratings.len() as f64;
    Finite::new(sum / n)
}
