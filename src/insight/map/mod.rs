//! The strategy map: which goal is a cause of which, from what people learn up to what the business earns.
//!
//! After Kaplan and Norton, *Strategy Maps* (2004): perspectives lie above each other as the scorecard lists them, and a cause
//! lies below its effects.

mod circles;
mod order;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::tree::Tree;
use crate::model::goal::{Goal, Kind};
use crate::model::id::{GoalId, PerspectiveId};
use crate::model::strategy::{Perspective, Strategy};

pub use circles::circles;

/// What stands in a row, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A goal.
    Goal(GoalId),
    /// A link on its way past this row: its number in [`Map::links`].
    Pass(usize),
}

/// Goals beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Their perspective.
    pub perspective: PerspectiveId,
    /// What stands in it.
    pub items: Vec<Item>,
}

/// A cause and its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The cause.
    pub from: GoalId,
    /// The effect.
    pub to: GoalId,
}

/// Goals in rows, the first row on top; each cause in a row below its effects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    /// The rows. A perspective has several where its goals lead to each other.
    pub rows: Vec<Row>,
    /// The links that run upwards: those that are drawn.
    pub links: Vec<Link>,
    /// The links that run down to a lower perspective: told in words.
    pub back: Vec<Link>,
    /// Goals that belong on the map and have no perspective.
    pub apart: Vec<GoalId>,
}

impl Map {
    /// Lays the map out: open objectives, goals that have none below them, and whatever else is linked.
    #[must_use]
    pub fn of(strategy: &Strategy, perspectives: &[Perspective]) -> Self {
        let tree = Tree::of(strategy);
        let shown = on_the_map(&tree);
        let band = |goal: &Goal| {
            let of = perspective_of(&tree, goal)?;
            perspectives.iter().position(|p| &p.id == of)
        };
        let bands: HashMap<&GoalId, usize> = shown.iter().filter_map(|g| Some((&g.id, band(g)?))).collect();
        let links = shown.iter().flat_map(|g| g.leads_to.iter().map(move |to| (&g.id, to)));
        let links: Vec<(&GoalId, &GoalId)> =
            links.filter(|(from, to)| bands.contains_key(from) && bands.contains_key(to)).collect();
        let (up, back): (Vec<_>, Vec<_>) = links.into_iter().partition(|(from, to)| bands[from] >= bands[to]);
        let apart = shown.iter().filter(|g| !bands.contains_key(&g.id)).map(|g| g.id.clone()).collect();
        let placed: Vec<&GoalId> = shown.iter().map(|g| &g.id).filter(|id| bands.contains_key(id)).collect();
        let heights = heights(&placed, &bands, &up);
        let mut rows = rows(&placed, perspectives, &bands, &heights);
        pass(&mut rows, &up);
        order::untangle(&mut rows, &up);
        let link = |(from, to): (&GoalId, &GoalId)| Link { from: from.clone(), to: to.clone() };
        Self { rows, links: up.into_iter().map(link).collect(), back: back.into_iter().map(link).collect(), apart }
    }

    /// Whether any cause is named.
    #[must_use]
    pub fn is_linked(&self) -> bool {
        !self.links.is_empty() || !self.back.is_empty()
    }

    /// The goals of a row, from left to right.
    pub fn goals(&self, row: usize) -> impl Iterator<Item = &GoalId> + '_ {
        self.rows.get(row).into_iter().flat_map(|r| &r.items).filter_map(|item| match item {
            Item::Goal(id) => Some(id),
            Item::Pass(_) => None,
        })
    }

    /// What a goal leads to, on the map.
    pub fn effects<'a>(&'a self, id: &'a GoalId) -> impl Iterator<Item = &'a GoalId> + 'a {
        self.links.iter().chain(&self.back).filter(move |l| &l.from == id).map(|l| &l.to)
    }

    /// What leads to a goal, on the map.
    pub fn causes<'a>(&'a self, id: &'a GoalId) -> impl Iterator<Item = &'a GoalId> + 'a {
        self.links.iter().chain(&self.back).filter(move |l| &l.to == id).map(|l| &l.from)
    }
}

/// The open objectives in tree order, goals without one below them, and whatever else is linked.
pub(super) fn on_the_map<'a>(tree: &Tree<'a>) -> Vec<&'a Goal> {
    let effects: HashSet<&GoalId> = tree.open().flat_map(|g| &g.leads_to).collect();
    let belongs = |g: &&Goal| match g.kind {
        Kind::Objective => true,
        Kind::Goal if !tree.open_children(&g.id).any(|below| below.kind == Kind::Objective) => true,
        Kind::Goal | Kind::KeyResult { .. } | Kind::Initiative { .. } => {
            !g.leads_to.is_empty() || effects.contains(&g.id)
        }
    };
    tree.open().filter(belongs).collect()
}

/// A goal's perspective: its own, that of its first KPI, or that of the first open goal below it which has one.
pub(super) fn perspective_of<'a>(tree: &Tree<'a>, goal: &'a Goal) -> Option<&'a PerspectiveId> {
    let (mut seen, mut at) = (HashSet::new(), vec![goal]);
    while let Some(goal) = at.pop() {
        if !seen.insert(&goal.id) {
            continue;
        }
        let measured = goal.kpis.first().and_then(|k| tree.kpi(k)).map(|k| &k.perspective);
        if let Some(found) = goal.perspective.as_ref().or(measured) {
            return Some(found);
        }
        let below: Vec<&Goal> = tree.open_children(&goal.id).collect();
        at.extend(below.into_iter().rev());
    }
    None
}

/// How far above the foot of its perspective each goal stands: one row higher than its highest cause there.
fn heights<'a>(
    placed: &[&'a GoalId],
    bands: &HashMap<&'a GoalId, usize>,
    up: &[(&'a GoalId, &'a GoalId)],
) -> HashMap<&'a GoalId, usize> {
    let mut heights: HashMap<&GoalId, usize> = placed.iter().map(|id| (*id, 0)).collect();
    let within: Vec<_> = up.iter().filter(|(from, to)| bands[from] == bands[to]).collect();
    // A circle, which a file may hold before it is corrected, would climb for ever.
    for _ in 0..placed.len() {
        let mut still = true;
        for (from, to) in &within {
            let above = heights[from] + 1;
            if heights[to] < above && above < placed.len() {
                heights.insert(to, above);
                still = false;
            }
        }
        if still {
            break;
        }
    }
    heights
}

fn rows(
    placed: &[&GoalId],
    perspectives: &[Perspective],
    bands: &HashMap<&GoalId, usize>,
    heights: &HashMap<&GoalId, usize>,
) -> Vec<Row> {
    let mut rows: Vec<((usize, std::cmp::Reverse<usize>), Row)> = Vec::new();
    for id in placed {
        let place = (bands[id], std::cmp::Reverse(heights[id]));
        let item = Item::Goal((*id).clone());
        match rows.iter_mut().find(|(at, _)| *at == place) {
            Some((_, row)) => row.items.push(item),
            None => rows.push((place, Row { perspective: perspectives[place.0].id.clone(), items: vec![item] })),
        }
    }
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Gives each link a place in the rows that it runs past.
fn pass(rows: &mut [Row], up: &[(&GoalId, &GoalId)]) {
    let at = places(rows);
    for (n, (from, to)) in up.iter().enumerate() {
        let (Some(low), Some(high)) = (at.get(*from), at.get(*to)) else { continue };
        for row in &mut rows[(high + 1).min(*low)..*low] {
            row.items.push(Item::Pass(n));
        }
    }
}

/// The row of each goal.
fn places(rows: &[Row]) -> HashMap<GoalId, usize> {
    let goals = |row: &Row| -> Vec<GoalId> {
        let only = |item: &Item| match item {
            Item::Goal(id) => Some(id.clone()),
            Item::Pass(_) => None,
        };
        row.items.iter().filter_map(only).collect()
    };
    rows.iter().enumerate().flat_map(|(n, row)| goals(row).into_iter().map(move |id| (id, n))).collect()
}
