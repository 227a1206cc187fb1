//! What a review promises to leave behind.

use super::*;
use crate::insight::fixture::*;
use crate::model::checkin::CheckIn;
use crate::model::record::Issue;
use crate::model::review::FindingEntry;
use crate::model::review::{Act, Attendance, Change, Commitment, Edit, Entry, GoalEntry, KpiEntry, Session};
use crate::model::status::Status;

fn close(workspace: &Workspace, review: &Review) -> Snapshot {
    seal(workspace, review, &History::default(), at("10:00"))
}

fn say(review: &mut Review, action: &str, outcome: Outcome) {
    review.apply(Edit::Commitment(Change::put(Commitment { action: id(action), outcome })));
}

fn sealed<'a>(snapshot: &'a Snapshot, action: &str) -> &'a Action {
    snapshot.actions.iter().find(|a| a.id.as_str() == action).unwrap()
}

#[test]
fn action_items_take_their_outcome() {
    let mut review = review();
    review.actions = ["done", "late", "given-up", "unspoken"].map(action).to_vec();
    say(&mut review, "done", Outcome::Done);
    say(&mut review, "late", Outcome::NotDone);
    say(&mut review, "given-up", Outcome::Dropped { reason: "no oven".to_owned() });
    let snapshot = close(&workspace(), &review);
    assert_eq!(sealed(&snapshot, "done").state, ActionState::Done { in_week: week(NOW) });
    assert_eq!(
        sealed(&snapshot, "given-up").state,
        ActionState::Dropped { in_week: week(NOW), reason: "no oven".to_owned() }
    );
    assert_eq!((sealed(&snapshot, "late").carried, sealed(&snapshot, "late").is_open()), (1, true));
    assert_eq!(sealed(&snapshot, "unspoken"), &review.actions[3]);
    assert_eq!(snapshot.kept(), (1, 2));
}

#[test]
fn what_is_carried_over_is_due_a_week_later_on_the_same_weekday_unless_it_was_due_later_anyway() {
    let mut review = review();
    // A Tuesday two weeks ago, this week's Sunday, and next Monday.
    for (name, due) in [("old", "2026-11-03"), ("sunday", "2026-11-22"), ("ahead", "2026-11-23")] {
        review.actions.push(Action { due: day(due), ..action(name) });
        say(&mut review, name, Outcome::NotDone);
    }
    let snapshot = close(&workspace(), &review);
    assert_eq!(sealed(&snapshot, "old").due, day("2026-11-24"));
    assert_eq!(sealed(&snapshot, "sunday").due, day("2026-11-29"));
    assert_eq!(sealed(&snapshot, "ahead").due, day("2026-11-23"));
}

#[test]
fn the_third_time_not_done_makes_an_issue() {
    let thresholds = Thresholds::default();
    assert!(!carried_too_often(&Action { carried: 1, ..action("a") }, &thresholds));
    assert!(carried_too_often(&Action { carried: 2, ..action("a") }, &thresholds));
}

#[test]
fn check_ins_are_shared_only_after_the_reveal_and_only_those_of_the_week() {
    let mut workspace = workspace();
    workspace.check_ins = vec![CheckIn::new(id("maya"), week(NOW)), CheckIn::new(id("tom"), week(NOW).previous())];
    let mut review = review();
    assert!(close(&workspace, &review).check_ins.is_empty());
    review.revealed = true;
    assert_eq!(close(&workspace, &review).check_ins, workspace.check_ins[..1]);
}

#[test]
fn a_correction_is_the_next_revision_and_keeps_the_check_ins_that_were_shared() {
    let mut workspace = workspace();
    workspace.check_ins = vec![CheckIn::new(id("maya"), week(NOW))];
    let mut review = review();
    review.revealed = true;
    let first = close(&workspace, &review);
    assert_eq!(first.revision, 1);
    workspace.latest = Some(first.into());
    workspace.check_ins.clear();
    review.revises = Some(crate::model::review::Revises {
        revision: 1,
        by: None,
        at: at("11:00"),
        why: "a typing error".to_owned(),
    });
    let second = close(&workspace, &review);
    assert_eq!((second.revision, second.check_ins.len()), (2, 1));
}

#[test]
fn a_snapshot_holds_the_whole_week() {
    let workspace = workspace();
    let mut session = Session::new(review());
    session.perform(Entry { at: at("09:00"), act: Act::Go(Step::Scorecard) });
    let mut review = session.review().clone();
    review.apply(Edit::Kpi(Change::put(KpiEntry { reading: Some(number(420.0)), ..KpiEntry::new(id("orders")) })));
    review.issues = vec![issue("oven"), Issue { votes: 3, ..issue("mixer") }];
    let snapshot = close(&workspace, &review);
    assert_eq!(snapshot.strategy, workspace.strategy);
    assert_eq!((snapshot.people.len(), snapshot.teams.len(), snapshot.perspectives.len()), (2, 2, 1));
    assert_eq!(snapshot.scorecard[0].computed, Status::AtRisk);
    assert_eq!(snapshot.goals.len(), 3);
    assert_eq!(snapshot.goals[2].current, Some(number(420.0)));
    let scorecard = snapshot.time.iter().find(|t| t.step == Step::Scorecard).unwrap();
    assert_eq!((scorecard.planned_minutes, scorecard.used_seconds, snapshot.time.len()), (10, 3600, 8));
    assert_eq!(snapshot.issues[0].id.as_str(), "mixer", "issues stand by rank");
}

#[test]
fn findings_are_kept_with_their_answers_and_a_dismissal_outlives_the_week() {
    let mut workspace = workspace();
    workspace.strategy.kpis[0].owner = None;
    let key = "unowned:kpi/orders";
    let dismissed = Answer::Dismissed { until: day("2026-12-01"), reason: "Ann starts then".to_owned() };
    let mut first = review();
    first.apply(Edit::Finding(Change::put(FindingEntry { finding: key.to_owned(), answer: dismissed.clone() })));
    workspace.latest = Some(close(&workspace, &first).into());
    let find = |s: &Snapshot| s.findings.iter().find(|f| f.finding.key == key).and_then(|f| f.answer.clone());
    assert_eq!(workspace.latest.as_deref().and_then(find), Some(dismissed.clone()));

    let standing = workspace.standing(week(NOW).next());
    let next = Review::start(week(NOW).next(), id("weekly"), first.steps.clone(), &standing, at("09:00"));
    let sealed = seal(&workspace, &next, &History::default(), at("10:00"));
    assert_eq!(find(&sealed), Some(dismissed), "still put aside a week later");
    assert_eq!(sealed.findings.iter().filter(|f| f.finding.key == key).count(), 1);
}

#[test]
fn every_step_knows_what_is_answered_and_what_is_not() {
    let mut workspace = workspace();
    workspace.check_ins = vec![CheckIn::new(id("maya"), week(NOW))];
    let mut review = review();
    review.actions = vec![action("a"), Action { promised: week(NOW), ..action("new") }];
    review.issues = ["a", "b", "c", "d"].map(issue).to_vec();
    let words: Vec<String> = missing_with(&workspace, &review, &[]).into_iter().map(|(_, w)| w).collect();
    assert_eq!(
        words,
        [
            "2 people are not marked as here or away",
            "1 commitment is not marked",
            "1 KPI is not marked",
            "1 goal is not marked",
            "the check-ins are not revealed",
            "3 of the top issues are open",
        ]
    );
    for member in ["maya", "tom"] {
        review.apply(Edit::Attendance(Change::put(Attendance { member: id(member), present: false })));
    }
    say(&mut review, "a", Outcome::Done);
    review.apply(Edit::Kpi(Change::put(KpiEntry { mark: Some(Status::OnTrack), ..KpiEntry::new(id("orders")) })));
    review
        .apply(Edit::Goal(Change::put(GoalEntry { mark: Some(Status::OnTrack), ..GoalEntry::new(id("order-count")) })));
    review.apply(Edit::Reveal(true));
    for issue in &mut review.issues[..3] {
        issue.state = crate::model::record::IssueState::Dropped { in_week: week(NOW), reason: String::new() };
    }
    assert!(missing_with(&workspace, &review, &[]).is_empty());
    for step in [Step::Open, Step::Commitments, Step::Scorecard, Step::Goals, Step::CheckIns, Step::Issues] {
        assert!(is_done(step, &workspace, &review), "{step}");
    }
    assert!(!is_done(Step::Close, &workspace, &review));
    workspace.weeks.insert(week(NOW), 1);
    assert!(is_done(Step::Close, &workspace, &review));
}

#[test]
fn alignment_asks_for_as_many_answers_as_findings_were_put_forward() {
    let mut workspace = workspace();
    workspace.strategy.kpis[0].owner = None;
    let mut review = review();
    let history = History::default();
    let found = {
        let facts = Facts::of_review(&workspace, &review, &history, &[], &[], today());
        findings::all(&facts).into_iter().filter(|f| f.rule == "unowned").collect::<Vec<_>>()
    };
    assert_eq!(progress_with(Step::Alignment, &workspace, &review, &found), (0, 1));
    let entry = FindingEntry { finding: found[0].key.clone(), answer: Answer::Accepted };
    review.apply(Edit::Finding(Change::put(entry)));
    assert_eq!(progress_with(Step::Alignment, &workspace, &review, &found), (1, 1));
}

#[test]
fn a_review_that_is_reopened_and_sealed_again_unchanged_gives_the_same_week() {
    let mut workspace = workspace();
    let mut review = review();
    workspace.check_ins = vec![CheckIn::new(id("maya"), week(NOW))];
    review.revealed = true;
    review.actions = ["done", "late", "given-up", "unspoken"].map(action).to_vec();
    say(&mut review, "done", Outcome::Done);
    say(&mut review, "late", Outcome::NotDone);
    say(&mut review, "given-up", Outcome::Dropped { reason: "no oven".to_owned() });
    review.apply(Edit::Kpi(Change::put(KpiEntry { reading: Some(number(420.0)), ..KpiEntry::new(id("orders")) })));
    review.issues = vec![issue("oven")];
    let first = close(&workspace, &review);
    workspace.latest = Some(first.clone().into());
    let again = reopen(&first, Some(id("tom")), "a typing error".to_owned(), at("11:00"));
    let second = close(&workspace, &again);
    assert_eq!((second.revision, second.revises.as_ref().map(|r| r.why.as_str())), (2, Some("a typing error")));
    let mut expected = first;
    (expected.revision, expected.revises) = (2, second.revises.clone());
    expected.time.clone_from(&second.time);
    assert_eq!(second, expected);
}

#[test]
fn correcting_a_reading_corrects_the_goal_that_takes_it() {
    let workspace = workspace();
    let mut review = review();
    let read = |v| KpiEntry { reading: Some(number(v)), ..KpiEntry::new(id("orders")) };
    review.apply(Edit::Kpi(Change::put(read(300.0))));
    let mut again = reopen(&close(&workspace, &review), None, String::new(), at("11:00"));
    again.apply(Edit::Kpi(Change::put(read(450.0))));
    assert_eq!(close(&workspace, &again).goals[2].progress, Some(number(1.0)));
}

#[test]
fn a_goal_that_nobody_spoke_of_stands_where_it_stood_unless_a_reading_says_otherwise() {
    let mut workspace = workspace();
    let mut first = review();
    first.week = week(NOW).previous();
    let (measured, told) = ("order-count", "tablet");
    let mut entries = [measured, told].map(|g| GoalEntry::new(id(g)));
    entries[0].current = Some(number(100.0));
    entries[1].current = Some(number(40.0));
    entries[1].mark = Some(Status::OnTrack);
    first.goals = entries.to_vec();
    workspace.strategy.goals.push(goal(told, crate::model::goal::Kind::Initiative { members: Vec::new() }));
    workspace.latest = Some(std::sync::Arc::new(close(&workspace, &first)));

    let silent = close(&workspace, &review());
    let of = |s: &Snapshot, g: &str| s.goal(&id(g)).and_then(|w| w.current);
    assert_eq!((of(&silent, measured), of(&silent, told)), (Some(number(100.0)), Some(number(40.0))));
    assert_eq!(silent.goal(&id(told)).and_then(|g| g.marked), None, "a mark is of its week alone");

    let kpi = workspace.strategy.goals.iter().find(|g| g.id.as_str() == measured).unwrap().kpis[0].clone();
    let mut read = review();
    read.kpis = vec![KpiEntry { reading: Some(number(110.0)), ..KpiEntry::new(kpi) }];
    assert_eq!(of(&close(&workspace, &read), measured), Some(number(110.0)));
}

#[test]
fn a_sealed_week_keeps_what_was_shared_but_nobodys_pulse_and_tells_what_was_told() {
    use crate::model::checkin::{Pulse, Recall, Thanks};
    use crate::model::record::Message;
    use crate::model::scale::Agrees;
    let mut workspace = workspace();
    let mut maya = CheckIn::new(id("maya"), week(NOW));
    maya.pulse = vec![Pulse { statement: id("values"), agrees: Agrees::new(2).unwrap() }];
    maya.told = vec![id("told"), id("toms")];
    maya.ideas = vec!["A second tablet".to_owned()];
    maya.thanks = vec![Thanks { to: id("tom"), text: "the early shift".to_owned() }];
    maya.recall = vec![Recall { words: "orders".to_owned(), goal: None }];
    workspace.check_ins = vec![maya.clone()];
    let message = |name: &str, teller: &str| Message {
        id: id(name),
        text: name.to_owned(),
        teller: id(teller),
        audience: "all".to_owned(),
        channel: String::new(),
        due: today(),
        agreed: week(NOW).previous(),
        delivered: None,
    };
    let mut last = close(&workspace, &review());
    last.week = week(NOW).previous();
    last.messages = vec![message("told", "maya"), message("open", "maya"), message("toms", "tom")];
    let standing = crate::model::standing::Standing::fold(Some(&last), &workspace.check_ins, week(NOW));
    let mut review =
        Review::start(week(NOW), id("weekly"), crate::model::agenda::Agenda::weekly(), &standing, at("09:00"));
    review.apply(Edit::Reveal(true));
    let snapshot = close(&workspace, &review);
    let delivered: Vec<_> = snapshot.messages.iter().map(|m| m.delivered).collect();
    assert_eq!(delivered, [Some(week(NOW)), None, None], "only who was to tell it can have told it");
    assert_eq!(snapshot.check_ins, [CheckIn { pulse: Vec::new(), ..maya }]);
}
