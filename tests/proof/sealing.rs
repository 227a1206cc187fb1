//! Sealing a week in the terminal while its system calls fail, or are the last ones: the week is sealed whole, or the review is
//! still there to be sealed.

use std::fs;
use std::path::Path;

use truenorth::model::review::{Review, Session};
use truenorth::model::week::Week;
use truenorth::storage::{self, Journal};

use super::faults::can_trace;
use super::sized;
use crate::harness::{Home, today};

/// What the writer's calls are made to say. Numbers are counted in each thread: the first ones are of the journal.
const FAULTS: [&str; 20] = [
    "renameat2:error=ENOSPC:when=1",
    "fsync:error=EIO:when=1+",
    "mkdir,openat:error=ENOSPC:when=40+",
    "renameat2:signal=KILL:when=1",
    "fsync:signal=KILL:when=2",
    "write:error=ENOSPC:when=200+",
    "renameat2:error=EACCES:when=1+",
    "renameat2:error=EXDEV:when=1+",
    "renameat2:error=EIO:when=1",
    "fsync:error=ENOSPC:when=1",
    "fsync:error=EIO:when=2",
    "fsync:error=EIO:when=2+",
    "fsync:signal=KILL:when=1",
    "fsync:signal=KILL:when=3",
    "fdatasync:error=EIO:when=1",
    "fdatasync:error=EIO:when=1+",
    "fdatasync:signal=KILL:when=2",
    "renameat:error=ENOSPC:when=1",
    "unlink:error=EIO:when=1+",
    "unlink:signal=KILL:when=1",
];

/// Types until a week is sealed, as far as one gets; `true` when the fault was injected.
fn tried(fault: &str) -> bool {
    let home = Home::with_bakery();
    let log = home.folder().join("log");
    let (inject, call) = (format!("inject={fault}"), fault.split(':').next().unwrap());
    let trace = format!("trace={call}");
    let under = ["strace", "-f", "-o", log.to_str().unwrap(), "-e", &trace, "-e", &inject];
    let root = home.root().display().to_string();
    let mut t = home.start_under(&under, &["--workspace", &root, "--as", "maya"], &[]);
    let said = "The oven held all week";
    let steps: [(&str, &str); 5] = [
        ("not held yet", "Enter"),
        ("Hold the review", "Y"),
        ("Who is here", "f * g"),
        ("What happened", ""),
        (said, "Ctrl-s"),
    ];
    let mut noted = false;
    for (words, keys) in steps {
        if !t.comes(words) {
            break;
        }
        t.keys(keys);
        if words == "What happened" {
            t.type_text(said);
        }
        noted = words == said;
    }
    let mut was_sealed = false;
    if noted && t.goes("What happened") {
        t.keys("Tab Tab Tab Tab Tab Tab Tab").keys("Ctrl-s");
        if t.comes("Save the review of") {
            t.keys("Y");
            was_sealed = t.comes("is saved");
        }
    }
    t.kill9_all();
    let log = fs::read_to_string(log).unwrap_or_default();
    let fired = log.contains("INJECTED") || log.contains("killed by SIGKILL");

    assert!(storage::check(&home.root()).unwrap().problems.is_empty(), "{fault}");
    let week = Week::of(today());
    let sealed = storage::snapshot(&home.root(), week, None).ok();
    assert!(!was_sealed || sealed.is_some(), "{fault}: “saved” was said, and it is not there");
    let has = |found: Option<&Review>| found.is_some_and(|r| r.headlines.iter().any(|h| h.text == said));
    let is_sealed = sealed.is_some_and(|s| s.headlines.iter().any(|h| h.text == said));
    let in_draft = storage::load_draft(&home.root(), week).unwrap();
    let is_kept = journals(&home.journal()).iter().any(|r| has(Some(r))) || has(in_draft.as_ref().map(|d| &d.review));
    let typed = fs::read_to_string(home.journal().with_file_name("typed.ron")).unwrap_or_default();
    assert!(!noted || is_sealed || is_kept || typed.contains(said), "{fault}: the headline is lost:\n{}", t.screen());
    fired
}

/// The reviews of a journal and of those that were kept aside.
fn journals(path: &Path) -> Vec<Review> {
    let entries = fs::read_dir(path.parent().unwrap()).into_iter().flatten().flatten();
    let found = entries.filter(|e| e.file_name().to_string_lossy().starts_with("review.journal"));
    found
        .filter_map(|e| Journal::load(&e.path()))
        .map(|j| Session::replay(j.review, j.entries).review().clone())
        .collect()
}

#[test]
fn a_week_that_is_being_sealed_is_sealed_whole_or_still_to_be_sealed() {
    if !can_trace() {
        return;
    }
    let faults = &FAULTS[..sized(5, FAULTS.len())];
    let fired = faults.iter().filter(|fault| tried(fault)).count();
    eprintln!("{fired} of {} faults came up while a week was sealed", faults.len());
    assert!(fired * 10 >= faults.len() * 6, "only {fired} came up");
}
