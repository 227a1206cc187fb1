//! What a form is for. Two forms with the same purpose are the same form: what was typed in one is kept for the other.

use serde::{Deserialize, Serialize};

use super::quarter::About;
use crate::model::id::{ActionId, CardId, DecisionId, GoalId, HeadlineId, IssueId, KpiId, MemberId, MessageId};
use crate::model::passed::What;
use crate::model::record::Subject;
use crate::model::register::Kind;
use crate::model::status::Status;
use crate::model::week::Week;

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Log a decision, perhaps as the answer to an issue.
    Decision {
        /// What it was raised from.
        about: Option<Subject>,
        /// The issue it solves.
        solves: Option<IssueId>,
    },
    /// Edit a decision.
    EditDecision(DecisionId),
    /// Log the decision that takes this one's place.
    Supersede(DecisionId),
    /// Add an action item, perhaps as the answer to an issue.
    Action {
        /// What it was raised from.
        about: Option<Subject>,
        /// The issue it solves.
        solves: Option<IssueId>,
    },
    /// Edit an action item.
    EditAction(ActionId),
    /// Raise an issue.
    Issue {
        /// What it was raised from.
        about: Option<Subject>,
    },
    /// Edit an issue.
    EditIssue(IssueId),
    /// Take a note.
    Note {
        /// What it is about.
        about: Option<Subject>,
    },
    /// Add good news.
    Headline,
    /// Edit good news.
    EditHeadline(HeadlineId),
    /// Agree on a message to cascade.
    Message,
    /// Edit a message.
    EditMessage(MessageId),
    /// A KPI's value for the week.
    KpiValue(KpiId),
    /// Why the mark of a KPI differs from its computed status.
    KpiMark(KpiId, Status),
    /// What explains a KPI's number.
    KpiNote(KpiId),
    /// Where a goal stands.
    GoalProgress(GoalId),
    /// What explains where a goal stands.
    GoalNote(GoalId),
    /// Why an action item is given up.
    DropAction(ActionId),
    /// The answer to an issue.
    SolveIssue(IssueId),
    /// Why an issue is given up.
    DropIssue(IssueId),
    /// Until when a finding is put aside, and why.
    Dismiss(String),
    /// What became of a decision.
    DecisionOutcome(DecisionId),
    /// A member's rating.
    Rating(MemberId),
    /// Why the rating was low.
    WhyLow,
    /// A new goal, below or beside another.
    NewGoal {
        /// The goal it serves.
        parent: Option<GoalId>,
    },
    /// Edit a goal.
    EditGoal(GoalId),
    /// Move a goal under another.
    MoveGoal(GoalId),
    /// Why a goal is given up.
    DropGoal(GoalId),
    /// What was reached.
    FinishGoal(GoalId),
    /// A new card of a register.
    NewCard {
        /// The register.
        kind: Kind,
        /// The card that it comes from.
        from: Option<CardId>,
    },
    /// Edit a card.
    EditCard(CardId),
    /// Move a card to another stage; only to those that close it where it says so.
    MoveCard(CardId, CardMove),
    /// Link a card.
    LinkCard(CardId),
    /// Give a part of an allocation to another.
    Reallocate(CardId),
    /// A new phase of a KPI's process.
    NewPhase(KpiId),
    /// Vision and mission.
    NorthStar,
    /// Something of a quarter's review.
    Quarter(About),
    /// Who leaves, and who takes over.
    Leaving,
    /// Who is at the keyboard.
    WhoAmI,
    /// Why a sealed week is corrected.
    Reopen(Week),
    /// Where the report of a week goes.
    Report(Week),
    /// Where a week goes that the disk did not take.
    Elsewhere,
    /// The answer to a question of my check-in, by its key.
    Answer(String),
    /// My private note of a week: written down nowhere but in its own file.
    PrivateNote(Week),
    /// Where an issue or a message is passed on to.
    PassOn(What),
    /// With which words something that was passed on goes back, by its key.
    ReturnPassed(String),
    /// The questions of a new workspace.
    Init,
    /// A folder to open.
    OpenFolder,
}

/// Where a card may be moved by a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardMove {
    /// To any stage that may follow.
    Any,
    /// To a stage that closes it.
    Closing,
    /// To the stage with this place.
    To(usize),
}

impl Purpose {
    /// Whether what is typed may be written down nowhere but in its own file.
    #[must_use]
    pub fn is_private(&self) -> bool {
        matches!(self, Self::PrivateNote(_))
    }
}
