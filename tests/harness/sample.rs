//! The bakery as it stands on a fixed day, made once and written where a test wants it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use truenorth::model::history::{History, WeekDigest};
use truenorth::model::week::Week;
use truenorth::model::workspace::Workspace;
use truenorth::storage::{self, Sample};

/// The day every test takes for today: a Thursday, the day of the bakery's review.
pub(crate) const TODAY: &str = "2026-11-19";

/// [`TODAY`] as a date.
pub(crate) fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

/// The bakery's files, by path below its folder: the sample as it is written for that day.
fn files() -> &'static BTreeMap<PathBuf, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<PathBuf, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        storage::write_sample(Sample::Bakery, folder.path(), today()).unwrap();
        let mut found = BTreeMap::new();
        let mut folders = vec![folder.path().to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.strip_prefix(folder.path()).unwrap().to_path_buf(), fs::read(&path).unwrap());
                }
            }
        }
        found
    })
}

/// Writes the bakery into a folder.
pub(crate) fn write_bakery(to: &Path) {
    for (path, bytes) in files() {
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The bakery as it is loaded, without a folder behind it.
pub(crate) fn bakery() -> Workspace {
    static LOADED: OnceLock<Workspace> = OnceLock::new();
    let loaded = LOADED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        write_bakery(folder.path());
        storage::open(folder.path(), |_| Week::of(today())).unwrap()
    });
    Workspace { root: PathBuf::from("bakery"), ..loaded.clone() }
}

/// All weeks of the bakery.
pub(crate) fn bakery_weeks() -> Arc<History> {
    static WEEKS: OnceLock<Arc<History>> = OnceLock::new();
    let read = || {
        let folder = tempfile::tempdir().unwrap();
        write_bakery(folder.path());
        let mut all: Vec<WeekDigest> = Vec::new();
        storage::history(folder.path(), &bakery().weeks, None, |digests, problems| {
            assert_eq!(problems, []);
            all.extend(digests);
        });
        let mut history = History::default();
        all.into_iter().for_each(|d| history.insert(d));
        Arc::new(history)
    };
    WEEKS.get_or_init(read).clone()
}
