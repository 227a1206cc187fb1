//! What the roll-up makes of a company and its teams, whatever their links say.

use std::path::PathBuf;

use super::{At, Lack, Rollup, Stood, Summary, Unread};
use crate::insight::fixture::{goal, id, strategy, today, under};
use crate::model::goal::{Goal, GoalState, Kind};
use crate::model::strategy::Strategy;
use crate::model::workspace::Config;

/// A goal that supports one elsewhere.
fn supporting(far: &str, mut goal: Goal) -> Goal {
    goal.supports = Some(far.parse().unwrap());
    goal
}

fn team(name: &str, goals: Vec<Goal>) -> Summary {
    let config = Config::new(id(name), format!("The {name}"));
    let north_star = strategy().north_star;
    let strategy = Strategy { north_star, goals: goals.into(), ..Strategy::default() };
    Summary::of(PathBuf::from(format!("/teams/{name}")), &config, &strategy, None, &[], today())
}

fn company() -> Summary {
    let mut growth = goal("growth", Kind::Goal);
    growth.theme = Some(id("online"));
    let people = goal("people", Kind::Goal);
    team(
        "company",
        vec![
            growth,
            under("growth", goal("shops", Kind::Objective)),
            under("growth", goal("web", Kind::Objective)),
            people,
        ],
    )
}

fn shown(rollup: &Rollup) -> Vec<String> {
    let line = |b: &super::Branch| {
        let team = &rollup.teams[b.at.team];
        format!("{}{}/{}", "  ".repeat(b.depth), team.id, team.goals[b.at.goal].id)
    };
    rollup.cascade.iter().map(line).collect()
}

fn gaps(rollup: &Rollup) -> Vec<(Lack, String)> {
    let name = |at: At| format!("{}/{}", rollup.teams[at.team].id, rollup.teams[at.team].goals[at.goal].id);
    rollup.gaps.iter().map(|g| (g.lack, name(g.at))).collect()
}

#[test]
fn goals_cascade_from_the_company_to_the_teams_and_gaps_are_told_once() {
    let bakery = team(
        "bakery",
        vec![
            supporting("company/shops", goal("second-shop", Kind::Objective)),
            under("second-shop", goal("lease", Kind::Objective)),
            goal("own-thing", Kind::Goal),
            under("own-thing", goal("part-of-it", Kind::Objective)),
        ],
    );
    let rollup = Rollup::of(vec![bakery, company()], Vec::new());
    assert_eq!(rollup.tops, 1);
    assert_eq!(
        shown(&rollup),
        [
            "company/growth",
            "  company/shops",
            "    bakery/second-shop",
            "      bakery/lease",
            "  company/web",
            "company/people",
            "bakery/own-thing",
            "  bakery/part-of-it",
        ]
    );
    let told = [
        (Lack::NoSupport, "company/web".to_owned()),
        (Lack::NoSupport, "company/people".to_owned()),
        (Lack::SupportsNone, "bakery/own-thing".to_owned()),
    ];
    assert_eq!(gaps(&rollup), told, "of goals above each other the uppermost, and none below a linked one");
    assert_eq!(rollup.problems, []);
    // The team's goals count under the company's theme.
    assert_eq!(rollup.theme_name(&rollup.themes[0]), Some("Online"));
    assert_eq!(
        (rollup.themes[0].goals.unknown, rollup.themes[0].teams),
        (3, 2),
        "shops and web are marked by the company, lease by the bakery"
    );
    assert_eq!(rollup.themes.last().unwrap().theme, None);
}

#[test]
fn a_circle_of_links_is_told_once_at_its_place_and_every_goal_is_shown_once() {
    let mut one = team("one", vec![supporting("two/b", goal("a", Kind::Goal)), under("a", goal("below", Kind::Goal))]);
    one.goals[0].supports.as_mut().unwrap().place = (7, 9);
    let two = team("two", vec![supporting("one/below", goal("b", Kind::Goal))]);
    let rollup = Rollup::of(vec![one, two], Vec::new());
    assert_eq!(rollup.problems.len(), 1, "{:?}", rollup.problems);
    let problem = &rollup.problems[0];
    assert!(problem.to_string().starts_with("/teams/one/strategy/goals.ron:7:9: these goals hang under each other: "));
    assert!(problem.message.contains("one/a → two/b → one/below → one/a"), "{}", problem.message);
    let mut all = shown(&rollup);
    all.iter_mut().for_each(|line| *line = line.trim().to_owned());
    all.sort();
    assert_eq!(all, ["one/a", "one/below", "two/b"]);
}

#[test]
fn a_goal_that_is_its_own_parent_does_not_hang_the_roll_up() {
    let alone = team(
        "alone",
        vec![under("a", goal("a", Kind::Goal)), under("c", goal("b", Kind::Goal)), under("b", goal("c", Kind::Goal))],
    );
    let rollup = Rollup::of(vec![alone], Vec::new());
    assert_eq!(rollup.problems.len(), 2);
    assert_eq!(rollup.cascade.len(), 3);
}

#[test]
fn a_link_that_leads_to_nothing_is_told_where_it_is_written() {
    let lost = team(
        "lost",
        vec![supporting("company/gowth", goal("a", Kind::Goal)), supporting("nowhere/x", goal("b", Kind::Goal))],
    );
    let good = team("good", vec![supporting("company/growth", goal("a", Kind::Goal))]);
    let rollup = Rollup::of(vec![company(), lost, good], Vec::new());
    let said: Vec<&str> = rollup.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(said, ["company has no goal `gowth`", "no workspace `nowhere` is among these"]);
    assert!(rollup.has_problems());
    assert!(gaps(&rollup).iter().all(|(lack, _)| *lack != Lack::SupportsNone), "told once, not twice");
}

#[test]
fn a_link_into_a_workspace_that_could_not_be_read_is_not_told_a_second_time() {
    let unread = Unread { folder: "/teams/far".into(), id: Some(id("far")), problems: Vec::new() };
    let near = team("near", vec![supporting("far/goal", goal("a", Kind::Goal))]);
    let rollup = Rollup::of(vec![near], vec![unread]);
    assert_eq!(rollup.problems, []);
    assert_eq!(shown(&rollup), ["near/a"]);
}

#[test]
fn of_two_workspaces_with_one_id_the_first_counts_and_the_other_is_told() {
    let mut copy = company();
    copy.folder = "/copy".into();
    let rollup = Rollup::of(vec![company(), copy], Vec::new());
    assert_eq!(rollup.teams.len(), 1);
    assert_eq!(rollup.unread.len(), 1);
    assert!(rollup.unread[0].problems[0].message.contains("/teams/company has the id `company`, too"));
}

#[test]
fn what_is_closed_is_shown_only_above_open_goals_and_supporting_it_is_a_gap() {
    let mut top = company();
    let closed = GoalState::Done { on: today(), note: String::new() };
    let mut goals = vec![goal("growth", Kind::Goal), goal("over", Kind::Goal)];
    goals.iter_mut().for_each(|g| g.state = closed.clone());
    top.goals = team("company", goals).goals;
    let rollup =
        Rollup::of(vec![top, team("late", vec![supporting("company/growth", goal("a", Kind::Goal))])], Vec::new());
    assert_eq!(shown(&rollup), ["company/growth", "  late/a"]);
    assert_eq!(rollup.goal(At { team: 0, goal: 0 }).unwrap().stood, Stood::Closed("done"));
    assert_eq!(gaps(&rollup), [(Lack::SupportsClosed, "late/a".to_owned())]);
}

#[test]
fn without_links_and_without_workspaces_nothing_is_missing() {
    assert_eq!(Rollup::of(Vec::new(), Vec::new()), Rollup::default());
    let rollup = Rollup::of(vec![company()], Vec::new());
    assert_eq!((rollup.tops, rollup.gaps.len()), (0, 0));
}
