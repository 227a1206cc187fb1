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

#[test]
fn sealed_quarters_are_found_in_the_history_read_compared_and_written_as_a_report() {
    let mut t = Driven::new();
    t.keys("8 v").sees("2026-Q3").sees("0.63").sees("2026-Q2").sees("0.13");
    t.keys("Enter").sees("Review of 2026-Q3").sees("Here").keys("Esc");
    t.keys("c").sees("2026-Q3 is one side").keys("Down c").sees("2026-Q2 beside 2026-Q3").sees("0.13 → 0.63");
    t.keys("Esc Home o").sees("maple-street-bakery-2026-Q3.html").keys("Ctrl-s").sees("The report is in");
    let page = std::fs::read_to_string(t.root().join("maple-street-bakery-2026-Q3.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("2026-Q3"));
    t.keys("v").sees("2026-W46").lacks("2026-Q2");
}

#[test]
fn words_of_a_quarter_are_found_and_lead_to_it() {
    let mut t = Driven::new();
    t.keys("F");
    t.type_text("paper slips tablet").sees("2026-Q3").sees("The last paper slips");
    t.keys("Enter").sees("Quarters (2)").lacks("Find in every week");
    t.keys("/").type_text("zebra").keys("Esc");
    assert_eq!(t.app().place, truenorth::app::intent::Place::History);
}

#[test]
fn a_workspace_without_a_sealed_quarter_says_how_to_hold_the_first() {
    let mut workspace = crate::harness::bakery();
    workspace.quarters.clear();
    let mut t = Driven::with(workspace);
    t.keys("8 v").sees("No quarter was sealed yet. Q on Home");
    t.keys("Enter c o e").sees("No quarter was sealed yet");
}

#[test]
fn a_sealed_quarter_is_corrected_as_a_revision_beside_the_first_which_stays_as_it_is() {
    let mut t = Driven::new();
    let quarter = "2026-Q3".parse().unwrap();
    let root = t.root();
    let first = std::fs::read(root.join("quarters/2026-Q3.ron")).unwrap();
    let strategy = t.app().workspace.strategy.clone();
    t.keys("8 v e").sees("Correct the review of 2026-Q3");
    t.type_text("The gluten-free range was graded too low").keys("Ctrl-s");
    assert_eq!(t.review().revises.as_ref().unwrap().revision, 1);
    // Everything that was said is there to be corrected.
    assert_eq!(t.review().quarter.as_ref().unwrap().learned.len(), 3);
    t.keys("Tab");
    say(&mut t, "+", "We grade what sells, not what is on the shelf");
    t.keys("Ctrl-s").sees("Save the review of 2026-Q3?").keys("Y").sees("2026-Q3 is saved").sees("revision 2");
    assert_eq!(storage::quarter_revisions(&root, quarter), [1, 2]);
    assert_eq!(std::fs::read(root.join("quarters/2026-Q3.ron")).unwrap(), first);
    let second = storage::quarter(&root, quarter, None).unwrap();
    assert_eq!((second.revision, second.said.learned.len()), (2, 4));
    assert_eq!(second.revises.unwrap().why, "The gluten-free range was graded too low");
    assert_eq!(t.app().history.quarter(quarter).unwrap().revision, 2);
    // What ended with the first revision has ended; nothing comes a second time.
    assert!(t.app().workspace.strategy == strategy, "the correction of a lesson changed the strategy");
    assert_eq!(storage::check(&root).unwrap().problems, []);
}
