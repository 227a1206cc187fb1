//! The strategy and the people as they were in a week: those of today, with every later change taken back.

use truenorth::model::goal::{Goal, GoalState, Kind};
use truenorth::model::kpi::Kpi;
use truenorth::model::register::Card;
use truenorth::model::strategy::Strategy;
use truenorth::model::week::Week;
use truenorth::model::workspace::Config;

use crate::story::Story;

/// The strategy as it stood in a week. Goals begin in the week of their start, KPIs with their first reading.
pub(crate) fn strategy(today: &Strategy, story: &Story, week: Week) -> Strategy {
    let kpis: Vec<Kpi> =
        today.kpis.iter().filter(|k| story.numbers.knows(&k.id, week)).map(|k| kpi(k, story, week)).collect();
    let goals = today
        .goals
        .iter()
        .filter(|g| g.start.is_none_or(|start| Week::of(start) <= week))
        .map(|g| Goal {
            kpis: g.kpis.iter().filter(|id| kpis.iter().any(|k| &k.id == *id)).cloned().collect(),
            ..goal(g, story, week)
        })
        .collect();
    let cards = today.cards.iter().filter(|c| Week::of(c.added) <= week).map(|c| card(c, story, week)).collect();
    Strategy { north_star: today.north_star.clone(), goals, kpis: kpis.into(), cards }
}

fn card(today: &Card, story: &Story, week: Week) -> Card {
    let mut card = today.clone();
    card.reviewed = card.reviewed.filter(|day| Week::of(*day) <= week);
    // Of several that hold, the one that ends first tells where it stood.
    let was = story.changes.cards.iter().filter(|was| was.card == card.id && week < was.before);
    if let Some(was) = was.min_by_key(|was| was.before) {
        let stages = card.row().stages;
        card.what.move_to(stages.iter().position(|s| s.word == was.stage).unwrap_or(0));
    }
    if card.is_open() {
        card.outcome.clear();
    }
    card
}

fn kpi(today: &Kpi, story: &Story, week: Week) -> Kpi {
    let mut kpi = today.clone();
    kpi.targets.retain(|t| t.from <= week);
    kpi.phases.retain(|p| p.from <= week);
    for was in story.changes.kpi_owners.iter().filter(|was| was.kpi == kpi.id && week < was.before) {
        kpi.owner = Some(was.owner.clone());
    }
    kpi
}

fn goal(today: &Goal, story: &Story, week: Week) -> Goal {
    let mut goal = today.clone();
    let closed = match &goal.state {
        GoalState::Open => None,
        GoalState::Done { on, .. } | GoalState::Dropped { on, .. } => Some(Week::of(*on)),
    };
    if closed.is_some_and(|closed| week < closed) {
        goal.state = GoalState::Open;
    }
    if story.changes.mapped.is_some_and(|mapped| week < mapped) {
        goal.leads_to.clear();
    }
    for was in story.changes.goals.iter().filter(|was| was.goal == goal.id && week < was.before) {
        if let Some(title) = &was.title {
            goal.title.clone_from(title);
        }
        goal.owner = was.owner.clone().or(goal.owner);
        goal.parent = was.parent.clone().or(goal.parent);
        goal.due = was.due.or(goal.due);
        if let Kind::KeyResult { target, .. } = &mut goal.kind {
            *target = was.target.or(*target);
        }
    }
    goal
}

/// The workspace's people as they were in a week.
pub(crate) fn config(today: &Config, story: &Story, week: Week) -> Config {
    let mut config = today.clone();
    config.people.retain(|p| story.changes.joined.iter().all(|(id, from)| id != &p.id || *from <= week));
    for person in &mut config.people {
        person.left = person.left.filter(|day| Week::of(*day) < week);
    }
    config
}
