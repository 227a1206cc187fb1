//! What happens to the program: keys, and the results of what it asked the runtime to do.

use std::sync::Arc;

use super::dialogs::clash::{Settle, Told};
use super::intent::Intent;
use super::key::Key;
use super::screens::passed::Answering;
use crate::model::checkin::{CheckIn, CheckInEdit};
use crate::model::feed::{Fetched, LastGood};
use crate::model::history::WeekDigest;
use crate::model::id::AgendaId;
use crate::model::import::ReadingsFile;
use crate::model::problem::Problem;
use crate::model::quarter::Quarter;
use crate::model::quarterly::{QuarterSeal, QuarterSnapshot};
use crate::model::review::{Moment, Review, Session, Target};
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Strategy;
use crate::model::tongue::Language;
use crate::model::week::Week;
use crate::model::workspace::{Config, Workspace};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// Something shown was clicked, or a wheel turned.
    Intent(Intent),
    /// A running clock has to be drawn, or the size has changed: nothing else.
    Tick,
    /// Some of the weeks behind were read.
    History(Vec<WeekDigest>, Vec<Problem>),
    /// The sealed quarters were read, the oldest first.
    Quarters(Vec<Arc<QuarterSnapshot>>, Vec<Problem>),
    /// The imports were read, the oldest first.
    Imported(Vec<ReadingsFile>, Vec<Problem>),
    /// All of them were read.
    HistoryDone,
    /// Parts of what was asked about KPIs were computed, of the question with this number.
    Analysed(u64, Vec<crate::insight::analysis::Part>),
    /// A whole week was read.
    Week(Week, Result<Arc<Snapshot>, Failure>),
    /// The recap of a week, in paragraphs.
    Recap(Result<(Week, Vec<String>), Failure>),
    /// A report was written into this file.
    ReportWritten(Result<String, Failure>),
    /// Something was passed on into this file.
    PassedOn(Result<String, Failure>),
    /// What was passed on is answered.
    PassAnswered(Result<Box<Answering>, Failure>),
    /// The week was sealed into this file.
    Sealed(Result<Arc<Snapshot>, Unsealed>),
    /// The strategy was saved.
    StrategySaved(Result<(), Failure>),
    /// `truenorth.ron` was saved, and says this now.
    ConfigSaved(Result<Box<Config>, Failure>),
    /// A check-in was saved.
    CheckInSaved(Result<Box<CheckIn>, Failure>),
    /// What became of the oldest answer of a check-in that was on its way.
    Answered(Result<Box<CheckIn>, NotSaved>),
    /// My check-ins were read.
    CheckInRead(Result<Box<MyCheckIns>, Failure>),
    /// My private notes were read.
    Private(Result<Vec<(Week, Secret)>, Failure>),
    /// My private note of a week was kept.
    PrivateKept(Result<(Week, Secret), Failure>),
    /// The journal could not be written.
    JournalFailed(Failure),
    /// What stands in forms could not be written down.
    NotKept(Failure),
    /// What was typed is on the disk, up to this many edits.
    JournalSynced(u64),
    /// The files were read again.
    Reloaded(Result<Box<Workspace>, Failure>),
    /// What a review of another week is held against was read.
    Basis(Result<Box<Basis>, Failure>),
    /// The review of a quarter was made ready.
    QuarterBegun(Result<Box<Review>, Failure>),
    /// A quarter was sealed.
    QuarterSealed(Result<Box<QuarterSeal>, Failure>),
    /// The text came back from the user's editor.
    Edited(Result<String, Failure>),
    /// A workspace was opened: from the start screen, or afresh after its review was taken over.
    Opened(Result<Box<super::App>, Failure>),
    /// The window that holds the review was asked for it, and has let go; or why not.
    Freed(Result<(), Failure>),
    /// Another window took the review over; who.
    TakenOver(String),
    /// What a sync tells.
    Sync(super::dialogs::sync::Told),
    /// How the sharing of the workspace stands.
    Sharing(crate::model::sharing::Standing),
    /// The workspaces of a roll-up were read again.
    RolledUp(Box<crate::insight::rollup::Rollup>),
    /// The team that was looked at is closed.
    TeamClosed,
    /// What the refresh of feeds with this number has come to.
    Asked(u64, Asked),
    /// Numbers of feeds were saved in a file of their own.
    TakenIn(Result<Box<ReadingsFile>, Failure>),
    /// The window is looked at again: the files may have changed meanwhile.
    Focus,
    /// What the files say now, asked for when so many saves had been made.
    Outside(u64, Box<Workspace>),
    /// What came of two versions of the strategy.
    Clash(Told),
}

/// How a refresh of feeds goes on.
#[derive(Debug, Clone)]
pub enum Asked {
    /// It has begun; these were the last good numbers.
    Begun(Vec<LastGood>),
    /// A feed has answered, in the order of the file.
    One(Box<Fetched>),
    /// It cannot go on.
    Failed(Failure),
}

/// Why a week was not saved.
#[derive(Debug, Clone)]
pub enum Unsealed {
    /// The disk did not take it; another one may.
    Disk(Failure),
    /// It would not be right to write it.
    Refused(Failure),
}

impl Message {
    /// What could not be done, if that is what it says.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::JournalFailed(why)
            | Self::NotKept(why)
            | Self::Week(_, Err(why))
            | Self::Recap(Err(why))
            | Self::ReportWritten(Err(why))
            | Self::PassedOn(Err(why))
            | Self::PassAnswered(Err(why))
            | Self::Sealed(Err(Unsealed::Disk(why) | Unsealed::Refused(why)))
            | Self::StrategySaved(Err(why))
            | Self::ConfigSaved(Err(why))
            | Self::CheckInSaved(Err(why))
            | Self::Answered(Err(NotSaved::Failed(why)))
            | Self::CheckInRead(Err(why))
            | Self::Private(Err(why))
            | Self::PrivateKept(Err(why))
            | Self::Reloaded(Err(why))
            | Self::Basis(Err(why))
            | Self::QuarterBegun(Err(why))
            | Self::QuarterSealed(Err(why))
            | Self::Edited(Err(why))
            | Self::Opened(Err(why))
            | Self::Freed(Err(why))
            | Self::TakenIn(Err(why))
            | Self::Clash(Told::NotFound(why) | Told::NotSettled(why)) => Some(why),
            Self::Key(_)
            | Self::Paste(_)
            | Self::Intent(_)
            | Self::Tick
            | Self::History(..)
            | Self::Quarters(..)
            | Self::HistoryDone
            | Self::Analysed(..)
            | Self::Imported(..)
            | Self::JournalSynced(_)
            | Self::Week(..)
            | Self::Recap(_)
            | Self::ReportWritten(_)
            | Self::PassedOn(_)
            | Self::PassAnswered(_)
            | Self::Sealed(_)
            | Self::StrategySaved(_)
            | Self::ConfigSaved(_)
            | Self::CheckInSaved(_)
            | Self::Answered(_)
            | Self::CheckInRead(_)
            | Self::Private(_)
            | Self::PrivateKept(_)
            | Self::Reloaded(_)
            | Self::Basis(_)
            | Self::QuarterBegun(_)
            | Self::QuarterSealed(_)
            | Self::Edited(_)
            | Self::Opened(_)
            | Self::Freed(_)
            | Self::Sync(_)
            | Self::Sharing(_)
            | Self::RolledUp(_)
            | Self::TeamClosed
            | Self::TakenOver(_)
            | Self::Focus
            | Self::Outside(..)
            | Self::Clash(_)
            | Self::Asked(..)
            | Self::TakenIn(_) => None,
        }
    }

    /// What kind of message it is, for the log: a word of the program's own, nothing of what is in it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::Paste(_) => "paste",
            Self::Intent(_) => "intent",
            Self::Tick => "tick",
            Self::History(..) => "history",
            Self::Quarters(..) => "quarters",
            Self::Imported(..) => "imports",
            Self::HistoryDone => "history-done",
            Self::Analysed(..) => "analysis",
            Self::Week(..) => "week",
            Self::Recap(_) => "recap",
            Self::ReportWritten(_) => "report-written",
            Self::PassedOn(_) => "passed-on",
            Self::PassAnswered(_) => "pass-answered",
            Self::Sealed(_) => "sealed",
            Self::StrategySaved(_) => "strategy-saved",
            Self::ConfigSaved(_) => "config-saved",
            Self::CheckInSaved(_) => "check-in-saved",
            Self::Answered(_) => "answered",
            Self::CheckInRead(_) => "check-in-read",
            Self::Private(_) => "private",
            Self::PrivateKept(_) => "private-kept",
            Self::JournalFailed(_) => "journal-failed",
            Self::NotKept(_) => "not-kept",
            Self::JournalSynced(_) => "journal-synced",
            Self::Reloaded(_) => "reloaded",
            Self::Basis(_) => "basis",
            Self::QuarterBegun(_) => "quarter-begun",
            Self::QuarterSealed(_) => "quarter-sealed",
            Self::Edited(_) => "edited",
            Self::Opened(_) => "opened",
            Self::Freed(_) => "freed",
            Self::TakenOver(_) => "taken-over",
            Self::Sync(_) => "sync",
            Self::Sharing(_) => "sharing",
            Self::RolledUp(_) => "rolled-up",
            Self::TeamClosed => "team-closed",
            Self::Asked(..) => "feed",
            Self::TakenIn(_) => "taken-in",
            Self::Focus => "focus",
            Self::Outside(..) => "outside",
            Self::Clash(_) => "clash",
        }
    }
}

/// Why an answer is not in its file.
#[derive(Debug, Clone)]
pub enum NotSaved {
    /// The file says something else to the question than when it was answered: this.
    Changed(Box<CheckIn>),
    /// It could not be written.
    Failed(Failure),
}

/// A member's check-in of a week, and their earlier ones, oldest first.
#[derive(Debug, Clone)]
pub struct MyCheckIns {
    /// Of the week.
    pub now: CheckIn,
    /// Earlier ones.
    pub before: Vec<CheckIn>,
}

/// A private text: whoever prints the state for themselves does not see it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A text as a private one.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to be shown to its owner.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(private)")
    }
}

/// What a review of a week other than the current one is held against.
#[derive(Debug, Clone)]
pub struct Basis {
    /// The workspace as that review sees it.
    pub workspace: Workspace,
    /// The review to correct or to begin.
    pub review: Review,
}

/// Something to be done outside: the runtime performs it and reports back with a [`Message`].
#[derive(Debug, Clone)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Begin the journal of a review.
    BeginJournal(Box<Review>),
    /// Append to the journal, before the edit is drawn.
    Journal(super::JournalEntry),
    /// The review is over: its journal and draft go.
    EndJournal(Target),
    /// Write down what is typed and not saved.
    KeepTyped(Vec<super::dialogs::typed::Typed>),
    /// Put the review aside as a draft.
    SaveDraft(Box<Review>),
    /// Publish a snapshot.
    Seal(Box<Snapshot>),
    /// Make the review of a quarter ready, by this agenda or the usual one.
    LoadQuarter(Quarter, Option<AgendaId>),
    /// Take a sealed quarter up again, to correct it for this reason.
    ReopenQuarter(Quarter, String),
    /// End a quarter: what was agreed goes into the strategy, then the record is published.
    SealQuarter(Box<QuarterSeal>),
    /// Save the strategy: from this to that.
    SaveStrategy(Box<Strategy>, Box<Strategy>),
    /// Save `truenorth.ron`: from this to that.
    SaveConfig(Box<Config>, Box<Config>),
    /// Change a member's check-in of a week, as it stands in its file.
    EditCheckIn(Week, crate::model::id::MemberId, Box<CheckInEdit>),
    /// Read a member's check-in of a week and their earlier ones.
    OpenCheckIn(Week, crate::model::id::MemberId),
    /// Read a member's private notes. Never while a review is held.
    ReadPrivate(crate::model::id::MemberId),
    /// Keep a member's private note of a week. Never while a review is held.
    KeepPrivate(crate::model::id::MemberId, Week, Secret),
    /// Read a whole week, in this revision; the newest where none is known.
    LoadWeek(Week, Option<u32>),
    /// Gather the recap of a week.
    Recap(Box<Snapshot>),
    /// Write the report of a week into a file, whose ending tells the format.
    WriteReport(Box<Snapshot>, String),
    /// Write the report of a quarter, with the sealed quarter before it, into a file, whose ending tells the format.
    WriteQuarterReport(Arc<QuarterSnapshot>, Option<Arc<QuarterSnapshot>>, String),
    /// Read the sealed quarters.
    ReadQuarters,
    /// Pass something on, into this folder or file.
    PassOn(Box<crate::model::passed::Passed>, String),
    /// Answer what was passed on.
    AnswerPassed(Box<Answering>),
    /// Compute what can be said of KPIs; the number goes with the answer.
    Analyse(u64, Box<crate::insight::analysis::Question>),
    /// Read what a review of this week is held against, for a correction with its reason or a late review.
    LoadBasis(Week, Option<String>),
    /// Read the files again.
    Reload,
    /// Look whether the files were changed outside; so many saves had been made when it was asked.
    LookOutside(u64),
    /// Look for two versions of a strategy file that wait for somebody to settle them.
    FindClash,
    /// Write the version that settles two others.
    Settle(Box<Settle>),
    /// Share by git: begin, go on after a yes, stop.
    Sync(super::dialogs::sync::Wish),
    /// Hand a text to the user's editor.
    Edit(String),
    /// Remember who is at the keyboard.
    RememberMember(crate::model::id::MemberId),
    /// Remember the theme.
    RememberTheme(super::ThemeName),
    /// Draw everything afresh.
    Redraw,
    /// Stop, as Ctrl-Z asks.
    Suspend,
    /// Ask the window that holds the review for it.
    TakeOver,
    /// From the start screen: open the sample in a throw-away copy.
    OpenDemo,
    /// From the start screen: make a workspace.
    Init(Box<NewWorkspace>),
    /// Open the workspace afresh, as at a start.
    Reopen,
    /// From the start screen: open a folder.
    OpenFolder(String),
    /// Read the workspaces of a roll-up again.
    RollUp(Vec<std::path::PathBuf>),
    /// Open a team's workspace to look at it.
    OpenTeam(std::path::PathBuf),
    /// Close it, and go back to the roll-up.
    CloseTeam,
    /// Ask all feeds for their numbers of a week; the number goes with the answers.
    Refresh(u64, Week),
    /// Stop asking.
    StopRefresh,
    /// Save numbers of feeds in a file of their own.
    TakeIn(Box<ReadingsFile>),
}

impl Effect {
    /// What kind of effect it is, for the log: a word of the program's own, nothing of what is in it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Quit => "quit",
            Self::BeginJournal(_) => "begin-journal",
            Self::Journal(_) => "journal",
            Self::EndJournal(_) => "end-journal",
            Self::KeepTyped(_) => "keep-typed",
            Self::SaveDraft(_) => "save-draft",
            Self::Seal(_) => "seal",
            Self::LoadQuarter(..) => "load-quarter",
            Self::ReopenQuarter(..) => "reopen-quarter",
            Self::SealQuarter(_) => "seal-quarter",
            Self::SaveStrategy(..) => "save-strategy",
            Self::SaveConfig(..) => "save-config",
            Self::EditCheckIn(..) => "edit-check-in",
            Self::OpenCheckIn(..) => "open-check-in",
            Self::ReadPrivate(_) => "read-private",
            Self::KeepPrivate(..) => "keep-private",
            Self::LoadWeek(..) => "load-week",
            Self::Recap(_) => "recap",
            Self::WriteReport(..) => "write-report",
            Self::WriteQuarterReport(..) => "write-quarter-report",
            Self::ReadQuarters => "read-quarters",
            Self::PassOn(..) => "pass-on",
            Self::AnswerPassed(_) => "answer-passed",
            Self::Analyse(..) => "analyse",
            Self::LoadBasis(..) => "load-basis",
            Self::Reload => "reload",
            Self::LookOutside(_) => "look-outside",
            Self::FindClash => "find-clash",
            Self::Settle(_) => "settle",
            Self::Sync(_) => "sync",
            Self::Edit(_) => "edit",
            Self::RememberMember(_) => "remember-member",
            Self::RememberTheme(_) => "remember-theme",
            Self::Redraw => "redraw",
            Self::Suspend => "suspend",
            Self::TakeOver => "take-over",
            Self::Reopen => "reopen",
            Self::OpenDemo => "open-demo",
            Self::Init(_) => "init",
            Self::OpenFolder(_) => "open-folder",
            Self::RollUp(_) => "roll-up",
            Self::OpenTeam(_) => "open-team",
            Self::CloseTeam => "close-team",
            Self::Refresh(..) => "refresh",
            Self::StopRefresh => "stop-refresh",
            Self::TakeIn(_) => "take-in",
        }
    }
}

/// The answers of the questions of `init`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorkspace {
    /// Where.
    pub folder: String,
    /// The name of the business or team.
    pub name: String,
    /// The vision.
    pub vision: String,
    /// The names of the people, one a line.
    pub people: Vec<String>,
    /// The first goal.
    pub goal: String,
    /// What its people speak.
    pub language: Language,
}

/// Something that could not be done, for people: what, why, next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What could not be done, and why.
    pub what: String,
    /// What to do next.
    pub next: String,
}

/// A review found at the start that was not finished.
#[derive(Debug, Clone)]
pub struct Recovered {
    /// The review with its undo history.
    pub session: Session,
    /// When the last edit was made.
    pub last: Moment,
    /// How many edits there were.
    pub edits: usize,
    /// Whether it is this machine's journal, or a draft that somebody put aside.
    pub from: RecoveredFrom,
    /// What it is held against, when its week is not the current one.
    pub basis: Option<Box<Workspace>>,
}

/// Where an unfinished review was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecoveredFrom {
    /// This machine's journal.
    Journal {
        /// Its last line was cut off, as after a power cut.
        torn: bool,
    },
    /// A draft in the workspace.
    Draft {
        /// Who put it aside.
        by: Option<String>,
    },
}
