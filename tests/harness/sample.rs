//! The bakery as it stands on a fixed day, made once and written where a test wants it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use truenorth::model::history::{History, WeekDigest};
use truenorth::model::tongue::{self, Language};
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
        if is_loud() && path.extension().is_some_and(|e| e == "ron") {
            fs::write(path, shouted(std::str::from_utf8(bytes).unwrap())).unwrap();
        } else {
            fs::write(path, bytes).unwrap();
        }
    }
}

/// Whether the bakery writes all its own texts in capitals, so that they can be told from what the program says: it does
/// where the pseudo language is spoken, and where a test asks for it.
fn is_loud() -> bool {
    tongue::language() == Language::Pseudo || LOUD.get()
}

thread_local! {
    static LOUD: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Does something while the bakery writes its own texts in capitals, in this thread alone.
pub(crate) fn loudly<T>(act: impl FnOnce() -> T) -> T {
    LOUD.set(true);
    let done = act();
    LOUD.set(false);
    done
}

/// A file of the bakery with its texts in capitals. Ids, dates and names of zones stay: what has a blank or a capital is a text,
/// and so is what stands in a field for one.
fn shouted(file: &str) -> String {
    let mut out = String::new();
    for line in file.split_inclusive('\n') {
        if line.trim_start().starts_with("//") {
            out += line;
            continue;
        }
        for (at, piece) in line.split('"').enumerate() {
            let field = out.trim_end_matches('"').trim_end().rsplit([' ', '(', '[']).next().unwrap_or_default();
            let free = ["unit:", "role:", "title:", "name:", "note:", "text:", "words:"].contains(&field);
            let text = piece.contains(' ') || piece.chars().any(char::is_uppercase);
            let dated = piece.chars().any(|c| c.is_ascii_digit()) && !piece.contains(' ');
            let loud = at % 2 == 1 && (free || text) && !dated && field != "time_zone:";
            out += if at > 0 { "\"" } else { "" };
            out += &if loud { piece.to_uppercase() } else { piece.to_owned() };
        }
    }
    out
}

/// The ids of the bakery, and whatever else is written in small letters in its files.
pub(crate) fn small_words() -> BTreeSet<String> {
    let texts = files().iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "ron"));
    let quoted = texts.flat_map(|(_, bytes)| std::str::from_utf8(bytes).unwrap().split('"').skip(1).step_by(2));
    let ids = quoted.filter(|text| !text.contains(' '));
    ids.flat_map(|id| id.split(|c: char| !c.is_alphabetic())).map(str::to_owned).collect()
}

/// The bakery as it is loaded, without a folder behind it.
pub(crate) fn bakery() -> Workspace {
    static LOADED: [OnceLock<Workspace>; 2] = [OnceLock::new(), OnceLock::new()];
    let loaded = LOADED[usize::from(is_loud())].get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        write_bakery(folder.path());
        storage::open(folder.path(), |_| Week::of(today())).unwrap()
    });
    Workspace { root: PathBuf::from("bakery"), ..loaded.clone() }
}

/// All weeks of the bakery.
pub(crate) fn bakery_weeks() -> Arc<History> {
    static WEEKS: [OnceLock<Arc<History>>; 2] = [OnceLock::new(), OnceLock::new()];
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
        let (quarters, problems) = storage::quarters(folder.path(), &bakery().quarters);
        assert_eq!(problems, []);
        quarters.into_iter().for_each(|quarter| history.insert_quarter(quarter));
        Arc::new(history)
    };
    WEEKS[usize::from(is_loud())].get_or_init(read).clone()
}
