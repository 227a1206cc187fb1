//! The map by hand-made strategies, and by any.

use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::insight::fixture::{goal, id, kpi};
use crate::model::strategy::Strategy;

const FOUR: [&str; 4] = ["money", "customer", "process", "people"];

fn perspectives() -> Vec<Perspective> {
    FOUR.iter().map(|p| Perspective { id: id(p), name: (*p).to_owned() }).collect()
}

fn placed(name: &str, perspective: &str, leads_to: &[&str]) -> Goal {
    let mut goal = goal(name, Kind::Objective);
    (goal.parent, goal.kpis) = (None, Vec::new());
    goal.perspective = Some(id(perspective));
    goal.leads_to = leads_to.iter().map(|to| id(to)).collect();
    goal
}

fn strategy(goals: Vec<Goal>) -> Strategy {
    Strategy { goals: goals.into(), ..Strategy::default() }
}

fn drawn(map: &Map) -> Vec<String> {
    let item = |item: &Item| match item {
        Item::Goal(id) => id.to_string(),
        Item::Pass(n) => format!("|{n}"),
    };
    let row = |row: &Row| format!("{}: {}", row.perspective, row.items.iter().map(item).collect::<Vec<_>>().join(" "));
    map.rows.iter().map(row).collect()
}

#[test]
fn perspectives_lie_above_each_other_and_causes_below_their_effects() {
    let goals = vec![
        placed("skill", "people", &["speed"]),
        placed("margin", "money", &[]),
        placed("speed", "process", &["happy"]),
        placed("happy", "customer", &["margin"]),
    ];
    let map = Map::of(&strategy(goals), &perspectives());
    assert_eq!(drawn(&map), ["money: margin", "customer: happy", "process: speed", "people: skill"]);
    assert_eq!(map.links.len(), 3);
    assert_eq!(map.causes(&id("happy")).collect::<Vec<_>>(), [&id("speed")]);
    assert_eq!(map.effects(&id("happy")).collect::<Vec<_>>(), [&id("margin")]);
}

#[test]
fn a_link_that_runs_past_a_perspective_keeps_a_place_in_it() {
    let goals =
        vec![placed("skill", "people", &["margin"]), placed("speed", "process", &[]), placed("margin", "money", &[])];
    let map = Map::of(&strategy(goals), &perspectives());
    assert_eq!(drawn(&map), ["money: margin", "process: speed |0", "people: skill"]);
}

#[test]
fn goals_of_one_perspective_that_lead_to_each_other_stand_in_rows_of_their_own() {
    let goals = vec![placed("a", "process", &["b"]), placed("b", "process", &["c"]), placed("c", "process", &[])];
    assert_eq!(drawn(&Map::of(&strategy(goals), &perspectives())), ["process: c", "process: b", "process: a"]);
}

#[test]
fn what_is_linked_stands_near_so_that_lines_need_not_cross() {
    let goals = vec![
        placed("a", "process", &["z"]),
        placed("b", "process", &["y"]),
        placed("y", "customer", &[]),
        placed("z", "customer", &[]),
    ];
    let map = Map::of(&strategy(goals), &perspectives());
    let (top, low): (Vec<_>, Vec<_>) = (map.goals(0).cloned().collect(), map.goals(1).cloned().collect());
    let effects: Vec<GoalId> = low.iter().flat_map(|g| map.effects(g).cloned()).collect();
    assert_eq!(effects, top);
}

#[test]
fn a_goal_stands_where_its_first_kpi_does_or_that_of_a_goal_below_it() {
    let mut speed = kpi("speed");
    speed.perspective = id("process");
    let mut above = placed("above", "people", &[]);
    above.perspective = None;
    let mut below = goal("below", Kind::Initiative { members: Vec::new() });
    (below.parent, below.kpis) = (Some(id("above")), vec![id("speed")]);
    let mut nowhere = placed("nowhere", "people", &[]);
    nowhere.perspective = None;
    let mut strategy = strategy(vec![above, below, nowhere]);
    strategy.kpis = vec![speed].into();
    let map = Map::of(&strategy, &perspectives());
    assert_eq!(drawn(&map), ["process: above"]);
    assert_eq!(map.apart, [id("nowhere")]);
}

#[test]
fn closed_goals_and_without_a_link_small_ones_and_goals_above_objectives_are_not_on_the_map() {
    let mut done = placed("done", "money", &[]);
    done.state = crate::model::goal::GoalState::Done { on: crate::insight::fixture::today(), note: String::new() };
    let mut small = placed("small", "people", &[]);
    small.kind = Kind::Initiative { members: Vec::new() };
    let mut linked = placed("linked", "people", &["margin"]);
    linked.kind = Kind::Initiative { members: Vec::new() };
    let mut above = placed("above", "money", &[]);
    above.kind = Kind::Goal;
    let mut margin = placed("margin", "money", &[]);
    margin.parent = Some(id("above"));
    let goals = vec![done, small, linked, above, margin];
    assert_eq!(drawn(&Map::of(&strategy(goals), &perspectives())), ["money: margin", "people: linked"]);
}

#[test]
fn a_link_down_is_told_and_not_drawn() {
    let goals = vec![placed("margin", "money", &["skill"]), placed("skill", "people", &["margin"])];
    let map = Map::of(&strategy(goals), &perspectives());
    assert_eq!((map.links.len(), map.back.len()), (1, 1));
    assert_eq!(map.effects(&id("margin")).collect::<Vec<_>>(), [&id("skill")]);
}

#[test]
fn every_circle_is_found_once() {
    let goals = vec![
        placed("a", "process", &["b"]),
        placed("b", "process", &["c", "d"]),
        placed("c", "process", &["a"]),
        placed("d", "process", &[]),
        placed("e", "process", &["e"]),
    ];
    assert_eq!(circles(&strategy(goals)), [vec!["a", "b", "c"], vec!["e"]]);
}

proptest! {
    #[test]
    fn any_strategy_is_laid_out_with_each_goal_once_and_causes_below(
        goals in prop::collection::vec((0usize..4, prop::collection::vec(0usize..14, 0..4)), 0..14)
    ) {
        let name = |n: usize| format!("g{n}");
        let all: Vec<Goal> = goals.iter().enumerate().map(|(n, (band, to))| {
            // Without circles: a goal leads to later ones only.
            let to: Vec<String> = to.iter().filter(|t| **t > n && **t < goals.len()).map(|t| name(*t)).collect();
            let to: Vec<&str> = to.iter().map(String::as_str).collect();
            placed(&name(n), FOUR[*band], &to)
        }).collect();
        let strategy = strategy(all);
        prop_assert!(circles(&strategy).is_empty());
        let map = Map::of(&strategy, &perspectives());
        let mut seen: Vec<&GoalId> = (0..map.rows.len()).flat_map(|n| map.goals(n)).collect();
        prop_assert_eq!(seen.len(), goals.len());
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen.len(), goals.len());
        let at = places(&map.rows);
        for (n, link) in map.links.iter().enumerate() {
            prop_assert!(at[&link.from] > at[&link.to]);
            for (row, between) in map.rows.iter().enumerate() {
                let passes = between.items.iter().filter(|i| **i == Item::Pass(n)).count();
                prop_assert_eq!(passes, usize::from(row > at[&link.to] && row < at[&link.from]));
            }
        }
    }
}
