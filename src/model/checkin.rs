//! What one member reports for one week, alone and before the review.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::id::{ActionId, GoalId, KpiId, MemberId, MessageId, StatementId, ThemeId};
use super::number::Finite;
use super::record::{Action, Issue};
use super::scale::{Agrees, Confidence};
use super::week::Week;

/// One member's check-in of one week. Everything but the two names is optional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// Who reports; equals the name of the file.
    pub member: MemberId,
    /// The week; equals the name of the folder.
    pub week: Week,
    /// Values of the KPIs they own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// What became of their action items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub progress: Vec<Progress>,
    /// How sure they are of the goals they work on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confidence: Vec<Vote>,
    /// The top three priorities as they came to mind, before any list was shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recall: Vec<Recall>,
    /// The themes by importance, the most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranking: Vec<ThemeId>,
    /// What stands in their way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blockers: Vec<String>,
    /// How far they agree with each statement of the pulse.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pulse: Vec<Pulse>,
    /// Messages they have told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<MessageId>,
    /// Colleagues they thank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thanks: Vec<Thanks>,
    /// What could be tried, a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ideas: Vec<String>,
    /// Good news to open the review with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headlines: Vec<String>,
    /// Action items they add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Issues they raise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Anything to tell the team.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A value of a KPI for the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Which KPI.
    pub kpi: KpiId,
    /// The value, in the KPI's unit.
    pub value: Finite,
    /// What explains it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What became of an action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// Which one.
    pub action: ActionId,
    /// Whether it is done.
    pub done: bool,
    /// What stopped it, or what came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// How sure a member is that a goal will be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Which goal.
    pub goal: GoalId,
    /// How sure, 0 to 10.
    pub confidence: Confidence,
}

/// A priority named from memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// As the member put it.
    pub words: String,
    /// The goal they meant: their own pick, once the list was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalId>,
}

/// The answer to a statement of the pulse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pulse {
    /// Which statement.
    pub statement: StatementId,
    /// How far they agree, 1 to 5.
    pub agrees: Agrees,
}

/// Thanks to a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thanks {
    /// To whom.
    pub to: MemberId,
    /// What for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl CheckIn {
    /// A check-in with nothing in it yet.
    #[must_use]
    pub fn new(member: MemberId, week: Week) -> Self {
        Self {
            member,
            week,
            readings: Vec::new(),
            progress: Vec::new(),
            confidence: Vec::new(),
            recall: Vec::new(),
            ranking: Vec::new(),
            blockers: Vec::new(),
            pulse: Vec::new(),
            told: Vec::new(),
            thanks: Vec::new(),
            ideas: Vec::new(),
            headlines: Vec::new(),
            actions: Vec::new(),
            issues: Vec::new(),
            note: String::new(),
        }
    }
}

/// A change to a check-in, so that it can be made to the file as it stands when it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckInEdit {
    /// Add an action item.
    Action(Action),
    /// Raise an issue.
    Issue(Issue),
    /// Add good news.
    Headline(String),
    /// Add a line to the note.
    Note(String),
    /// Report on an action item, in place of what was reported before.
    Progress(Progress),
    /// Answer a question: what was said to it before, and what is said now. Undoing it swaps the two.
    Answer(Box<Answer>, Box<Answer>),
}

impl CheckIn {
    /// Makes a change.
    ///
    /// # Errors
    /// As [`CheckIn::answer`], for an answer; nothing is changed then.
    pub fn apply(&mut self, edit: CheckInEdit) -> Result<(), Answer> {
        match edit {
            CheckInEdit::Answer(was, now) => return self.answer(&was, *now),
            CheckInEdit::Action(action) => self.actions.push(action),
            CheckInEdit::Issue(issue) => self.issues.push(issue),
            CheckInEdit::Headline(text) => self.headlines.push(text),
            CheckInEdit::Note(text) => {
                if !self.note.is_empty() {
                    self.note.push('\n');
                }
                self.note.push_str(&text);
            }
            CheckInEdit::Progress(progress) => {
                self.progress.retain(|p| p.action != progress.action);
                self.progress.push(progress);
            }
        }
        Ok(())
    }
}
