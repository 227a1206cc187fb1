//! What is told of lives, and what is not.

use std::sync::Arc;

use super::*;
use crate::insight::fixture::*;
use crate::insight::seal::seal;
use crate::model::goal::{Goal, GoalState, Kind};
use crate::model::history::{GoalDigest, WeekDigest};
use crate::model::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState, Prediction, Subject};
use crate::model::review::{Commitment, Outcome};
use crate::model::scale::{Confidence, Percent};
use crate::model::status::Status;

fn told(events: &[Event]) -> Vec<String> {
    events.iter().map(|e| format!("{} {}: {}", e.week.short(), e.what.label(), e.text)).collect()
}

/// Weeks 41 to 46, each made by `shape` from its number.
fn weeks(shape: impl Fn(u8, &mut WeekDigest)) -> History {
    history(6, |w| shape(w.week.number(), w))
}

fn life(shape: impl Fn(u8, &mut Goal)) -> Vec<String> {
    let history = weeks(|n, w| {
        let mut goal = goal("orders", key_result(300.0, 450.0));
        shape(n, &mut goal);
        w.plan = vec![Arc::new(super::super::fixture::goal("shop", Kind::Goal)), Arc::new(goal)].into();
    });
    told(&of_goal(&id("orders"), &history, &config()))
}

#[test]
fn a_goal_of_the_first_week_that_never_changes_has_one_line() {
    assert_eq!(
        life(|_, _| {}),
        ["W41 begins: stands in the first sealed week already: Bring orders to life, due 2026-12-31"]
    );
}

#[test]
fn a_goal_tells_when_its_title_place_owner_due_date_and_target_moved() {
    let story = life(|n, goal| {
        goal.title = if n >= 42 { "Double the orders" } else { "More orders" }.to_owned();
        goal.parent = (n >= 43).then(|| id("shop"));
        goal.owner = (n < 44).then(|| id("maya"));
        goal.due = (n < 45).then(|| day("2026-12-31"));
        goal.kind = key_result(300.0, if n >= 46 { 400.0 } else { 450.0 });
    });
    assert_eq!(
        story[1..],
        [
            "W42 title: “Double the orders” instead of “More orders”",
            "W43 place: under Bring shop to life, before under no other goal",
            "W44 owner: nobody instead of maya",
            "W45 due date: no date instead of 2026-12-31",
            "W46 target: 300 to 400 instead of 300 to 450",
        ]
    );
}

#[test]
fn a_goal_ends_and_comes_back() {
    let story = life(|n, goal| {
        goal.state = match n {
            42 => GoalState::Dropped { on: day("2026-10-15"), reason: "no oven".to_owned() },
            44.. => GoalState::Done { on: day("2026-10-29"), note: String::new() },
            _ => GoalState::Open,
        };
    });
    let expected = ["W42 dropped: dropped on 2026-10-15: no oven", "W43 reopened: pursued again"];
    assert_eq!(story[1..], [expected[0], expected[1], "W44 reached: reached on 2026-10-29"]);
    let gone = weeks(|n, w| {
        if ![43, 44].contains(&n) {
            w.plan = w.plan.iter().cloned().chain([Arc::new(goal("orders", Kind::Goal))]).collect();
        }
    });
    let story = told(&of_goal(&id("orders"), &gone, &config()));
    assert_eq!(story[1], "W43 removed: taken out of the strategy");
    assert!(story[2].starts_with("W45 begins: back in the strategy"), "{story:?}");
}

#[test]
fn a_status_is_held_against_the_last_known_one_and_a_slow_slide_of_confidence_is_told() {
    let history = weeks(|n, w| {
        w.goals = vec![GoalDigest {
            goal: id("orders"),
            status: [
                Status::OnTrack,
                Status::Unknown,
                Status::OnTrack,
                Status::AtRisk,
                Status::Unknown,
                Status::AtRisk,
            ][usize::from(n - 41)],
            progress: None,
            confidence: Confidence::new([8, 7, 6, 6, 5, 4][usize::from(n - 41)]),
        }]
        .into();
    });
    assert_eq!(
        told(&of_goal(&id("orders"), &history, &config())),
        ["W43 confidence: 6 of 10, was 8", "W44 status: at risk, was on track", "W46 confidence: 4 of 10, was 6"]
    );
}

fn decision(decided: &str) -> Decision {
    let mut decision = Decision::new(id("oven"), "A second oven", "The gas one", week(decided));
    decision.prediction =
        Some(Prediction { claim: "orders grow by a tenth".to_owned(), percent: Percent::new(70).unwrap() });
    decision.review_on = Some(day("2026-11-05"));
    decision
}

#[test]
fn what_names_a_goal_belongs_to_its_life() {
    let history = weeks(|n, w| match n {
        42 => w.decisions = vec![Decision { goals: vec![id("orders")], ..decision("2026-W42") }].into(),
        // Carried along in a later week because it was looked at again there: not cited a second time.
        44 => w.decisions = vec![Decision { goals: vec![id("orders")], ..decision("2026-W42") }].into(),
        43 => {
            let about = Some(Subject::Goal(id("orders")));
            w.issues =
                vec![Issue { about, raised: w.week, ..issue("mixer") }, Issue { raised: w.week, ..issue("door") }]
                    .into();
        }
        _ => {}
    });
    assert_eq!(
        told(&of_goal(&id("orders"), &history, &config())),
        ["W42 decision: decided: A second oven", "W43 issue: raised: The mixer is broken"]
    );
}

#[test]
fn a_decision_tells_what_was_expected_and_what_came_of_it() {
    let mut decision = decision("2026-W41");
    let tell = |d: &Decision, today: &str| told(&of_decision(d, &weeks(|_, _| {}), &config(), day(today)));
    let taken = ["W41 taken: The gas one (consent)", "W41 expected: orders grow by a tenth (70 %)"];
    assert_eq!(tell(&decision, "2026-11-04"), taken, "its day has not come");
    assert_eq!(tell(&decision, "2026-11-05")[2], "W45 look again: to be looked at again from 2026-11-05 on");
    decision.state =
        DecisionState::Reviewed { in_week: week("2026-W46"), outcome: "by a fifth".to_owned(), came_true: Some(true) };
    assert_eq!(tell(&decision, "2026-11-19")[3], "W46 reviewed: as predicted: by a fifth");
    decision.state = DecisionState::Superseded { in_week: week("2026-W46"), by: id("later") };
    assert_eq!(tell(&decision, "2026-11-19")[3], "W46 superseded: by later");
}

#[test]
fn an_issue_is_voted_on_solved_into_a_decision_and_raised_again() {
    let mut mixer = Issue { raised: week("2026-W41"), by: Some(id("tom")), ..issue("mixer") };
    mixer.state = IssueState::Solved {
        in_week: week("2026-W43"),
        answer: String::new(),
        decision: Some(id("oven")),
        action: None,
    };
    let solved = mixer.clone();
    let history = weeks(move |n, w| match n {
        42 => w.votes = vec![(id("mixer"), 2)].into(),
        43 => (w.issues, w.decisions) = (vec![solved.clone()].into(), vec![decision("2026-W43")].into()),
        45 => w.issues = vec![Issue { title: "Broken: the mixer".to_owned(), raised: w.week, ..issue("again") }].into(),
        _ => {}
    });
    assert_eq!(
        told(&of_issue(&mixer, &history, &config())),
        [
            "W41 raised: raised by tom",
            "W42 votes: 2 votes, kept for later",
            "W43 solved: solved into the decision “A second oven”",
            "W45 raised again: raised again: Broken: the mixer",
        ]
    );
    let answers = told(&of_decision(&decision("2026-W43"), &history, &config(), day("2026-10-25")));
    assert_eq!(answers[2], "W43 answers: the issue: The mixer is broken");
}

#[test]
fn an_action_item_that_was_carried_is_told_from_the_seal_that_carried_it() {
    let mut review = review();
    let open = Action { carried: 1, ..action("call") };
    review.actions = vec![open.clone()];
    review.commitments = vec![Commitment { action: id("call"), outcome: Outcome::NotDone }];
    let mut history = weeks(|n, w| w.carried = if n == 46 { vec![(id("call"), 1)].into() } else { Vec::new().into() });
    history.insert(WeekDigest::of(&seal(&workspace(), &review, &history, at("10:00"))));
    let mut open = open;
    open.promised = week("2026-W45");
    open.state = ActionState::Dropped { in_week: week("2026-W48"), reason: "they closed".to_owned() };
    assert_eq!(
        told(&of_action(&open, &history, &config())),
        [
            "W45 promised: promised by maya",
            "W46 carried: not done: carried over once",
            "W47 carried: not done: carried over 2 times by now",
            "W48 dropped: dropped: they closed",
        ]
    );
}
