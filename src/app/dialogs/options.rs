//! The options that forms offer: people, goals, KPIs, values.

use super::field::Choosable;
use crate::app::App;
use crate::model::goal::{Goal, Kind};
use crate::model::id::GoalId;

fn option(id: &str, label: impl Into<String>) -> Choosable {
    Choosable { id: id.to_owned(), label: label.into() }
}

/// The option that stands for none.
#[must_use]
pub fn none(label: &str) -> Choosable {
    option("", label)
}

/// The people who have not left.
#[must_use]
pub fn people(app: &App) -> Vec<Choosable> {
    app.basis().config.active().map(|p| option(p.id.as_str(), &p.name)).collect()
}

/// The open goals in tree order, indented; `except` and everything below it are left out.
#[must_use]
pub fn goals(app: &App, except: Option<&GoalId>) -> Vec<Choosable> {
    let strategy = &app.basis().strategy;
    let mut hidden_below: Option<usize> = None;
    let mut out = vec![none(say!("none"))];
    for (depth, goal) in strategy.tree() {
        if hidden_below.is_some_and(|d| depth > d) {
            continue;
        }
        hidden_below = None;
        if Some(&goal.id) == except {
            hidden_below = Some(depth);
            continue;
        }
        if goal.is_open() {
            out.push(option(goal.id.as_str(), format!("{}{}", "  ".repeat(depth.min(6)), goal.title)));
        }
    }
    out
}

/// The open goals that another can lead to, objectives and goals first: any but itself.
#[must_use]
pub fn effects(app: &App, except: &GoalId) -> Vec<Choosable> {
    let strategy = &app.basis().strategy;
    let open = || strategy.tree().into_iter().map(|(_, g)| g).filter(|g| g.is_open() && &g.id != except);
    let large = |g: &&Goal| matches!(g.kind, Kind::Goal | Kind::Objective);
    let all = open().filter(large).chain(open().filter(|g| !large(g)));
    all.map(|g| option(g.id.as_str(), &g.title)).collect()
}

/// The perspectives of the scorecard.
#[must_use]
pub fn perspectives(app: &App) -> Vec<Choosable> {
    let all = &app.basis().config.perspectives;
    std::iter::once(none(say!("as its first KPI"))).chain(all.iter().map(|p| option(p.id.as_str(), &p.name))).collect()
}

/// The KPIs.
#[must_use]
pub fn kpis(app: &App) -> Vec<Choosable> {
    let all = &app.basis().strategy.kpis;
    std::iter::once(none(say!("none"))).chain(all.iter().map(|k| option(k.id.as_str(), &k.name))).collect()
}

/// The values of the north star.
#[must_use]
pub fn values(app: &App) -> Vec<Choosable> {
    app.basis().strategy.north_star.values.iter().map(|v| option(v.id.as_str(), &v.name)).collect()
}

/// The themes.
#[must_use]
pub fn themes(app: &App) -> Vec<Choosable> {
    let all = &app.basis().strategy.north_star.themes;
    std::iter::once(none(say!("as the goal above"))).chain(all.iter().map(|t| option(t.id.as_str(), &t.name))).collect()
}

/// Fixed options: key and label.
#[must_use]
pub fn fixed(all: &[(&str, &str)]) -> Vec<Choosable> {
    all.iter().map(|(id, label)| option(id, *label)).collect()
}
