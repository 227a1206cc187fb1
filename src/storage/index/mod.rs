//! The history index: the digests of all weeks in one file of the local cache, so that twenty years open like one.
//!
//! It is never needed and never believed blindly. Checksums cover every byte; it carries the workspace it is of and the form
//! it is written in; a week counts only while its file is the one that was read. Anything else, and the files are read.
//! A start reads the numbers alone: records and texts stay in the file until somebody looks at them (shelf.rs).
//!
//! ```text
//! checksum   4 bytes, crc32 of the next 8 and of the numbers
//! numbers    8 bytes: where they begin; they reach to the end of the file
//!
//! pieces     of each week: goals, records, texts, and the trace of these; then the wordings of goals and of cards, each once
//!
//! form       8 bytes: of the sources that make it (form.rs)
//! workspace  8 bytes: of the folder's path and the workspace's id
//! looked     8 bytes: when the files were looked at
//! wordings   8 bytes: where they begin
//! tables     ids, targets: each once; length and checksum of the wordings (week.rs)
//! weeks      a count, then of each: stamp, hash of the file, numbers, length and checksum of each piece, or that it is the same
//!            as of the week written before
//! ```

mod bytes;
mod form;
mod shelf;
mod stamp;
mod week;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::model::history::WeekDigest;
use crate::model::week::Week;

use self::bytes::{Reader, Writer, read_at};
use self::shelf::{Shelves, Texts, Wordings};
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
    /// The folder of the workspace.
    pub(super) root: PathBuf,
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

/// Before the pieces: a checksum, and where the numbers begin.
const FRONT: usize = 12;

/// The weeks of the index, by week; none when there is no index, or it is not a sound one of this workspace.
pub(super) fn load(at: &IndexAt) -> HashMap<Week, Known> {
    read(at).unwrap_or_default()
}

fn read(at: &IndexAt) -> Option<HashMap<Week, Known>> {
    let found = fs::symlink_metadata(&at.file).ok()?;
    let file = (found.is_file() && found.len() <= MOST).then(|| File::open(&at.file).ok())??;
    let front = read_at(&file, 0, FRONT).ok()?;
    let (sum, begin) = front.split_first_chunk()?;
    let numbers_at = Reader(begin).fixed()?;
    let numbers = read_at(&file, numbers_at, usize::try_from(found.len().checked_sub(numbers_at)?).ok()?).ok()?;
    let numbers = Arc::new(numbers);
    let mut from = Reader(&numbers);
    let is_whole = checksum(begin, &numbers) == u32::from_le_bytes(*sum);
    if !is_whole || from.fixed()? != form::FORM || from.fixed()? != at.workspace {
        return None;
    }
    weeks(at, file, &numbers, from)
}

fn weeks(at: &IndexAt, file: File, all: &Arc<Vec<u8>>, mut from: Reader<'_>) -> Option<HashMap<Week, Known>> {
    let looked = from.fixed()? as i64;
    let wordings = from.fixed()?;
    let tables = Tables::read(&mut from, wordings)?;
    let (mut known, mut places, mut next) = (Vec::new(), Vec::new(), FRONT as u64);
    for _ in 0..from.count()? {
        let (stamp, hash) = (Stamp::read(&mut from)?, from.fixed()?);
        let digest = tables.digest(all, &mut from, &mut next, &mut places)?;
        known.push(Known { stamp, settled: stamp.is_settled(looked), hash, digest });
    }
    let shelves = Shelves::of(Texts {
        file,
        path: at.file.clone(),
        root: at.root.clone(),
        places,
        goals: tables.goals,
        plan: Wordings::at(tables.plan),
        cards: Wordings::at(tables.cards),
    });
    for (place, week) in known.iter_mut().enumerate() {
        shelves.fill(&mut week.digest, place)?;
    }
    Some(known.into_iter().map(|known| (known.digest.week, known)).collect())
}

fn checksum(begin: &[u8], numbers: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    [begin, numbers].into_iter().for_each(|part| sum.update(part));
    sum.finalize()
}

/// An index while it is written: its pieces go into a file that has no name yet, so that twenty years of texts are never in memory.
pub(super) struct Index {
    tables: Filling,
    weeks: Writer,
    count: usize,
    file: tempfile::NamedTempFile,
    end: u64,
}

impl Index {
    /// Begins one beside the one that stands.
    ///
    /// # Errors
    /// When the system refuses. Nothing depends on it; nor on what follows.
    pub(super) fn begin(at: &IndexAt) -> io::Result<Self> {
        let folder = at.file.parent().unwrap_or(Path::new("."));
        private_folder(folder)?;
        publish::sweep_folder(folder, at.now);
        let mut file = tempfile::Builder::new().prefix(&publish::temporary_prefix()).tempfile_in(folder)?;
        file.write_all(&[0; FRONT])?;
        Ok(Self { tables: Filling::default(), weeks: Writer::default(), count: 0, file, end: FRONT as u64 })
    }

    /// Adds a week as it was read from a file with this stamp and this hash.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn add(&mut self, stamp: Stamp, hash: u64, digest: &WeekDigest) -> io::Result<()> {
        let (mut packed, mut pieces) = (Writer::default(), Vec::new());
        // What cannot be written is left out, and read from its file next time.
        if self.tables.digest(digest, &mut packed, &mut pieces).is_some() {
            self.file.write_all(&pieces)?;
            self.end += pieces.len() as u64;
            stamp.write(&mut self.weeks);
            self.weeks.fixed(hash);
            self.weeks.0.extend(packed.0);
            self.count += 1;
        }
        Ok(())
    }

    /// Puts it in the place of the one before, whole or not at all. It need not outlive a power cut: its checksums tell then,
    /// and nothing waits for the disk. Of several programs that do so at once the last one wins.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn save(mut self, at: &IndexAt) -> io::Result<()> {
        let (mut numbers, mut wordings) = (Writer::default(), Vec::new());
        numbers.fixed(form::FORM);
        numbers.fixed(at.workspace);
        // A clock that tells no year of ours settles nothing.
        numbers.fixed(nanoseconds(at.now).unwrap_or(i64::MIN) as u64);
        numbers.fixed(self.end);
        self.tables.write(&mut numbers, &mut wordings).ok_or(io::ErrorKind::InvalidData)?;
        numbers.count(self.count);
        numbers.0.extend(self.weeks.0);
        self.file.write_all(&wordings)?;
        self.file.write_all(&numbers.0)?;
        let begin = (self.end + wordings.len() as u64).to_le_bytes();
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&checksum(&begin, &numbers.0).to_le_bytes())?;
        self.file.write_all(&begin)?;
        self.file.persist(&at.file).map(drop).map_err(|e| e.error)
    }
}
