//! Power cuts between any two steps of a save, on a disk that keeps only what was synced; and every step failing.
//!
//! The disk of these tests is worse than real ones. Of the names that were not synced any may be missing, in any combination;
//! of bytes that were not synced there may be all, none, the first half, zeros, or zeros in the first half.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::watch::{Fault, Lasting, Noted, watching};
use super::{Shop, long, moment, review, sealed, week};
use crate::model::checkin::{CheckIn, CheckInEdit};
use crate::model::import::{Imported, ReadingsFile};
use crate::model::workspace::{Draft, SCHEMA};
use crate::storage::layout::TEMPORARY;
use crate::storage::*;

/// The files of a folder by their paths.
pub(super) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A change of a folder's names.
#[derive(Debug, Clone)]
enum Naming {
    Folder(PathBuf),
    Add(PathBuf, usize),
    Move(PathBuf, PathBuf, usize),
    Gone(PathBuf),
}

/// The bytes of a file: what is on the disk, and what the system has.
#[derive(Debug, Clone, Default)]
struct Bytes {
    durable: Vec<u8>,
    now: Vec<u8>,
}

/// A disk on which something was done and not all of it synced.
#[derive(Debug, Clone, Default)]
pub(super) struct Disk {
    bytes: Vec<Bytes>,
    /// What each path leads to, as the system sees it.
    now: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    /// Folders whose names may be missing.
    folders: BTreeSet<PathBuf>,
    pending: Vec<Naming>,
}

impl Disk {
    pub(super) fn holding(files: &Files) -> Self {
        let mut disk = Self::default();
        for (path, bytes) in files {
            disk.now.insert(path.clone(), disk.bytes.len());
            disk.bytes.push(Bytes { durable: bytes.clone(), now: bytes.clone() });
        }
        disk.durable = disk.now.clone();
        disk
    }

    pub(super) fn take(&mut self, step: &Noted) {
        match step {
            Noted::MakeFolder(folder) => {
                self.folders.insert(folder.clone());
                self.pending.push(Naming::Folder(folder.clone()));
            }
            Noted::Create(path) => {
                self.now.insert(path.clone(), self.bytes.len());
                self.pending.push(Naming::Add(path.clone(), self.bytes.len()));
                self.bytes.push(Bytes::default());
            }
            Noted::Append(path, bytes) => self.bytes[self.now[path]].now.extend(bytes),
            Noted::SetPermissions => {}
            Noted::Sync(path) => {
                let bytes = &mut self.bytes[self.now[path]];
                bytes.durable = bytes.now.clone();
            }
            Noted::Rename(from, to) => {
                let file = self.now.remove(from).unwrap();
                self.now.insert(to.clone(), file);
                self.pending.push(Naming::Move(from.clone(), to.clone(), file));
            }
            Noted::Remove(path) => {
                self.now.remove(path);
                self.pending.push(Naming::Gone(path.clone()));
            }
            Noted::SyncFolder(folder) => {
                let (here, elsewhere): (Vec<_>, Vec<_>) =
                    std::mem::take(&mut self.pending).into_iter().partition(|n| n.folder() == folder);
                self.pending = elsewhere;
                for naming in here {
                    naming.apply(&mut self.durable, &mut self.folders);
                }
            }
        }
    }

    /// Every state that a power cut may leave.
    pub(super) fn after_a_cut(&self) -> Vec<Files> {
        assert!(self.pending.len() <= 10, "too many names are not synced: {:?}", self.pending);
        let mut states = Vec::new();
        for subset in 0..1u32 << self.pending.len() {
            let (mut names, mut folders) = (self.durable.clone(), self.folders.clone());
            let kept = self.pending.iter().enumerate().filter(|(n, _)| subset >> n & 1 == 1);
            kept.for_each(|(_, naming)| naming.apply(&mut names, &mut folders));
            names.retain(|path, _| !path.ancestors().any(|above| folders.contains(above)));
            let unsynced: BTreeSet<usize> =
                names.values().copied().filter(|f| self.bytes[*f].now != self.bytes[*f].durable).collect();
            let mut choices = vec![BTreeMap::new()];
            for file in unsynced {
                let variants = self.bytes[file].torn();
                choices = choices
                    .iter()
                    .flat_map(|chosen| variants.iter().map(move |v| (chosen, v)))
                    .map(|(chosen, v)| chosen.iter().chain([(&file, v)]).map(|(f, v)| (*f, v.clone())).collect())
                    .collect();
            }
            for chosen in choices {
                let bytes = |file: &usize| chosen.get(file).unwrap_or(&self.bytes[*file].durable).clone();
                states.push(names.iter().map(|(path, file)| (path.clone(), bytes(file))).collect());
            }
        }
        states
    }
}

impl Naming {
    fn folder(&self) -> &Path {
        let (Self::Folder(path) | Self::Add(path, _) | Self::Move(_, path, _) | Self::Gone(path)) = self;
        path.parent().unwrap()
    }

    /// `folders` are those that may be missing.
    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>, folders: &mut BTreeSet<PathBuf>) {
        match self {
            Self::Folder(path) => drop(folders.remove(path)),
            Self::Add(path, file) => drop(names.insert(path.clone(), *file)),
            Self::Move(from, to, file) => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
            Self::Gone(path) => drop(names.remove(path)),
        }
    }
}

impl Bytes {
    /// What may be there of bytes that were not synced.
    fn torn(&self) -> Vec<Vec<u8>> {
        let half = self.durable.len() + (self.now.len() - self.durable.len()) / 2;
        let mut zeros = self.now.clone();
        zeros[self.durable.len()..].fill(0);
        let mut hole = self.now.clone();
        hole[self.durable.len()..half].fill(0);
        vec![self.now.clone(), self.durable.clone(), self.now[..half].to_vec(), zeros, hole]
    }
}

pub(super) fn files(shop: &Shop) -> Files {
    shop.files().into_iter().collect()
}

pub(super) fn draft(entries: u64) -> Draft {
    let by = "maya".parse().ok();
    Draft { schema: SCHEMA, journal: "j1".to_owned(), entries, saved: moment(9), by, review: review("2026-W48") }
}

pub(super) fn an_import() -> ReadingsFile {
    let value = crate::model::number::Finite::from(4);
    let readings = vec![Imported { kpi: "share".parse().unwrap(), week: week("2026-W46"), value, fed: None }];
    let on = "2026-11-19".parse().unwrap();
    ReadingsFile { schema: SCHEMA, by: "maya".parse().unwrap(), on, nth: 1, source: "sales.csv".to_owned(), readings }
}

fn change_everything(shop: &Shop) -> Result<(), StorageError> {
    let old = shop.strategy();
    let mut new = old.clone();
    new.north_star.vision = "Farther".to_owned();
    new.goals[0].title = "More orders".to_owned();
    new.kpis[0].name = "Share of sales".to_owned();
    save_strategy(shop.root(), &old, &new)
}

fn say(shop: &Shop, words: &str) -> Result<CheckIn, StorageError> {
    let edit = CheckInEdit::Headline(words.to_owned());
    edit_check_in(shop.root(), week("2026-W47"), &"maya".parse().unwrap(), edit)
}

/// A save, with what is done before it.
struct Save {
    name: &'static str,
    before: fn(&Shop),
    work: fn(&Shop) -> Result<(), StorageError>,
}

/// Every kind of save.
const SAVES: [Save; 11] = [
    Save { name: "strategy", before: |_| {}, work: change_everything },
    Save {
        name: "config",
        before: |_| {},
        work: |shop| {
            let old = open(shop.root(), |_| week("2026-W47")).unwrap().config;
            let new = crate::model::workspace::Config { name: "Corner shop".to_owned(), ..old.clone() };
            save_config(shop.root(), &old, &new)
        },
    },
    Save { name: "first check-in", before: |_| {}, work: |shop| say(shop, "Sold out").map(drop) },
    Save {
        name: "check-in",
        before: |shop| drop(say(shop, "Sold out").unwrap()),
        work: |shop| say(shop, "And again").map(drop),
    },
    Save {
        name: "seal",
        before: |_| {},
        work: |shop| seal(shop.root(), &sealed("2026-W46", 1, &shop.strategy())).map(drop),
    },
    Save {
        name: "correction",
        before: |shop| drop(seal(shop.root(), &sealed("2026-W46", 1, &shop.strategy())).unwrap()),
        work: |shop| seal(shop.root(), &sealed("2026-W46", 2, &shop.strategy())).map(drop),
    },
    Save { name: "first draft", before: |_| {}, work: |shop| save_draft(shop.root(), &draft(1)) },
    Save {
        name: "draft",
        before: |shop| save_draft(shop.root(), &draft(1)).unwrap(),
        work: |shop| save_draft(shop.root(), &draft(2)),
    },
    Save {
        name: "draft away",
        before: |shop| save_draft(shop.root(), &draft(1)).unwrap(),
        work: |shop| remove_draft_unless(shop.root(), week("2026-W48"), |_| false),
    },
    Save { name: "quarter", before: |_| {}, work: super::quarters::end },
    Save { name: "import", before: |_| {}, work: |shop| save_import(shop.root(), an_import()).map(drop) },
];

fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(TEMPORARY))
}

/// Each file is as it was before or as it is after; what both have is there.
fn whole(state: &Files, old: &Files, new: &Files) -> Result<(), String> {
    for (path, bytes) in state.iter().filter(|(path, _)| !is_temporary(path)) {
        if old.get(path) != Some(bytes) && new.get(path) != Some(bytes) {
            return Err(format!("{} is neither old nor new: {:?}", path.display(), String::from_utf8_lossy(bytes)));
        }
    }
    match old.keys().filter(|path| new.contains_key(*path)).find(|path| !state.contains_key(*path)) {
        Some(lost) => Err(format!("{} is gone", lost.display())),
        None => Ok(()),
    }
}

/// The files in a folder of their own, as the program sees them after a restart.
pub(super) fn restarted(state: &Files, root: &Path) -> Shop {
    let shop = Shop::new();
    for (path, bytes) in state {
        shop.write(path.strip_prefix(root).unwrap().to_str().unwrap(), bytes);
    }
    shop
}

#[test]
fn a_power_cut_between_any_two_steps_of_a_save_leaves_each_file_old_or_new() {
    let (mut cuts, mut states) = (0, 0);
    for save in SAVES {
        let shop = Shop::new();
        (save.before)(&shop);
        let old = files(&shop);
        let seen = watching(None, || (save.work)(&shop));
        seen.result.unwrap();
        let new = files(&shop);
        assert_ne!(old, new, "{}", save.name);
        assert!(seen.steps.len() >= 2, "{}: nothing was watched", save.name);
        let mut looked_at = HashSet::new();
        for cut in 0..=seen.steps.len() {
            let mut disk = Disk::holding(&old);
            seen.steps[..cut].iter().for_each(|step| disk.take(step));
            for state in disk.after_a_cut() {
                let at = format!("{}, cut after {cut} of {:#?}", save.name, seen.steps);
                whole(&state, &old, &new).unwrap_or_else(|why| panic!("{why}: {at}"));
                // "Saved" was said: whatever the disk forgets, it is there.
                assert!(cut < seen.steps.len() || state == new, "saved and not there: {at}");
                states += 1;
                if looked_at.insert(state.clone()) {
                    let found = check(restarted(&state, shop.root()).root()).unwrap().problems;
                    assert_eq!(found, [], "{at}");
                }
            }
            cuts += 1;
        }
    }
    assert!(cuts >= 80 && states >= 220, "{cuts} cuts, {states} states");
}

#[test]
fn a_sealed_week_is_there_before_its_draft_goes() {
    let shop = Shop::new();
    let snapshot = sealed("2026-W48", 1, &shop.strategy());
    save_draft(shop.root(), &draft(1)).unwrap();
    let old = files(&shop);
    let seen = watching(None, || {
        seal(shop.root(), &snapshot)?;
        remove_draft_unless(shop.root(), week("2026-W48"), |_| false)
    });
    seen.result.unwrap();
    let has = |state: &Files, path: &str| state.contains_key(&shop.at(path));
    for cut in 0..=seen.steps.len() {
        let mut disk = Disk::holding(&old);
        seen.steps[..cut].iter().for_each(|step| disk.take(step));
        for state in disk.after_a_cut() {
            let is_sealed = has(&state, "snapshots/2026-W48.ron");
            assert!(is_sealed || has(&state, "drafts/2026-W48.ron"), "the week is lost after {cut} steps");
            if is_sealed {
                let back = super::super::snapshot(restarted(&state, shop.root()).root(), week("2026-W48"), None);
                assert_eq!(back.unwrap(), snapshot);
            }
        }
    }
}

#[test]
fn a_new_workspace_is_whole_or_none_after_a_power_cut() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("shop");
    fs::create_dir(&root).unwrap();
    let today = "2026-11-19".parse().unwrap();
    let seen = watching(None, || init(&root, "Shop", Template::Bakery, today));
    seen.result.unwrap();
    for cut in 0..=seen.steps.len() {
        let mut disk = Disk::default();
        seen.steps[..cut].iter().for_each(|step| disk.take(step));
        for state in disk.after_a_cut() {
            if !state.contains_key(&root.join("truenorth.ron")) {
                continue;
            }
            let there = tempfile::tempdir().unwrap();
            for (path, bytes) in &state {
                let path = there.path().join(path.strip_prefix(&root).unwrap());
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            assert_eq!(check(there.path()).unwrap().problems, [], "after {cut} steps");
        }
    }
}

#[test]
fn after_a_power_cut_a_journal_has_every_entry_that_was_synced_and_the_one_before_it_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/review.journal");
    let entries = super::journals::entries(7);
    let mut first = Journal::create(&path, "first", &review("2026-W47")).unwrap();
    first.append(&entries[0]).unwrap();
    first.sync().unwrap();
    let before: Files = [(path.clone(), fs::read(&path).unwrap())].into();
    let seen = watching(None, || {
        let mut journal = Journal::create(&path, "second", &review("2026-W48")).unwrap();
        for (n, entry) in entries.iter().enumerate() {
            journal.append(entry).unwrap();
            if n % 3 == 2 {
                journal.sync().unwrap();
            }
        }
    });
    let is_sync = |step: &&Noted| **step == Noted::Sync(path.clone());
    assert_eq!(seen.steps.iter().filter(is_sync).count(), 2, "what was asked to be on the disk was not synced");
    let there = tempfile::tempdir().unwrap();
    for cut in 0..=seen.steps.len() {
        let mut disk = Disk::holding(&before);
        seen.steps[..cut].iter().for_each(|step| disk.take(step));
        for state in disk.after_a_cut() {
            let journals = state.iter().filter(|(path, _)| !is_temporary(path)).map(|(_, bytes)| {
                let file = there.path().join("journal");
                fs::write(&file, bytes).unwrap();
                Journal::load(&file).unwrap_or_else(|| panic!("a journal without its first line after {cut} steps"))
            });
            let journals: Vec<_> = journals.collect();
            let first = journals.iter().find(|j| j.id == "first").unwrap_or_else(|| panic!("lost after {cut} steps"));
            assert_eq!(first.entries, entries[..1]);
            let second = journals.iter().find(|j| j.id == "second").map_or(&[][..], |j| &j.entries);
            assert_eq!(second, &entries[..second.len()]);
            let least = 3 * seen.steps[..cut].iter().filter(is_sync).count();
            assert!(second.len() >= least, "{} of {least} entries after {cut} steps", second.len());
        }
    }
}

#[test]
fn any_step_of_a_save_may_fail_and_each_file_stays_whole_without_litter() {
    const ENOSPC: i32 = 28;
    const EIO: i32 = 5;
    const EACCES: i32 = 13;
    const EXDEV: i32 = 18;
    const EMFILE: i32 = 24;
    let mut fired = 0;
    for save in SAVES {
        // To the code one refusal is like another; the long form tries them all.
        let refusals = if long() { &[ENOSPC, EIO, EACCES, EXDEV, EMFILE][..] } else { &[ENOSPC] };
        for (errno, lasting) in refusals.iter().flat_map(|e| [(*e, Lasting::Once), (*e, Lasting::FromThenOn)]) {
            for nth in 0.. {
                let shop = Shop::new();
                (save.before)(&shop);
                let old = files(&shop);
                let seen = watching(Some(Fault { nth, lasting, errno }), || (save.work)(&shop));
                let after = files(&shop);
                let at = format!("{}, step {nth} fails with {errno}, {lasting:?}", save.name);
                assert!(!after.keys().any(|path| is_temporary(path)), "litter: {at}");
                if seen.asked <= nth {
                    seen.result.unwrap_or_else(|e| panic!("{e}: {at}"));
                    break;
                }
                fired += 1;
                let said = seen.result.expect_err(&at);
                assert!(said.to_string().contains(shop.root().to_str().unwrap()), "which file is it? {said}: {at}");
                assert_eq!(check(shop.root()).unwrap().problems, [], "{at}");
                if matches!(said, StorageError::Unconfirmed { .. }) {
                    assert_ne!(after, old, "said to be saved and not there: {at}");
                    continue;
                }
                // A strategy of three files may have got as far as one of them, and a quarter as far as its strategy: how
                // that goes on is told in `quarters`.
                if !matches!(save.name, "strategy" | "quarter") {
                    assert_eq!(after, old, "said to have failed and is there: {at}");
                    (save.work)(&shop).unwrap_or_else(|e| panic!("and again without a fault: {e}: {at}"));
                }
            }
        }
    }
    assert!(fired >= if long() { 700 } else { 140 }, "only {fired} faults were tried");
}
