//! A quarter's review from end to end by keys, as its owner would hold it.

use truenorth::model::goal::GoalState;
use truenorth::model::quarterly::{Fate, StarAnswer};
use truenorth::storage;

use crate::harness::{Driven, at_quarter_step};

/// A form with a text in its first field, saved.
fn say(t: &mut Driven, open: &str, text: &str) {
    t.keys(open);
    t.type_text(text);
    t.keys("Ctrl-s");
}

#[test]
fn a_quarter_is_reviewed_from_end_to_end_and_the_strategy_says_what_was_agreed() {
    let mut t = at_quarter_step(2);
    assert!(t.screen().contains("2026-Q4"), "{}", t.screen());
    // The first objective is carried with its key results, and the first of those closed with our own grade.
    t.keys("> 8 c");
    say(&mut t, "x", "Nobody asked for it");
    say(&mut t, "+", "Ask the counter first");
    t.keys("Tab Space Tab Space");
    t.keys("+");
    t.type_text("Open the second shop");
    t.keys("Tab");
    t.type_text("ruth");
    t.keys("Ctrl-s Tab Home Enter Ctrl-s Tab Home");
    say(&mut t, "Enter", "We held");
    let said = t.app().review().unwrap().quarter.clone().unwrap();
    assert_eq!(said.learned[0].text, "Ask the counter first");
    assert_eq!((said.north_star.clone(), said.looked.len()), (Some(StarAnswer::StillRight), 1));
    assert_eq!((said.next.len(), said.stops.len(), said.said.len()), (1, 1, 1));
    let goals: Vec<_> = said.facts.goals.iter().take(3).map(|g| g.goal.clone()).collect();
    assert_eq!(said.fate(&goals[0]), Some(&Fate::Carried));
    assert_eq!(said.fate(&goals[1]), Some(&Fate::Closed));
    assert_eq!(said.grade(&goals[1]).unwrap().fixed(1), "0.8");
    assert!(matches!(said.fate(&goals[2]), Some(Fate::Dropped { .. })));

    t.keys("Ctrl-s Y");
    assert!(t.screen().contains("2026-Q4 is saved"), "{}", t.screen());
    let root = t.root();
    let week = t.app().week;
    let workspace = storage::open(&root, |_| week).unwrap();
    let record = workspace.last_quarter.clone().unwrap();
    assert_eq!(record.said, *said);
    let goal = |n: usize| workspace.strategy.goal(&goals[n]).unwrap();
    assert_eq!(goal(0).due.unwrap().to_string(), "2027-03-31");
    assert!(matches!(&goal(1).state, GoalState::Done { note, .. } if note == "Graded 0.8"));
    assert!(matches!(&goal(2).state, GoalState::Dropped { reason, .. } if reason == "Nobody asked for it"));
    let next = workspace.strategy.goal(&said.next[0].goal).unwrap();
    assert_eq!((next.title.as_str(), next.owner.as_ref().unwrap().as_str()), ("Open the second shop", "ruth"));
    assert!(std::fs::read_to_string(root.join("strategy/goals.ron")).unwrap().contains("// This quarter's main bet."));
    assert_eq!(storage::check(&root).unwrap().problems, []);
}

#[test]
fn every_answer_of_a_quarter_can_be_taken_back_and_done_again() {
    let mut t = at_quarter_step(2);
    let before = t.app().review().unwrap().quarter.clone();
    t.keys("Space");
    let after = t.app().review().unwrap().quarter.clone();
    assert_ne!(before, after);
    t.keys("u");
    assert_eq!(t.app().review().unwrap().quarter, before);
    t.keys("Ctrl-r");
    assert_eq!(t.app().review().unwrap().quarter, after);
}
