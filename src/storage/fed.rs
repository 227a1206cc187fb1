//! What feeds leave on this machine: what they gave last, and which of them were allowed. Nobody else's file is touched.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::codec::{decode, encode};
use super::error::{Doing, StorageError};
use super::journal::write_private;
use super::source::{self, NoText};

/// What feeds gave last.
pub const LAST_GOOD: &str = "feeds.ron";
/// What was allowed.
pub const TRUSTED: &str = "trust.ron";

/// A list of the local state folder of a workspace; empty where there is none.
///
/// # Errors
/// When it is there and cannot be read.
pub fn kept<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, StorageError> {
    match source::read(folder, Path::new(name)) {
        Ok(text) => Ok(decode(&folder.join(name), &text)?),
        Err(NoText::Missing) => Ok(Vec::new()),
        Err(other) => Err(other.into_error(folder, Path::new(name))),
    }
}

/// Replaces a list of the local state folder of a workspace; only its owner may read it.
///
/// # Errors
/// When the disk refuses; the list is as it was then.
pub fn keep<T: Serialize>(folder: &Path, name: &str, list: &[T]) -> Result<(), StorageError> {
    let path = folder.join(name);
    let refused = |e: ron::Error| StorageError::Refused { path: path.clone(), why: e.to_string() };
    let text = encode(&list).map_err(refused)?;
    write_private(&path, text.as_bytes()).map_err(StorageError::io(Doing::Write, &path))
}
