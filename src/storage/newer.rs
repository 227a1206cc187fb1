//! Files of a newer format: read as far as this version knows them, and never written.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::model::problem::Problem;
use crate::model::workspace::SCHEMA;

use super::codec::{Misread, decode, decode_or_where};
use super::error::StorageError;
use super::layout;
use super::source;
use super::syntax;

/// The number that a file of ours may begin with.
#[derive(Deserialize)]
struct Probe {
    schema: u32,
}

/// The format that a text says it is of, whatever else it holds.
pub(super) fn schema_of(relative: &Path, text: &str) -> Option<u32> {
    decode::<Probe>(relative, text).ok().map(|probe| probe.schema)
}

/// The format of a workspace, where it is newer than this version knows.
pub(super) fn newer_than_known(root: &Path) -> Option<u32> {
    let relative = Path::new(layout::CONFIG);
    let text = source::read(root, relative).ok()?;
    schema_of(relative, &text).filter(|schema| *schema > SCHEMA)
}

/// Refuses to write into a workspace of a newer format: what this version does not know would be lost or be made wrong.
pub(super) fn refuse_to_write(root: &Path) -> Result<(), StorageError> {
    let path: PathBuf = root.join(layout::CONFIG);
    newer_than_known(root).map_or(Ok(()), |found| Err(StorageError::NewerSchema { path, found, known: SCHEMA }))
}

/// Reads a value of a newer format: fields that this version does not know are left out. Never for a format of our own, where
/// such a field is a slip.
///
/// # Errors
/// When what remains is no such value: a choice that is not known, or a field that is gone.
pub(super) fn as_far_as_known<T: DeserializeOwned>(relative: &Path, text: &str) -> Result<T, Problem> {
    let fields = syntax::field_spans(text);
    let mut text = text.to_owned();
    // Each turn takes one field away.
    for _ in 0..=fields.len() {
        match decode_or_where(relative, &text) {
            Ok(value) => return Ok(value),
            Err(Misread { problem, unknown_field: None }) => return Err(*problem),
            Err(Misread { problem, unknown_field: Some(at) }) => {
                let Some(field) = fields.iter().find(|f| f.start == at) else { return Err(*problem) };
                // Blanks in its place keep every other place true.
                let blank = text[field.clone()]
                    .chars()
                    .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) });
                let blank: String = blank.collect();
                text.replace_range(field.clone(), &blank);
            }
        }
    }
    decode(relative, &text)
}
