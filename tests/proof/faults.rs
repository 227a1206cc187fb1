//! Every system call by which the program touches its files fails once, fails from then on, or is the last one before a kill.
//!
//! `strace` does it to the built program. Where there is none, or it may not trace, the tests say so and are left out. A fault
//! counts only where the log of strace says that it was injected.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use truenorth::storage;

use super::{Files, Small, files, in_parallel, sized};

/// The system calls that are made to fail, each with what the system may say.
const CALLS: [(&str, &[&str]); 13] = [
    ("openat", &["EACCES", "EMFILE", "ENOSPC", "EIO"]),
    ("read", &["EIO"]),
    ("write", &["ENOSPC", "EIO"]),
    ("fsync", &["EIO", "ENOSPC"]),
    ("renameat", &["EXDEV", "EACCES", "ENOSPC", "EIO"]),
    ("renameat2", &["EXDEV", "EACCES", "ENOSPC", "EIO"]),
    ("rename", &["EXDEV", "EACCES", "ENOSPC", "EIO"]),
    ("linkat", &["EXDEV", "EACCES", "EIO"]),
    ("mkdir", &["EACCES", "ENOSPC", "EIO"]),
    ("fchmod", &["EACCES", "EIO"]),
    ("statx", &["EACCES", "EIO"]),
    ("getdents64", &["EIO"]),
    ("flock", &["EIO", "EOPNOTSUPP"]),
];

/// Whether programs can be traced here.
pub(super) fn can_trace() -> bool {
    let there = Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|o| o.status.success());
    if !there {
        eprintln!("LEFT OUT: there is no strace here, or it may not trace: no system call was made to fail");
    }
    there
}

/// Something that the program is asked to do.
struct Deed {
    name: &'static str,
    /// What is there before it.
    before: fn() -> Small,
    arguments: &'static [&'static str],
    /// Whether it writes one file alone, so that a failure leaves everything as it was.
    one_file: bool,
    /// Of how many possible faults one is tried, in the short form and in the long one.
    of: (usize, usize),
}

pub(super) fn with_a_check_in() -> Small {
    let small = Small::new();
    let said = small.command(&[], &["-w", "shop", "--as", "maya", "issue", "add", "The oven"]).output().unwrap();
    assert!(said.status.success(), "{said:?}");
    small
}

fn with_a_table() -> Small {
    let small = Small::new();
    fs::write(small.at("past.csv"), "week;weekly-revenue\n2026-W40;15200\n2026-W41;15900\n").unwrap();
    small
}

const DEEDS: [Deed; 6] = [
    Deed {
        name: "a first reading",
        before: Small::new,
        arguments: &["-w", "shop", "--as", "maya", "kpi", "set", "gross-margin", "61,9"],
        one_file: true,
        of: (4, 1),
    },
    Deed {
        name: "an action item",
        before: with_a_check_in,
        arguments: &["-w", "shop", "--as", "maya", "action", "add", "Call the miller"],
        one_file: true,
        of: (4, 1),
    },
    Deed {
        name: "an issue of somebody else",
        before: with_a_check_in,
        arguments: &["-w", "shop", "--as", "tom", "issue", "add", "Flour"],
        one_file: true,
        of: (6, 1),
    },
    Deed {
        name: "an import",
        before: with_a_table,
        arguments: &["-w", "shop", "--as", "maya", "import", "readings", "past.csv"],
        one_file: true,
        of: (4, 1),
    },
    Deed {
        name: "a new workspace",
        before: Small::empty,
        arguments: &["init", "shop", "--name", "Shop"],
        one_file: false,
        of: (3, 1),
    },
    Deed {
        name: "a kept demo",
        before: Small::empty,
        arguments: &["demo", "--keep", "shop"],
        one_file: false,
        of: (100, 15),
    },
];

/// A fault: `openat:error=EIO:when=7+`.
type Fault = String;

/// What a deed leads from and to: the files before it, everything beside the workspace included, and those of the workspace after it.
struct Ends {
    before: Files,
    after: Files,
}

/// Which faults can be injected into a deed: each call that touches its files, by its number among those of its kind.
fn possible(deed: &Deed) -> (Vec<Fault>, Ends) {
    let small = (deed.before)();
    let before = files(small.folder.path());
    let log = small.at("log");
    let calls: Vec<&str> = CALLS.iter().map(|(call, _)| *call).collect();
    let trace = format!("trace={}", calls.join(","));
    let under = ["strace", "-f", "-y", "-o", log.to_str().unwrap(), "-e", &trace];
    let done = small.command(&under, deed.arguments).output().unwrap();
    assert!(done.status.success(), "{}: {done:?}", deed.name);
    let text = fs::read_to_string(&log).unwrap();
    let folder = small.folder.path().to_str().unwrap().to_owned();
    let process = text.split(' ').next().unwrap().to_owned();
    let mut faults = Vec::new();
    for (call, errors) in CALLS {
        let begins = format!("{call}(");
        // Numbers are counted in each thread; those beside the first one only read.
        let of_the_kind = text.lines().filter(|l| {
            l.split_once(' ').is_some_and(|(p, rest)| p == process && rest.trim_start().starts_with(&begins))
        });
        let last = of_the_kind.clone().count();
        for (nth, line) in of_the_kind.enumerate().map(|(n, line)| (n + 1, line)) {
            if !touches_ours(line, &folder) {
                continue;
            }
            for error in errors {
                faults.push(format!("{call}:error={error}:when={nth}"));
                if nth < last {
                    faults.push(format!("{call}:error={error}:when={nth}+"));
                }
            }
            faults.push(format!("{call}:signal=KILL:when={nth}"));
        }
    }
    (faults, Ends { before, after: files(&small.root()) })
}

/// Whether a line of the log is of a call on a file beside the test: by its whole path, or from the folder the program stands in.
fn touches_ours(line: &str, folder: &str) -> bool {
    let line = line.replace(&format!("AT_FDCWD<{folder}>"), "");
    line.contains(folder) || line.contains("\"shop") || line.contains("\"past.csv")
}

fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(".tn-tmp-"))
}

/// Injects a fault and looks at what is left. `false` when it did not come to it.
fn fares(deed: &Deed, fault: &str, ends: &Ends) -> Result<bool, String> {
    let small = Small::holding(&ends.before);
    let new = &ends.after;
    let old = files(&small.root());
    let log = small.at("log");
    let inject = format!("inject={fault}");
    let trace = format!("trace={}", fault.split(':').next().unwrap());
    let under = ["strace", "-f", "-o", log.to_str().unwrap(), "-e", &trace, "-e", &inject];
    let done = small.command(&under, deed.arguments).output().unwrap();
    let log = fs::read_to_string(&log).unwrap_or_default();
    let killed = log.contains("killed by SIGKILL");
    if !killed && !log.contains("INJECTED") {
        return Ok(false);
    }
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    let after = files(&small.root());
    let lasting: Files = after.iter().filter(|(p, _)| !is_temporary(p)).map(|(p, b)| (p.clone(), b.clone())).collect();
    let torn = lasting.iter().find(|(path, bytes)| old.get(*path) != Some(bytes) && new.get(*path) != Some(bytes));
    if let Some((path, bytes)) = torn {
        return Err(format!("{} is neither old nor new: {}", path.display(), String::from_utf8_lossy(bytes)));
    }
    if let Some(lost) = old.keys().find(|path| !lasting.contains_key(*path)) {
        return Err(format!("{} is lost", lost.display()));
    }
    let problems = storage::check(&small.root()).map(|report| report.problems).unwrap_or_default();
    if !problems.is_empty() {
        return Err(format!("check finds {problems:?}"));
    }
    storage::sweep(&small.root(), SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 33));
    if let Some(litter) = files(&small.root()).keys().find(|path| is_temporary(path)) {
        return Err(format!("{} stays", litter.display()));
    }
    if killed {
        return Ok(true);
    }
    if after.keys().any(|path| is_temporary(path)) {
        return Err("a temporary file was left, and nobody was killed".to_owned());
    }
    if said.is_empty() && log.lines().any(|l| l.contains("write(2,") && l.contains("INJECTED")) {
        // It could not say anything.
        return Ok(true);
    }
    told(deed, &small, done.status.code(), &said, lasting == *new, lasting == old).map(|()| true)
}

/// What the program says of it agrees with what is there.
fn told(deed: &Deed, small: &Small, status: Option<i32>, said: &str, is_new: bool, is_old: bool) -> Result<(), String> {
    if said.contains("panicked") {
        return Err(format!("a panic: {said}"));
    }
    if status == Some(0) {
        return if is_new { Ok(()) } else { Err(format!("it said that it was done, and it is not: {said}")) };
    }
    let unconfirmed = said.contains("did not confirm");
    let folder = small.folder.path().to_str().unwrap();
    let places = ["shop", "past.csv", "truenorth.ron", "strategy/", "check-ins", "readings", "snapshots", folder];
    let names_a_place = places.iter().any(|place| said.contains(place));
    if !names_a_place {
        return Err(format!("the message names no file: {said}"));
    }
    if unconfirmed && deed.one_file && !is_new {
        return Err(format!("it said that it is saved, and it is not: {said}"));
    }
    if !unconfirmed && deed.one_file && !is_old {
        return Err(format!("it said that it failed, and it is there: {said}"));
    }
    Ok(())
}

#[test]
fn any_system_call_may_fail_or_be_the_last_one_and_nothing_is_lost() {
    if !can_trace() {
        return;
    }
    let (fired, tried) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let wrong = std::sync::Mutex::new(Vec::new());
    for deed in DEEDS {
        let (faults, ends) = possible(&deed);
        assert!(faults.len() > 20, "{}: {faults:?}", deed.name);
        let faults: Vec<&Fault> = faults.iter().step_by(sized(deed.of.0, deed.of.1)).collect();
        in_parallel(faults.len(), |nth| {
            tried.fetch_add(1, Ordering::Relaxed);
            match fares(&deed, faults[nth], &ends) {
                Ok(true) => drop(fired.fetch_add(1, Ordering::Relaxed)),
                Ok(false) => {}
                Err(why) => wrong.lock().unwrap().push(format!("{}, {}: {why}", deed.name, faults[nth])),
            }
        });
    }
    let wrong = wrong.into_inner().unwrap();
    let tried = tried.into_inner();
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    let fired = fired.into_inner();
    eprintln!("{fired} faults were injected");
    assert!(fired >= sized(500, 2000), "only {fired} faults were injected");
}
