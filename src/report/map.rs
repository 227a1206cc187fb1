//! The strategy map in a report: goals by perspective, and which leads to which.

use serde::Serialize;

use crate::insight::map::{Item, Map};
use crate::model::id::GoalId;
use crate::model::number::Finite;
use crate::model::snapshot::Snapshot;
use crate::model::status::Status;

/// The map as it stood; only where a cause was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyMap {
    /// The rows, the first on top: each goal stands below what it leads to.
    pub rows: Vec<MapRow>,
    /// Causes and their effects.
    pub links: Vec<MapLink>,
}

/// Goals beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapRow {
    /// The name of their perspective.
    pub perspective: String,
    /// From left to right.
    pub goals: Vec<MapGoal>,
    /// The same with the links that run past it: what a drawing leaves room for.
    #[serde(skip)]
    pub items: Vec<Item>,
}

/// A goal on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapGoal {
    /// The id.
    pub id: GoalId,
    /// What is to be true at its end.
    pub title: String,
    /// Where it stood.
    pub status: Status,
    /// How far it was, 0 to 1 and beyond.
    pub progress: Option<Finite>,
}

/// A cause and its effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapLink {
    /// The cause.
    pub from: GoalId,
    /// The effect.
    pub to: GoalId,
}

impl StrategyMap {
    /// The map of a week; none without a link.
    pub(super) fn of(s: &Snapshot) -> Option<Self> {
        let map = Map::of(&s.strategy, &s.perspectives);
        if !map.is_linked() {
            return None;
        }
        let name = |id| s.perspectives.iter().find(|p| &p.id == id).map_or_else(String::new, |p| p.name.clone());
        let goal = |id: &GoalId| {
            let week = s.goals.iter().find(|g| &g.goal == id);
            MapGoal {
                id: id.clone(),
                title: s.strategy.goal(id).map_or_else(|| id.to_string(), |g| g.title.clone()),
                status: week.map_or(Status::Unknown, |g| g.status()),
                progress: week.and_then(|g| g.progress),
            }
        };
        let rows = map.rows.iter().enumerate();
        Some(Self {
            rows: rows
                .map(|(n, row)| MapRow {
                    perspective: name(&row.perspective),
                    goals: map.goals(n).map(goal).collect(),
                    items: row.items.clone(),
                })
                .collect(),
            links: map
                .links
                .iter()
                .chain(&map.back)
                .map(|link| MapLink { from: link.from.clone(), to: link.to.clone() })
                .collect(),
        })
    }

    /// All goals, from the top.
    pub fn goals(&self) -> impl Iterator<Item = &MapGoal> {
        self.rows.iter().flat_map(|row| &row.goals)
    }

    /// What a goal leads to.
    pub fn effects<'a>(&'a self, id: &'a GoalId) -> impl Iterator<Item = &'a MapGoal> + 'a {
        let leads = move |goal: &&MapGoal| self.links.iter().any(|l| &l.from == id && l.to == goal.id);
        self.goals().filter(leads)
    }
}
