//! Reading the years behind: parse, extract, drop, newest first, so that trends fill in while the program is in use.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::model::history::WeekDigest;
use crate::model::problem::Problem;
use crate::model::week::Week;

use super::load::read_snapshot;

/// How many weeks come in the first batch, soon enough to be seen, and in each one after it.
const FIRST: usize = 16;
const BATCH: usize = 64;
const THREADS: usize = 2;

/// Reads sealed weeks on two threads, newest first, and hands over digests with what could not be read, about 64 weeks at a
/// time (16 the first time). Within a batch the order is that of completion. Returns when all were handed over.
pub fn history(root: &Path, weeks: &BTreeMap<Week, u32>, mut batch: impl FnMut(Vec<WeekDigest>, Vec<Problem>)) {
    let newest_first: Vec<(Week, u32)> = weeks.iter().rev().map(|(w, r)| (*w, *r)).collect();
    let next = AtomicUsize::new(0);
    // Bounded, so that a slow receiver never lets digests of twenty years pile up.
    let (sender, receiver) = mpsc::sync_channel(BATCH);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            let sender = sender.clone();
            let (newest_first, next) = (&newest_first, &next);
            scope.spawn(move || {
                while let Some((week, revision)) = newest_first.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let digest = read_snapshot(root, *week, *revision).map(|s| WeekDigest::of(&s));
                    if sender.send(digest).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut digests, mut problems) = (Vec::new(), Vec::new());
        let mut full = FIRST;
        for read in receiver {
            match read {
                Ok(digest) => digests.push(digest),
                Err(problem) => problems.push(problem),
            }
            if digests.len() + problems.len() >= full {
                batch(std::mem::take(&mut digests), std::mem::take(&mut problems));
                full = BATCH;
            }
        }
        if !digests.is_empty() || !problems.is_empty() {
            batch(digests, problems);
        }
    });
}
