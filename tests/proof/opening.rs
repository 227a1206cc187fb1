//! What the program reaches for while it opens a workspace and is used: traced, as commands and in its terminal.

use std::fs;
use std::path::Path;

use super::faults::{can_trace, with_a_check_in};
use crate::harness::Home;

/// What starts programs, reaches out, or opens files.
const CALLS: &str = "trace=execve,execveat,socket,connect,openat,openat2,open";

/// Notes of this person alone, and a repository that would run a program of its own if git were asked.
fn lay_traps(folder: &Path, workspace: &str) {
    let hook = format!("{workspace}/.git/hooks/post-checkout");
    for (path, text) in [("home/data/private.ron", "canary-of-the-test"), (&hook, "exit 1")] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Looks through the log of a trace.
fn keeps_to_itself(log: &Path, workspace: &str, what: &str) {
    let log = fs::read_to_string(log).unwrap();
    let lines = |word: &str| log.lines().filter(|line| line.contains(word)).collect::<Vec<_>>();
    assert!(!lines("truenorth.ron").is_empty(), "{what}: nothing was traced:\n{log}");
    assert_eq!(lines("exec").len(), 1, "{what} starts something: {:?}", lines("exec"));
    // The door for other windows on this machine is no network.
    let beyond = |line: &&str| !line.contains("AF_UNIX");
    assert_eq!(lines("socket(").into_iter().filter(beyond).collect::<Vec<_>>(), [""; 0], "{what} reaches out");
    assert_eq!(lines("connect("), [""; 0], "{what} asks somebody");
    assert_eq!(lines("home/data"), [""; 0], "{what} opens what is private");
    assert_eq!(lines(&format!("{workspace}/.git")), [""; 0], "{what} looks into the repository");
}

#[test]
fn opening_a_workspace_starts_no_program_reaches_no_network_and_opens_nothing_private() {
    if !can_trace() {
        return;
    }
    let small = with_a_check_in();
    lay_traps(small.folder.path(), "shop");
    for words in [&["check"][..], &["status"], &["findings"], &["kpi", "list"], &["goal", "list"], &["search", "oven"]]
    {
        let log = small.at("log");
        let under = ["strace", "-f", "-o", log.to_str().unwrap(), "-e", CALLS];
        let done = small.command(&under, &[&["-w", "shop"], words].concat()).output().unwrap();
        assert!(done.status.code().is_some_and(|code| code < 2), "{words:?}: {done:?}");
        keeps_to_itself(&log, "shop", &format!("{words:?}"));
    }
}

#[test]
fn neither_home_nor_a_whole_review_starts_a_program_reaches_a_network_or_opens_anything_private() {
    if !can_trace() {
        return;
    }
    let home = Home::with_bakery();
    lay_traps(&home.folder(), "workspace");
    let log = home.folder().join("log");
    let under = ["strace", "-f", "-o", log.to_str().unwrap(), "-e", CALLS];
    let root = home.root().display().to_string();
    let mut t = home.start_under(&under, &["--workspace", &root, "--as", "maya"], &[]);
    t.wait_for("not held yet");
    for (place, words) in
        [("3", "Vision"), ("4", "Scorecard  2026"), ("9", "Alignment  2026"), ("R", "Read again"), ("1", "Home  2026")]
    {
        t.keys(place).wait_for(words);
    }
    t.keys("2").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("* g").wait_for("What happened");
    t.types("The oven held").keys("Ctrl-s").wait_for("saved");
    for _ in 0..7 {
        t.keys("Tab Down");
    }
    t.keys("Ctrl-s").wait_for("Save the review of").keys("Y").wait_for("is saved").keys("Esc q");
    t.wait_end();
    keeps_to_itself(&log, "workspace", "the program in its terminal");
}
