//! What exports of goals and KPIs become, and what is refused with its place.

use crate::feeds::{Refusal, candidates, read_csv};
use crate::model::goal::{GoalState, Kind};
use crate::model::kpi::{Aim, Direction};
use crate::model::number::Finite;
use crate::model::strategy::Strategy;
use crate::model::workspace::Config;

use super::{Does, Known, Merged, Said, goals, kpis};

fn config() -> Config {
    ron::from_str(
        r#"(schema: 1, id: "shop", name: "Shop", people: [
            (id: "maya", name: "Maya Okafor"), (id: "ben", name: "Ben Ode"), (id: "benno", name: "Benno Roth"),
            (id: "gone", name: "Gina Left", left: Some("2020-01-01"))],
            teams: [(id: "counter", name: "Counter team")])"#,
    )
    .unwrap()
}

fn strategy() -> Strategy {
    ron::from_str(
        r#"(north_star: (themes: [(id: "growth", name: "Room to grow", weight: 1)]), goals: [
            (id: "second-shop", title: "A second shop", kind: goal),
            (id: "online", title: "Sell online", kind: objective, parent: Some("second-shop"), owner: Some("ben")),
            (id: "orders", title: "450 orders a week", kind: key_result(baseline: Some(300), target: Some(450)),
                parent: Some("online"))],
            kpis: [(id: "waste", name: "Waste", unit: "%", direction: down, perspective: "process",
                targets: [(from: "2026-W01", aim: at(5))])])"#,
    )
    .unwrap()
}

fn said(map: &[(&str, &str)]) -> Said {
    Said { map: map.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(), ..Said::default() }
}

type Way = fn(&crate::feeds::Sheet, Known<'_>, &Said) -> Result<Merged, Vec<Refusal>>;

fn read(way: Way, before: &Strategy, text: &str, said: &Said) -> Result<Merged, Vec<Refusal>> {
    let known = Known { config: &config(), strategy: before, today: "2026-11-19".parse().unwrap() };
    way(&read_csv(text.as_bytes())?, known, said)
}

#[track_caller]
fn taken(way: Way, text: &str) -> Merged {
    read(way, &strategy(), text, &Said::default()).unwrap_or_else(|why| panic!("{text}\n{why:#?}"))
}

#[track_caller]
fn refused(way: Way, text: &str) -> Vec<String> {
    let why = read(way, &strategy(), text, &Said::default()).expect_err(text);
    why.iter().map(|r| format!("{r}; {}", r.hint)).collect()
}

fn number(value: f64) -> Option<Finite> {
    Finite::new(value)
}

/// Goals as `id kind parent`.
fn tree(strategy: &Strategy) -> Vec<String> {
    let parent = |g: &crate::model::goal::Goal| g.parent.as_ref().map_or("-".to_owned(), ToString::to_string);
    strategy.goals.iter().skip(3).map(|g| format!("{} {} {}", g.id, g.kind.label(), parent(g))).collect()
}

const OKRS: &str =
    "ID,Title,Type,Parent ID,Owner,Team,Start Date,Due Date,Start Value,Target Value,Progress,Status,Weight
KR-1,Answer within a day,Key Result,OBJ-1,maya@example.org,,2026-10-01,2026-12-31,3.5,1,40 %,On track,2
OBJ-1,Guests come back,Objective,Sell online,MO,Counter team,2026-10-01,2026-12-31,,,20 %,At risk,
KR-2,Half of them twice,Key Result,OBJ-1,\"Ode, Ben\",counter,2026-10-01,2026-12-31,30%,50%,,Completed,
";

#[test]
fn an_okr_export_hangs_each_row_under_its_parent_wherever_that_stands() {
    let merged = taken(goals, OKRS);
    let after = &merged.strategy;
    let tree = tree(after);
    let wanted = [
        "guests-come-back objective online",
        "answer-within-a-day key result guests-come-back",
        "half-of-them-twice key result guests-come-back",
    ];
    assert_eq!(tree, wanted);
    let find = |id: &str| after.goal(&id.parse().unwrap()).unwrap();
    let answer = find("answer-within-a-day");
    assert_eq!(answer.owner.as_ref().unwrap().as_str(), "maya", "by mail");
    assert_eq!(find("guests-come-back").owner.as_ref().unwrap().as_str(), "maya", "by initials");
    assert_eq!(find("guests-come-back").team.as_ref().unwrap().as_str(), "counter");
    assert_eq!(answer.weight, number(2.0));
    assert_eq!(answer.due.unwrap().to_string(), "2026-12-31");
    let half = find("half-of-them-twice");
    assert_eq!(half.owner.as_ref().unwrap().as_str(), "ben", "names turned round");
    assert_eq!(half.measure(), Some((number(30.0).unwrap(), number(50.0).unwrap(), "%")));
    assert!(matches!(half.state, GoalState::Done { .. }), "{:?}", half.state);
    assert!(merged.notes.iter().any(|n| n.starts_with("`Progress` was passed over")), "{:?}", merged.notes);
    assert_eq!(merged.counts(), (3, 0));
}

#[test]
fn the_same_goals_twice_change_nothing() {
    for text in [OKRS, "Objective;Key Result;Target\nSell online;500 orders;500\n;Three couriers;3\nWarm bread;;\n"] {
        let once = taken(goals, text);
        let again = read(goals, &once.strategy, text, &Said::default()).unwrap();
        assert_eq!(again.strategy, once.strategy, "{text}");
        assert!(again.rows.iter().all(|r| r.does == Does::Nothing && r.changes.is_empty()), "{:#?}", again.rows);
    }
}

#[test]
fn key_results_beside_their_objective_go_under_it_and_under_the_last_one_above() {
    let text =
        "Objective;Key Result;Target\nSell online;500 orders;500\n;Three couriers;3\nWarm bread;Ovens by six;6\n";
    let merged = taken(goals, text);
    let wanted = [
        "500-orders key result online",
        "three-couriers key result online",
        "warm-bread objective -",
        "ovens-by-six key result warm-bread",
    ];
    assert_eq!(tree(&merged.strategy), wanted);
}

#[test]
fn a_known_goal_is_changed_where_the_file_tells_and_kept_where_it_is_silent() {
    let text = "Title,Parent,Owner,Due,Target\n450 orders a week,Sell online,,2026-12-31,500\nSell online,,maya,,\n";
    let merged = taken(goals, text);
    assert_eq!(merged.counts(), (0, 2));
    let orders = merged.strategy.goal(&"orders".parse().unwrap()).unwrap();
    let Kind::KeyResult { baseline, target, .. } = &orders.kind else { panic!("{:?}", orders.kind) };
    assert_eq!((*baseline, *target), (number(300.0), number(500.0)));
    let online = merged.strategy.goal(&"online".parse().unwrap()).unwrap();
    assert_eq!(online.parent.as_ref().unwrap().as_str(), "second-shop", "an empty cell leaves the parent");
    let changes: Vec<String> =
        merged.rows.iter().flat_map(|r| &r.changes).map(|c| format!("{} {:?} {}", c.field, c.from, c.to)).collect();
    assert_eq!(changes, ["due None 2026-12-31", "target Some(\"450\") 500", "owner Some(\"ben\") maya"]);
}

#[test]
fn one_title_under_two_parents_is_two_goals() {
    let merged = taken(goals, "Title,Parent\nFewer returns,Sell online\nFewer returns,A second shop\n");
    assert_eq!(tree(&merged.strategy), ["fewer-returns key result online", "fewer-returns-2 key result second-shop"]);
}

#[test]
fn what_a_goal_file_does_not_make_clear_refuses_it_with_row_and_column() {
    for (text, told) in [
        ("A,B\n1,2\n", "no column has the titles. There are A, B; say which one: --map \"COLUMN=title\""),
        ("Title,Owner\n,maya\n", "row 2, column Title: this row has no title"),
        (
            "Title,Owner\nA,Mya Okafor\n",
            "row 2, column Owner: `Mya Okafor` is none of the people, or fits several; did you mean Maya Okafor?",
        ),
        ("Title,Owner\nA,Gina Left\n", "row 2, column Owner: `Gina Left` is none of the people"),
        (
            "Title,Parent\nA,Sell onlin\n",
            "row 2, column Parent: its parent `Sell onlin` is neither in the file nor in the strategy; did you mean `Sell online`?",
        ),
        ("Title,Parent\nA,B\nB,A\n", "is its own parent, round about"),
        ("Title,Type\nA,Wish\n", "row 2, column Type: `Wish` is no kind of goal"),
        ("Title,Start,Due\nA,2026-12-01,2026-11-01\n", "row 2: due on 2026-11-01, before it starts on 2026-12-01"),
        ("Title,Due\nA,soon\n", "row 2, column Due: `soon` is no day and no week"),
        ("Title,Target\nA,lots\n", "row 2, column Target: `lots` is no number"),
        ("Title,Start Value,Target\nA,5,5\n", "row 2: start and target are both 5"),
        ("Title,Team\nA,Ovens\n", "row 2, column Team: there is no team `Ovens`"),
        ("Title,Note\nA,x\nB,y\na,z\n", "row 4: `a` is the same goal as in row 2"),
        ("Title,ID,Parent\nA second shop,second-shop,Sell online\n", "row 2: `A second shop` would be under itself"),
    ] {
        let why = refused(goals, text);
        assert!(why.iter().any(|line| line.contains(told)), "{text}\n{told}\n{why:#?}");
    }
}

#[test]
fn a_map_says_what_columns_hold_and_leaves_others_out() {
    let text = "Was;Wer;Title\nWarm bread;ben;left\n";
    let map = said(&[("Was", "title"), ("Wer", "owner"), ("Title", "")]);
    let merged = read(goals, &strategy(), text, &map).unwrap();
    let added = merged.strategy.goals.last().unwrap();
    assert_eq!((added.id.as_str(), added.owner.as_ref().unwrap().as_str()), ("warm-bread", "ben"));
    for (map, told) in [
        (said(&[("Was", "titel")]), "there is no field `titel`"),
        (said(&[("Wo", "title")]), "there is no column `Wo`, which --map speaks of"),
        (said(&[("Was", "title"), ("Wer", "title")]), "it is mapped to the same field as column Was"),
    ] {
        let why = read(goals, &strategy(), text, &map).unwrap_err();
        assert!(why.iter().any(|r| r.to_string().contains(told)), "{told} {why:?}");
    }
}

const METRICS: &str = "Measurable;Owner;Goal;Unit;Category;KW 46 2026;KW 47 2026
Waste;maya;<= 4,5;%;;5,1;4,9
Call time;ben;3 to 5;min;Customer;4,5;4
";

#[test]
fn kpis_come_in_with_their_target_from_this_week_on() {
    let merged = taken(kpis, METRICS);
    let after = &merged.strategy;
    let waste = &after.kpis[0];
    let targets: Vec<String> = waste.targets.iter().map(|t| format!("{} {:?}", t.from, t.aim)).collect();
    assert_eq!(targets.len(), 2, "the earlier weeks keep theirs: {targets:?}");
    assert_eq!(waste.targets[1].aim, Aim::At(number(4.5).unwrap()));
    assert_eq!(waste.perspective.as_str(), "process", "an empty cell leaves it");
    let call = &after.kpis[1];
    assert_eq!((call.direction, call.perspective.as_str()), (Direction::Band, "customer"));
    assert_eq!(call.targets[0].aim, Aim::Within(number(3.0).unwrap(), number(5.0).unwrap()));
    assert_eq!(merged.counts(), (1, 1));
    assert!(merged.notes.iter().any(|n| n.contains("2 columns hold weeks")), "{:?}", merged.notes);
    let again = read(kpis, after, METRICS, &Said::default()).unwrap();
    assert_eq!((&again.strategy, again.counts()), (after, (0, 0)));
}

#[test]
fn the_same_file_gives_the_numbers_of_its_weeks() {
    let kpis = taken(kpis, METRICS).strategy.kpis;
    let sheet = read_csv(METRICS.as_bytes()).unwrap();
    let found = candidates(&sheet, &kpis, &crate::feeds::Options::default(), "2026-W47".parse().unwrap()).unwrap();
    let all: Vec<String> = found
        .columns
        .iter()
        .flat_map(|c| c.readings.iter().map(|(week, value)| format!("{} {week} {}", c.kpi, value.short())))
        .collect();
    assert_eq!(all, ["waste 2026-W46 5.1", "waste 2026-W47 4.9", "call-time 2026-W46 4.5", "call-time 2026-W47 4"]);
}

#[test]
fn what_a_kpi_file_does_not_make_clear_refuses_it() {
    for (text, told) in [
        ("Name,Target\nCalls,5\n", "row 2, column Name: `Calls` does not say which way is good"),
        ("Name,Direction\nCalls,sideways\n", "row 2, column Direction: `sideways` is no direction"),
        ("Name,Direction,Target\nCalls,up,3 to 5\n", "a band fits only a KPI with direction band"),
        ("Name,Direction\nCalls,up\ncalls,up\n", "row 3, column Name: `calls` is the same KPI as in row 2"),
        ("Name,Direction,Category\nCalls,up,Sky\n", "there is no perspective `Sky`"),
    ] {
        let why = refused(kpis, text);
        assert!(why.iter().any(|line| line.contains(told)), "{text}\n{told}\n{why:#?}");
    }
}
