//! Saving what the program changes: sealed weeks once and for all, check-ins and strategy by editing the user's own text.

use std::path::{Path, PathBuf};

use crate::model::snapshot::Snapshot;

use super::codec::{decode, encode};
use super::error::StorageError;
use super::layout::snapshot_path;
use super::publish::{Existing, publish};

/// Publishes a sealed week under its own name, `snapshots/2026-W47.ron` or `.r2.ron`; never overwrites. Returns the path.
///
/// # Errors
/// When that revision exists already, or the disk refuses; nothing was changed then.
pub fn seal(root: &Path, snapshot: &Snapshot) -> Result<PathBuf, StorageError> {
    let relative = snapshot_path(snapshot.week, snapshot.revision);
    let text = proven(root, &relative, snapshot)?;
    publish(root, &relative, &text, Existing::Keep)
}

/// The text of a value, once it has been read back and found equal.
pub(super) fn proven<T>(root: &Path, relative: &Path, value: &T) -> Result<String, StorageError>
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq,
{
    let refused = |why: String| StorageError::Refused { path: root.join(relative), why };
    let text = encode(value).map_err(|e| refused(format!("it cannot be written: {e}")))?;
    if text.len() as u64 > super::source::MAX_FILE {
        return Err(refused("it would be larger than the 8 MiB that are read".to_owned()));
    }
    match decode::<T>(relative, &text) {
        Ok(back) if back == *value => Ok(text),
        Ok(_) => Err(refused("its text would be read back as something else".to_owned())),
        Err(problem) => Err(refused(format!("its text could not be read back: {problem}"))),
    }
}
