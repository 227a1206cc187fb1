//! Life stories: what became of a goal, a decision, an issue or an action item, told from the weeks behind.

mod goal;
mod records;

use serde::Serialize;

use crate::model::history::History;
use crate::model::id::GoalId;
use crate::model::week::Week;
use crate::model::workspace::Config;

pub use records::{of_action, of_decision, of_issue};

/// Something that happened in a life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The week whose review tells it.
    pub week: Week,
    /// What happened.
    pub what: EventKind,
    /// The same in words: a phrase for a row, without the week.
    pub text: String,
}

/// What can happen in a life. Serialises to its key: `due_moved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A goal stands in the strategy for the first time.
    Born,
    /// A goal has another title.
    Renamed,
    /// A goal hangs under another one.
    Reparented,
    /// A goal has another owner.
    Reowned,
    /// The due date is another.
    DueMoved,
    /// The target or the baseline of a key result is another.
    TargetMoved,
    /// The status is another than the last known one.
    StatusChanged,
    /// Confidence lies two or more away from what was told last.
    ConfidenceMoved,
    /// A decision names the goal.
    Cited,
    /// A decision answers an issue.
    Answers,
    /// An issue was raised about it.
    IssueRaised,
    /// A goal was reached.
    Reached,
    /// A goal was closed and is pursued again.
    Reopened,
    /// A goal stands in the strategy no more.
    Removed,
    /// A decision was taken.
    Taken,
    /// What a decision should bring was predicted.
    Predicted,
    /// The day to look at a decision again came.
    Due,
    /// A decision was looked at again.
    Reviewed,
    /// Another decision took its place.
    Superseded,
    /// An action item was promised.
    Promised,
    /// An action item was not done and went on.
    Carried,
    /// An action item was done.
    Done,
    /// Given up on purpose.
    Dropped,
    /// An issue was raised.
    Raised,
    /// An issue got votes.
    Voted,
    /// An issue was answered.
    Solved,
    /// An issue in the same words was raised after it was solved.
    RaisedAgain,
}

impl EventKind {
    /// The words on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Born => say!("begins"),
            Self::Renamed => say!("title"),
            Self::Reparented => say!("place"),
            Self::Reowned => say!("owner"),
            Self::DueMoved => say!("due date"),
            Self::TargetMoved => say!("target"),
            Self::StatusChanged => say!("status"),
            Self::ConfidenceMoved => say!("confidence"),
            Self::Cited => say!("decision"),
            Self::Answers => say!("answers"),
            Self::IssueRaised => say!("issue"),
            Self::Reached => say!("reached"),
            Self::Reopened => say!("reopened"),
            Self::Removed => say!("removed"),
            Self::Taken => say!("taken"),
            Self::Predicted => say!("expected"),
            Self::Due => say!("look again"),
            Self::Reviewed => say!("reviewed"),
            Self::Superseded => say!("superseded"),
            Self::Promised => say!("promised"),
            Self::Carried => say!("carried"),
            Self::Done => say!("done"),
            Self::Dropped => say!("dropped"),
            Self::Raised => say!("raised"),
            Self::Voted => say!("votes"),
            Self::Solved => say!("solved"),
            Self::RaisedAgain => say!("raised again"),
        }
    }
}

/// The life of a goal as the sealed weeks tell it, oldest first; empty for a goal that none knows.
///
/// A goal of the very first week is told as standing there already: when it was born nobody knows. A status is compared with
/// the last one that was known, so that weeks in which nobody said one do not make two changes out of none. Confidence is
/// compared with what was told last rather than with the week before, so that a slow slide is seen, too.
#[must_use]
pub fn of_goal(goal: &GoalId, history: &History, config: &Config) -> Vec<Event> {
    goal::Life::new(goal, history, config).told()
}

/// Collects events.
#[derive(Debug, Default)]
struct Pen(Vec<Event>);

impl Pen {
    fn tell(&mut self, week: Week, what: EventKind, text: impl Into<String>) {
        self.0.push(Event { week, what, text: text.into() });
    }

    /// In the order of weeks; those of one week as they were told.
    fn in_order(mut self) -> Vec<Event> {
        self.0.sort_by_key(|e| e.week);
        self.0
    }
}

/// What was said behind a colon, if anything was.
fn because(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(": {text}") }
}

#[cfg(test)]
mod tests;
