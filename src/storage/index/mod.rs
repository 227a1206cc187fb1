//! The history index: the digests of all weeks in one file of the local cache, so that twenty years open like one.
//!
//! It is never needed and never believed blindly. A checksum covers every byte; it carries the workspace it is of and the form
//! it is written in; a week counts only while its file is the one that was read. Anything else, and the files are read.
//!
//! ```text
//! checksum   4 bytes, crc32 of all that follows
//! form       8 bytes: of the sources that make it (form.rs)
//! workspace  8 bytes: of the folder's path and the workspace's id
//! looked     8 bytes: when the files were looked at
//! tables     ids, targets, goals: each once (week.rs)
//! weeks      a count, then of each: stamp, hash of the file, digest with its length before it
//! ```

mod bytes;
mod form;
mod stamp;
mod week;

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use crate::model::history::WeekDigest;
use crate::model::week::Week;

use self::bytes::{Reader, Writer};
use self::stamp::nanoseconds;
pub(super) use self::stamp::{Stamp, hash};
use self::week::{Filling, Tables};
use super::journal::private_folder;
use super::publish;

/// The largest index that is read, in bytes: far beyond twenty years of the largest team.
const MOST: u64 = 256 * 1024 * 1024;

/// Where the index of a workspace is kept, and what it is held against.
#[derive(Debug, Clone)]
pub struct IndexAt {
    /// The file.
    pub(super) file: PathBuf,
    /// What tells this workspace from every other.
    pub(super) workspace: u64,
    /// Now, before any file is looked at.
    pub(super) now: SystemTime,
}

/// A week that the index knows.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) stamp: Stamp,
    /// Whether the stamp alone tells that the file is the same.
    pub(super) settled: bool,
    /// Of the file's bytes.
    pub(super) hash: u64,
    pub(super) digest: WeekDigest,
}

/// The weeks of the index, by week; none when there is no index, or it is not a sound one of this workspace.
pub(super) fn load(at: &IndexAt) -> HashMap<Week, Known> {
    let read = || {
        let found = fs::symlink_metadata(&at.file).ok()?;
        let bytes = (found.is_file() && found.len() <= MOST).then(|| fs::read(&at.file).ok())??;
        parse(&Arc::new(bytes), at.workspace)
    };
    read().unwrap_or_default()
}

fn parse(bytes: &Arc<Vec<u8>>, workspace: u64) -> Option<HashMap<Week, Known>> {
    let (sum, rest) = bytes.split_first_chunk()?;
    let mut from = Reader(rest);
    if crc32fast::hash(rest) != u32::from_le_bytes(*sum) || from.fixed()? != form::FORM || from.fixed()? != workspace {
        return None;
    }
    let looked = from.fixed()? as i64;
    let tables = Tables::read(&mut from, bytes)?;
    let mut found = Vec::new();
    for _ in 0..from.count()? {
        let (stamp, hash, digest) = (Stamp::read(&mut from)?, from.fixed()?, from.bytes()?);
        found.push((stamp, hash, digest, bytes.len() - from.0.len()));
    }
    let known = |(stamp, hash, digest, end): &(Stamp, u64, &[u8], usize)| {
        let digest = tables.digest(&mut Reader(digest), *end)?;
        Some((digest.week, Known { stamp: *stamp, settled: stamp.is_settled(looked), hash: *hash, digest }))
    };
    // Most of the time goes into texts, week by week: two threads halve it.
    let (newer, older) = found.split_at(found.len() / 2);
    let (newer, older) = thread::scope(|scope| {
        let newer = scope.spawn(|| newer.iter().map(known).collect::<Option<Vec<_>>>());
        let older: Option<Vec<_>> = older.iter().map(known).collect();
        (newer.join().ok().flatten(), older)
    });
    Some(newer?.into_iter().chain(older?).collect())
}

/// An index while it is written.
#[derive(Debug, Default)]
pub(super) struct Index {
    tables: Filling,
    weeks: Writer,
    count: usize,
}

impl Index {
    /// Adds a week as it was read from a file with this stamp and this hash.
    pub(super) fn add(&mut self, stamp: Stamp, hash: u64, digest: &WeekDigest) {
        let mut packed = Writer::default();
        // What cannot be written is left out, and read from its file next time.
        if self.tables.digest(digest, &mut packed).is_some() {
            stamp.write(&mut self.weeks);
            self.weeks.fixed(hash);
            self.weeks.bytes(&packed.0);
            self.count += 1;
        }
    }

    /// Puts it in the place of the one before, whole or not at all. It need not outlive a power cut: its checksum tells then,
    /// and nothing waits for the disk. Of several programs that do so at once the last one wins.
    ///
    /// # Errors
    /// When the system refuses. Nothing depends on it.
    pub(super) fn save(self, at: &IndexAt) -> io::Result<()> {
        let mut body = Writer::default();
        body.fixed(form::FORM);
        body.fixed(at.workspace);
        // A clock that tells no year of ours settles nothing.
        body.fixed(nanoseconds(at.now).unwrap_or(i64::MIN) as u64);
        self.tables.write(&mut body);
        body.count(self.count);
        let folder = at.file.parent().unwrap_or(Path::new("."));
        private_folder(folder)?;
        publish::sweep_folder(folder, at.now);
        let mut file = tempfile::Builder::new().prefix(&publish::temporary_prefix()).tempfile_in(folder)?;
        let mut sum = crc32fast::Hasher::new();
        [&body.0, &self.weeks.0].into_iter().for_each(|part| sum.update(part));
        file.write_all(&sum.finalize().to_le_bytes())?;
        file.write_all(&body.0)?;
        file.write_all(&self.weeks.0)?;
        file.persist(&at.file).map(drop).map_err(|e| e.error)
    }
}
