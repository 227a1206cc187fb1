//! Small building blocks for tests: a two-team bakery, and one-line makers of goals, KPIs and the rest.

use chrono::NaiveDate;

use crate::model::agenda::Agenda;
use crate::model::goal::{Commitment, Goal, Kind};
use crate::model::history::{History, WeekDigest};
use crate::model::kpi::{Aim, Direction, Kpi, Target, Timing, Totals};
use crate::model::number::Finite;
use crate::model::people::{Member, Team};
use crate::model::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState, Prediction};
use crate::model::review::{Moment, Review};
use crate::model::scale::Percent;
use crate::model::standing::Standing;
use crate::model::status::Status;
use crate::model::strategy::{Strategy, Theme, Value};
use crate::model::week::Week;
use crate::model::workspace::{Config, Workspace};

/// The week that tests live in.
pub(crate) const NOW: &str = "2026-W47";

pub(crate) fn id<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no id"))
}

pub(crate) fn number(value: f64) -> Finite {
    Finite::new(value).unwrap()
}

pub(crate) fn week(text: &str) -> Week {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The Thursday of week 47: the day of the review.
pub(crate) fn today() -> NaiveDate {
    day("2026-11-19")
}

pub(crate) fn at(time: &str) -> Moment {
    Moment::parse_from_rfc3339(&format!("2026-11-19T{time}:00+01:00")).unwrap()
}

/// A KPI of Maya's, higher is better, to reach 450 from 2026 on.
pub(crate) fn kpi(name: &str) -> Kpi {
    Kpi {
        id: id(name),
        name: name.to_owned(),
        definition: String::new(),
        unit: String::new(),
        decimals: None,
        direction: Direction::Up,
        perspective: id("customer"),
        owner: Some(id("maya")),
        timing: Timing::Leading,
        totals: Totals::Mean,
        tolerance_percent: None,
        tolerance: None,
        targets: vec![Target { from: week("2026-W01"), aim: Aim::At(number(450.0)), why: String::new() }],
        phases: Vec::new(),
    }
}

/// A goal of Maya's, from January to the end of 2026.
pub(crate) fn goal(name: &str, kind: Kind) -> Goal {
    let mut goal = Goal::new(id(name), format!("Bring {name} to life"), kind);
    goal.owner = Some(id("maya"));
    goal.start = Some(day("2026-01-01"));
    goal.due = Some(day("2026-12-31"));
    goal
}

pub(crate) fn under(parent: &str, mut goal: Goal) -> Goal {
    goal.parent = Some(id(parent));
    goal
}

pub(crate) fn key_result(baseline: f64, target: f64) -> Kind {
    Kind::KeyResult {
        baseline: Finite::new(baseline),
        target: Finite::new(target),
        unit: String::new(),
        commitment: Commitment::Committed,
    }
}

/// A healthy strategy: one theme, a goal, an objective, a key result measured by a KPI.
pub(crate) fn strategy() -> Strategy {
    let mut strategy = Strategy::default();
    strategy.north_star.vision = "The heart of the community".to_owned();
    strategy.north_star.mission = "Bake with what grows here".to_owned();
    strategy.north_star.values = vec![Value { id: id("quality"), name: "Quality".to_owned(), meaning: String::new() }];
    strategy.north_star.themes =
        vec![Theme { id: id("online"), name: "Online".to_owned(), bet: String::new(), weight: number(1.0) }];
    let mut top = goal("shop", Kind::Goal);
    top.theme = Some(id("online"));
    let mut result = under("platform", goal("order-count", key_result(300.0, 450.0)));
    result.kpis = vec![id("orders")];
    strategy.goals = vec![top, under("shop", goal("platform", Kind::Objective)), result].into();
    strategy.kpis = vec![kpi("orders")].into();
    strategy
}

pub(crate) fn member(name: &str, team: &str) -> Member {
    Member { teams: vec![id(team)], ..Member::new(id(name), name) }
}

pub(crate) fn config() -> Config {
    let mut config = Config::new(id("bakery"), "Maple Street Bakery");
    config.people = vec![member("maya", "front"), member("tom", "baking")];
    config.teams = ["front", "baking"].map(|t| Team { id: id(t), name: t.to_owned() }).to_vec();
    config.perspectives.retain(|p| p.id.as_str() == "customer");
    config
}

pub(crate) fn workspace() -> Workspace {
    Workspace {
        quarters: std::collections::BTreeMap::new(),
        last_quarter: None,
        root: "bakery".into(),
        config: config(),
        strategy: strategy(),
        weeks: std::collections::BTreeMap::new(),
        latest: None,
        check_ins: Vec::new(),
        imports: Vec::new(),
        passed: Vec::new(),
        broken: Vec::new(),
        problems: Vec::new(),
        newer: None,
    }
}

pub(crate) fn review() -> Review {
    Review::start(week(NOW), id("weekly"), Agenda::weekly(), &Standing::default(), at("09:00"))
}

pub(crate) fn action(name: &str) -> Action {
    Action {
        id: id(name),
        title: format!("Do {name}"),
        owner: id("maya"),
        due: today(),
        goal: None,
        about: None,
        promised: week(NOW).previous(),
        carried: 0,
        state: ActionState::Open,
    }
}

pub(crate) fn issue(name: &str) -> Issue {
    Issue {
        id: id(name),
        title: format!("The {name} is broken"),
        detail: String::new(),
        by: None,
        raised: week(NOW),
        about: None,
        votes: 0,
        state: IssueState::Open,
    }
}

/// A sealed week in which nothing happened.
pub(crate) fn digest(of: Week) -> WeekDigest {
    WeekDigest {
        minutes: (60, 60),
        conduct: crate::model::history::Conduct { on_time: true, ..Default::default() },
        ..WeekDigest::empty(of)
    }
}

/// The `n` weeks before the one that tests live in, each made by `shape`.
pub(crate) fn history(n: i32, shape: impl Fn(&mut WeekDigest)) -> History {
    let mut history = History::default();
    for back in 1..=n {
        let mut digest = digest(week(NOW).plus(-back));
        shape(&mut digest);
        history.insert(digest);
    }
    history
}

/// A KPI of a digest.
pub(crate) fn seen(kpi: &str, reading: Option<f64>, status: Status) -> crate::model::history::KpiDigest {
    crate::model::history::KpiDigest {
        kpi: id(kpi),
        reading: reading.and_then(Finite::new),
        aim: Aim::Nothing,
        computed: status,
        marked: None,
    }
}

/// A decision that was looked at again, with its prediction.
pub(crate) fn predicted(percent: u8, came_true: Option<bool>) -> Decision {
    let mut decision = Decision::new(id("d"), "Buy an oven", "The gas one", week(NOW));
    decision.prediction = Some(Prediction { claim: String::new(), percent: Percent::new(percent).unwrap() });
    decision.state = DecisionState::Reviewed { in_week: week(NOW), outcome: String::new(), came_true };
    decision
}
