//! Sealing a week or a quarter and answering a check-in in the terminal while their system calls fail, or are the last ones: what was done is
//! whole, or still there to be done.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use truenorth::model::goal::GoalState;
use truenorth::model::quarter::Quarter;
use truenorth::model::review::{Review, Session};
use truenorth::model::week::Week;
use truenorth::storage::{self, Journal};

use super::faults::can_trace;
use super::{in_parallel, sized};
use crate::harness::{Home, Pty, today};

/// The system calls by which files are changed, each with what the system may say.
const CALLS: [(&str, &[&str]); 10] = [
    ("openat", &["ENOSPC", "EMFILE"]),
    ("write", &["ENOSPC", "EIO"]),
    ("fsync", &["EIO", "ENOSPC"]),
    ("fdatasync", &["EIO"]),
    ("renameat2", &["EXDEV", "EACCES", "ENOSPC", "EIO"]),
    ("renameat", &["ENOSPC", "EIO"]),
    ("rename", &["ENOSPC", "EIO"]),
    ("mkdir", &["EACCES", "ENOSPC"]),
    ("unlink", &["EIO"]),
    ("fchmod", &["EIO"]),
];

/// What is said in both; looked for afterwards.
const SAID: &str = "The oven held all week";

/// Why a goal is given up at the end of the quarter.
const DROPPED: &str = "Nobody asked for it";

/// By one of these the screen tells of a failure.
const WARNINGS: [&str; 3] = ["That could not be done", "cannot be written", "Not saved"];

/// Something that is done in the terminal, with what is left of it afterwards.
struct Deed {
    name: &'static str,
    arguments: &'static [&'static str],
    /// Does it, as far as one gets.
    act: fn(&mut Pty) -> Got,
    /// Whether it is done, by the files.
    is_done: fn(&Home) -> bool,
    /// Whether what was said is kept elsewhere, to be gone on with.
    is_kept: fn(&Home) -> bool,
}

/// How far one got.
#[derive(Default)]
struct Got {
    /// What was said stood on the screen, or behind it.
    noted: bool,
    /// The screen told that it is done.
    told: bool,
    /// In the end the screen told of a failure: then it is there, and nowhere else.
    warned: bool,
}

const DEEDS: [Deed; 3] = [
    Deed { name: "a seal", arguments: &[], act: seal, is_done: is_sealed, is_kept: review_is_kept },
    Deed { name: "a quarter", arguments: &[], act: seal_quarter, is_done: is_quarter_sealed, is_kept: quarter_is_kept },
    Deed { name: "a check-in", arguments: &["checkin"], act: check_in, is_done: is_answered, is_kept: is_typed },
];

/// Goes from screen to screen as long as each comes.
fn walk(t: &mut Pty, steps: &[(&str, &str)]) -> bool {
    steps.iter().all(|(words, keys)| {
        let came = t.comes(words);
        if came {
            t.keys(keys);
        }
        came
    })
}

fn seal(t: &mut Pty) -> Got {
    let mut got = Got::default();
    let begun = [("not held yet", "Enter"), ("Hold the review", "Y"), ("Who is here", "f * g"), ("What happened", "")];
    if !walk(t, &begun) || !t.type_text(SAID).comes(SAID) {
        return got;
    }
    got.noted = true;
    t.keys("Ctrl-s");
    if t.goes("What happened") {
        t.keys("Tab Tab Tab Tab Tab Tab Tab Ctrl-s");
        got.told = walk(t, &[("Save the review of", "Y")]) && t.comes("is saved. This");
    }
    got
}

fn seal_quarter(t: &mut Pty) -> Got {
    let mut got = Got::default();
    let begun = [("not held yet", "Q"), ("Hold the review", "Y"), ("Who is here", "* Tab"), ("rule  ours", "x")];
    if !walk(t, &begun) || !t.comes("Drop: ") {
        return got;
    }
    t.type_text(DROPPED).keys("Ctrl-s");
    if !t.goes("Drop: ") || !walk(t, &[("dropped", "Tab Tab"), ("North star (1)", "+"), ("An objective of", "")]) {
        return got;
    }
    got.noted = t.type_text(SAID).comes(SAID);
    t.keys("Tab").type_text("ruth").keys("Ctrl-s");
    if got.noted && t.goes("An objective of") {
        t.keys("Tab Tab Ctrl-s");
        got.told = walk(t, &[("Save the review of", "Y")]) && t.comes("is saved, and");
    }
    got
}

fn check_in(t: &mut Pty) -> Got {
    let mut got = Got::default();
    if !walk(t, &[("answered", "/")]) || !t.type_text("hinders").keys("Enter Esc Enter").comes("Enter saves") {
        return got;
    }
    got.noted = t.type_text(SAID).comes(SAID);
    if got.noted {
        t.keys("Enter");
        let is_told = |screen: &str| screen.contains(&format!("[x] {SAID}")) && screen.contains(" saved\n");
        got.told = t.comes_to(|screen| is_told(screen) || screen.contains("Not saved")) && is_told(&t.screen());
    }
    got
}

fn week() -> Week {
    Week::of(today())
}

fn is_sealed(home: &Home) -> bool {
    storage::snapshot(&home.root(), week(), None).is_ok_and(|s| s.headlines.iter().any(|h| h.text == SAID))
}

fn review_is_kept(home: &Home) -> bool {
    let has = |review: &Review| review.headlines.iter().any(|h| h.text == SAID);
    let draft = storage::load_draft(&home.root(), week()).unwrap();
    journals(&home.journal()).iter().any(has) || draft.is_some_and(|d| has(&d.review)) || is_typed(home)
}

/// Whether the record is there. What was agreed is in the strategy then: that comes first.
fn is_quarter_sealed(home: &Home) -> bool {
    let record = storage::quarter(&home.root(), Quarter::of(today()), None);
    let sealed = record.is_ok_and(|r| r.said.next.iter().any(|n| n.title == SAID));
    let strategy = storage::open(&home.root(), |_| week()).unwrap().strategy;
    let agreed = strategy.goals.iter().filter(|g| g.title == SAID).count();
    let dropped =
        strategy.goals.iter().any(|g| matches!(&g.state, GoalState::Dropped { reason, .. } if reason == DROPPED));
    assert!(agreed <= 1 && (!sealed || (agreed == 1 && dropped)), "sealed: {sealed}, agreed: {agreed} times");
    sealed
}

fn quarter_is_kept(home: &Home) -> bool {
    let has = |review: &Review| review.quarter.as_ref().is_some_and(|q| q.next.iter().any(|n| n.title == SAID));
    let draft = storage::load_draft(&home.root(), Quarter::of(today())).unwrap();
    journals(&home.journal()).iter().any(has) || draft.is_some_and(|d| has(&d.review)) || is_typed(home)
}

fn is_answered(home: &Home) -> bool {
    let said = storage::my_check_ins(&home.root(), &"maya".parse().unwrap(), week(), 0).unwrap().0;
    said.blockers.iter().any(|b| b == SAID)
}

fn is_typed(home: &Home) -> bool {
    fs::read_to_string(home.journal().with_file_name("typed.ron")).unwrap_or_default().contains(SAID)
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

/// Does a deed under strace; gives back what was got and the log.
fn traced(deed: &Deed, home: &Home, options: &[&str]) -> (Got, String) {
    let log = home.folder().join("log");
    let under = [&["strace", "-f", "-y", "-o", log.to_str().unwrap()], options].concat();
    let root = home.root().display().to_string();
    let arguments = [&["--workspace", &root, "--as", "maya"], deed.arguments].concat();
    let mut t = home.start_under(&under, &arguments, &[]);
    let mut got = (deed.act)(&mut t);
    got.warned = WARNINGS.iter().any(|words| t.screen().contains(words));
    t.kill9_all();
    (got, fs::read_to_string(log).unwrap_or_default())
}

/// Which faults can be injected: each call that changes a file of ours, by its number among those of its thread.
fn possible(deed: &Deed) -> Vec<String> {
    let home = Home::with_bakery();
    let names: Vec<&str> = CALLS.iter().map(|(call, _)| *call).collect();
    let (got, log) = traced(deed, &home, &["-e", &format!("trace={}", names.join(","))]);
    assert!(got.told, "{} is not done even without a fault", deed.name);
    let folder = home.folder().display().to_string();
    let mut faults = Vec::new();
    for (call, errors) in CALLS {
        let begins = format!("{call}(");
        let mut numbers = BTreeSet::new();
        let mut counts = std::collections::BTreeMap::<&str, usize>::new();
        for (thread, rest) in log.lines().filter_map(|line| line.split_once(' ')) {
            if !rest.trim_start().starts_with(&begins) {
                continue;
            }
            let nth = counts.entry(thread).or_default();
            *nth += 1;
            if rest.contains(&folder)
                && (call != "openat" || rest.contains("O_CREAT"))
                && !rest.contains("truenorth.log")
            {
                numbers.insert(*nth);
            }
        }
        for nth in numbers {
            let failing =
                errors.iter().flat_map(|e| [format!("error={e}:when={nth}"), format!("error={e}:when={nth}+")]);
            faults.extend(failing.chain([format!("signal=KILL:when={nth}")]).map(|fault| format!("{call}:{fault}")));
        }
    }
    faults
}

/// Injects a fault and looks at what is left; `false` when it did not come to it.
fn fares(deed: &Deed, fault: &str) -> bool {
    let home = Home::with_bakery();
    let call = fault.split(':').next().unwrap();
    let (got, log) = traced(deed, &home, &["-e", &format!("trace={call}"), "-e", &format!("inject={fault}")]);
    let what = format!("{}, {fault}", deed.name);
    assert_eq!(storage::check(&home.root()).unwrap().problems, [], "{what}");
    let is_done = (deed.is_done)(&home);
    assert!(!got.told || is_done, "{what}: it was said to be saved, and it is not there");
    // A kill after a failure that was told of is a second fault.
    let is_kept = (deed.is_kept)(&home) || (got.warned && fault.contains("error="));
    assert!(!got.noted || is_done || is_kept, "{what}: what was said is lost");
    log.contains("INJECTED") || log.contains("killed by SIGKILL")
}

#[test]
fn what_is_being_sealed_or_answered_is_saved_whole_or_still_to_be_saved() {
    if !can_trace() {
        return;
    }
    for deed in DEEDS {
        let faults = possible(&deed);
        // Spread evenly: the calls of the beginning, of the typing, of the end.
        let step = faults.len().div_ceil(sized(8, 120));
        let tried: Vec<&String> = faults.iter().step_by(step).collect();
        let fired = AtomicUsize::new(0);
        in_parallel(tried.len(), |nth| {
            fired.fetch_add(fares(&deed, tried[nth]).into(), Ordering::Relaxed);
        });
        let fired = fired.into_inner();
        eprintln!("{fired} of {} faults came up in {}, of {} possible", tried.len(), deed.name, faults.len());
        assert!(fired * 10 >= tried.len() * 6, "{}: only {fired} of {} came up", deed.name, tried.len());
    }
}
