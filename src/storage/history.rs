//! The years behind: out of the index what it knows, the rest out of the files, newest first, so that trends fill in while the
//! program is in use.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use crate::model::history::WeekDigest;
use crate::model::problem::Problem;
use crate::model::week::Week;

use super::index::{self, Index, IndexAt, Known, Stamp};
use super::layout::{SNAPSHOTS, snapshot_path};
use super::load::parse_snapshot;
use super::source;

/// How many weeks come in the first batch out of files, soon enough to be seen, and in each one after it.
const FIRST: usize = 16;
const BATCH: usize = 64;
const THREADS: usize = 2;

/// A sealed week that was told, with what its file is known again by.
struct Told {
    stamp: Option<Stamp>,
    hash: u64,
    digest: WeekDigest,
}

/// A week whose file has to be looked into, with what the index says of it.
struct Open {
    week: Week,
    revision: u32,
    stamp: Option<Stamp>,
    known: Mutex<Option<Known>>,
}

/// Hands over the digests of sealed weeks with what could not be read: first, at once and oldest first, those that the index
/// knows; then the others from their files, on two threads, newest first, about 64 weeks at a time (16 the first time; within
/// a batch the order is that of completion). What was read is remembered in the index. Returns when all were handed over.
///
/// The result is that of reading every file, whatever the index says or does not say, and whether it can be written or not.
pub fn history(
    root: &Path,
    weeks: &BTreeMap<Week, u32>,
    at: Option<&IndexAt>,
    mut batch: impl FnMut(Vec<WeekDigest>, Vec<Problem>),
) {
    // Looking at a thousand files takes as long as reading the index.
    let (mut known, stamps) = thread::scope(|scope| {
        let stamps = scope.spawn(|| stamps(root, weeks));
        (at.map(index::load).unwrap_or_default(), stamps.join())
    });
    let stamps = stamps.unwrap_or_else(|_| vec![None; weeks.len()]);
    let forgotten = known.keys().any(|week| !weeks.contains_key(week));
    let (same, open) = sort(weeks, stamps, &mut known);
    let mut changed = forgotten;
    // A comfort throughout: where it cannot be written, the files are read again.
    let mut index = at.filter(|_| forgotten || !open.is_empty()).and_then(|at| Some((at, Index::begin(at).ok()?)));
    let mut remember = |told: &Told| {
        if let (Some((_, begun)), Some(stamp)) = (&mut index, told.stamp)
            && begun.add(stamp, told.hash, &told.digest).is_err()
        {
            index = None;
        }
    };
    same.iter().for_each(&mut remember);
    if !same.is_empty() {
        batch(same.into_iter().map(|told| told.digest).collect(), Vec::new());
    }
    read(root, &open, |told, problems| {
        changed |= !told.is_empty();
        told.iter().for_each(&mut remember);
        batch(told.into_iter().map(|told| told.digest).collect(), problems);
    });
    if let Some((at, index)) = index.filter(|_| changed) {
        let _ = index.save(at);
    }
}

/// The stamp of the file of each week.
fn stamps(root: &Path, weeks: &BTreeMap<Week, u32>) -> Vec<Option<Stamp>> {
    // No link leads to a file that is taken for known: neither the folder nor, as only regular files have a stamp, a file.
    if !fs::symlink_metadata(root.join(SNAPSHOTS)).is_ok_and(|found| found.is_dir()) {
        return vec![None; weeks.len()];
    }
    let look = |(week, revision): (&Week, &u32)| {
        let found = fs::symlink_metadata(root.join(snapshot_path(*week, *revision)));
        found.ok().as_ref().and_then(Stamp::of)
    };
    weeks.iter().map(look).collect()
}

/// Sorts the weeks into those of which the index tells by the stamp alone, oldest first, and the others, newest first.
fn sort(
    weeks: &BTreeMap<Week, u32>,
    stamps: Vec<Option<Stamp>>,
    known: &mut HashMap<Week, Known>,
) -> (Vec<Told>, Vec<Open>) {
    let (mut same, mut open) = (Vec::new(), Vec::new());
    for ((week, revision), stamp) in weeks.iter().zip(stamps) {
        let known = known.remove(week).filter(|k| k.digest.revision == *revision);
        match known {
            Some(known) if known.settled && stamp == Some(known.stamp) => {
                same.push(Told { stamp, hash: known.hash, digest: known.digest });
            }
            known => open.push(Open { week: *week, revision: *revision, stamp, known: Mutex::new(known) }),
        }
    }
    open.reverse();
    (same, open)
}

/// Reads files on two threads.
fn read(root: &Path, open: &[Open], mut batch: impl FnMut(Vec<Told>, Vec<Problem>)) {
    if open.is_empty() {
        return;
    }
    let next = AtomicUsize::new(0);
    // Bounded, so that a slow receiver never lets digests of twenty years pile up.
    let (sender, receiver) = mpsc::sync_channel(2 * THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS.min(open.len()) {
            let sender = sender.clone();
            let next = &next;
            scope.spawn(move || {
                while let Some(week) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if sender.send(look_into(root, week)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut told, mut problems) = (Vec::<Told>::new(), Vec::new());
        let mut full = FIRST;
        for read in receiver {
            match read {
                Ok(mut week) => {
                    if let Some(beside) = told.last() {
                        week.digest.share(&beside.digest);
                    }
                    told.push(week);
                }
                Err(problem) => problems.push(problem),
            }
            if told.len() + problems.len() >= full {
                batch(std::mem::take(&mut told), std::mem::take(&mut problems));
                full = BATCH;
            }
        }
        if !told.is_empty() || !problems.is_empty() {
            batch(told, problems);
        }
    });
}

/// Reads a file, and parses it only if it is not the one that the index knows. The stamp was taken before: should the file
/// change in between, it is a stamp of the past and never met again.
fn look_into(root: &Path, open: &Open) -> Result<Told, Problem> {
    let Open { week, revision, stamp, known } = open;
    let relative = snapshot_path(*week, *revision);
    let bytes = source::read_bytes(root, &relative).map_err(|e| e.into_problem(&relative))?;
    let hash = index::hash(&bytes);
    let known = known.lock().unwrap_or_else(PoisonError::into_inner).take();
    let digest = match known.filter(|k| k.hash == hash) {
        Some(known) => known.digest,
        None => WeekDigest::of(&parse_snapshot(bytes, *week, *revision)?),
    };
    Ok(Told { stamp: *stamp, hash, digest })
}
