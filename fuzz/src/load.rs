//! The files of a workspace: what a reader takes comes back as it was written, what it refuses is told at its place.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use truenorth::model::checkin::CheckIn;
use truenorth::model::goal::Goal;
use truenorth::model::import::ReadingsFile;
use truenorth::model::kpi::Kpi;
use truenorth::model::snapshot::Snapshot;
use truenorth::model::strategy::NorthStar;
use truenorth::model::workspace::{Config, Draft};
use truenorth::storage::{Journal, Settings, decode, encode, render};

use super::kept;

/// The kinds of file, each with a path that is one of them below the workspace that is kept for the tests.
pub const KINDS: [&str; 8] = [
    "truenorth.ron",
    "strategy/north-star.ron",
    "strategy/goals.ron",
    "strategy/kpis.ron",
    "check-ins/2026-W47/maya.ron",
    "snapshots/2026-W46.ron",
    "drafts/2026-W47.ron",
    "readings/2026-11-19-sales.ron",
];

/// Reads bytes as the kind of file that the first byte says.
///
/// # Panics
/// When a reader does not keep its word.
pub fn read(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    if usize::from(*kind) % 10 == 9 {
        return journal(rest);
    }
    let Ok(text) = std::str::from_utf8(rest) else { return };
    match kind % 10 {
        0 => goes_round::<Config>(text),
        1 => goes_round::<NorthStar>(text),
        2 => goes_round::<Vec<Goal>>(text),
        3 => goes_round::<Vec<Kpi>>(text),
        4 => goes_round::<CheckIn>(text),
        5 => goes_round::<Snapshot>(text),
        6 => goes_round::<Draft>(text),
        7 => goes_round::<ReadingsFile>(text),
        _ => goes_round::<Settings>(text),
    }
}

fn goes_round<T: Serialize + DeserializeOwned + PartialEq>(text: &str) {
    let name = Path::new("x");
    match decode::<T>(name, text) {
        Ok(value) => {
            let written = encode(&value).expect("what was read can be written");
            let back = decode::<T>(name, &written).unwrap_or_else(|p| panic!("{p}\n{written}"));
            assert!(back == value, "it came back as something else:\n{written}");
        }
        Err(problem) => {
            let lines = text.lines().count().max(1);
            assert!(problem.line >= 1 && problem.line <= lines + 1, "{problem} of {lines} lines");
            assert!(!render(&problem).is_empty());
        }
    }
}

fn journal(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("review.journal");
    std::fs::write(&path, bytes).expect("a file");
    let found = Journal::load(&path);
    if let Ok((journal, recovered)) = Journal::open_append(&path) {
        assert_eq!(Some(&recovered), found.as_ref());
        assert_eq!(journal.entries(), recovered.entries.len() as u64);
        drop(journal);
        // The broken tail is gone, and nothing else.
        let again = Journal::load(&path).expect("what was read is read again");
        assert_eq!(again.entries, recovered.entries);
        assert!(!again.tail_lost);
    }
}

/// A good file of each kind, with the byte that says so in front.
#[must_use]
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    let seed = |(kind, path): (usize, &&str)| {
        let text = std::fs::read(kept().join(path)).ok()?;
        Some((path.replace('/', "-"), [vec![u8::try_from(kind).unwrap_or_default()], text].concat()))
    };
    KINDS.iter().enumerate().filter_map(seed).collect()
}
