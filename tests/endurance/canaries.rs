//! What is private or not saved yet stays where it belongs: canaries, and where they may sing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::Home;

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out)
        } else if path.is_file() {
            out.push(path)
        }
    }
}

/// The files below a folder that hold a text, by their names.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut all = Vec::new();
    files(folder, &mut all);
    let holds = |p: &PathBuf| String::from_utf8_lossy(&fs::read(p).unwrap()).contains(text);
    let name = |p: PathBuf| p.file_name().unwrap().to_string_lossy().into_owned();
    all.into_iter().filter(holds).map(name).collect()
}

#[test]
fn what_is_typed_and_not_saved_is_in_one_file_of_this_machine_and_nowhere_else() {
    let home = Home::with_bakery();
    let mut t = home.run(&["--as", "maya", "--log-level", "trace"]);
    t.wait_for("not held yet").keys("i").wait_for("Raise an issue").types("CANARY7391").keys("Esc");
    t.wait_for("Kept what you typed");
    let drawn = t.bytes().len();
    t.keys("2").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("* Tab Tab Tab Tab Tab Tab Tab");
    t.wait_for("saved").keys("Esc 3").wait_for("Vision").keys("4 5 6 7 8 P P 1").wait_for("Home  2026");
    let later = t.bytes().split_off(drawn);
    assert!(!String::from_utf8_lossy(&later).contains("CANARY7391"), "it is on another screen");
    t.kill9();
    assert_eq!(holding(&home.root(), "CANARY7391"), [""; 0], "it is in the workspace");
    assert_eq!(holding(&home.folder(), "CANARY7391"), ["typed.ron"]);
    for command in
        [&["status"][..], &["status", "--json"], &["issue", "list", "--all"], &["search", "canary7391"], &["doctor"]]
    {
        let out = home.command(command);
        let said = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
        assert!(!said.contains("CANARY7391"), "{command:?}");
    }
    #[cfg(unix)]
    for (path, mode) in [("home/state", 0o40700), ("home/state/truenorth.log", 0o100_600)] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(home.folder().join(path)).unwrap().permissions().mode(), mode, "{path}");
    }
}

#[test]
fn the_log_and_the_doctor_hold_no_word_of_what_anybody_wrote() {
    let home = Home::with_bakery();
    // Names, titles, ids and paths of the workspace, each of them a canary.
    let words = [
        "Maya",
        "Okafor",
        "Maple",
        "maple-street",
        "online-orders",
        "Online orders",
        "second oven",
        "61,9",
        "61.9",
        "gross-margin",
    ];
    let mut t = home.run(&["--as", "maya", "--log-level", "trace"]);
    t.wait_for("not held yet").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("f *");
    t.keys("g").wait_for("What happened").types("second oven CANARY").keys("Ctrl-s").wait_gone("What happened");
    t.keys("Tab Tab").wait_for("Needs you").keys("6").wait_for("This week").type_text("1,9").wait_for("61,9");
    t.keys("Ctrl-s")
        .wait_for("61.9 %")
        .keys("Esc 3")
        .wait_for("Vision")
        .keys("o")
        .type_text("CANARY goal")
        .keys("Ctrl-s");
    t.wait_for("Saved (").keys("q");
    assert_eq!(t.exit_status(), 0);
    let log = fs::read_to_string(home.local().state.join("truenorth.log")).unwrap();
    for phrase in [
        "INFO  started version=",
        "INFO  workspace opened access=write weeks=",
        "kind=journal",
        "kind=key",
        "INFO  ended",
    ] {
        assert!(log.contains(phrase), "{phrase} is missing in\n{log}");
    }
    let doctor = home.command(&["doctor"]);
    let doctor = String::from_utf8(doctor.stdout).unwrap();
    for word in words.into_iter().chain(["CANARY", &home.folder().display().to_string()]) {
        assert!(!log.contains(word), "the log has {word}:\n{log}");
        assert!(!doctor.contains(word), "the doctor tells {word}:\n{doctor}");
    }
    assert!(doctor.contains("$TRUENORTH_HOME/state/truenorth.log"), "{doctor}");
}

#[test]
fn the_log_says_as_much_as_it_was_told_to() {
    for (level, has, lacks) in
        [("error", "", "INFO"), ("info", "INFO  started", "DEBUG"), ("debug", "DEBUG effect", "TRACE")]
    {
        let home = Home::with_bakery();
        let mut t = home.run(&["--as", "maya", "--log-level", level]);
        t.wait_for("not held yet").keys("T 3 q");
        assert_eq!(t.exit_status(), 0);
        let log = fs::read_to_string(home.local().state.join("truenorth.log")).unwrap();
        assert!(log.contains(has) && !log.contains(lacks), "{level}:\n{log}");
    }
}
