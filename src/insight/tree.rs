//! An index over a strategy, so that rules which look at every goal take time in proportion to their number.

use std::collections::HashMap;

use crate::model::goal::Goal;
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::Kpi;
use crate::model::strategy::{Strategy, Theme};

/// Goals, children, themes and KPIs of a strategy by id. Of two with one id the first counts, as in [`Strategy::goal`].
#[derive(Debug)]
pub struct Tree<'a> {
    order: Vec<&'a Goal>,
    goals: HashMap<&'a GoalId, &'a Goal>,
    children: HashMap<&'a GoalId, Vec<&'a Goal>>,
    themes: HashMap<&'a GoalId, &'a Theme>,
    kpis: HashMap<&'a KpiId, &'a Kpi>,
}

impl<'a> Tree<'a> {
    /// Builds the index in one pass over goals and KPIs.
    #[must_use]
    pub fn of(strategy: &'a Strategy) -> Self {
        let mut tree = Self {
            order: strategy.tree().into_iter().map(|(_, goal)| goal).collect(),
            goals: HashMap::with_capacity(strategy.goals.len()),
            children: HashMap::new(),
            themes: HashMap::new(),
            kpis: HashMap::with_capacity(strategy.kpis.len()),
        };
        for goal in &strategy.goals {
            tree.goals.entry(&goal.id).or_insert(goal);
            if let Some(parent) = &goal.parent {
                tree.children.entry(parent).or_default().push(goal);
            }
        }
        for kpi in &strategy.kpis {
            tree.kpis.entry(&kpi.id).or_insert(kpi);
        }
        // Parents come before their children, so that what is above is known already.
        for goal in &tree.order {
            let own = goal.theme.as_ref().and_then(|t| strategy.theme(t));
            let above = goal.parent.as_ref().and_then(|p| tree.themes.get(p).copied());
            if let Some(theme) = own.or(above) {
                tree.themes.insert(&goal.id, theme);
            }
        }
        tree
    }

    /// All goals in the order of [`Strategy::tree`]: each parent before its children.
    #[must_use]
    pub fn order(&self) -> &[&'a Goal] {
        &self.order
    }

    /// The open goals, in the same order.
    pub fn open(&self) -> impl DoubleEndedIterator<Item = &'a Goal> + '_ {
        self.order.iter().copied().filter(|g| g.is_open())
    }

    /// The goal with this id.
    #[must_use]
    pub fn goal(&self, id: &GoalId) -> Option<&'a Goal> {
        self.goals.get(id).copied()
    }

    /// The KPI with this id.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<&'a Kpi> {
        self.kpis.get(id).copied()
    }

    /// The direct children of a goal, in file order.
    #[must_use]
    pub fn children(&self, id: &GoalId) -> &[&'a Goal] {
        self.children.get(id).map_or(&[], Vec::as_slice)
    }

    /// The direct children that are still pursued.
    pub fn open_children(&self, id: &GoalId) -> impl Iterator<Item = &'a Goal> + '_ {
        self.children(id).iter().copied().filter(|g| g.is_open())
    }

    /// Whether a goal is marked by hand: it is open and has no open child.
    #[must_use]
    pub fn is_leaf(&self, goal: &Goal) -> bool {
        goal.is_open() && self.open_children(&goal.id).next().is_none()
    }

    /// The theme a goal hangs under: its own or the nearest one above.
    #[must_use]
    pub fn theme_of(&self, id: &GoalId) -> Option<&'a Theme> {
        self.themes.get(id).copied()
    }

    /// Whether `above` lies on the way from `goal` up; a goal lies on its own way. Ends in a cycle too.
    #[must_use]
    pub fn is_under(&self, goal: &GoalId, above: &GoalId) -> bool {
        let mut at = self.goal(goal);
        // No way up is longer than there are goals.
        for _ in 0..self.goals.len() {
            match at {
                Some(g) if &g.id == above => return true,
                Some(g) => at = g.parent.as_ref().and_then(|p| self.goal(p)),
                None => return false,
            }
        }
        false
    }
}
