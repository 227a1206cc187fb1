//! Reviews put aside before their end, in the workspace so that they can go on on another machine.

use std::path::Path;

use crate::model::review::Target;
use crate::model::workspace::{Draft, SCHEMA};

use super::alone::alone;
use super::disk::Existing;
use super::error::StorageError;
use super::layout::{draft_name, draft_path};
use super::load::{Unreadable, versioned};
use super::publish::{self, publish};
use super::save::proven;
use super::source::{self, NoText};

/// Puts a review aside, in place of an older draft of the same week or quarter.
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
        let target = draft.review.target();
        if load_draft(root, target)?.is_some_and(|there| kept(&there)) {
            return Ok(false);
        }
        let relative = draft_path(target);
        let text = proven(root, &relative, draft)?;
        publish(root, &relative, &text, Existing::Replace).map(|_| true)
    })
}

/// The draft of a week or quarter, if there is one.
///
/// # Errors
/// When it cannot be read.
pub fn load_draft(root: &Path, target: impl Into<Target>) -> Result<Option<Draft>, StorageError> {
    let relative = draft_path(target.into());
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

/// The weeks and the quarters that have a draft, oldest first.
#[must_use]
pub fn drafts(root: &Path) -> Vec<Target> {
    let names = source::names(root, Path::new(super::layout::DRAFTS)).unwrap_or_default();
    let mut drafts: Vec<Target> = names.iter().filter_map(|n| draft_name(n)).collect();
    drafts.sort_unstable();
    drafts
}

/// Removes the draft of a week or quarter, unless it is to be kept; one that is not there is no error.
///
/// # Errors
/// When the disk refuses, or the draft cannot be read.
pub fn remove_draft_unless(
    root: &Path,
    target: impl Into<Target>,
    kept: impl FnOnce(&Draft) -> bool,
) -> Result<(), StorageError> {
    let target = target.into();
    alone(root, || match load_draft(root, target)? {
        Some(there) if !kept(&there) => publish::remove(root, &draft_path(target)),
        Some(_) | None => Ok(()),
    })
}
