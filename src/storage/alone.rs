//! One writer at a time in a workspace: between reading a file and putting the edited one in its place nobody else writes.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use super::error::{Doing, StorageError};

/// How long one waits for one's turn; a save takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// Does something while no other truenorth on this machine writes into the workspace. The system frees the lock when its holder
/// ends, however it ends.
///
/// # Errors
/// Those of the work, or when somebody else does not come to an end.
pub(super) fn alone<T, E: From<StorageError>>(root: &Path, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let _held = take(root).map_err(StorageError::io(Doing::Lock, root))?;
    work()
}

fn take(root: &Path) -> io::Result<Option<File>> {
    let Some(file) = lockable(root)? else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => in_turn(file).map(Some),
        // Some network folders know no locks. What is compared before a file is replaced still holds there.
        Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(TryLockError::Error(e)) => Err(e),
    }
}

/// Waits in the system's own queue, where nobody is passed over; and not for ever, as the holder may have been stopped.
fn in_turn(file: File) -> io::Result<File> {
    let (to, turn) = sync_channel(1);
    // When nobody waits any more, sending fails and the file is closed: the lock is free again.
    thread::Builder::new().name("truenorth-turn".to_owned()).spawn(move || to.send(file.lock().map(|()| file)))?;
    let late =
        || io::Error::new(io::ErrorKind::TimedOut, say!("another truenorth has been writing there for 10 seconds"));
    turn.recv_timeout(PATIENCE).map_err(|_| late())?
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_the_folder_has_it_next_and_an_error_frees_it() {
        let folder = tempfile::tempdir().unwrap();
        let count = std::sync::Mutex::new((0, 0));
        thread::scope(|scope| {
            for nth in 0..8 {
                let (root, count) = (folder.path(), &count);
                scope.spawn(move || {
                    let done = alone(root, || {
                        count.lock().unwrap().0 += 1;
                        assert_eq!(count.lock().unwrap().0, 1, "two at once");
                        thread::sleep(Duration::from_millis(5));
                        let mut count = count.lock().unwrap();
                        *count = (count.0 - 1, count.1 + 1);
                        if nth % 2 == 0 { Ok(()) } else { Err(StorageError::Exists { path: root.to_path_buf() }) }
                    });
                    assert_eq!(done.is_ok(), nth % 2 == 0);
                });
            }
        });
        assert_eq!(*count.lock().unwrap(), (0, 8));
    }
}
