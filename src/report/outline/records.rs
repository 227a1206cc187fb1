//! What was decided, promised, raised and is to be told.

use chrono::NaiveDate;
use serde::Serialize;

use super::Person;
use crate::model::id::{ActionId, DecisionId, IssueId, MessageId};
use crate::model::week::Week;

/// What became of an action item or an issue. Programs read it in English, whatever is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing yet.
    Open,
    /// The action item is done.
    Done,
    /// The issue is solved.
    Solved,
    /// It was given up.
    Dropped,
}

impl State {
    /// The word for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => say!("state" | "open"),
            Self::Done => say!("done"),
            Self::Solved => say!("solved"),
            Self::Dropped => say!("dropped"),
        }
    }
}

/// Why a decision is in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was taken this week.
    Taken,
    /// It was looked at again, or replaced, this week.
    Settled,
    /// It stands, and will be looked at again.
    Standing,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The id.
    pub id: DecisionId,
    /// The title.
    pub title: String,
    /// What was chosen.
    pub choice: String,
    /// Why it is here.
    pub event: Event,
    /// The week it was taken in.
    pub decided: Week,
    /// What led to it.
    pub context: String,
    /// How it was taken.
    pub method: &'static str,
    /// Who took it.
    pub deciders: Vec<Person>,
    /// The names of the values it serves.
    pub serves: Vec<String>,
    /// The names of the values it strains.
    pub strains: Vec<String>,
    /// The titles of the goals it serves.
    pub goals: Vec<String>,
    /// Who is affected.
    pub affects: String,
    /// What was declined, each with what would reopen it.
    pub declined: Vec<String>,
    /// What it is expected to bring.
    pub prediction: Option<Prediction>,
    /// The day to look at it again.
    pub review_on: Option<NaiveDate>,
    /// `open`, `reviewed` or `superseded`.
    pub state: &'static str,
    /// What came of it; empty while that is not known.
    pub outcome: String,
    /// Whether the prediction came true.
    pub came_true: Option<bool>,
}

/// What a decision is expected to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prediction {
    /// What.
    pub claim: String,
    /// How sure one was, in whole percent.
    pub percent: u8,
}

/// An action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    /// The id.
    pub id: ActionId,
    /// What.
    pub title: String,
    /// Who.
    pub owner: Person,
    /// By when.
    pub due: NaiveDate,
    /// The title of the goal it serves.
    pub goal: Option<String>,
    /// The week it was promised in.
    pub promised: Week,
    /// How often it was carried over.
    pub carried: u32,
    /// What became of it.
    pub state: State,
    /// Why it was dropped; empty otherwise.
    pub reason: String,
}

/// An issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The id.
    pub id: IssueId,
    /// The title.
    pub title: String,
    /// What is known of it.
    pub detail: String,
    /// Who raised it.
    pub by: Option<Person>,
    /// The week it was raised in.
    pub raised: Week,
    /// How many voted for it.
    pub votes: u32,
    /// What became of it.
    pub state: State,
    /// What was answered, or why it was dropped; empty otherwise.
    pub answer: String,
}

/// A message to cascade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The id.
    pub id: MessageId,
    /// What is to be told.
    pub text: String,
    /// Who tells it.
    pub teller: Person,
    /// Whom it is for.
    pub audience: String,
    /// How.
    pub channel: String,
    /// By when.
    pub due: NaiveDate,
    /// The week it was agreed in.
    pub agreed: Week,
    /// The week it was told in.
    pub delivered: Option<Week>,
}
