//! The terminal's life: stopped and brought back, frozen, gone, left by a failure, tiny and huge, without UTF-8.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use rustix::termios::{self, OptionalActions};

use crate::harness::{Home, Pty};

fn opened(home: &Home) -> Pty {
    let mut t = home.open();
    t.wait_for("not held yet");
    t
}

/// Waits until something holds, for a few seconds.
#[allow(clippy::disallowed_methods)] // a deadline needs the clock
#[track_caller]
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < end, "it never was so: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn suspended_it_gives_the_terminal_back_and_resumed_it_is_raw_again_and_drawn_afresh() {
    let home = Home::with_bakery();
    let mut t = opened(&home);
    let (raw, before) = t.settings();
    for way in ["Ctrl-z", "SIGTSTP"] {
        if way == "Ctrl-z" {
            t.keys("Ctrl-z");
        } else {
            t.signal(Signal::TSTP)
        }
        until("stopped", || t.is_stopped());
        assert_eq!(t.settings().0, before, "{way}: the settings are given back");
        until("its modes are given back", || t.gave_modes_back());
        let drawn = t.bytes().len();
        t.signal(Signal::CONT);
        until("raw again", || t.settings().0 == raw);
        t.wait_for("not held yet");
        until("drawn afresh", || String::from_utf8_lossy(&t.bytes()[drawn..]).contains("not"));
        assert!(!t.gave_modes_back(), "{way}: the terminal is its own again");
        t.keys("3").wait_for("Strategy  2026").keys("1").wait_for("not held yet");
    }
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    assert_eq!(t.settings().0, before);
}

#[cfg(target_os = "linux")]
#[test]
fn stopped_from_outside_it_takes_the_terminal_again_however_the_shell_left_it() {
    let home = Home::with_bakery();
    let mut t = opened(&home);
    let (raw, before) = t.settings();
    t.signal(Signal::STOP);
    until("stopped", || t.is_stopped());
    // A shell sets the terminal as it likes it when its job stops.
    let terminal = fs::OpenOptions::new().read(true).write(true).open(t.path()).unwrap();
    let mut cooked = termios::tcgetattr(&terminal).unwrap();
    cooked.local_modes |= termios::LocalModes::ICANON | termios::LocalModes::ECHO | termios::LocalModes::ISIG;
    termios::tcsetattr(&terminal, OptionalActions::Now, &cooked).unwrap();
    drop(terminal);
    t.signal(Signal::CONT);
    until("raw again", || t.settings().0 == raw);
    t.keys("3").wait_for("Strategy  2026").keys("q");
    assert_eq!(t.exit_status(), 0);
    assert_eq!(t.settings().0, before);
}

#[test]
#[allow(clippy::disallowed_methods)] // how long it takes is what is promised
fn a_frozen_terminal_keeps_it_from_ending_for_a_second_at_most() {
    let home = Home::with_bakery();
    let mut t = opened(&home);
    t.keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("*").wait_for("saved");
    let (_, before) = t.settings();
    t.freeze(true);
    // Far more than the terminal's buffer holds is drawn meanwhile.
    for n in 0..30 {
        t.resize(300 + n % 3, 100);
        std::thread::sleep(Duration::from_millis(50));
    }
    let since = Instant::now();
    t.signal(Signal::TERM);
    until("ended", || t.has_ended());
    assert!(since.elapsed() < Duration::from_millis(1400), "it took {:?}", since.elapsed());
    assert_eq!(t.settings().0, before, "the terminal's settings are as before");
    t.freeze(false);
    let found = truenorth::storage::Journal::load(&home.journal()).unwrap();
    assert!(!found.tail_lost && !found.entries.is_empty(), "the journal is whole");
    let log = fs::read_to_string(home.local().state.join("truenorth.log")).unwrap();
    assert!(log.contains("ended although something was under way"), "it was not frozen at all:\n{log}");
}

#[test]
#[allow(clippy::disallowed_methods)] // how long it takes is what is promised
fn under_a_flood_of_keys_without_an_end_it_goes_on_drawing_and_ends_within_a_second_of_being_asked() {
    let home = Home::with_bakery();
    let mut t = opened(&home);
    t.flood(b"jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj2k1k");
    t.wait_frames(20);
    let since = Instant::now();
    t.signal(Signal::TERM);
    assert_eq!(t.exit_status(), 0);
    assert!(since.elapsed() < Duration::from_millis(1200), "it took {:?}", since.elapsed());
    assert!(t.gave_modes_back());
    let log = fs::read_to_string(home.local().state.join("truenorth.log")).unwrap();
    assert!(log.contains("asked to end") && !log.contains("something was under way"), "{log}");
}

#[test]
fn a_week_that_the_disk_does_not_take_is_told_and_can_be_kept_in_another_place() {
    let home = Home::with_bakery();
    let mut t = opened(&home);
    t.keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here");
    for _ in 0..7 {
        t.keys("Tab");
    }
    // A folder that is none takes no file, as a disk that is full.
    let (weeks, aside) = (home.root().join("snapshots"), home.root().join("aside"));
    fs::rename(&weeks, &aside).unwrap();
    fs::write(&weeks, "").unwrap();
    t.keys("Ctrl-s").wait_for("Save the review of 2026-W47?").keys("Y").wait_for("That could not be done");
    t.wait_for("2026-W47.ron").keys("Esc").wait_for("Keep 2026-W47 in another place?").keys("Ctrl-u");
    let kept = home.folder().join("kept.ron");
    t.type_text(&kept.display().to_string()).keys("Ctrl-s").wait_for("The week is kept in");
    let text = fs::read_to_string(&kept).unwrap();
    // Once there is room it goes where it belongs, and says the same.
    fs::remove_file(&weeks).unwrap();
    fs::rename(&aside, &weeks).unwrap();
    t.keys("Ctrl-s").wait_for("Save the review of 2026-W47?").keys("Y").wait_for("2026-W47 is saved").keys("q");
    assert_eq!(t.exit_status(), 0);
    let sealed = fs::read_to_string(weeks.join("2026-W47.ron")).unwrap();
    let but_when =
        |text: &str| text.lines().filter(|l| !l.contains("2026-11-19T")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(but_when(&sealed).len(), but_when(&text).len(), "{text}");
    assert!(text.contains("week: \"2026-W47\"") && home.command(&["check"]).status.success());
}

#[test]
fn whatever_the_size_it_draws_and_goes_on() {
    let home = Home::with_bakery();
    let mut t = opened(&home);
    for (width, height) in [(0, 0), (1, 1), (65535, 1), (1, 2000), (2, 2), (500, 200)] {
        t.resize(width, height).keys("3 8 Tab ? Esc : Esc 4 Enter Esc 1");
    }
    t.resize(80, 24).wait_for("not held yet").keys("q");
    assert_eq!(t.exit_status(), 0);
}

#[test]
fn begun_in_a_terminal_without_a_size_it_still_draws() {
    let home = Home::with_bakery();
    let mut t = home.open();
    t.resize(0, 0).resize(80, 24).wait_for("not held yet").keys("q");
    assert_eq!(t.exit_status(), 0);
}

#[test]
fn without_utf_8_nothing_but_ascii_reaches_the_terminal() {
    for (name, value) in [("LANG", "C"), ("LC_ALL", "de_DE.ISO-8859-1"), ("LC_CTYPE", "POSIX")] {
        let home = Home::with_bakery();
        let root = home.root().display().to_string();
        let mut t = home.start(&["--workspace", &root, "--as", "maya"], &[(name, value)]);
        t.wait_for("not held yet").keys("3").wait_for("Vision").keys("4 Enter").wait_for("12 months").keys("Esc 8 q");
        t.exit_status();
        let high = t.bytes().iter().find(|b| **b > 0x7e).copied();
        assert_eq!(high, None, "{name}={value}");
    }
}

/// Fails on purpose in a build for tests, when this file appears: its content says where.
#[cfg(debug_assertions)]
fn failing(home: &Home) -> (Pty, std::path::PathBuf) {
    let file = home.folder().join("fail");
    let root = home.root().display().to_string();
    let path = file.display().to_string();
    let mut t = home.start(&["--workspace", &root, "--as", "maya"], &[("TRUENORTH_FAIL", &path)]);
    t.wait_for("not held yet").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("*");
    t.wait_for("saved");
    (t, file)
}

#[cfg(debug_assertions)]
#[test]
fn a_failure_of_the_drawing_thread_gives_the_terminal_back_and_tells_where_without_anything_that_was_written() {
    let home = Home::with_bakery();
    let (mut t, file) = failing(&home);
    fs::write(&file, "main").unwrap();
    t.keys("j");
    assert_eq!(t.exit_status(), 101);
    let (now, before) = t.settings();
    assert_eq!(now, before);
    assert!(t.gave_modes_back());
    let said = String::from_utf8_lossy(&t.bytes()).into_owned();
    let told = said.rsplit("truenorth has failed at src").next().unwrap();
    assert!(said.contains("truenorth has failed at src") && told.contains("journal"), "{said}");
    assert!(told.replace("\r\n", "").contains("truenorth.log"), "{told}");
    assert!(!said.contains("a private canary"), "what the panic carried is not told");
    let log = fs::read_to_string(home.local().state.join("truenorth.log")).unwrap();
    assert!(log.contains("the program has failed at=src") && !log.contains("canary"), "{log}");
    fs::remove_file(&file).unwrap();
    home.open().wait_for("it stands at Open").wait_for("Every edit of it is here");
}

#[cfg(debug_assertions)]
#[test]
fn a_failure_of_a_background_job_leaves_the_terminal_alone_and_is_told() {
    let home = Home::with_bakery();
    let (mut t, file) = failing(&home);
    fs::write(&file, "reader").unwrap();
    t.keys("R").wait_for("A background job failed unexpectedly").keys("Esc").wait_gone("A background job failed");
    fs::remove_file(&file).unwrap();
    t.keys("R").wait_for("Read again; no problem found").keys("q");
    assert_eq!(t.exit_status(), 0);
    assert!(!String::from_utf8_lossy(&t.bytes()).contains("panicked"));
}

#[test]
fn what_was_typed_on_the_start_screen_outlives_a_kill() {
    let home = Home::empty();
    let mut t = home.start(&[], &[]);
    t.wait_for("new workspace").keys("i").wait_for("A new workspace").types("Corner Shop").keys("Tab");
    t.types("Bread for everybody").kill9();
    let mut t = home.start(&[], &[]);
    t.wait_for("Kept what you typed in").keys("i").wait_for("Corner Shop").wait_for("Bread for everybody");
    // Closing the form keeps it too.
    t.keys("Esc").wait_gone("Corner Shop").keys("i").wait_for("Corner Shop").keys("Tab Tab").types("Ada");
    let folder = home.folder().join("shop").display().to_string();
    t.keys("Tab Tab Tab Ctrl-u").type_text(&folder).keys("Ctrl-s").wait_for("not held yet").keys("q");
    assert_eq!(t.exit_status(), 0);
    // Once it has become a workspace it is not offered again.
    let empty = home.folder().join("elsewhere");
    fs::create_dir_all(&empty).unwrap();
    assert!(!home.local().state.join("typed.ron").exists());
}

#[test]
fn ctrl_c_in_a_lent_terminal_is_the_editors() {
    let home = Home::with_bakery();
    let editor = home.folder().join("editor");
    let said = "trap 'echo caught >> \"$1\"; exit 0' INT QUIT\necho editing\nwhile :; do sleep 0.05; done\n";
    fs::write(&editor, format!("#!/bin/sh\n{said}")).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let root = home.root().display().to_string();
    let path = editor.display().to_string();
    // Ctrl-\ too, which would end the program and leave the terminal as it is.
    for key in [b"\x03", b"\x1c"] {
        let mut t = home.start(&["--workspace", &root, "--as", "maya"], &[("EDITOR", &path)]);
        t.wait_for("not held yet").keys("n").wait_for("> Note").keys("Ctrl-u").types("begun").keys("Ctrl-e");
        until("the editor has the terminal", || String::from_utf8_lossy(&t.bytes()).contains("editing"));
        t.send(key).wait_for("caught").wait_for("begun").keys("Esc q");
        assert_eq!(t.exit_status(), 0);
    }
}
