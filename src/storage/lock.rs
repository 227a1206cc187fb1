//! One writer of a review per workspace and machine: a file lock that the system frees when its holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::journal::private_folder;

/// The lock, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// Why the lock was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody has it.
    #[error("{}", say!("the review is open elsewhere: {by}. Close it there, or go on here without writing", by))]
    Held {
        /// Who holds it, in words.
        by: String,
    },
    /// The system refused.
    #[error("{}", say!("could not lock the review: {typed}. Check that the folder for local state can be written", typed = .0))]
    Io(#[from] io::Error),
}

impl Lock {
    /// Takes the lock in a workspace's state folder and writes down who has it: a name, and since when, in words.
    ///
    /// # Errors
    /// Says who holds it already, or what the system refused.
    pub fn take(folder: &Path, who: &str, since: &str) -> Result<Self, LockError> {
        private_folder(folder)?;
        // The file is never deleted: two programs must never hold locks on two files of one name. Its text is kept until the
        // lock is ours, because it is the holder's.
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join("review.lock"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held { by: holder(folder, &mut file) }),
            Err(TryLockError::Error(e)) => return Err(e.into()),
        }
        let text = format!("{who}, process {}, since {since}\n", std::process::id());
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(text.as_bytes())?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file frees it as well; saying so first makes it free before the handle's last copy is gone.
        let _ = self.file.unlock();
    }
}

fn holder(folder: &Path, file: &mut File) -> String {
    let mut text = String::new();
    // On Windows a locked file cannot be read by others: what is left is that somebody has it.
    if file.read_to_string(&mut text).is_err() || text.trim().is_empty() {
        return say!("by another program (see {folder})", folder = folder.join("review.lock").display());
    }
    text.trim().to_owned()
}

/// Takes a lock file by its name in a folder of local state; `None` when somebody has it. It is free when the file is dropped.
///
/// # Errors
/// When the system refuses.
pub fn lock_file(folder: &Path, name: &str) -> io::Result<Option<File>> {
    private_folder(folder)?;
    // Never deleted, as above.
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join(name))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(e)) => Err(e),
    }
}
