//! A strategy as rules that look at every goal want it: in order, and with what is inherited worked out.

use std::collections::HashMap;

use crate::model::goal::Goal;
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::Kpi;
use crate::model::strategy::{Strategy, Theme};

/// The goals of a strategy in tree order, and what each inherits.
#[derive(Debug)]
pub struct Tree<'a> {
    strategy: &'a Strategy,
    order: Vec<&'a Goal>,
    themes: HashMap<&'a GoalId, &'a Theme>,
}

impl<'a> Tree<'a> {
    /// Builds it in one pass over the goals.
    #[must_use]
    pub fn of(strategy: &'a Strategy) -> Self {
        let order = strategy.tree().into_iter().map(|(_, goal)| goal).collect();
        let mut tree = Self { strategy, order, themes: HashMap::new() };
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
        self.strategy.goal(id)
    }

    /// The KPI with this id.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<&'a Kpi> {
        self.strategy.kpi(id)
    }

    /// The direct children of a goal, in file order.
    pub fn children(&self, id: &GoalId) -> impl Iterator<Item = &'a Goal> + use<'a> {
        self.strategy.children(id)
    }

    /// The direct children that are still pursued.
    pub fn open_children(&self, id: &GoalId) -> impl Iterator<Item = &'a Goal> + use<'a> {
        self.children(id).filter(|g| g.is_open())
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
        for _ in 0..self.order.len() {
            match at {
                Some(g) if &g.id == above => return true,
                Some(g) => at = g.parent.as_ref().and_then(|p| self.goal(p)),
                None => return false,
            }
        }
        false
    }
}
