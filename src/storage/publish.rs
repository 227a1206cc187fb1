//! The only code that writes into a workspace: a file is whole-old or whole-new whatever happens, and "saved" means durable.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::disk::{self, Existing, Readers, Unfinished};
use super::error::{Doing, StorageError};
use super::layout::TEMPORARY;
use super::source::{self, NoText};

/// Writes a file inside `root` durably: beside its place first, read back and compared, synced, moved into place, the folder
/// synced. Follows no link; creates missing folders.
///
/// # Errors
/// When the workspace is of a newer format. Nothing was changed unless the error is [`StorageError::Unconfirmed`].
pub(super) fn publish(
    root: &Path,
    relative: &Path,
    text: impl AsRef<[u8]>,
    existing: Existing,
) -> Result<PathBuf, StorageError> {
    super::newer::refuse_to_write(root)?;
    let path = root.join(relative);
    let mode = match source::regular_file(root, relative) {
        Ok(_) if existing == Existing::Keep => return Err(StorageError::Exists { path }),
        Ok(_) => Some(fs::metadata(&path).map_err(StorageError::io(Doing::LookAt, &path))?.permissions()),
        Err(NoText::Missing) => None,
        Err(other) => return Err(other.into_error(root, relative)),
    };
    let folder = path.parent().unwrap_or(root).to_path_buf();
    make_folders(root, &folder)?;
    let temporary = write_beside(&folder, text.as_ref(), mode).map_err(StorageError::io(Doing::Write, &path))?;
    disk::put(temporary, &path, existing).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => StorageError::Exists { path: path.clone() },
        _ => StorageError::Io { doing: Doing::Write, path: path.clone(), source },
    })?;
    disk::sync_folder(&folder).map_err(|source| StorageError::Unconfirmed { path: path.clone(), source })?;
    Ok(path)
}

/// Creates the folders from `root` down to `folder`, each one durable in the one above it.
fn make_folders(root: &Path, folder: &Path) -> Result<(), StorageError> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|f| *f != root && !f.exists()).collect();
    for new in missing.into_iter().rev() {
        match disk::make_folder(new) {
            Ok(()) => {}
            // Somebody else was faster.
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(StorageError::io(Doing::Create, new)(e)),
        }
        if let Some(above) = new.parent() {
            disk::sync_folder(above).map_err(StorageError::io(Doing::Sync, above))?;
        }
    }
    Ok(())
}

/// Writes a file that has no place yet into a folder: synced, read back and compared.
pub(super) fn write_beside(folder: &Path, text: &[u8], mode: Option<fs::Permissions>) -> io::Result<Unfinished> {
    let file = disk::create_in(folder, &temporary_prefix(), Readers::Anybody)?;
    disk::append(file.as_file(), file.path(), text)?;
    if let Some(mode) = mode {
        disk::set_permissions(file.as_file(), mode)?;
    }
    disk::sync(file.as_file(), file.path())?;
    if disk::read_back(file.path())? != text {
        return Err(io::Error::other(say!("what was written came back different")));
    }
    Ok(file)
}

/// Removes a file inside `root` and makes that durable; a file that is not there is no error.
pub(super) fn remove(root: &Path, relative: &Path) -> Result<(), StorageError> {
    super::newer::refuse_to_write(root)?;
    let path = root.join(relative);
    match source::regular_file(root, relative) {
        Ok(_) => {}
        Err(NoText::Missing) => return Ok(()),
        Err(other) => return Err(other.into_error(root, relative)),
    }
    disk::remove(&path).map_err(StorageError::io(Doing::Remove, &path))?;
    let folder = path.parent().unwrap_or(root);
    disk::sync_folder(folder).map_err(|source| StorageError::Unconfirmed { path: path.clone(), source })
}

/// Removes temporary files that this host left in a workspace's folders, or in one of local files, more than an hour before
/// `now`. Returns how many.
pub fn sweep(root: &Path, now: SystemTime) -> usize {
    let mut folders = vec![root.to_path_buf()];
    use super::layout::{CHECK_INS, DRAFTS, PASSED, QUARTERS, READINGS, REGISTERS, SNAPSHOTS};
    // What the sample's feeds read is written by us, too.
    for name in ["strategy", "feeds", REGISTERS, SNAPSHOTS, QUARTERS, DRAFTS, READINGS, PASSED, CHECK_INS] {
        folders.push(root.join(name));
    }
    let weeks = source::names(root, Path::new(super::layout::CHECK_INS)).unwrap_or_default();
    folders.extend(weeks.iter().map(|w| root.join(super::layout::CHECK_INS).join(w)));
    folders.iter().map(|folder| sweep_folder(folder, now)).sum()
}

/// The same in one folder.
pub(super) fn sweep_folder(folder: &Path, now: SystemTime) -> usize {
    let own = format!("{TEMPORARY}{}-", host());
    let hour = Duration::from_secs(3600);
    let mut swept = 0;
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|e| e.file_name().to_string_lossy().starts_with(&own)) {
        let Ok(found) = entry.metadata() else { continue };
        let old = found.modified().is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age > hour));
        if found.is_file() && old && disk::remove(&entry.path()).is_ok() {
            swept += 1;
        }
    }
    swept
}

/// A name for this machine that is safe in a file name: on a shared folder it tells our leftovers from others'.
fn host() -> String {
    let name = ["HOSTNAME", "COMPUTERNAME"]
        .into_iter()
        .find_map(|v| std::env::var(v).ok())
        .or_else(|| fs::read_to_string("/proc/sys/kernel/hostname").ok())
        .unwrap_or_default();
    let safe: String = name.trim().chars().filter(|c| c.is_ascii_alphanumeric()).take(24).collect();
    if safe.is_empty() { "host".to_owned() } else { safe.to_lowercase() }
}

/// How the temporary files of this process begin.
pub(super) fn temporary_prefix() -> String {
    format!("{TEMPORARY}{}-{}-", host(), std::process::id())
}
