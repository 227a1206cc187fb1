//! What comes in between: kills, other machines, second windows, pastes, resizes, signals, no terminal at all.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use truenorth::model::review::{Review, Session};
use truenorth::model::week::Week;
use truenorth::model::workspace::{Draft, SCHEMA};
use truenorth::storage::{self, Journal};

use crate::harness::{Home, Pty, today};

/// Begins the review and says something in three steps of it.
fn begin(t: &mut Pty) {
    t.wait_for("not held yet").keys("Enter").wait_for("Hold the review").keys("Y").wait_for("Who is here").keys("f *");
    t.keys("g").wait_for("What happened").types("The oven held all week").keys("Ctrl-s").wait_gone("What happened");
    t.keys("Tab").wait_for("Due later").keys("y").keys("Tab").wait_for("Needs you");
    t.keys("6").wait_for("This week").type_text("1,9").wait_for("61,9").keys("Ctrl-s").wait_for("61.9 %");
}

fn journalled(home: &Home) -> (Session, usize) {
    let found = Journal::load(&home.journal()).expect("there is no journal");
    assert!(!found.tail_lost, "its last line is torn");
    let n = found.entries.len();
    (Session::replay(found.review, found.entries), n)
}

/// What [`begin`] said is there.
fn nothing_is_lost(review: &Review) {
    assert_eq!(review.facilitator.as_ref().unwrap().as_str(), "maya");
    assert_eq!(review.attendance.len(), 9);
    assert!(review.headlines.iter().any(|h| h.text == "The oven held all week"));
    assert_eq!(review.commitments.len(), 1);
    let margin = review.kpi(&"gross-margin".parse().unwrap()).unwrap();
    assert_eq!(margin.reading.unwrap().get(), 61.9);
}

#[test]
fn after_a_kill_everything_is_there_and_undo_reaches_back_before_it() {
    let home = Home::with_bakery();
    let mut t = home.open();
    begin(&mut t);
    t.kill9();
    nothing_is_lost(journalled(&home).0.review());

    let mut t = home.open();
    t.wait_for("it stands at Scorecard").wait_for("Every edit of it is here").keys("Enter").wait_for("61.9 %");
    t.keys("u").wait_for("Took back: value of Gross margin").wait_gone("61.9 %");
    t.keys("u").wait_for("Took back: done").keys("u").wait_for("Took back: headline");
    t.keys("Ctrl-r").wait_for("Did again: headline").keys("Ctrl-r").wait_for("Did again: done").keys("Ctrl-r");
    t.wait_for("Did again: value of Gross margin").kill9();
    // A second kill: the journal holds the undoing and redoing too.
    nothing_is_lost(journalled(&home).0.review());
}

#[test]
fn a_kill_in_a_form_loses_no_more_than_the_last_key() {
    let home = Home::with_bakery();
    let mut t = home.open();
    begin(&mut t);
    t.keys("i").wait_for("Raise an issue").types("Something that took ten minutes to put into words");
    t.kill9();
    let mut t = home.open();
    t.wait_for("it stands at Scorecard").keys("Enter").wait_for("61.9 %");
    t.keys("i").wait_for("Something that took ten minutes to put into words");
}

#[test]
fn a_review_put_aside_goes_on_from_its_draft_on_another_machine() {
    let home = Home::with_bakery();
    let mut t = home.open();
    begin(&mut t);
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    assert_eq!(storage::drafts(&home.root()), [Week::of(today())]);
    assert!(home.command(&["check"]).status.success(), "a draft is nothing to complain of");

    // The other machine has the workspace and nothing else.
    fs::remove_dir_all(home.folder().join("home")).unwrap();
    let mut t = home.run(&["--as", "ruth"]);
    t.wait_for("put aside as a draft by Maya Okafor").keys("Enter").wait_for("61.9 %").wait_for("saved").keys("q");
    assert_eq!(t.exit_status(), 0);
    let draft = storage::load_draft(&home.root(), Week::of(today())).unwrap().unwrap();
    nothing_is_lost(&draft.review);
    assert_eq!(draft.by.unwrap().as_str(), "ruth");
}

#[test]
fn a_draft_put_aside_elsewhere_later_is_offered_before_the_journal_here_and_neither_is_lost() {
    let home = Home::with_bakery();
    let mut t = home.open();
    begin(&mut t);
    t.kill9();
    // Meanwhile somebody went on on another machine, and the folder was shared.
    let (session, _) = journalled(&home);
    let mut review = session.review().clone();
    review.why_low = "said elsewhere".to_owned();
    let week = Week::of(today());
    let saved = review.started + chrono::Duration::days(1);
    let by = Some("ruth".parse().unwrap());
    let elsewhere = Draft { schema: SCHEMA, journal: "another-machine".to_owned(), entries: 99, saved, by, review };
    storage::save_draft(&home.root(), &elsewhere).unwrap();

    let mut t = home.open();
    t.wait_for("put aside as a draft by Ruth Adeyemi").keys("Enter").wait_for("61.9 %").wait_for("saved");
    assert_eq!(journalled(&home).0.review().why_low, "said elsewhere");
    let aside = home.journal().with_file_name("review.journal.kept-1");
    assert!(aside.exists(), "the journal from before the kill is kept aside");
    t.keys("q");
    assert_eq!(t.exit_status(), 0);

    // A draft from elsewhere that nobody took up outlives the throwing away of what is here.
    storage::save_draft(&home.root(), &Draft { saved: elsewhere.review.started, ..elsewhere }).unwrap();
    let mut t = home.open();
    t.wait_for("Continue where you were?").keys("Enter").wait_for("61.9 %").wait_for("saved").keys("q");
    assert_eq!(t.exit_status(), 0);
    let there = storage::load_draft(&home.root(), week).unwrap().unwrap();
    assert_eq!(there.journal, "another-machine", "leaving does not write over what was put aside elsewhere");
    let mut t = home.open();
    t.wait_for("Continue where you were?").keys("Down Down Enter").wait_for("Throw the unfinished").keys("Y");
    t.wait_for("was thrown away").keys("q");
    assert_eq!(t.exit_status(), 0);
    assert_eq!(storage::drafts(&home.root()), [week]);
}

#[test]
fn a_review_sealed_elsewhere_meanwhile_is_not_offered_again_and_its_journal_is_kept() {
    let home = Home::with_bakery();
    let mut t = home.open();
    begin(&mut t);
    t.kill9();
    let week = Week::of(today());
    let mut sealed = storage::snapshot(&home.root(), week.previous(), None).unwrap();
    sealed.week = week;
    storage::seal(&home.root(), &sealed).unwrap();

    let mut t = home.open();
    t.wait_for("sealed elsewhere; the review begun here is kept aside").wait_for("held and saved").keys("q");
    assert_eq!(t.exit_status(), 0);
    assert!(!home.journal().exists() && home.journal().with_file_name("review.journal.kept-1").exists());
}

#[test]
fn a_review_left_for_later_is_offered_again_and_thrown_away_only_after_a_question() {
    let home = Home::with_bakery();
    let mut t = home.open();
    begin(&mut t);
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    let mut t = home.open();
    t.wait_for("it stands at Scorecard").keys("Down Enter").wait_gone("it stands at Scorecard").keys("Enter");
    t.wait_for("it stands at Scorecard").keys("Down Down Enter").wait_for("Throw the unfinished review away?");
    t.keys("n").wait_gone("Throw the unfinished").keys("Enter").wait_for("it stands at Scorecard");
    t.keys("Down Down Enter").wait_for("Throw the unfinished").keys("Y").wait_for("was thrown away").keys("q");
    assert_eq!(t.exit_status(), 0);
    assert!(!home.journal().exists() && storage::drafts(&home.root()).is_empty());
}

#[test]
fn a_second_window_says_who_has_the_first_and_writes_nothing() {
    let home = Home::with_bakery();
    let mut first = home.open();
    begin(&mut first);
    let (_, before) = journalled(&home);
    let mut second = home.run(&["--as", "ruth"]);
    second.wait_for("Read-only: the review is open elsewhere: Maya Okafor").wait_for("read-only");
    second.keys("Enter").wait_for("Read-only").keys("3").wait_for("Vision").keys("+").wait_for("Read-only");
    second.keys("q");
    assert_eq!(second.exit_status(), 0);
    assert_eq!(journalled(&home).1, before);
    assert!(storage::drafts(&home.root()).is_empty());

    // The first goes on as if nothing had been; once it is left, the next may write.
    first.keys("u").wait_for("Took back").keys("q");
    assert_eq!(first.exit_status(), 0);
    let mut third = home.run(&["--as", "ruth"]);
    third.wait_for("it stands at Scorecard").keys("q Ctrl-c");
    assert_eq!(third.exit_status(), 0);
}

/// 100 KB of text as a careless clipboard holds it: control characters, a title sequence, tabs, long and wide lines.
fn novel() -> String {
    let page = "It was a dark\tand stormy night; \u{1b}[2J\u{1b}]0;owned\u{7} the rain fell \u{1b}[31min torrents\u{0}\u{8}.\r\n\
                日本語の文 e\u{301}\u{202e}\u{200b} 👩‍🍳\n";
    page.repeat(100 * 1024 / page.len() + 1)
}

#[test]
fn a_pasted_novel_is_text_in_a_note_and_no_number_in_a_number_field() {
    let home = Home::with_bakery();
    let mut t = home.open();
    begin(&mut t);
    let before = journalled(&home).0.review().clone();
    let drawn = t.bytes().len();

    t.keys("Home 7").wait_for("This week").keys("Backspace").paste(&novel()).wait_for("torrents").keys("Ctrl-s");
    t.wait_for("is no part of a number").wait_for("torrents").keys("Esc").wait_gone("torrents");
    assert_eq!(journalled(&home).0.review(), &before, "nothing was written");

    t.keys("n").wait_for("Note").paste(&novel()).wait_for("torrents").keys("Ctrl-s").wait_gone("close, keep draft");
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    let note = journalled(&home).0.review().kpi(&"gross-margin".parse().unwrap()).unwrap().note.clone();
    assert_eq!(note.matches("stormy night").count(), novel().matches("stormy night").count());
    assert!(note.contains("日本語の文"));
    // What was pasted never reaches the terminal as a command.
    let bytes = t.bytes().split_off(drawn);
    assert!(!bytes.windows(4).any(|w| w == b"\x1b]0;"), "a title was set from pasted text");
    assert!(!bytes.contains(&7), "a bell was rung from pasted text");
}

#[test]
fn a_storm_of_resizes_leaves_the_picture_as_it_was() {
    let home = Home::with_bakery();
    let mut t = home.open();
    begin(&mut t);
    t.keys("p").wait_for("paused").keys("Esc").wait_for("Enter goes on");
    let before = t.wait_gone("stands still").wait_for("1 target out of reach").wait_for("  saved").screen();
    for (w, h) in [(1, 1), (300, 100), (59, 19), (60, 20), (2, 50), (300, 1), (7, 3), (120, 40), (61, 100), (1, 100)] {
        for by in 0..4 {
            t.resize(w + by, h + by);
        }
    }
    t.resize(50, 10).wait_for("Nothing is lost");
    t.resize(300, 100).wait_for("Captured").resize(80, 24).wait_for("Enter goes on");
    t.keys("3").wait_for("Vision").keys("1").wait_for("Enter goes on");
    assert_eq!(t.screen(), before);
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
}

#[test]
fn keys_that_come_together_with_resizes_or_in_a_burst_are_all_read() {
    let home = Home::with_bakery();
    let mut t = home.open();
    t.wait_for("not held yet");
    for (n, place) in [("3", "Strategy  2026"), ("8", "History  2026"), ("5", "Decisions  2026"), ("1", "Home  2026")] {
        for by in 0..5 {
            t.resize(80 + by, 24 + by).send(b"jk");
        }
        t.resize(80, 24).keys(n).wait_for(place);
    }
    // More than the terminal library reads at once; the last of them opens the help.
    t.keys("8").wait_for("History  2026").send(&[b"j".repeat(3000), b"?".to_vec()].concat()).wait_for("Keys here");
}

#[test]
#[allow(clippy::disallowed_methods)] // how long it takes is what is promised
fn asked_to_end_it_ends_within_a_second_with_everything_kept_and_the_terminal_as_before() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let home = Home::with_bakery();
        let mut t = home.open();
        begin(&mut t);
        let since = Instant::now();
        t.signal(signal);
        t.exit_status();
        assert!(since.elapsed() < Duration::from_secs(1), "{signal:?}: it took {:?}", since.elapsed());
        nothing_is_lost(journalled(&home).0.review());
        let (now, before) = t.settings();
        assert_eq!(now, before, "{signal:?}");
        assert!(t.gave_modes_back(), "{signal:?}");
    }
}

#[test]
fn leaving_gives_the_terminal_back_as_it_was() {
    let home = Home::with_bakery();
    let mut t = home.open();
    t.wait_for("not held yet");
    assert!(!t.gave_modes_back(), "while it runs, the terminal is its own");
    let (during, before) = t.settings();
    assert_ne!(during, before);
    // A bare escape is a key of its own, not the beginning of another one.
    t.keys("?").wait_for("Keys here").send(b"\x1b").wait_gone("Keys here").keys("q");
    assert_eq!(t.exit_status(), 0);
    assert_eq!(t.settings().0, before);
    assert!(t.gave_modes_back());
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() {
    let home = Home::with_bakery();
    let out = home.command(&[]);
    assert_eq!(out.status.code(), Some(2));
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(said.contains("terminal") && said.contains("truenorth status"), "{said}");
    assert!(out.stdout.is_empty());

    let root = home.root().display().to_string();
    let mut t = home.start(&["--workspace", &root], &[("TERM", "dumb")]);
    assert_eq!(t.exit_status(), 2);
    let said = t.screen();
    assert!(said.contains("truenorth status"), "{said}");
    assert!(!t.bytes().contains(&0x1b), "a terminal that cannot be drawn on is sent no commands");
}
