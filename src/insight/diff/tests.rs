//! Which changes are told between two weeks, and how.

use super::*;
use crate::insight::fixture::*;
use crate::insight::seal::seal;
use crate::model::goal::{GoalState, Kind};
use crate::model::history::History;
use crate::model::kpi::{Aim, Target};
use crate::model::record::{ActionState, Decision, DecisionState, IssueState};
use crate::model::review::{GoalEntry, KpiEntry, Review};
use crate::model::scale::Confidence;
use crate::model::status::Status;
use crate::model::workspace::Workspace;

/// Last week and this week of a business, to be changed before they are sealed.
struct Weeks {
    before: (Workspace, Review),
    after: (Workspace, Review),
}

impl Weeks {
    fn alike() -> Self {
        let mut last = review();
        last.week = last.week.previous();
        Self { before: (workspace(), last), after: (workspace(), review()) }
    }

    fn told(&self) -> Vec<String> {
        let close = |(w, r): &(Workspace, Review)| seal(w, r, &History::default(), at("10:00"));
        between(&close(&self.before), &close(&self.after))
            .into_iter()
            .map(|c| format!("{} {} {}: {} -> {}", c.kind, c.id, c.field, c.from, c.to))
            .collect()
    }
}

#[test]
fn two_weeks_alike_tell_nothing() {
    assert_eq!(Weeks::alike().told(), [""; 0]);
}

#[test]
fn the_north_star_tells_texts_weights_and_values() {
    let mut weeks = Weeks::alike();
    let star = &mut weeks.after.0.strategy.north_star;
    star.vision = "Two hearts".to_owned();
    star.themes[0].weight = number(2.0);
    star.values[0].id = id("courage");
    assert_eq!(
        weeks.told(),
        [
            "north star vision text: The heart of the community -> Two hearts",
            "theme online weight: 1 -> 2",
            "value courage added:  -> ",
            "value quality removed:  -> ",
        ]
    );
}

#[test]
fn a_goal_tells_everything_that_was_changed_about_it() {
    let mut weeks = Weeks::alike();
    let goal = &mut weeks.after.0.strategy.goals[2];
    goal.title = "Fewer orders".to_owned();
    goal.parent = Some(id("shop"));
    goal.owner = Some(id("tom"));
    goal.team = Some(id("baking"));
    goal.start = None;
    goal.due = Some(day("2027-01-31"));
    goal.kind = key_result(310.0, 440.0);
    assert_eq!(
        weeks.told(),
        [
            "goal order-count title: Bring order-count to life -> Fewer orders",
            "goal order-count parent: Bring platform to life -> Bring shop to life",
            "goal order-count owner: maya -> tom",
            "goal order-count team:  -> baking",
            "goal order-count start: 2026-01-01 -> ",
            "goal order-count due date: 2026-12-31 -> 2027-01-31",
            "goal order-count baseline: 300 -> 310",
            "goal order-count target: 450 -> 440",
        ]
    );
}

#[test]
fn goals_come_end_and_go() {
    let mut weeks = Weeks::alike();
    let goals = &mut weeks.after.0.strategy.goals;
    goals[2].state = GoalState::Done { on: today(), note: "450 a week".to_owned() };
    goals[1].state = GoalState::Dropped { on: today(), reason: "no time".to_owned() };
    goals.remove(0);
    goals.push(goal("range", Kind::Goal));
    assert_eq!(
        weeks.told(),
        [
            "goal platform dropped: open -> no time",
            "goal order-count done: open -> 450 a week",
            "goal range added:  -> goal",
            "goal shop removed: goal -> ",
        ]
    );
}

#[test]
fn standing_is_told_for_goals_and_kpis() {
    let mut weeks = Weeks::alike();
    let mut entry = GoalEntry::new(id("shop"));
    entry.mark = Some(Status::AtRisk);
    entry.confidence = Confidence::new(7);
    weeks.after.1.goals.push(entry);
    let read = |v| KpiEntry { reading: Some(number(v)), ..KpiEntry::new(id("orders")) };
    weeks.before.1.kpis.push(read(460.0));
    weeks.after.1.kpis.push(read(440.0));
    assert_eq!(
        weeks.told(),
        [
            "goal shop status: on track -> at risk",
            "goal shop confidence:  -> 7",
            "kpi orders status: on track -> at risk",
            "kpi orders reading: 460 -> 440",
        ]
    );
}

#[test]
fn a_kpi_tells_its_target_when_it_comes_to_hold_and_its_owner() {
    let mut weeks = Weeks::alike();
    let ahead = Target { from: week(NOW), aim: Aim::At(number(500.0)), why: String::new() };
    weeks.before.0.strategy.kpis[0].targets.push(ahead.clone());
    weeks.after.0.strategy.kpis[0].targets.push(ahead);
    weeks.after.0.strategy.kpis[0].owner = None;
    weeks.after.0.strategy.kpis.push(kpi("visits"));
    assert_eq!(
        weeks.told(),
        ["kpi orders target: 450 -> 500", "kpi orders owner: maya -> ", "kpi visits added:  -> 450"]
    );
}

#[test]
fn records_tell_what_became_of_them() {
    let mut weeks = Weeks::alike();
    weeks.before.1.actions = ["done", "late", "gone"].map(action).to_vec();
    weeks.after.1.actions = ["done", "late", "new"].map(action).to_vec();
    weeks.after.1.actions[0].state = ActionState::Done { in_week: week(NOW) };
    weeks.after.1.actions[1].carried = 1;
    weeks.before.1.issues = vec![issue("oven")];
    weeks.after.1.issues = vec![issue("oven"), issue("mixer")];
    weeks.after.1.issues[0].state = IssueState::Dropped { in_week: week(NOW), reason: "sold".to_owned() };
    let decision = |name| Decision::new(id(name), "An oven", "The gas one", week(NOW));
    weeks.before.1.decisions = vec![decision("old")];
    weeks.after.1.decisions = vec![decision("old"), decision("new")];
    weeks.after.1.decisions[0].state =
        DecisionState::Reviewed { in_week: week(NOW), outcome: "It bakes".to_owned(), came_true: None };
    assert_eq!(
        weeks.told(),
        [
            "decision old reviewed:  -> It bakes",
            "decision new decided:  -> The gas one",
            "action done done:  -> ",
            "action late carried: never -> once",
            "action new added:  -> maya, due 2026-11-19",
            "issue oven dropped:  -> sold",
            "issue mixer raised:  -> ",
        ]
    );
}

#[test]
fn people_join_and_leave() {
    let mut weeks = Weeks::alike();
    weeks.after.0.config.people.push(member("ann", "front"));
    weeks.after.0.config.people[0].left = Some(today());
    let told: Vec<_> = weeks.told().into_iter().filter(|c| c.starts_with("person")).collect();
    assert_eq!(told, ["person maya left:  -> 2026-11-19", "person ann joined:  -> "]);
}

#[test]
fn json_has_the_promised_keys() {
    let mut weeks = Weeks::alike();
    weeks.after.0.strategy.north_star.mission.clear();
    let close = |(w, r): &(Workspace, Review)| seal(w, r, &History::default(), at("10:00"));
    let json = serde_json::to_string(&between(&close(&weeks.before), &close(&weeks.after))).unwrap();
    assert_eq!(
        json,
        r#"[{"kind":"north star","id":"mission","name":"mission","field":"text","from":"Bake with what grows here","to":""}]"#
    );
}
