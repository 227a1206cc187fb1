//! The strategy: the north star, the themes, the goals and the KPIs that the weeks are held against.

use serde::{Deserialize, Serialize};

use super::by_id::ById;
use super::goal::Goal;
use super::id::{CardId, GoalId, KpiId, PerspectiveId, ThemeId, ValueId};
use super::kpi::Kpi;
use super::number::Finite;
use super::register::{Card, Kind};

/// Why the business exists and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NorthStar {
    /// What the world looks like when the business has succeeded.
    #[serde(default)]
    pub vision: String,
    /// What it does each day to get there.
    #[serde(default)]
    pub mission: String,
    /// What it will not trade away.
    #[serde(default)]
    pub values: Vec<Value>,
    /// The few bets that the goals hang under.
    #[serde(default)]
    pub themes: Vec<Theme>,
}

/// A value that decisions are held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The id.
    pub id: ValueId,
    /// The name as shown.
    pub name: String,
    /// What it looks like when it is lived.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
}

/// A strategic theme, with the share of effort that it should get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The id.
    pub id: ThemeId,
    /// The name as shown.
    pub name: String,
    /// What is bet on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bet: String,
    /// Its share of the effort; shares are relative to their sum.
    pub weight: Finite,
}

/// A perspective of the balanced scorecard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Perspective {
    /// The id.
    pub id: PerspectiveId,
    /// The name as shown.
    pub name: String,
}

/// Everything the weeks are held against, as it stands at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    /// Vision, mission, values and themes.
    pub north_star: NorthStar,
    /// Goals, objectives, key results and initiatives: one flat list, parents by id.
    #[serde(default)]
    pub goals: ById<Goal>,
    /// KPI definitions.
    #[serde(default)]
    pub kpis: ById<Kpi>,
    /// The cards of all registers, register by register; none where no register is used.
    #[serde(default, skip_serializing_if = "no_cards")]
    pub cards: ById<Card>,
}

fn no_cards(cards: &ById<Card>) -> bool {
    cards.is_empty()
}

impl Strategy {
    /// The goal with this id.
    #[must_use]
    pub fn goal(&self, id: &GoalId) -> Option<&Goal> {
        self.goals.named(id)
    }

    /// The KPI with this id.
    #[must_use]
    pub fn kpi(&self, id: &KpiId) -> Option<&Kpi> {
        self.kpis.named(id)
    }

    /// The card with this id, of whichever register.
    #[must_use]
    pub fn card(&self, id: &CardId) -> Option<&Card> {
        self.cards.named(id)
    }

    /// The cards of one register, in file order.
    pub fn cards_of(&self, kind: Kind) -> impl Iterator<Item = &Card> + Clone {
        self.cards.iter().filter(move |c| c.kind() == kind)
    }

    /// The theme with this id.
    #[must_use]
    pub fn theme(&self, id: &ThemeId) -> Option<&Theme> {
        self.north_star.themes.iter().find(|t| &t.id == id)
    }

    /// The direct children of a goal, in file order.
    pub fn children(&self, id: &GoalId) -> impl Iterator<Item = &Goal> + use<'_> {
        self.goals.under(id)
    }

    /// Whether a goal is marked by hand in a review: it is open and has no open child.
    #[must_use]
    pub fn is_leaf(&self, goal: &Goal) -> bool {
        goal.is_open() && !self.children(&goal.id).any(Goal::is_open)
    }

    /// The leaves, in tree order.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Goal> {
        self.tree().into_iter().map(|(_, goal)| goal).filter(|g| self.is_leaf(g)).collect()
    }

    /// A goal's line upwards: itself, its parent, and so on. Stops at a missing parent or before a goal would repeat.
    #[must_use]
    pub fn line_of_sight(&self, id: &GoalId) -> Vec<&Goal> {
        let mut line: Vec<&Goal> = Vec::new();
        let mut at = self.goal(id);
        while let Some(goal) = at {
            if line.iter().any(|g| g.id == goal.id) {
                break;
            }
            line.push(goal);
            at = goal.parent.as_ref().and_then(|p| self.goal(p));
        }
        line
    }

    /// The theme a goal hangs under: its own, or that of the nearest goal above it that names one.
    #[must_use]
    pub fn theme_of(&self, id: &GoalId) -> Option<&Theme> {
        self.line_of_sight(id).into_iter().find_map(|g| g.theme.as_ref()).and_then(|t| self.theme(t))
    }

    /// All goals depth first with their depth, roots grouped by theme in the themes' order, then those without one.
    ///
    /// A goal whose parent is missing, or that only a cycle reaches, is listed as a root, so that nothing disappears.
    #[must_use]
    pub fn tree(&self) -> Vec<(usize, &Goal)> {
        let place = |goal: &Goal| {
            let theme = goal.theme.as_ref();
            self.north_star.themes.iter().position(|t| Some(&t.id) == theme).unwrap_or(usize::MAX)
        };
        let mut children: std::collections::HashMap<&GoalId, Vec<&Goal>> = std::collections::HashMap::new();
        let known: std::collections::HashSet<&GoalId> = self.goals.iter().map(|g| &g.id).collect();
        let mut roots: Vec<&Goal> = Vec::new();
        for goal in &self.goals {
            match goal.parent.as_ref().filter(|p| known.contains(p)) {
                Some(parent) => children.entry(parent).or_default().push(goal),
                None => roots.push(goal),
            }
        }
        roots.sort_by_key(|g| place(g));
        let mut seen = std::collections::HashSet::new();
        let mut out = Vec::with_capacity(self.goals.len());
        let mut stack: Vec<(usize, &Goal)> = roots.into_iter().rev().map(|g| (0, g)).collect();
        let mut rest = self.goals.iter();
        loop {
            let Some((depth, goal)) = stack.pop() else {
                // What is left hangs in a cycle: show it from its first goal on.
                match rest.find(|g| !seen.contains(&g.id)) {
                    Some(goal) => stack.push((0, goal)),
                    None => return out,
                }
                continue;
            };
            if !seen.insert(&goal.id) {
                continue;
            }
            out.push((depth, goal));
            if let Some(below) = children.get(&goal.id) {
                stack.extend(below.iter().rev().map(|g| (depth + 1, *g)));
            }
        }
    }

    /// The goals that name a KPI.
    pub fn goals_of<'a>(&'a self, kpi: &'a KpiId) -> impl Iterator<Item = &'a Goal> + 'a {
        self.goals.iter().filter(move |g| g.kpis.contains(kpi))
    }
}
