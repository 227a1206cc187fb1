//! What befalls a review on its way: edits while it is sealed, kills between resumptions, another week's check-ins, a draft that
//! cannot be put aside.

use std::fs;

use truenorth::app::dialogs::Dialog;
use truenorth::app::dialogs::resume::Resume;
use truenorth::app::message::{Recovered, RecoveredFrom};
use truenorth::model::agenda::Step;

use crate::harness::{Driven, Home, at_step};

#[test]
fn nothing_is_added_to_a_week_while_it_is_being_sealed() {
    for (step, keys) in
        [(1, "f"), (2, "y"), (3, "Space"), (4, "7"), (7, "v"), (8, "u"), (7, "Tab"), (8, "Ctrl-x Y"), (8, "Ctrl-s Y")]
    {
        let mut t = at_step(step);
        if keys == "u" {
            t.keys("i x Ctrl-s");
        }
        let before = t.journal.clone().unwrap().1.len();
        let review = t.review().clone();
        t.app_mut().held.as_mut().unwrap().sealing = true;
        t.keys(keys);
        assert_eq!(t.journal.clone().unwrap().1.len(), before, "step {step}, {keys}");
        assert_eq!(t.review(), &review, "step {step}, {keys}");
        t.sees("being saved");
    }
}

/// The program killed and begun anew from its journal, so many seconds later.
fn killed_and_resumed(t: &Driven, after: i64) -> Driven {
    let (_, entries) = t.journal.as_ref().unwrap();
    let found = Recovered {
        session: t.replayed(),
        last: entries.last().unwrap().at,
        edits: entries.len(),
        from: RecoveredFrom::Journal { torn: false },
        basis: None,
    };
    let mut next = Driven::new();
    next.set_now(t.now() + chrono::TimeDelta::seconds(after));
    next.journal.clone_from(&t.journal);
    next.app_mut().dialogs.push(Dialog::Resume(Resume::of(&found)));
    next.app_mut().recovered = Some(Box::new(found));
    next.sees(&format!("Last change: {} h ago (Thu 19 Nov", after / 3600)).keys("Enter");
    next
}

#[test]
fn the_clock_of_a_review_that_was_killed_twice_counts_neither_of_the_gaps() {
    let mut t = at_step(1);
    t.wait(60).keys("f");
    let mut t = killed_and_resumed(&t, 3600);
    assert_eq!(t.review().clock.spent(Step::Open, t.now()), 60);
    t.wait(60).keys("*");
    let mut t = killed_and_resumed(&t, 7200);
    assert_eq!(t.review().clock.spent(Step::Open, t.now()), 120);
    t.wait(60).keys("Down Space");
    assert_eq!(t.review().clock.spent(Step::Open, t.now()), 180);
    // What the journal leads to is the same, as often as it is replayed.
    assert_eq!(t.replayed().review().clock.spent(Step::Open, t.now()), 180);
}

#[test]
fn a_late_review_shows_the_check_ins_of_its_own_week_also_when_it_is_resumed() {
    let home = Home::with_bakery();
    fs::remove_file(home.root().join("snapshots/2026-W46.ron")).unwrap();
    let folder = home.root().join("check-ins/2026-W46");
    fs::create_dir_all(&folder).unwrap();
    let said = "(member: \"tom\", week: \"2026-W46\", blockers: [\"The mixer of last week\"])";
    fs::write(folder.join("tom.ron"), said).unwrap();
    let mut t = home.run(&["--as", "maya", "review", "-1"]);
    t.wait_for("Who is here").keys("* Tab Tab Tab Tab").wait_for("Check-ins").keys("Enter");
    t.wait_for("The mixer of last week").kill9();
    let mut t = home.open();
    t.wait_for("The review of 2026-W46 was not finished").keys("Enter").wait_for("The mixer of last week");
    assert!(!t.screen().contains("Office lists still on paper"), "that is of this week:\n{}", t.screen());
}

#[test]
fn what_failed_after_the_screen_was_left_is_told_below_it() {
    let home = Home::with_bakery();
    // A file where the folder of drafts should be: it cannot be made, whoever one is.
    fs::write(home.root().join("drafts"), "in the way").unwrap();
    let mut t = home.open();
    t.wait_for("not held yet").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("*");
    t.wait_for("saved").keys("q");
    t.exit_status();
    let bytes = String::from_utf8_lossy(&t.bytes()).into_owned();
    let after = bytes.rsplit("\u{1b}[?1049l").next().unwrap();
    assert!(after.contains("truenorth: ") && after.contains("drafts"), "{after}");
}
