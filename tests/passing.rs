//! Passing on between workspaces by keys: out of this one, and what others passed on taken in or given back.

use std::fs;
use std::path::Path;

use truenorth::app::message::Effect;
use truenorth::model::id::IssueId;
use truenorth::model::passed::{Arrived, Passed, PassedAnswer, Reply, What};
use truenorth::model::record::IssueState;
use truenorth::model::week::Week;
use truenorth::storage;

use crate::harness::{Driven, Home, bakery, today};

/// What a mill passed on to the bakery.
fn flour() -> Passed {
    Passed {
        schema: 1,
        from: "mill".parse().unwrap(),
        name: "The Mill".to_owned(),
        week: Week::of(today()).plus(-1),
        by: None,
        what: What::Issue("sacks".parse().unwrap()),
        text: "Sacks come back wet".to_owned(),
        detail: "Eleven last week".to_owned(),
        why: "You store them outside".to_owned(),
    }
}

/// The bakery, to which the mill passed something on.
fn asked() -> Driven {
    let mut workspace = bakery();
    workspace.passed = vec![Arrived { passed: flour(), answer: None }];
    let mut t = Driven::with(workspace);
    let root = t.root();
    lay(&root);
    t
}

fn lay(root: &Path) {
    fs::create_dir_all(root.join("passed")).unwrap();
    let text = ron::ser::to_string(&flour()).unwrap();
    fs::write(root.join("passed/2026-W46-mill-sacks.ron"), text).unwrap();
}

/// The answer on the disk.
fn answer(root: &Path) -> Option<PassedAnswer> {
    let (arrived, problems) = storage::passed_since(root, Week::of(today()).plus(-2));
    assert_eq!(problems, []);
    arrived.into_iter().next().and_then(|a| a.answer)
}

#[test]
fn home_and_the_issues_say_what_others_passed_on_and_where_it_comes_from() {
    let mut t = asked();
    t.sees("Passed on").sees("1 to us by The Mill").sees("7 answers");
    t.keys("7").sees("Passed on to us").sees("Sacks come back wet").sees("from The Mill").sees("1 week");
    t.sees("You store them outside").sees("y makes it an issue of ours, x gives it back");
    Driven::new().lacks("Passed on").keys("7").lacks("Passed on to us");
}

#[test]
fn what_is_taken_in_is_an_issue_of_my_check_in_that_tells_its_origin() {
    let mut t = asked();
    t.keys("7 y").sees("An issue of ours now").sees("from The Mill");
    t.lacks("Passed on to us");
    let root = t.root();
    let Some(PassedAnswer { outcome: Reply::Accepted { issue }, .. }) = answer(&root) else { panic!("no answer") };
    let mine = storage::check_ins(&root, Week::of(today())).0;
    let raised = mine.iter().flat_map(|c| &c.issues).find(|i| i.id == issue).expect("it is in nobody's check-in");
    assert_eq!(raised.title, "Sacks come back wet");
    assert!(raised.detail.starts_with("Passed on by The Mill (2026-W46-mill-sacks)."), "{}", raised.detail);
    t.keys("1").lacks("to us by");
}

#[test]
fn in_a_review_it_is_taken_in_by_the_key_that_solves_and_journalled_before_it_is_answered() {
    let mut t = asked();
    t.keys("r Y").keys(&"Tab ".repeat(6)).keys("End").sees("Passed on to us").sees("s makes it an issue of ours");
    let effects = t.effects_of("s");
    let [Effect::Journal(_), Effect::AnswerPassed(answering), ..] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(answering.raised, None);
    let Reply::Accepted { issue } = &answering.answer.outcome else { panic!("{answering:?}") };
    assert!(t.review().issues.iter().any(|i| &i.id == issue && i.state == IssueState::Open));
}

#[test]
fn what_is_given_back_needs_words_and_stands_beside_it() {
    let mut t = asked();
    t.keys("7 x Ctrl-s").sees("is needed");
    t.type_text("We dry them").keys("Ctrl-s").sees("Given back to The Mill").lacks("Passed on to us");
    let root = t.root();
    let Some(PassedAnswer { outcome: Reply::Returned { text }, .. }) = answer(&root) else { panic!("no answer") };
    assert_eq!(text, "We dry them");
}

#[test]
fn an_issue_and_a_message_of_ours_become_files_where_they_are_passed_on_to() {
    let mut t = Driven::new();
    let other = t.root().join("other");
    fs::create_dir_all(&other).unwrap();
    let listed: IssueId = match t.keys("7").app().row() {
        Some(truenorth::app::screens::row::Row::Issue(id)) => id.clone(),
        other => panic!("{other:?}"),
    };
    let title = t.app().issue(&listed).unwrap().title.clone();
    t.keys("p").sees("Pass on:").type_text("other").keys("Tab").type_text("Beyond us").keys("Ctrl-s");
    let written = fs::read_to_string(other.join(format!("2026-W47-maple-street-bakery-{listed}.ron"))).unwrap();
    assert!(written.contains(&title) && written.contains("Beyond us"), "{written}");
    // What cannot be written keeps what was typed.
    t.keys("p Tab").type_text("Once more").keys("Ctrl-s").sees("exists already").keys("Esc").sees("Once more");
    t.keys("Esc").keys("6 Tab Tab p").sees("Pass on:");
    // Where it went the last time is proposed.
    t.sees("other").keys("Ctrl-s");
    let messages =
        fs::read_dir(&other).unwrap().flatten().filter(|e| fs::read_to_string(e.path()).unwrap().contains("For "));
    assert_eq!(messages.count(), 1);
}

#[test]
fn who_only_looks_passes_nothing_on() {
    let mut t = Driven::opened(bakery(), truenorth::app::Access::ReadOnly("Tom holds it".to_owned()));
    t.app_mut().workspace.passed = vec![Arrived { passed: flour(), answer: None }];
    for keys in ["7 y", "7 x", "7 Down p"] {
        t.keys(keys).sees("Read-only").lacks("Ctrl-s");
    }
    assert!(!t.has_folder());
}

#[test]
fn in_a_terminal_it_is_taken_in_and_the_check_is_clean() {
    let home = Home::with_bakery();
    lay(&home.root());
    let mut t = home.open();
    t.wait_for("1 to us by The Mill")
        .keys("7")
        .wait_for("Sacks come back wet")
        .keys("y")
        .wait_for("An issue of ours now");
    t.keys("q");
    assert_eq!(t.exit_status(), 0);
    assert!(matches!(answer(&home.root()), Some(PassedAnswer { outcome: Reply::Accepted { .. }, .. })));
    assert_eq!(storage::check(&home.root()).unwrap().problems, []);
}
