//! Watches what a save does to the disk: notes each step, and lets chosen ones fail.

use std::cell::RefCell;
use std::io;
use std::path::PathBuf;

use crate::storage::disk::Step;

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::storage) enum Noted {
    MakeFolder(PathBuf),
    Create(PathBuf),
    Append(PathBuf, Vec<u8>),
    SetPermissions,
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    SyncFolder(PathBuf),
}

/// Which steps fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::storage) enum Lasting {
    Once,
    FromThenOn,
}

/// A step that fails, counted from 0, with what the system says.
#[derive(Debug, Clone, Copy)]
pub(in crate::storage) struct Fault {
    pub(in crate::storage) nth: usize,
    pub(in crate::storage) lasting: Lasting,
    pub(in crate::storage) errno: i32,
}

#[derive(Default)]
struct Watch {
    fault: Option<Fault>,
    asked: usize,
    noted: Vec<Noted>,
}

thread_local! {
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// Called before each step.
pub(in crate::storage) fn watched(step: Step<'_>) -> io::Result<()> {
    WATCH.with_borrow_mut(|watch| {
        let Some(watch) = watch else { return Ok(()) };
        let nth = watch.asked;
        watch.asked += 1;
        if let Some(fault) = watch.fault {
            let fails = match fault.lasting {
                Lasting::Once => nth == fault.nth,
                Lasting::FromThenOn => nth >= fault.nth,
            };
            if fails {
                return Err(io::Error::from_raw_os_error(fault.errno));
            }
        }
        watch.noted.push(match step {
            Step::MakeFolder(folder) => Noted::MakeFolder(folder.to_path_buf()),
            Step::Create(path) => Noted::Create(path.to_path_buf()),
            Step::Append(path, bytes) => Noted::Append(path.to_path_buf(), bytes.to_vec()),
            Step::SetPermissions => Noted::SetPermissions,
            Step::Sync(path) => Noted::Sync(path.to_path_buf()),
            Step::Rename(from, to) => Noted::Rename(from.to_path_buf(), to.to_path_buf()),
            Step::Remove(path) => Noted::Remove(path.to_path_buf()),
            Step::SyncFolder(folder) => Noted::SyncFolder(folder.to_path_buf()),
        });
        Ok(())
    })
}

/// What was done while one watched.
pub(in crate::storage) struct Seen<T> {
    pub(in crate::storage) result: T,
    pub(in crate::storage) steps: Vec<Noted>,
    /// How many steps were asked for, those that failed among them.
    pub(in crate::storage) asked: usize,
}

/// Does something and watches it.
pub(in crate::storage) fn watching<T>(fault: Option<Fault>, work: impl FnOnce() -> T) -> Seen<T> {
    WATCH.set(Some(Watch { fault, ..Watch::default() }));
    let result = work();
    let watch = WATCH.take().unwrap();
    Seen { result, steps: watch.noted, asked: watch.asked }
}
