//! Feeds that run programs: allowed by a person at a terminal with one word, and ended when that person leaves.

use std::fs;

use crate::harness::Home;

/// The bakery with a feed that runs `script`.
fn with_feed(script: &str) -> Home {
    let home = Home::with_bakery();
    let path = home.root().join("truenorth.ron");
    let more = "    feeds: [\n        (id: \"room\", kpi: \"proving-room\", source: command(argv: [\"sh\", \"feeds/room.sh\"])),";
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("    feeds: [", more)).unwrap();
    fs::write(home.root().join("feeds/room.sh"), script).unwrap();
    home
}

/// Answers the question of `trust`; whether the feed may run then.
fn answered(home: &Home, answer: &str) -> bool {
    let mut terminal = home.run(&["trust", "room"]);
    terminal.wait_for("Type yes; anything else is no.");
    terminal.send(answer.as_bytes()).send(b"\n");
    assert_eq!(terminal.exit_status(), 0, "{answer:?}");
    let told = if answer == "yes" { "Allowed:" } else { "Nothing was allowed." };
    assert!(terminal.screen().contains(told), "{answer:?}: {}", terminal.screen());
    home.command(&["feed", "refresh", "room", "--as", "maya", "--dry-run"]).status.success()
}

#[test]
fn only_the_word_yes_allows_a_program_and_a_change_of_it_asks_again() {
    let home = with_feed("echo 25.4");
    for answer in ["", "y", "Yes", "YES", "yes please", "no"] {
        assert!(!answered(&home, answer), "{answer:?} allowed it");
    }
    assert!(answered(&home, "yes"));
    fs::write(home.root().join("feeds/room.sh"), "echo 99").unwrap();
    let run = home.command(&["feed", "refresh", "room", "--as", "maya", "--dry-run"]);
    assert!(!run.status.success());
    let said = String::from_utf8_lossy(&run.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("changed since you approved it"), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn escape_while_feeds_are_asked_ends_what_they_run_and_takes_nothing_in() {
    let home = with_feed("echo $$ > pid; exec sleep 600");
    let pid = || fs::read_to_string(home.root().join("pid")).ok().and_then(|p| p.trim().parse::<u32>().ok());
    let mut trust = home.run(&["trust", "room"]);
    trust.wait_for("Type yes").send(b"yes\n");
    assert_eq!(trust.exit_status(), 0);
    let mut terminal = home.open();
    terminal.wait_for("Mine to do").keys("f").wait_for("Asking 1 of 6");
    terminal.wait_until("the program runs", |_| pid().is_some());
    let running = pid().unwrap();
    terminal.keys("Esc").wait_gone("Asking");
    terminal.wait_idle().keys("q");
    terminal.wait_end();
    assert!(!fs::exists(format!("/proc/{running}")).unwrap(), "it runs on");
    assert!(!fs::exists(home.root().join("readings")).unwrap(), "nothing was taken in");
}
