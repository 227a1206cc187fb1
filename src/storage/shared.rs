//! What of a workspace is shared, file by file, and how files that others sent are put in their places.

use std::path::{Path, PathBuf};

use crate::model::id::MemberId;
use crate::model::register::Kind;
use crate::model::review::Target;
use crate::model::week::Week;

use super::alone::alone;
use super::disk::Existing;
use super::error::StorageError;
use super::layout::{self, CHECK_INS, DRAFTS, PASSED, QUARTERS, READINGS, REGISTERS, SNAPSHOTS};
use super::passed;
use super::publish::{self, publish};
use super::source::{self, NoText};

/// What a file of a workspace holds, by its path: this decides who may write it, and how two versions become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileKind {
    /// `truenorth.ron`.
    Config,
    /// A file of the strategy, or a register.
    Strategy,
    /// A member's check-in of a week.
    CheckIn(Week, MemberId),
    /// A sealed week or quarter in one of its revisions.
    Snapshot(Target, u32),
    /// A review put aside.
    Draft(Target),
    /// An import.
    Readings,
    /// What another workspace passed on, or the answer to it.
    Passed,
    /// `.gitattributes` or `.gitignore`.
    Git,
}

/// What the file at a path inside a workspace is, with slashes on every system; `None` when it is none of ours.
#[must_use]
pub fn file_kind(path: &str) -> Option<FileKind> {
    match path {
        layout::CONFIG => return Some(FileKind::Config),
        layout::NORTH_STAR | layout::GOALS | layout::KPIS => return Some(FileKind::Strategy),
        ".gitattributes" | ".gitignore" => return Some(FileKind::Git),
        path if Kind::ALL.iter().any(|kind| kind.row().file == path) => return Some(FileKind::Strategy),
        _ => {}
    }
    let (folder, name) = path.split_once('/')?;
    match folder {
        CHECK_INS => {
            let (week, name) = name.split_once('/')?;
            let (week, member): (Week, MemberId) = (week.parse().ok()?, name.strip_suffix(".ron")?.parse().ok()?);
            (layout::check_in_path(week, &member) == Path::new(path)).then_some(FileKind::CheckIn(week, member))
        }
        SNAPSHOTS => layout::snapshot_name(name).map(|(week, revision)| FileKind::Snapshot(week.into(), revision)),
        QUARTERS => layout::quarter_name(name).map(|(quarter, n)| FileKind::Snapshot(quarter.into(), n)),
        DRAFTS => layout::draft_name(name).map(FileKind::Draft),
        READINGS => layout::readings_name(name).map(|_| FileKind::Readings),
        PASSED => passed::name_of(name).map(|_| FileKind::Passed),
        _ => None,
    }
}

/// Every file of ours that is in a workspace, by its path with slashes, in order. Only regular files; no link is followed.
#[must_use]
pub fn shared_files(root: &Path) -> Vec<(String, FileKind)> {
    let names = |folder: &str| source::names(root, Path::new(folder)).unwrap_or_default();
    let mut paths: Vec<String> = names("");
    for folder in ["strategy", REGISTERS, SNAPSHOTS, QUARTERS, DRAFTS, READINGS, PASSED] {
        paths.extend(names(folder).iter().map(|name| format!("{folder}/{name}")));
    }
    for week in names(CHECK_INS) {
        let folder = format!("{CHECK_INS}/{week}");
        paths.extend(names(&folder).iter().map(|name| format!("{folder}/{name}")));
    }
    paths.sort();
    let ours = paths.into_iter().filter_map(|path| file_kind(&path).map(|kind| (path, kind)));
    ours.filter(|(path, _)| source::regular_file(root, Path::new(path)).is_ok()).collect()
}

/// The bytes of a file inside `root`, with `\n` at the ends of lines: what is shared of it. `None` when it is not there.
///
/// # Errors
/// When it cannot be read, or is no regular file.
pub fn shared_bytes(root: &Path, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
    let relative = Path::new(path);
    match source::read_bytes(root, relative) {
        Ok(bytes) => Ok(Some(unix_lines(bytes))),
        Err(NoText::Missing) => Ok(None),
        Err(other) => Err(other.into_error(root, relative)),
    }
}

/// Line ends as they are shared; a file that is no text has no `\r\n` that would mean one.
fn unix_lines(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.windows(2).any(|pair| pair == b"\r\n") {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.into_iter().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&b'\n') {
            out.push(byte);
        }
    }
    out
}

/// A file as it is to become by what others sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Its path inside the workspace, with slashes.
    pub path: String,
    /// What it held before; `None` when it was not there.
    pub was: Option<Vec<u8>>,
    /// What it is to hold; `None` when it goes.
    pub now: Option<String>,
}

/// Makes sure that each file is as it was before, or already as it is to become: whatever else is there is somebody's work.
///
/// # Errors
/// [`StorageError::Changed`] with the first that is neither.
pub fn may_arrive(root: &Path, files: &[Arrived]) -> Result<(), StorageError> {
    for file in files {
        let there = shared_bytes(root, &file.path)?;
        if there != file.was && there.as_deref() != file.now.as_ref().map(String::as_bytes) {
            return Err(StorageError::Changed { path: root.join(&file.path) });
        }
    }
    Ok(())
}

/// Puts files in their places, each whole-old or whole-new; going on after a kill is doing it again.
///
/// # Errors
/// As [`may_arrive`], and nothing was written then; or when the disk refuses: those written so far are as they are to be.
pub fn arrive(root: &Path, files: &[Arrived]) -> Result<(), StorageError> {
    alone(root, || {
        may_arrive(root, files)?;
        for file in files {
            let relative = PathBuf::from(&file.path);
            match &file.now {
                Some(text) if shared_bytes(root, &file.path)?.as_deref() == Some(text.as_bytes()) => {}
                Some(text) => publish(root, &relative, text, Existing::Replace).map(drop)?,
                None => publish::remove(root, &relative)?,
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_ours_in_its_one_spelling_only() {
        let week: Week = "2026-W47".parse().unwrap();
        let maya: MemberId = "maya".parse().unwrap();
        assert_eq!(file_kind("check-ins/2026-W47/maya.ron"), Some(FileKind::CheckIn(week, maya)));
        assert_eq!(file_kind("snapshots/2026-W47.r2.ron"), Some(FileKind::Snapshot(week.into(), 2)));
        let quarter: crate::model::quarter::Quarter = "2026-Q4".parse().unwrap();
        assert_eq!(file_kind("quarters/2026-Q4.ron"), Some(FileKind::Snapshot(quarter.into(), 1)));
        assert_eq!(file_kind("drafts/2026-Q4.ron"), Some(FileKind::Draft(quarter.into())));
        assert_eq!(file_kind("quarters/2026-W47.ron"), None);
        assert_eq!(file_kind("drafts/2026-W47.ron"), Some(FileKind::Draft(week.into())));
        assert_eq!(file_kind("strategy/goals.ron"), Some(FileKind::Strategy));
        assert_eq!(file_kind("readings/2026-11-19-till.ron"), Some(FileKind::Readings));
        assert_eq!(file_kind("registers/swot.ron"), Some(FileKind::Strategy));
        assert_eq!(file_kind("registers/others.ron"), None);
        assert_eq!(file_kind("passed/2026-W47-bakery-oven.answer.ron"), Some(FileKind::Passed));
        for foreign in [
            "check-ins/2026-W47/Maya.ron",
            "check-ins/2026-W47/x/maya.ron",
            "check-ins/2026-w47/maya.ron",
            "snapshots/2026-W47 2.ron",
            "../truenorth.ron",
            "strategy/goals copy.ron",
            ".tn-tmp-host-1-x",
            "notes.txt",
        ] {
            assert_eq!(file_kind(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn what_arrives_takes_no_place_of_what_was_changed_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::write(root.join("truenorth.ron"), "mine\r\n").unwrap();
        let file = |was: Option<&str>, now: &str| Arrived {
            path: "truenorth.ron".to_owned(),
            was: was.map(|w| w.as_bytes().to_vec()),
            now: Some(now.to_owned()),
        };
        for was in [None, Some("other\n")] {
            assert!(matches!(arrive(root, &[file(was, "theirs\n")]), Err(StorageError::Changed { .. })));
        }
        assert_eq!(std::fs::read_to_string(root.join("truenorth.ron")).unwrap(), "mine\r\n");
        arrive(root, &[file(Some("mine\n"), "theirs\n")]).unwrap();
        // A second time, as after a kill, it is there already.
        arrive(root, &[file(Some("mine\n"), "theirs\n")]).unwrap();
        assert_eq!(std::fs::read_to_string(root.join("truenorth.ron")).unwrap(), "theirs\n");
    }
}
