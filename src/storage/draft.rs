//! Reviews put aside before their end, in the workspace so that they can go on on another machine.

use std::path::Path;

use crate::model::week::Week;
use crate::model::workspace::{Draft, SCHEMA};

use super::alone::alone;
use super::disk::Existing;
use super::error::StorageError;
use super::layout::draft_path;
use super::load::{Unreadable, versioned};
use super::publish::{self, publish};
use super::save::proven;
use super::source::{self, NoText};

/// Puts a review aside, in place of an older draft of the same week.
///
/// # Errors
/// When the disk refuses, or the draft that is there cannot be read: it might hold somebody's work.
pub fn save_draft(root: &Path, draft: &Draft) -> Result<(), StorageError> {
    save_draft_unless(root, draft, |_| false).map(drop)
}

/// Puts a review aside, unless the draft that is there is to be kept. Says whether it did.
///
/// # Errors
/// As [`save_draft`].
pub fn save_draft_unless(root: &Path, draft: &Draft, kept: impl FnOnce(&Draft) -> bool) -> Result<bool, StorageError> {
    alone(root, || {
        let week = draft.review.week;
        if load_draft(root, week)?.is_some_and(|there| kept(&there)) {
            return Ok(false);
        }
        let relative = draft_path(week);
        let text = proven(root, &relative, draft)?;
        publish(root, &relative, &text, Existing::Replace).map(|_| true)
    })
}

/// The draft of a week, if there is one.
///
/// # Errors
/// When it cannot be read.
pub fn load_draft(root: &Path, week: Week) -> Result<Option<Draft>, StorageError> {
    let relative = draft_path(week);
    let text = match source::read(root, &relative) {
        Ok(text) => text,
        Err(NoText::Missing) => return Ok(None),
        Err(other) => return Err(other.into_error(root, &relative)),
    };
    match versioned::<Draft>(&relative, &text) {
        Ok(draft) => Ok(Some(draft)),
        Err(Unreadable::Newer(found)) => {
            Err(StorageError::NewerSchema { path: root.join(relative), found, known: SCHEMA })
        }
        Err(Unreadable::Bad(problem)) => Err(problem.into()),
    }
}

/// The weeks that have a draft, oldest first.
#[must_use]
pub fn drafts(root: &Path) -> Vec<Week> {
    let names = source::names(root, Path::new(super::layout::DRAFTS)).unwrap_or_default();
    names.iter().filter_map(|n| n.strip_suffix(".ron")?.parse().ok()).collect()
}

/// Removes the draft of a week, unless it is to be kept; one that is not there is no error.
///
/// # Errors
/// When the disk refuses, or the draft cannot be read.
pub fn remove_draft_unless(root: &Path, week: Week, kept: impl FnOnce(&Draft) -> bool) -> Result<(), StorageError> {
    alone(root, || match load_draft(root, week)? {
        Some(there) if !kept(&there) => publish::remove(root, &draft_path(week)),
        Some(_) | None => Ok(()),
    })
}
