//! The few calls by which anything is written, one step each: what a save does to a disk can be read off, and be watched.
//!
//! A disk keeps its word only about what was synced: bytes after [`sync`] of their file, names after [`sync_folder`]. The tests
//! note every step, let each one fail, and cut the power between any two.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// What to do when the file is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// Take its place.
    Replace,
    /// Leave it and fail.
    Keep,
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Its owner alone.
    Owner,
    /// Whom the umask leaves.
    Anybody,
}

/// A file that has no place yet: it goes away by itself unless it is [`put`] in one.
pub(super) type Unfinished = NamedTempFile;

/// One step.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(test), expect(dead_code, reason = "what a step is about is for those who watch"))]
pub(super) enum Step<'a> {
    MakeFolder(&'a Path),
    Create(&'a Path),
    /// Bytes at the end of a file.
    Append(&'a Path, &'a [u8]),
    SetPermissions,
    Sync(&'a Path),
    Rename(&'a Path, &'a Path),
    Remove(&'a Path),
    SyncFolder(&'a Path),
}

#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "in a test the one who watches may refuse")]
fn watched(_: Step<'_>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use super::tests::watch::watched;

/// Creates one folder.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    watched(Step::MakeFolder(folder))?;
    fs::create_dir(folder)
}

/// Creates an empty file of a new name in a folder. It goes away by itself unless it is put in a place.
pub(super) fn create_in(folder: &Path, prefix: &str, readers: Readers) -> io::Result<Unfinished> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    if readers == Readers::Anybody {
        // tempfile makes it private otherwise.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    let file = builder.tempfile_in(folder)?;
    watched(Step::Create(file.path()))?;
    Ok(file)
}

/// Adds bytes to a file; they are with the system then, and not yet on the disk.
pub(super) fn append(mut file: &File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    watched(Step::Append(path, bytes))?;
    file.write_all(bytes)
}

/// Gives a file the permissions of the one whose place it takes.
pub(super) fn set_permissions(file: &File, permissions: fs::Permissions) -> io::Result<()> {
    watched(Step::SetPermissions)?;
    file.set_permissions(permissions)
}

/// Waits until a file's bytes are on the disk.
pub(super) fn sync(file: &File, path: &Path) -> io::Result<()> {
    watched(Step::Sync(path))?;
    file.sync_all()
}

/// What a file holds, read through a handle of its own.
pub(super) fn read_back(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Puts a file in its place.
pub(super) fn put(file: Unfinished, path: &Path, existing: Existing) -> io::Result<()> {
    watched(Step::Rename(file.path(), path))?;
    match existing {
        Existing::Replace => replace(file, path),
        Existing::Keep => file.persist_noclobber(path).map(drop).map_err(|e| e.error),
    }
}

#[cfg(not(windows))]
fn replace(file: Unfinished, path: &Path) -> io::Result<()> {
    file.persist(path).map(drop).map_err(|e| e.error)
}

/// A virus scanner or an indexer may hold the file for a moment: access denied (5) and sharing violation (32) pass.
#[cfg(windows)]
fn replace(mut file: Unfinished, path: &Path) -> io::Result<()> {
    for _ in 0..5 {
        match file.persist(path) {
            Ok(_) => return Ok(()),
            Err(e) if matches!(e.error.raw_os_error(), Some(5 | 32)) => {
                file = e.file;
                std::thread::sleep(std::time::Duration::from_millis(40));
            }
            Err(e) => return Err(e.error),
        }
    }
    file.persist(path).map(drop).map_err(|e| e.error)
}

/// Gives a file another name in its folder.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    watched(Step::Rename(from, to))?;
    fs::rename(from, to)
}

/// Takes a file away.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    watched(Step::Remove(path))?;
    fs::remove_file(path)
}

/// Makes the names in a folder durable. Windows has no such call and needs none.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    watched(Step::SyncFolder(folder))?;
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
