//! The questions of a check-in: one list, asked on the screen and as plain prompts alike, each with what was said before.

mod list;
mod read;
mod words;

use crate::model::answer::Answer;
use crate::model::checkin::CheckIn;
use crate::model::history::History;
use crate::model::id::MemberId;
use crate::model::standing::Standing;
use crate::model::strategy::Strategy;
use crate::model::week::Week;
use crate::model::workspace::Config;

pub use list::{asks_recall, questions};
pub use read::read;
pub use words::{show, suggested};

/// How many weeks back a trend goes: with the week itself, a quarter.
pub const WEEKS: i32 = 12;

/// What questions belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// The top priorities from memory: before any list of goals or themes is seen.
    Recall,
    /// What became of the member's action items.
    Actions,
    /// The messages they were to tell.
    Messages,
    /// The KPIs they own.
    Readings,
    /// How sure they are of the goals they work on.
    Confidence,
    /// The themes by importance.
    Ranking,
    /// Which goals they meant by the priorities they named.
    Meant,
    /// What stands in the way.
    Blockers,
    /// How far they agree with the statements of the pulse.
    Pulse,
    /// Good news.
    Headlines,
    /// What could be tried.
    Ideas,
    /// Thanks to colleagues.
    Thanks,
    /// Anything else.
    Note,
}

impl Section {
    /// The heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Recall => say!("From memory: our three most important goals"),
            Self::Actions => say!("What you promised"),
            Self::Messages => say!("What you were to tell"),
            Self::Readings => say!("Your numbers"),
            Self::Confidence => say!("How sure are you? 0 to 10"),
            Self::Ranking => say!("What matters most? The most important first"),
            Self::Meant => say!("Which goal did you mean?"),
            Self::Blockers => say!("What stands in your way?"),
            Self::Pulse => say!("1 not at all, 5 fully"),
            Self::Headlines => say!("Good news"),
            Self::Ideas => say!("An idea"),
            Self::Thanks => say!("Thanks to a colleague"),
            Self::Note => say!("Anything to tell the team"),
        }
    }

    /// Whether all its questions count as one: a list that may have any number of lines, or places of one answer.
    #[must_use]
    fn counts_once(self) -> bool {
        match self {
            Self::Recall | Self::Blockers | Self::Headlines | Self::Ideas | Self::Thanks => true,
            Self::Actions
            | Self::Messages
            | Self::Readings
            | Self::Confidence
            | Self::Ranking
            | Self::Meant
            | Self::Pulse
            | Self::Note => false,
        }
    }
}

/// A question with its answer and what was said before.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it belongs to.
    pub section: Section,
    /// What is asked about, in words.
    pub text: String,
    /// What is said now; empty of anything when it is not answered.
    pub answer: Answer,
    /// What was said last, in words, with the week if that was not the one before; empty for nothing.
    pub last: String,
    /// What was said in each of the last [`WEEKS`] weeks, oldest first, with this week's at the end; a gap where nothing was.
    pub trend: Vec<Option<f64>>,
    /// How to answer it in a line.
    pub hint: String,
}

impl Question {
    /// What tells it from the other questions of its check-in.
    #[must_use]
    pub fn key(&self) -> String {
        match &self.answer {
            Answer::Progress(id, _) => format!("progress {id}"),
            Answer::Told(id, _) => format!("told {id}"),
            Answer::Reading(id, _) => format!("reading {id}"),
            Answer::Confidence(id, _) => format!("confidence {id}"),
            Answer::Recall(at, _) if self.section == Section::Meant => format!("meant {at}"),
            Answer::Recall(at, _) => format!("recall {at}"),
            Answer::Ranking(_) => "ranking".to_owned(),
            Answer::Blocker(text) => format!("blocker {text}"),
            Answer::Pulse(id, _) => format!("pulse {id}"),
            Answer::Idea(text) => format!("idea {text}"),
            Answer::Thanks(said) => {
                said.as_ref().map_or_else(|| "thanks".to_owned(), |t| format!("thanks {} {}", t.to, t.text))
            }
            Answer::Headline(text) => format!("headline {text}"),
            Answer::Note(_) => "note".to_owned(),
        }
    }

    /// Whether it is a line of a list that may have any number of them.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.section, Section::Blockers | Section::Headlines | Section::Ideas | Section::Thanks)
    }

    /// Whether it was answered.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        match &self.answer {
            Answer::Recall(_, Some(said)) if self.section == Section::Meant => said.goal.is_some(),
            other => other.is_given(),
        }
    }
}

/// What a check-in is asked on.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The team: people, statements, how often memory is asked.
    pub config: &'a Config,
    /// What is pursued.
    pub strategy: &'a Strategy,
    /// What is open in the week.
    pub standing: &'a Standing,
    /// The weeks behind.
    pub history: &'a History,
    /// Who is asked.
    pub member: &'a MemberId,
    /// For which week.
    pub week: Week,
    /// What they have said so far.
    pub check_in: &'a CheckIn,
    /// Their earlier check-ins, oldest first.
    pub before: &'a [CheckIn],
}

/// How many questions were answered, and how many there are. A list of lines counts as one.
#[must_use]
pub fn progress(questions: &[Question]) -> (usize, usize) {
    let (mut answered, mut all) = (0, 0);
    for group in questions.chunk_by(|a, b| a.section == b.section) {
        let said = group.iter().filter(|q| q.is_answered()).count();
        if group[0].section.counts_once() {
            all += 1;
            answered += usize::from(said > 0);
        } else {
            all += group.len();
            answered += said;
        }
    }
    (answered, all)
}

/// Whether memory is asked and has not named all its places: nothing that names a goal or a theme may be seen yet, unless the
/// member goes on without.
#[must_use]
pub fn is_blind(questions: &[Question]) -> bool {
    questions.iter().any(|q| q.section == Section::Recall && !q.is_answered())
}

#[cfg(test)]
mod tests;
