//! Saving what the program changes: sealed weeks once and for all, check-ins and strategy by editing the user's own text.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::checkin::{CheckIn, CheckInEdit};
use crate::model::id::MemberId;
use crate::model::register::Kind;
use crate::model::snapshot::Snapshot;
use crate::model::strategy::Strategy;
use crate::model::tongue::Language;
use crate::model::week::Week;
use crate::model::workspace::Config;

use super::alone::alone;
use super::codec::{decode, encode};
use super::disk::Existing;
use super::error::StorageError;
use super::layout::{CONFIG, GOALS, KPIS, NORTH_STAR, check_in_path, snapshot_path};
use super::publish::publish;
use super::source::{self, NoText};
use super::splice;

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
    T: Serialize + DeserializeOwned + PartialEq,
{
    let refused = |why: String| StorageError::Refused { path: root.join(relative), why };
    let text = encode(value).map_err(|e| refused(say!("it cannot be written: {e}", e)))?;
    if text.len() as u64 > source::MAX_FILE {
        return Err(refused(say!("it would be larger than the 8 MiB that are read").to_owned()));
    }
    match decode::<T>(relative, &text) {
        Ok(back) if back == *value => Ok(text),
        Ok(_) => Err(refused(say!("its text would be read back as something else").to_owned())),
        Err(problem) => Err(refused(say!("its text could not be read back: {problem}", problem))),
    }
}

/// Changes a member's check-in of a week as it stands in its file: what was written there meanwhile, by hand or by another
/// program, is what the change begins with. Comments and layout stay. Returns the whole, and what the change gave.
///
/// # Errors
/// Those of the change; when the file that is there cannot be read, the edit would do harm, or the disk refuses. Nothing was
/// changed then, unless the error is [`StorageError::Unconfirmed`].
pub fn update_check_in<T, E: From<StorageError>>(
    root: &Path,
    week: Week,
    member: &MemberId,
    change: impl FnOnce(&mut CheckIn) -> Result<T, E>,
) -> Result<(CheckIn, T), E> {
    alone(root, || {
        let relative = check_in_path(week, member);
        let old = match source::read(root, &relative) {
            Ok(text) => Some(decode::<CheckIn>(&relative, &text).map_err(StorageError::from)?),
            Err(NoText::Missing) => None,
            Err(other) => return Err(other.into_error(root, &relative).into()),
        };
        let mut new = old.clone().unwrap_or_else(|| CheckIn::new(member.clone(), week));
        let given = change(&mut new)?;
        match old {
            Some(old) => save_edit(root, &relative, &old, &new)?,
            None => publish(root, &relative, &proven(root, &relative, &new)?, Existing::Keep).map(drop)?,
        }
        Ok((new, given))
    })
}

/// Makes one change to a member's check-in of a week, as [`update_check_in`].
///
/// # Errors
/// As there; [`StorageError::Changed`] when an answer is no longer what it was when the member changed it, and
/// [`StorageError::Sealed`] when the week's review was sealed.
pub fn edit_check_in(root: &Path, week: Week, member: &MemberId, edit: CheckInEdit) -> Result<CheckIn, StorageError> {
    if !super::load::revisions(root, week).is_empty() {
        return Err(StorageError::Sealed { week });
    }
    update_check_in(root, week, member, |check_in| {
        check_in.apply(edit).map_err(|_| StorageError::Changed { path: root.join(check_in_path(week, member)) })
    })
    .map(|(check_in, ())| check_in)
}

/// Writes those strategy files whose part differs between `old` and `new`, editing the user's text. All edits are worked out
/// before the first is written.
///
/// # Errors
/// [`StorageError::Changed`] when a file no longer holds what `old` says; nothing was written then. A disk that refuses midway
/// leaves each file whole, some old and some new. [`StorageError::Unconfirmed`] when all are written and one was not confirmed.
pub fn save_strategy(root: &Path, old: &Strategy, new: &Strategy) -> Result<(), StorageError> {
    alone(root, || {
        let mut edits = vec![
            edited(root, NORTH_STAR, &old.north_star, &new.north_star)?,
            edited(root, GOALS, &old.goals, &new.goals)?,
            edited(root, KPIS, &old.kpis, &new.kpis)?,
        ];
        for kind in Kind::ALL.iter().filter(|kind| !old.cards_of(**kind).eq(new.cards_of(**kind))) {
            let [old, new] = [old, new].map(|s| s.cards_of(*kind).cloned().collect::<Vec<_>>());
            edits.push(edited(root, kind.row().file, &old, &new)?);
        }
        let mut unconfirmed = None;
        for edit in edits.into_iter().flatten() {
            match edit.write(root) {
                Err(e @ StorageError::Unconfirmed { .. }) => unconfirmed = Some(e),
                other => other?,
            }
        }
        unconfirmed.map_or(Ok(()), Err)
    })
}

fn save_edit<T>(root: &Path, relative: &Path, old: &T, new: &T) -> Result<(), StorageError>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let relative = relative.to_str().unwrap_or_default();
    edited(root, relative, old, new)?.map_or(Ok(()), |edit| edit.write(root))
}

/// An edit that is worked out and not yet written.
struct Pending<'p> {
    relative: &'p Path,
    /// What the file held when the edit was worked out; `None` when it was not there.
    was: Option<String>,
    text: String,
}

impl Pending<'_> {
    fn write(self, root: &Path) -> Result<(), StorageError> {
        let changed = || StorageError::Changed { path: root.join(self.relative) };
        let existing = match (source::read_exactly(root, self.relative), &self.was) {
            (Ok(now), Some(was)) if now == *was => Existing::Replace,
            (Err(NoText::Missing), None) => Existing::Keep,
            (Err(other @ NoText::Io(_)), _) => return Err(other.into_error(root, self.relative)),
            _ => return Err(changed()),
        };
        publish(root, self.relative, &self.text, existing).map(drop)
    }
}

/// Works out the edit of one file; `None` when nothing changes.
fn edited<'p, T>(root: &Path, relative: &'p str, old: &T, new: &T) -> Result<Option<Pending<'p>>, StorageError>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let relative = Path::new(relative);
    if old == new {
        return Ok(None);
    }
    let text = match source::read(root, relative) {
        Ok(text) => text,
        Err(NoText::Missing) => {
            return Ok(Some(Pending { relative, was: None, text: proven(root, relative, new)? }));
        }
        Err(other) => return Err(other.into_error(root, relative)),
    };
    if decode::<T>(relative, &text)? != *old {
        return Err(StorageError::Changed { path: root.join(relative) });
    }
    let was = source::read_exactly(root, relative).map_err(|e| e.into_error(root, relative))?;
    let text = splice::edit(&was, old, new).map_err(|why| StorageError::Refused { path: root.join(relative), why })?;
    Ok(Some(Pending { relative, was: Some(was), text }))
}

/// Writes `truenorth.ron`, editing the user's text: its comments and layout stay.
///
/// # Errors
/// As [`save_strategy`].
pub fn save_config(root: &Path, old: &Config, new: &Config) -> Result<(), StorageError> {
    alone(root, || save_edit(root, Path::new(CONFIG), old, new))
}

/// Writes into `truenorth.ron` which language its people speak, where it does not say so already.
///
/// # Errors
/// As [`save_strategy`], and when the file cannot be read.
pub fn set_language(root: &Path, language: Language) -> Result<(), StorageError> {
    let (old, _) = super::load::config(root)?;
    if old.language == language {
        return Ok(());
    }
    save_config(root, &old, &Config { language, ..old.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_between_the_edit_and_its_writing_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let write = |was: Option<&str>| {
            let edit = Pending { relative: Path::new("x.ron"), was: was.map(str::to_owned), text: "mine".to_owned() };
            edit.write(folder.path())
        };
        assert!(matches!(write(Some("old")), Err(StorageError::Changed { .. })), "it was taken away");
        std::fs::write(folder.path().join("x.ron"), "theirs").unwrap();
        assert!(matches!(write(Some("old")), Err(StorageError::Changed { .. })));
        assert!(matches!(write(None), Err(StorageError::Changed { .. })), "it came meanwhile");
        assert_eq!(std::fs::read_to_string(folder.path().join("x.ron")).unwrap(), "theirs");
        write(Some("theirs")).unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join("x.ron")).unwrap(), "mine");
    }
}
