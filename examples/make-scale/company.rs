//! A company of a given size: people, themes, goals and KPIs, and where each KPI wanders.

use chrono::{Days, NaiveDate};
use truenorth::model::goal::{Commitment, Goal, GoalState, Kind};
use truenorth::model::id::{KpiId, MemberId, TeamId, ThemeId};
use truenorth::model::kpi::{Aim, Direction, Kpi, Phase, Target, Timing, Totals};
use truenorth::model::number::Finite;
use truenorth::model::people::{Member, Team};
use truenorth::model::strategy::{NorthStar, Strategy, Theme, Value};
use truenorth::model::week::Week;
use truenorth::model::workspace::Config;

use super::random::Random;

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub(crate) weeks: usize,
    pub(crate) goals: usize,
    pub(crate) kpis: usize,
    pub(crate) members: usize,
    /// The newest sealed week.
    pub(crate) last: Week,
}

impl Scale {
    fn first(&self) -> Week {
        self.last.plus(1 - i32::try_from(self.weeks).unwrap())
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self { weeks: 1040, goals: 300, kpis: 200, members: 100, last: Week::new(2026, 46).unwrap() }
    }
}

pub(crate) const TEAMS: usize = 8;
pub(crate) const VALUES: [&str; 4] = ["quality", "community", "integrity", "passion"];

pub(crate) fn member(n: usize) -> MemberId {
    format!("m{n:03}").parse().unwrap()
}

pub(crate) fn kpi_id(n: usize) -> KpiId {
    format!("kpi-{n:03}").parse().unwrap()
}

fn team(n: usize) -> TeamId {
    format!("team-{}", n % TEAMS).parse().unwrap()
}

fn theme(n: usize) -> ThemeId {
    format!("theme-{}", n % 5).parse().unwrap()
}

pub(crate) fn config(scale: &Scale) -> Config {
    let mut config = Config::new("scale".parse().unwrap(), "Scale & Sons");
    config.people = (0..scale.members)
        .map(|n| Member { teams: vec![team(n)], ..Member::new(member(n), format!("Member {n:03}")) })
        .collect();
    config.teams = (0..TEAMS).map(|n| Team { id: team(n), name: format!("Team {n}") }).collect();
    config
}

pub(crate) fn strategy(scale: &Scale, random: &mut Random) -> Strategy {
    let first = scale.first();
    Strategy {
        north_star: NorthStar {
            vision: "To be the heart of every town we bake for".to_owned(),
            mission: "Handcrafted goods, local flour, and service that people come back for".to_owned(),
            values: VALUES
                .map(|v| Value { id: v.parse().unwrap(), name: v.to_owned(), meaning: String::new() })
                .to_vec(),
            themes: (0..5)
                .map(|n| Theme {
                    id: theme(n),
                    name: format!("Theme {n}"),
                    bet: random.sentence(8),
                    weight: Finite::from(20),
                })
                .collect(),
        },
        cards: Vec::new().into(),
        goals: (0..scale.goals).map(|n| goal(n, scale, random)).collect(),
        kpis: (0..scale.kpis).map(|n| kpi(n, first, scale, random)).collect(),
    }
}

/// A tree about as deep as real ones: five below each, themes at the top.
fn goal(n: usize, scale: &Scale, random: &mut Random) -> Goal {
    let kind = match n {
        0..5 => Kind::Goal,
        5..30 => Kind::Objective,
        _ if n.is_multiple_of(7) => Kind::Initiative { members: vec![member(random.below(scale.members))] },
        _ => Kind::KeyResult {
            baseline: Some(Finite::from(0)),
            target: Some(Finite::from(100)),
            unit: "%".to_owned(),
            commitment: if n.is_multiple_of(3) { Commitment::Aspirational } else { Commitment::Committed },
        },
    };
    let measured = scale.kpis > 0 && n.is_multiple_of(3) && matches!(kind, Kind::Objective | Kind::KeyResult { .. });
    let mut goal = Goal::new(id_of_goal(n), format!("{} {n}", random.sentence(4)), kind);
    goal.parent = (n >= 5).then(|| id_of_goal(n / 5 - 1));
    goal.theme = (n < 5).then(|| theme(n));
    goal.owner = Some(member(random.below(scale.members)));
    goal.team = Some(team(n));
    goal.start = Some(scale.first().monday());
    goal.due = Some(due(scale.last.monday(), random));
    goal.kpis = if measured { vec![kpi_id(n % scale.kpis)] } else { Vec::new() };
    goal.note = if random.percent(20) { random.sentence(12) } else { String::new() };
    goal
}

pub(crate) fn due(from: NaiveDate, random: &mut Random) -> NaiveDate {
    from + Days::new(30 + random.below(200) as u64)
}

pub(crate) fn id_of_goal(n: usize) -> truenorth::model::id::GoalId {
    format!("goal-{n:03}").parse().unwrap()
}

fn kpi(n: usize, first: Week, scale: &Scale, random: &mut Random) -> Kpi {
    let level = level(n);
    let perspectives = ["financial", "customer", "process", "learning"];
    let mid = first.plus(i32::try_from(scale.weeks / 2).unwrap());
    let at = |share: f64| Aim::At(Finite::new((level * share).round()).unwrap());
    let begin = Target { from: first, aim: at(1.0), why: String::new() };
    let later = Target { from: mid, aim: at(if n % 4 == 2 { 0.95 } else { 1.05 }), why: random.sentence(6) };
    Kpi {
        id: kpi_id(n),
        name: format!("{} {n}", random.sentence(2)),
        definition: random.sentence(10),
        unit: ["GBP", "%", "min", ""][n % 4].to_owned(),
        decimals: Some((n % 3) as u8),
        direction: if n % 4 == 2 { Direction::Down } else { Direction::Up },
        perspective: perspectives[n % 4].parse().unwrap(),
        owner: Some(member(n % scale.members)),
        timing: if n.is_multiple_of(2) { Timing::Leading } else { Timing::Lagging },
        totals: if n.is_multiple_of(4) { Totals::Sum } else { Totals::Mean },
        tolerance_percent: None,
        tolerance: None,
        targets: if mid > first { vec![begin, later] } else { vec![begin] },
        phases: if n.is_multiple_of(5) { vec![Phase { from: mid, reason: random.sentence(5) }] } else { Vec::new() },
    }
}

/// About where a KPI lies.
pub(crate) fn level(n: usize) -> f64 {
    [4200.0, 83.0, 36.0, 410.0][n % 4] * (1.0 + (n % 11) as f64 / 10.0)
}

/// Something done to the goals in a week: a due date put off, a wording, one closed and opened afresh.
pub(crate) fn change(strategy: &mut Strategy, week: Week, random: &mut Random) {
    for _ in 0..random.below(4) {
        let n = random.below(strategy.goals.len());
        let Some(goal) = strategy.goals.get_mut(n) else { return };
        let leaf = n >= 60;
        match random.below(4) {
            0 => goal.due = Some(due(week.monday(), random)),
            1 => goal.title = random.sentence(5),
            2 if leaf && goal.is_open() => {
                goal.state = GoalState::Done { on: week.monday(), note: random.sentence(6) };
            }
            _ => goal.state = GoalState::Open,
        }
    }
}
