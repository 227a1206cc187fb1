//! A file that somebody asked for: a report or an export, whole or not at all, and never among the workspace's own data.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, Existing};
use super::error::{Doing, StorageError};
use super::layout::{CHECK_INS, DRAFTS, QUARTERS, READINGS, SNAPSHOTS};
use super::publish::write_beside;

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deliver {
    /// Its place is taken.
    Replacing,
    /// It stays, and nothing is written.
    Anew,
}

/// Folders of a workspace that hold its data. What is written there would be read as data, shared, or both.
const DATA: [&str; 7] = ["strategy", SNAPSHOTS, QUARTERS, CHECK_INS, READINGS, DRAFTS, ".git"];

/// Writes `text` to `path`, a relative one being below the folder one stands in. Returns where it is.
///
/// # Errors
/// Nothing was changed unless the error is [`StorageError::Unconfirmed`]: the folder is not there, the place is a folder or a
/// device, it lies among the data of the workspace at `root`, or there is a file that is to stay.
pub fn deliver(root: &Path, path: &Path, text: &str, existing: Deliver) -> Result<PathBuf, StorageError> {
    let refused = |why: &str| StorageError::Misplaced { path: path.to_owned(), why: why.to_owned() };
    let name = path.file_name().ok_or_else(|| refused(say!("it names no file")))?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = fs::canonicalize(folder).map_err(StorageError::io(Doing::FindFolderOf, path))?;
    // Through a link to the file that it leads to: the link is somebody's, too.
    let path = fs::canonicalize(folder.join(name)).unwrap_or_else(|_| folder.join(name));
    let folder = path.parent().unwrap_or(&folder);
    if is_data(root, &path) {
        return Err(refused(say!("it lies among the data of the workspace")));
    }
    let mode = match fs::metadata(&path) {
        Ok(_) if existing == Deliver::Anew => return Err(StorageError::Exists { path }),
        Ok(found) if !found.is_file() => return Err(refused(say!("it is no file"))),
        Ok(found) => Some(found.permissions()),
        Err(_) => None,
    };
    let existing = match existing {
        Deliver::Replacing => Existing::Replace,
        Deliver::Anew => Existing::Keep,
    };
    let file = write_beside(folder, text.as_bytes(), mode).map_err(StorageError::io(Doing::Write, &path))?;
    disk::put(file, &path, existing).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => StorageError::Exists { path: path.clone() },
        _ => StorageError::Io { doing: Doing::Write, path: path.clone(), source },
    })?;
    disk::sync_folder(folder).map_err(|source| StorageError::Unconfirmed { path: path.clone(), source })?;
    Ok(path)
}

/// Makes a folder for several files, if it is not there yet; the one above it must be.
///
/// # Errors
/// When it cannot be made.
pub fn make_room(folder: &Path) -> Result<(), StorageError> {
    if folder.is_dir() { Ok(()) } else { disk::make_folder(folder).map_err(StorageError::io(Doing::Create, folder)) }
}

fn is_data(root: &Path, path: &Path) -> bool {
    let Ok(root) = fs::canonicalize(root) else { return false };
    let Ok(inside) = path.strip_prefix(&root) else { return false };
    let first = inside.components().next().map(|c| c.as_os_str().to_string_lossy().to_lowercase()).unwrap_or_default();
    DATA.contains(&first.as_str()) || inside.extension().is_some_and(|e| e.eq_ignore_ascii_case("ron"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_goes_where_it_is_asked_to_and_never_among_the_data() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("shop");
        fs::create_dir_all(root.join("snapshots")).unwrap();
        let put = |path: &Path, existing| deliver(&root, path, "text", existing);
        let beside = put(&root.join("report.md"), Deliver::Anew).unwrap();
        assert_eq!(fs::read_to_string(beside).unwrap(), "text");
        assert!(matches!(put(&root.join("report.md"), Deliver::Anew), Err(StorageError::Exists { .. })));
        assert!(put(&root.join("report.md"), Deliver::Replacing).is_ok());
        for data in ["snapshots/report.md", "truenorth.ron", "snapshots/../truenorth.RON"] {
            assert!(matches!(put(&root.join(data), Deliver::Replacing), Err(StorageError::Misplaced { .. })), "{data}");
        }
        assert!(matches!(put(&root, Deliver::Replacing), Err(StorageError::Misplaced { .. })), "a folder is no file");
        assert!(matches!(put(&root.join("missing/report.md"), Deliver::Anew), Err(StorageError::Io { .. })));
        assert_eq!(fs::read_dir(&root).unwrap().count(), 2, "nothing else is left behind");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_the_data_is_seen_through() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("shop");
        fs::create_dir_all(root.join("snapshots")).unwrap();
        fs::write(root.join("truenorth.ron"), "mine").unwrap();
        std::os::unix::fs::symlink(root.join("truenorth.ron"), folder.path().join("report.md")).unwrap();
        std::os::unix::fs::symlink(root.join("snapshots"), folder.path().join("out")).unwrap();
        for path in ["report.md", "out/report.md"] {
            let found = deliver(&root, &folder.path().join(path), "text", Deliver::Replacing);
            assert!(matches!(found, Err(StorageError::Misplaced { .. })), "{path}");
        }
        assert_eq!(fs::read_to_string(root.join("truenorth.ron")).unwrap(), "mine");
    }
}
