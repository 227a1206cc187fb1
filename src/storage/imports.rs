//! Imports on disk: a file each, written once, so that two people's imports never touch the same one.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::model::import::ReadingsFile;
use crate::model::problem::Problem;

use super::disk::Existing;
use super::error::StorageError;
use super::layout::{self, READINGS, readings_path};
use super::load::{unknown_file, versioned};
use super::publish::publish;
use super::save::proven;
use super::source::{self, NoText};
use super::syntax::{Down, locate};

/// What the names of imports look like.
pub(super) const RULE: &str = term!("imports are named 2026-11-19-sales.ron");

/// Every import, the oldest first, and what is wrong with those that could not be read.
#[must_use]
pub fn imports(root: &Path) -> (Vec<ReadingsFile>, Vec<Problem>) {
    imports_since(root, NaiveDate::MIN)
}

/// The imports made on a day or later, the oldest first: their names tell, no other is opened. Names that are not ours are
/// reported.
#[must_use]
pub fn imports_since(root: &Path, day: NaiveDate) -> (Vec<ReadingsFile>, Vec<Problem>) {
    let names = match source::names(root, Path::new(READINGS)) {
        Ok(names) => names,
        Err(e) => return (Vec::new(), vec![NoText::Io(e).into_problem(Path::new(READINGS))]),
    };
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for name in names.iter().filter(|n| !layout::is_ignored(n)) {
        let relative = Path::new(READINGS).join(name);
        match layout::readings_name(name) {
            Some(on) if on < day => {}
            Some(on) => match read_import(root, &relative, on) {
                Ok((_, file)) => found.push(file),
                Err(problem) => problems.push(problem),
            },
            None => problems.push(unknown_file(root, &relative, RULE)),
        }
    }
    // Names come sorted: of two of one day and number, made on two machines, the same one is always the later.
    found.sort_by_key(|f| (f.on, f.nth));
    (found, problems)
}

/// Reads one import and holds it against its name. Gives its text, too.
pub(super) fn read_import(root: &Path, relative: &Path, on: NaiveDate) -> Result<(String, ReadingsFile), Problem> {
    let text = source::read(root, relative).map_err(|e| e.into_problem(relative))?;
    let file: ReadingsFile = versioned(relative, &text).map_err(|e| e.into_problem(relative, &text))?;
    if file.on == on {
        return Ok((text, file));
    }
    Err(source::at_offset(
        relative,
        &text,
        locate(&text, &[Down::Field("on")]),
        say!("the day here is {inside}, but the file's name says {on}", inside = file.on, on),
        say!("give the file the name that fits what it holds"),
    ))
}

/// Publishes an import under a name of its own, as the next one of its day; never overwrites. Returns the path inside `root`.
///
/// # Errors
/// When the folder cannot be read or the disk refuses; nothing was changed then.
pub fn save_import(root: &Path, mut file: ReadingsFile) -> Result<PathBuf, StorageError> {
    let folder = Path::new(READINGS);
    let names = source::names(root, folder).map_err(|e| NoText::Io(e).into_error(root, folder))?;
    let of_the_day = names.iter().filter(|n| layout::readings_name(n) == Some(file.on)).count();
    file.nth = u32::try_from(of_the_day).unwrap_or(u32::MAX).saturating_add(1);
    loop {
        let relative = readings_path(&file);
        let text = proven(root, &relative, &file)?;
        match publish(root, &relative, &text, Existing::Keep) {
            // Somebody else was faster, or one of the day was moved away.
            Err(StorageError::Exists { .. }) if file.nth < u32::MAX => file.nth += 1,
            Err(e) => return Err(e),
            Ok(_) => return Ok(relative),
        }
    }
}
