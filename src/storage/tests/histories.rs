//! The history index: whatever becomes of it, the weeks told are those of the files.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::model::history::WeekDigest;
use crate::model::week::Week;
use crate::storage::{self, IndexAt, Local, Sample};

/// Two bakeries beside one folder for local files. One has its year, the other a few weeks of it with other notes.
struct Street {
    folder: tempfile::TempDir,
}

/// Now, as the clock tells it that stamps files.
fn now() -> SystemTime {
    tempfile::tempfile().unwrap().metadata().unwrap().modified().unwrap()
}

impl Street {
    fn new(weeks: usize) -> Self {
        let street = Self { folder: tempfile::tempdir().unwrap() };
        for shop in ["first", "second"] {
            let root = street.root(shop);
            storage::write_sample(Sample::Bakery, &root, "2026-11-19".parse().unwrap()).unwrap();
            let mut files: Vec<_> = fs::read_dir(root.join("snapshots")).unwrap().map(|e| e.unwrap().path()).collect();
            files.sort();
            let keep = files.split_off(files.len() - weeks);
            files.iter().for_each(|old| fs::remove_file(old).unwrap());
            if shop == "second" {
                keep.iter().for_each(|path| edit(path, "a", "e"));
            }
        }
        street
    }

    fn root(&self, shop: &str) -> PathBuf {
        self.folder.path().join(shop)
    }

    fn at(&self, shop: &str, now: SystemTime) -> IndexAt {
        Local::under(&self.folder.path().join("home")).index(&self.root(shop), &"shop".parse().unwrap(), now)
    }

    fn file(&self, shop: &str) -> PathBuf {
        self.at(shop, now()).file
    }

    /// What is told with the index, and that of the files alone.
    fn both(&self, shop: &str, now: SystemTime) -> (Told, Told) {
        (told(&self.root(shop), Some(&self.at(shop, now))), told(&self.root(shop), None))
    }

    fn snapshots(&self, shop: &str) -> Vec<PathBuf> {
        let mut all: Vec<_> =
            fs::read_dir(self.root(shop).join("snapshots")).unwrap().map(|e| e.unwrap().path()).collect();
        all.sort();
        all
    }
}

type Told = (BTreeMap<Week, WeekDigest>, Vec<String>);

/// All weeks, and the problems by what they say.
fn told(root: &Path, at: Option<&IndexAt>) -> Told {
    let weeks = storage::open(root, |_| "2026-W47".parse().unwrap()).unwrap().weeks;
    let (mut all, mut wrong) = (BTreeMap::new(), Vec::new());
    storage::history(root, &weeks, at, |digests, problems| {
        all.extend(digests.into_iter().map(|d| (d.week, d)));
        wrong.extend(problems.iter().map(storage::render));
    });
    wrong.sort();
    (all, wrong)
}

/// Replaces the first of some words inside a note of a snapshot; the file stays as long as it was.
fn edit(path: &Path, old: &str, new: &str) {
    assert_eq!(old.len(), new.len());
    let text = fs::read_to_string(path).unwrap();
    let Some(note) = text.find("note: \"") else { return };
    let (before, after) = text.split_at(note + 7);
    fs::write(path, format!("{before}{}", after.replacen(old, new, 1))).unwrap();
}

/// Later than anything was written, by more than the coarsest file system rounds.
fn later() -> SystemTime {
    now() + Duration::from_secs(60)
}

#[test]
fn a_year_out_of_the_index_is_the_year_out_of_the_files() {
    let street = Street::new(52);
    let (first, files) = street.both("first", later());
    assert_eq!(first, files);
    assert!(files.0.len() > 50 && files.1.is_empty(), "{:?}", files.1);
    let written = fs::read(street.file("first")).unwrap();
    let known = storage::index::load(&street.at("first", later()));
    assert_eq!(known.len(), files.0.len());
    assert!(known.values().all(|k| k.settled && Some(&k.digest) == files.0.get(&k.digest.week)));
    assert_eq!(street.both("first", later()).0, files);
    assert_eq!(fs::read(street.file("first")).unwrap(), written, "nothing changed, nothing is written");
}

#[test]
fn a_new_a_changed_and_a_removed_week_are_noticed() {
    let street = Street::new(8);
    let _ = told(&street.root("first"), Some(&street.at("first", later())));
    let files = street.snapshots("first");
    let newest = fs::read_to_string(&files[7]).unwrap();
    fs::write(files[7].with_extension("r2.ron"), newest.replacen("revision: 1", "revision: 2", 1)).unwrap();
    std::thread::sleep(Duration::from_millis(12));
    edit(&files[3], "t", "n");
    fs::remove_file(&files[0]).unwrap();
    let (index, files) = street.both("first", later());
    assert_eq!(index, files);
    assert_eq!(index.0.len(), 7);
    assert_eq!(storage::index::load(&street.at("first", later())).len(), 7, "the index forgot the removed week");
}

#[test]
fn a_file_that_was_written_when_it_was_looked_at_is_not_known_by_its_stamp() {
    let street = Street::new(4);
    let written = street.snapshots("first").iter().map(|path| fs::metadata(path).unwrap().modified().unwrap()).min();
    let _ = told(&street.root("first"), Some(&street.at("first", written.unwrap())));
    let known = storage::index::load(&street.at("first", now()));
    assert!(known.len() == 4 && known.values().all(|k| !k.settled), "a coarse clock would hide a change right after");
    let _ = told(&street.root("first"), Some(&street.at("first", later())));
    assert!(storage::index::load(&street.at("first", now())).values().all(|k| k.settled), "looked at again, it is");
}

#[test]
fn a_time_that_was_set_back_hides_no_change() {
    let street = Street::new(4);
    let _ = told(&street.root("first"), Some(&street.at("first", later())));
    std::thread::sleep(Duration::from_millis(12));
    let path = &street.snapshots("first")[2];
    let written = fs::metadata(path).unwrap().modified().unwrap();
    edit(path, "e", "o");
    File::options().write(true).open(path).unwrap().set_modified(written).unwrap();
    let (index, files) = street.both("first", later());
    assert_eq!(index, files);
}

#[test]
fn a_broken_snapshot_is_reported_each_time_and_never_told_out_of_the_index() {
    let street = Street::new(4);
    let _ = told(&street.root("first"), Some(&street.at("first", later())));
    std::thread::sleep(Duration::from_millis(12));
    fs::write(&street.snapshots("first")[1], "(schema: 1, week: ").unwrap();
    for _ in 0..2 {
        let (index, files) = street.both("first", later());
        assert_eq!(index, files);
        assert_eq!((index.0.len(), index.1.len()), (3, 1));
    }
}

#[test]
fn without_a_place_for_the_index_all_is_told_all_the_same() {
    let street = Street::new(3);
    // A file where the folder should be: nothing can be made below it, whoever tries.
    fs::write(street.folder.path().join("home"), "").unwrap();
    let (index, files) = street.both("first", later());
    assert_eq!(index, files);
    // And a folder where the file should be.
    let street = Street::new(3);
    fs::create_dir_all(street.file("first")).unwrap();
    let (index, files) = street.both("first", later());
    assert_eq!(index, files);
}

#[test]
fn every_source_that_decides_what_is_in_an_index_is_part_of_its_form() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model");
    let form = include_str!("../index/form.rs");
    // These make no part of a snapshot or of what is drawn from it.
    let elsewhere = [
        "answer.rs",
        "passed.rs",
        "feed.rs",
        "mod.rs",
        "history.rs",
        "import.rs",
        "problem.rs",
        "quarter.rs",
        "quarterly",
        "series.rs",
        "sharing.rs",
        "shown.rs",
        "standing.rs",
        "tongue",
    ];
    for entry in fs::read_dir(model.join("register")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let named = name == "tests.rs" || form.contains(&format!("model/register/{name}\""));
        assert!(named, "register/{name} is not in the list");
    }
    for entry in fs::read_dir(model).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let named = form.contains(&format!("../../model/{name}\"")) || form.contains(&format!("../../model/{name}/"));
        assert!(named || elsewhere.contains(&name.as_str()), "{name} is in neither list");
    }
}

#[test]
fn what_is_looked_at_after_the_index_was_damaged_replaced_or_removed_is_what_the_files_say() {
    let street = Street::new(6);
    let files = told(&street.root("first"), None);
    let with_index = || told(&street.root("first"), Some(&street.at("first", later())));
    assert_eq!(with_index(), files);
    let whole = fs::read(street.file("first")).unwrap();
    let pieces = 12..numbers(&whole).unwrap();
    let index = street.file("first");
    let change: [&dyn Fn(); 4] = [
        &|| {
            let mut bytes = whole.clone();
            bytes[pieces.clone()].iter_mut().for_each(|byte| *byte ^= 1);
            fs::write(&index, bytes).unwrap();
        },
        &|| fs::write(&index, "").unwrap(),
        &|| fs::remove_file(&index).unwrap(),
        &|| {
            let other = street.folder.path().join("other");
            fs::write(&other, "another").unwrap();
            fs::rename(other, &index).unwrap();
        },
    ];
    for (nth, change) in change.iter().enumerate() {
        fs::write(&index, &whole).unwrap();
        let held = with_index();
        change();
        assert_eq!(held, files, "change {nth}");
        assert_eq!(with_index(), files, "and the next start after change {nth}");
    }
}

/// Damage at random. `TRUENORTH_LONG=1` tries 10,000 cases.
#[test]
fn a_damaged_foreign_or_stale_index_never_shows() {
    let long = std::env::var_os("TRUENORTH_LONG").is_some();
    let cases = if long { 10_000 } else { 200 };
    let street = Street::new(if long { 6 } else { 4 });
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    for case in 0..cases {
        let looked = if case % 2 == 0 { later() } else { now() };
        for shop in ["first", "second"] {
            let (index, files) = street.both(shop, looked);
            assert_eq!(index, files, "case {case}, {shop}");
        }
        damage(&street, &mut random);
    }
}

/// Where the numbers of an index begin, in one that may be damaged.
fn numbers(bytes: &[u8]) -> Option<usize> {
    let at = u64::from_le_bytes(bytes.get(4..12)?.try_into().unwrap());
    usize::try_from(at).ok().filter(|at| (13..bytes.len() - 16).contains(at))
}

fn damage(street: &Street, random: &mut TestRng) {
    let mut below = |n: usize| usize::try_from(random.next_u64() % n as u64).unwrap();
    let (first, second) = (street.file("first"), street.file("second"));
    // Where a damaged piece was met, the index was given up.
    let Ok(mut bytes) = fs::read(&first) else { return };
    let snapshots = street.snapshots("first");
    let snapshot = &snapshots[below(snapshots.len())];
    let (step, pieces) = (bytes.len() / 40, numbers(&bytes).unwrap_or(bytes.len()));
    match below(10) {
        0 => bytes.truncate(below(bytes.len())),
        1 => (0..=below(3)).for_each(|_| bytes[below(40)] ^= 1 << below(8)),
        2 => (0..=below(3)).for_each(|_| bytes[below(40) * step] ^= 1 << below(8)),
        7 => (0..=below(9)).for_each(|_| bytes[12 + below(pieces - 12)] ^= 1 << below(8)),
        8 => {
            let numbers = bytes.len() - pieces;
            (0..=below(9)).for_each(|_| bytes[pieces + below(numbers)] ^= 1 << below(8));
        }
        3 => bytes = fs::read(second).unwrap(),
        // One that passes its checksum: the other shop's weeks under this one's name.
        4 => {
            let mut other = fs::read(second).unwrap();
            if let (Some(ours), Some(theirs)) = (numbers(&bytes), numbers(&other)) {
                other[theirs + 8..theirs + 16].copy_from_slice(&bytes[ours + 8..ours + 16]);
                let sum = crc32fast::hash(&[&other[4..12], &other[theirs..]].concat());
                other[..4].copy_from_slice(&sum.to_le_bytes());
                bytes = other;
            }
        }
        5 => bytes.extend_from_slice(b"more"),
        6 => {
            // The kernel's clock for files ticks every few milliseconds.
            std::thread::sleep(Duration::from_millis(12));
            let written = fs::metadata(snapshot).unwrap().modified().unwrap();
            let letters = ["a", "e", "o", "t", "n"];
            edit(snapshot, letters[below(5)], letters[below(5)]);
            File::options().write(true).open(snapshot).unwrap().set_modified(written).unwrap();
        }
        _ => {
            let _ = fs::remove_file(&first);
            return;
        }
    }
    fs::write(first, bytes).unwrap();
}
