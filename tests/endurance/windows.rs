//! Two windows on one workspace: who may write, how the review goes over, and what happens when the other one is dead or stopped.

use rustix::process::Signal;
use truenorth::storage::Journal;

use crate::harness::{Home, Pty};

fn review(t: &mut Pty) {
    t.wait_for("not held yet").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("*");
    t.wait_for("saved");
}

fn entries(home: &Home) -> usize {
    Journal::load(&home.journal()).unwrap().entries.len()
}

#[test]
fn a_second_window_takes_the_review_over_with_all_that_was_typed_and_the_first_becomes_read_only() {
    let home = Home::with_bakery();
    let mut first = home.open();
    review(&mut first);
    first.keys("i").wait_for("Raise an issue").types("half a thou");
    let before = entries(&home);

    let mut second = home.run(&["--as", "ruth"]);
    second.wait_for("Read-only: the review is open elsewhere: Maya Okafor").keys("Ctrl-t");
    second.wait_for("Take the review over?").wait_for("Maya Okafor").keys("n").wait_gone("Take the review over?");
    first.wait_for("half a thou");
    second.keys("Ctrl-t").wait_for("Take the review over?").keys("Y").wait_for("it stands at Open");
    first.wait_for("Read-only: Ruth Adeyemi took the review over");

    // What was typed in the first goes on in the second, the form that was open too.
    second.keys("Enter").wait_for("Who is here").keys("i").wait_for("half a thou").types("ght").keys("Ctrl-s");
    second.wait_for("Kept: issue").wait_for("saved");
    let after = entries(&home);
    assert!(after > before);
    // The first writes nothing any more, whatever is pressed.
    first.keys("Enter").wait_for("Read-only").keys("3").wait_for("Vision").keys("+").wait_for("Read-only");
    assert_eq!(entries(&home), after);

    // And it can be taken back.
    first.keys("Ctrl-t").wait_for("Take the review over?").keys("Y").wait_for("it stands at Open").keys("Enter");
    first.wait_for("Who is here").keys("Esc 7").wait_for("half a thought");
    second.wait_for("Read-only: Maya Okafor took the review over").keys("q");
    assert_eq!(second.exit_status(), 0);
    first.keys("q");
    assert_eq!(first.exit_status(), 0);
}

#[test]
fn a_second_window_takes_over_from_a_first_one_that_was_killed() {
    let home = Home::with_bakery();
    let mut first = home.open();
    review(&mut first);
    let mut second = home.run(&["--as", "ruth"]);
    second.wait_for("Read-only: the review is open elsewhere");
    first.kill9();
    second.keys("Ctrl-t").wait_for("Take the review over?").keys("Y").wait_for("it stands at Open").keys("Enter");
    second.wait_for("Who is here").keys("q");
    assert_eq!(second.exit_status(), 0);
}

#[test]
fn a_first_window_that_is_stopped_keeps_the_review_and_the_second_says_what_to_do() {
    let home = Home::with_bakery();
    let mut first = home.open();
    review(&mut first);
    first.signal(Signal::STOP);
    let mut second = home.run(&["--as", "ruth"]);
    second
        .wait_for("Read-only: the review is open elsewhere")
        .keys("Ctrl-t")
        .wait_for("Take the review over?")
        .keys("Y");
    second.wait_for("does not answer").keys("Esc q");
    assert_eq!(second.exit_status(), 0);
    first.signal(Signal::CONT);
    // Whoever asked while it was stopped has given up: it goes on as if nothing had been.
    first
        .keys("i")
        .wait_for("Raise an issue")
        .types("still mine")
        .keys("Ctrl-s")
        .wait_for("Kept: issue")
        .wait_for("saved");
    first.keys("q");
    assert_eq!(first.exit_status(), 0);
}
