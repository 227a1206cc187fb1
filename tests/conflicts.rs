//! Never a silent overwrite: what was changed outside, what git left and what a sync program left is shown, and settled by keys.

use std::fs;
use std::path::Path;

use truenorth::app::{Access, newer_schema};
use truenorth::model::strategy::Strategy;
use truenorth::model::week::Week;
use truenorth::storage;

use crate::cli::Shop;
use crate::harness::{Driven, today};

const GOALS: &str = "strategy/goals.ron";

/// What the target of the first key result is called in the file, and what else is changed there outside.
const TITLE: &str = "title: \"Make ordering from home as easy as walking in\"";

/// Changes a file outside of the program, as an editor or git would.
fn outside(t: &mut Driven, file: &str, change: impl Fn(String) -> String) {
    let path = t.root().join(file);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(text.clone());
    assert_ne!(text, changed, "nothing was changed in {file}");
    fs::write(path, changed).unwrap();
}

fn text(t: &mut Driven, file: &str) -> String {
    fs::read_to_string(t.root().join(file)).unwrap()
}

fn strategy(t: &mut Driven) -> Strategy {
    storage::open(&t.root(), |_| Week::of(today())).unwrap().strategy
}

/// The form of the first goal with another title typed, and meanwhile another title and another due date in its file.
fn both_changed() -> Driven {
    let mut t = Driven::new().at(100, 30);
    t.root();
    t.keys("3 Home Enter").sees("Edit the goal").keys("Ctrl-u").type_text("Order from the sofa");
    outside(&mut t, GOALS, |text| {
        let text = text.replacen(TITLE, "title: \"Ordering is walking in\" /* said outside */", 1);
        text.replacen("due: \"2027-06-30\"", "due: \"2027-12-31\"", 1)
    });
    t
}

#[test]
fn what_nobody_else_touched_is_saved_onto_what_was_changed_outside_and_said() {
    let mut t = Driven::new().at(100, 30);
    t.root();
    t.keys("3 Home Enter Ctrl-u").type_text("Order from the sofa");
    outside(&mut t, GOALS, |text| text.replacen("due: \"2027-06-30\"", "due: \"2027-12-31\" /* later */", 1));
    t.keys("Ctrl-s").sees("with what was changed outside").sees("due date");
    let now = text(&mut t, GOALS);
    assert!(now.contains("Order from the sofa") && now.contains("\"2027-12-31\" /* later */"), "{now}");
    assert_eq!(strategy(&mut t), t.app().workspace.strategy, "memory and files say the same");
    // Taking it back takes back mine alone.
    t.keys("u");
    let back = text(&mut t, GOALS);
    assert!(back.contains("as easy as walking in") && back.contains("2027-12-31"), "{back}");
}

#[test]
fn what_both_changed_is_shown_and_nothing_is_written_before_it_is_answered() {
    let mut t = both_changed();
    let before = text(&mut t, GOALS);
    t.keys("Ctrl-s").sees("Two versions of the strategy").sees("home as easy as").sees("Order from the sofa");
    t.sees("Ordering is walking").sees("2027-06-30").sees("2027-12-31").sees("0 of 1 answered");
    t.keys("Ctrl-s").sees("without an answer");
    assert_eq!(text(&mut t, GOALS), before);
    // Leaving it brings what was typed back, and saving that again asks again.
    t.keys("Esc").sees("Order from the sofa").keys("Ctrl-s").sees("Two versions of the strategy");
    assert_eq!(text(&mut t, GOALS), before);
}

#[test]
fn mine_goes_onto_their_file_with_their_other_changes_and_comments() {
    let mut t = both_changed();
    let before = text(&mut t, GOALS);
    t.keys("Ctrl-s m Ctrl-s").sees("Settled");
    let now = text(&mut t, GOALS);
    assert_eq!(now, before.replace("\"Ordering is walking in\"", "\"Order from the sofa\""));
    assert!(now.contains("/* said outside */") && now.contains("// Read it from a theme downwards"), "{now}");
    let kept: Vec<_> = fs::read_dir(t.root().join(".aside")).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), before, "their file as it was is kept");
    t.keys("u");
    assert_eq!(text(&mut t, GOALS), before, "and is one undo away");
}

#[test]
fn theirs_leaves_their_file_as_it_is_and_mine_is_one_undo_away() {
    let mut t = both_changed();
    let before = text(&mut t, GOALS);
    t.keys("Ctrl-s t Ctrl-s").sees("brings yours back");
    assert_eq!(text(&mut t, GOALS), before);
    assert_eq!(strategy(&mut t), t.app().workspace.strategy);
    t.keys("u");
    assert_eq!(text(&mut t, GOALS), before.replace("\"Ordering is walking in\"", "\"Order from the sofa\""));
}

#[test]
fn both_texts_stand_where_both_can() {
    let mut t = both_changed();
    t.keys("Ctrl-s B").sees("1 of 1 answered").keys("Ctrl-s").sees("Settled");
    assert_eq!(strategy(&mut t).goals[0].title, "Ordering is walking in / Order from the sofa");
}

#[test]
fn what_changed_once_more_while_it_was_being_settled_is_asked_once_more() {
    let mut t = both_changed();
    t.keys("Ctrl-s m");
    outside(&mut t, GOALS, |text| text.replacen("Ordering is walking in", "A third title", 1));
    let before = text(&mut t, GOALS);
    t.keys("Ctrl-s");
    assert_eq!(text(&mut t, GOALS), before, "what nobody has seen is not overwritten");
}

#[test]
fn a_window_that_is_looked_at_again_takes_what_was_changed_outside_and_says_so() {
    let mut t = Driven::new().at(100, 30);
    t.root();
    t.focus().lacks("changed outside");
    outside(&mut t, GOALS, |text| text.replacen(TITLE, "title: \"Ordering is walking in\"", 1));
    t.focus().sees("strategy/goals.ron changed outside: read again");
    t.keys("3").sees("Ordering is walking in");
    // With a form open nothing is taken from beneath it.
    t.keys("Home Enter Ctrl-u").type_text("Mine");
    outside(&mut t, GOALS, |text| text.replacen("Ordering is walking in", "Theirs", 1));
    t.focus().sees("saving will put yours onto it, or ask").keys("Ctrl-s").sees("Two versions").sees("Theirs");
}

/// The goals as git leaves them where both sides changed the same line.
fn marked(t: &mut Driven, base: Option<&str>) -> String {
    outside(t, GOALS, |text| {
        let line = text.lines().find(|l| l.contains(TITLE)).unwrap().to_owned();
        let base = base.map(|b| format!("||||||| 1a2b3c\n        title: \"{b}\",\n")).unwrap_or_default();
        let hunk = format!(
            "<<<<<<< HEAD\n        title: \"Ours\", // mine\n{base}=======\n        title: \"Theirs\", // other\n>>>>>>> branch"
        );
        text.replacen(&line, &hunk, 1)
    });
    text(t, GOALS)
}

#[test]
fn what_git_could_not_merge_is_settled_from_the_list_of_problems() {
    for (base, answer, title) in
        [(None, "m", "Ours"), (Some("Before"), "t", "Theirs"), (Some("Before"), "b", "Theirs / Ours")]
    {
        let mut t = Driven::new().at(100, 30);
        t.root();
        let with_marks = marked(&mut t, base);
        t.keys("R").keys("! s").sees("git could not merge strategy/goals.ron").sees("Ours").sees("Theirs");
        if let Some(base) = base {
            t.sees(base);
        }
        t.keys(answer).keys("Ctrl-s");
        let now = text(&mut t, GOALS);
        assert!(!now.contains("<<<<") && !now.contains("\n=======\n") && !now.contains(">>>>"), "{now}");
        assert_eq!(strategy(&mut t).goals[0].title, title);
        assert!(now.contains("// Read it from a theme downwards") && now.lines().count() > 100, "{now}");
        assert_eq!(storage::check(&t.root()).unwrap().problems, []);
        let kept: Vec<_> = fs::read_dir(t.root().join(".aside")).unwrap().map(|e| e.unwrap().path()).collect();
        assert_eq!(fs::read_to_string(&kept[0]).unwrap(), with_marks);
        t.keys("3").sees(title);
    }
}

/// A register in which two people gave a card another title, and each added one.
const IDEAS: &str = r#"// What we might try.
[
<<<<<<< HEAD
    (id: "n1", title: "A night shift", added: "2026-11-02", what: idea(stage: suggested)), // mine
    (id: "n2", title: "A second oven", added: "2026-11-09", what: idea(stage: suggested)),
=======
    (id: "n1", title: "An early shift", added: "2026-11-02", what: idea(stage: suggested)), // other
    (id: "n3", title: "Bread by post", added: "2026-11-10", what: idea(stage: suggested)),
>>>>>>> branch
]
"#;

#[test]
fn what_git_could_not_merge_in_a_register_is_settled_like_the_strategy() {
    let mut t = Driven::new().at(100, 30);
    let file = t.root().join("registers/ideas.ron");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, IDEAS).unwrap();
    t.keys("R ! s").sees("git could not merge registers/ideas.ron").sees("A night shift").sees("An early shift");
    t.sees("A second oven").sees("0 of 3 answered").keys("t B B").sees("3 of 3 answered").keys("Ctrl-s");
    let now = fs::read_to_string(&file).unwrap();
    let titles: Vec<String> =
        strategy(&mut t).cards_of(truenorth::model::register::Kind::Idea).map(|c| c.title.clone()).collect();
    assert_eq!(titles, ["An early shift / A night shift", "A second oven", "Bread by post"], "{now}");
    assert!(now.starts_with("// What we might try.") && now.contains("// other"), "{now}");
    let kept: Vec<_> = fs::read_dir(t.root().join(".aside")).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), IDEAS);
}

#[test]
fn a_copy_of_a_register_is_told_and_settled_into_it() {
    let mut t = Driven::new().at(100, 30);
    let root = t.root();
    let (file, copy) = ("registers/ideas.ron", "registers/ideas.sync-conflict-20261119-101010-ABCDEF.ron");
    fs::create_dir_all(root.join("registers")).unwrap();
    let versions = storage::split(IDEAS).unwrap();
    fs::write(root.join(file), versions.mine).unwrap();
    fs::write(root.join(copy), &versions.theirs).unwrap();
    t.keys("R ! s").sees("is a copy that says something else").keys("T Ctrl-s");
    let titles: Vec<String> =
        strategy(&mut t).cards_of(truenorth::model::register::Kind::Idea).map(|c| c.title.clone()).collect();
    assert_eq!(titles, ["An early shift", "Bread by post"]);
    assert_eq!(fs::read_to_string(root.join(copy)).unwrap(), versions.theirs, "the copy is not touched");
}

#[test]
fn a_copy_of_a_sync_program_is_settled_into_the_file_and_stays() {
    let mut t = Driven::new().at(100, 30);
    let root = t.root();
    let copy = Path::new("strategy/goals (Ben's conflicted copy).ron");
    let theirs = text(&mut t, GOALS).replacen(TITLE, "title: \"Ben's title\"", 1);
    fs::write(root.join(copy), &theirs).unwrap();
    t.keys("R ! s").sees("is a copy that says something else").sees("Ben's title").keys("t Ctrl-s");
    assert_eq!(strategy(&mut t).goals[0].title, "Ben's title");
    assert_eq!(fs::read_to_string(root.join(copy)).unwrap(), theirs, "the copy is not touched");
    t.keys("! s").sees("No strategy file has two versions");
}

/// The bakery as a later version might have written it.
fn made_newer(root: &Path) {
    let config = root.join("truenorth.ron");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replacen("schema: 1,", "schema: 2,\n    mood: \"sunny\",", 1)).unwrap();
    let goals = root.join(GOALS);
    let text = fs::read_to_string(&goals).unwrap();
    fs::write(&goals, text.replacen(TITLE, &format!("mood: (of: [1]),\n        {TITLE}"), 1)).unwrap();
}

#[test]
fn a_newer_format_says_so_wherever_something_would_be_written() {
    let shop = Shop::bakery();
    made_newer(&shop.root());
    let before = fs::read(shop.file(GOALS)).unwrap();
    shop.at(&["status"]).exits(0);
    shop.at(&["check"]).exits(1);
    for write in
        [&["action", "add", "Call the miller", "--as", "maya"][..], &["issue", "add", "No flour", "--as", "maya"]]
    {
        let run = shop.at(write);
        assert!(run.status != 0 && run.err.contains("schema 2"), "{write:?}: {} {}", run.status, run.err);
    }
    assert_eq!(fs::read(shop.file(GOALS)).unwrap(), before);
    let found = storage::open(&shop.root(), |_| Week::of(today())).unwrap();
    let newer = found.newer.unwrap();
    let mut t = Driven::opened(found, Access::NewerSchema(newer_schema(newer)));
    t.sees("read-only").keys("3").sees("Make ordering from home").keys("Enter").sees("format 2, this version knows 1");
    assert!(t.app().dialogs.is_empty());
}
