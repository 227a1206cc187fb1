//! What the terminal program is started with.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::model::id::{AgendaId, MemberId};
use crate::model::week::Week;

/// How to start.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The workspace; the start screen when there is none.
    pub root: Option<PathBuf>,
    /// Where to begin.
    pub at: StartAt,
    /// The day to rehearse.
    pub today: Option<NaiveDate>,
    /// Who is at the keyboard, when it was said.
    pub me: Option<MemberId>,
    /// Whether this is a throw-away copy of the sample.
    pub demo: bool,
}

/// Where to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartAt {
    /// Home.
    Home,
    /// The review.
    Review {
        /// Of another week than the current one.
        week: Option<Week>,
        /// By another agenda than the weekly one.
        agenda: Option<AgendaId>,
        /// Go on with the unfinished one without asking.
        resume: bool,
        /// Correct a sealed week.
        reopen: bool,
    },
    /// The history.
    History,
}

/// Why the program could not run, for people: what, why, next step.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no terminal to draw on.
    #[error("{0}")]
    NoTerminal(String),
    /// The workspace cannot be opened.
    #[error(transparent)]
    Storage(#[from] crate::storage::StorageError),
    /// The terminal failed.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] std::io::Error),
}

/// Runs the terminal program until it is left.
///
/// # Errors
/// When there is no terminal, or the workspace cannot be opened.
pub fn run(launch: Launch) -> Result<(), RunError> {
    let _ = launch;
    Err(RunError::NoTerminal("not yet".to_owned()))
}
