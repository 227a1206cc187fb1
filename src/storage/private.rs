//! A member's private notes: in the local data folder of this machine, for their owner's eyes only, referred to by nothing shared.
//!
//! One text file a week: `private/<workspace>/<member>/2026-W47.txt`. Only what shows a member their own notes may name this
//! module; nothing of the review does, which `tests/architecture.rs` holds.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::model::id::{MemberId, WorkspaceId};
use crate::model::week::Week;

use super::error::{Doing, StorageError};
use super::journal::write_private;
use super::local::Local;
use super::source::MAX_FILE;

/// Whose notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Of which workspace: a copy of it on the same machine has the same notes.
    pub workspace: WorkspaceId,
    /// The member.
    pub member: MemberId,
}

fn folder(local: &Local, of: &Owner) -> PathBuf {
    local.data.join("private").join(of.workspace.as_str()).join(of.member.as_str())
}

/// All notes by week, oldest first.
///
/// # Errors
/// When one cannot be read; without any folder there are none.
pub fn notes(local: &Local, of: &Owner) -> Result<Vec<(Week, String)>, StorageError> {
    let folder = folder(local, of);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(StorageError::io(Doing::Read, &folder)(e)),
    };
    let mut all = Vec::new();
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let week = name.to_str().and_then(|n| n.strip_suffix(".txt")).and_then(|stem| stem.parse::<Week>().ok());
        let Some(week) = week.filter(|_| entry.file_type().is_ok_and(|t| t.is_file())) else { continue };
        let path = entry.path();
        if entry.metadata().is_ok_and(|m| m.len() > MAX_FILE) {
            let why = say!("it is larger than the 8 MiB that are read").to_owned();
            return Err(StorageError::Refused { path, why });
        }
        let text = fs::read_to_string(&path).map_err(StorageError::io(Doing::Read, &path))?;
        all.push((week, text.trim_end().to_owned()));
    }
    all.sort();
    Ok(all)
}

/// Keeps the note of a week in place of the one before; an empty one takes it away. Durable when it returns.
///
/// # Errors
/// When the system refuses; the note before is still whole then.
pub fn keep(local: &Local, of: &Owner, week: Week, text: &str) -> Result<(), StorageError> {
    let path = folder(local, of).join(format!("{week}.txt"));
    if text.trim().is_empty() {
        return match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StorageError::io(Doing::Remove, &path)(e)),
            _ => Ok(()),
        };
    }
    write_private(&path, format!("{}\n", text.trim_end()).as_bytes()).map_err(StorageError::io(Doing::Write, &path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_note_is_kept_by_week_for_its_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let local = Local::under(home.path());
        let of = |member: &str| Owner { workspace: "bakery".parse().unwrap(), member: member.parse().unwrap() };
        let (w46, w47): (Week, Week) = ("2026-W46".parse().unwrap(), "2026-W47".parse().unwrap());
        assert_eq!(notes(&local, &of("maya")).unwrap(), []);
        keep(&local, &of("maya"), w47, "tired\nof the oven\n").unwrap();
        keep(&local, &of("maya"), w46, "first").unwrap();
        let all = notes(&local, &of("maya")).unwrap();
        assert_eq!(all, [(w46, "first".to_owned()), (w47, "tired\nof the oven".to_owned())]);
        assert_eq!(notes(&local, &of("tom")).unwrap(), []);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |p: &std::path::Path| fs::metadata(p).unwrap().permissions().mode() & 0o777;
            let folder = folder(&local, &of("maya"));
            assert_eq!((mode(&folder), mode(&folder.join("2026-W47.txt"))), (0o700, 0o600));
            assert_eq!(mode(&local.data.join("private")), 0o700);
        }
        keep(&local, &of("maya"), w46, " ").unwrap();
        assert_eq!(notes(&local, &of("maya")).unwrap().len(), 1);
    }
}
