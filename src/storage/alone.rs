//! One writer at a time in a workspace: between reading a file and putting the edited one in its place nobody else writes.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::error::StorageError;

/// How often one looks whether it is one's turn, and how long one waits in between: 10 s in all, and a save takes milliseconds.
const LOOKS: u32 = 1000;
const PAUSE: Duration = Duration::from_millis(10);

/// Does something while no other truenorth on this machine writes into the workspace. The system frees the lock when its holder
/// ends, however it ends.
///
/// # Errors
/// Those of the work, or when somebody else does not come to an end.
pub(super) fn alone<T, E: From<StorageError>>(root: &Path, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let _held = take(root).map_err(StorageError::io("lock", root))?;
    work()
}

fn take(root: &Path) -> io::Result<Option<File>> {
    let Some(file) = lockable(root)? else { return Ok(None) };
    for _ in 0..LOOKS {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            // Some network folders know no locks. What is compared before a file is replaced still holds there.
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(e)) => return Err(e),
        }
    }
    Err(io::Error::new(io::ErrorKind::TimedOut, "another truenorth has been writing there for 10 seconds"))
}

/// The folder itself is what is locked: no file is left in it, and people with different homes lock the same thing.
#[cfg(unix)]
fn lockable(root: &Path) -> io::Result<Option<File>> {
    File::open(root).map(Some)
}

/// Windows locks no folders: a file among those of this machine stands for it.
#[cfg(not(unix))]
fn lockable(root: &Path) -> io::Result<Option<File>> {
    let Some(local) = super::Local::find() else { return Ok(None) };
    super::journal::private_folder(&local.state)?;
    let path = local.state.join(super::local::name_of("writing", root)).with_extension("lock");
    std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(path).map(Some)
}
