//! Making the review of a quarter ready, and ending it.

use std::path::Path;

use super::workers::failure;
use crate::app::message::{Failure, Message};
use crate::insight::quarter;
use crate::model::id::{AgendaId, MemberId};
use crate::model::quarter::Quarter;
use crate::model::quarterly::QuarterSeal;
use crate::model::review::Moment;
use crate::model::week::Week;
use crate::model::workspace::Workspace;
use crate::storage::{self, Ended, StorageError};

/// Which review of a quarter is wanted.
pub(super) struct QuarterOf {
    /// The workspace as it is.
    pub workspace: Workspace,
    /// The quarter.
    pub quarter: Quarter,
    /// The week in which it is held.
    pub week: Week,
    /// The agenda; the one called `quarterly` unless somebody named another.
    pub agenda: Option<AgendaId>,
    /// Now.
    pub now: Moment,
}

/// Reads the weeks of the quarter and the quarter before it, and makes the review that begins with them.
pub(super) fn begin(root: &Path, of: &QuarterOf) -> Message {
    let QuarterOf { workspace, quarter, week, agenda, now } = of;
    let review = storage::begin_quarter(root, workspace, *quarter, agenda.as_ref(), (*week, *now));
    Message::QuarterBegun(review.map(Box::new).map_err(|e| failure(&e)))
}

/// Which sealed quarter is to be corrected, by whom and why.
pub(super) struct Correct {
    pub quarter: Quarter,
    pub by: Option<MemberId>,
    pub why: String,
    pub now: Moment,
}

/// Reads a sealed quarter, and makes the review that corrects it.
pub(super) fn correct(root: &Path, of: Correct) -> Message {
    let Correct { quarter, by, why, now } = of;
    let review = storage::quarter(root, quarter, None).map(|sealed| quarter::reopen(&sealed, by, why, now));
    Message::QuarterBegun(review.map(Box::new).map_err(|e| failure(&e)))
}

/// Ends a quarter.
pub(super) fn seal(root: &Path, seal: Box<QuarterSeal>) -> Message {
    let (quarter, revision) = (seal.snapshot.quarter(), seal.snapshot.revision);
    let is_there = || storage::quarter(root, quarter, Some(revision)).is_ok_and(|found| found == seal.snapshot);
    Message::QuarterSealed(match storage::seal_quarter(root, &seal) {
        Ok(Ended::Sealed) => Ok(seal),
        Ok(Ended::Clash) => Err(Failure {
            what: say!("{quarter} is not saved: the strategy was changed meanwhile in what was agreed here.", quarter),
            next: say!("R reads the files again; then save once more.").to_owned(),
        }),
        // It is there, word for word: only the folder's own entry could not be confirmed, now or the time before.
        Err(StorageError::Exists { .. } | StorageError::Unconfirmed { .. }) if is_there() => Ok(seal),
        Err(e) => Err(failure(&e)),
    })
}
