//! The review of a quarter: what was known when it began, what was said of it, and the sealed record that it leaves.

mod answer;
mod facts;
mod snapshot;

use serde::{Deserialize, Serialize};

pub use answer::{
    Fate, GoalAnswer, Grade, Lesson, Looked, NextGoal, NoGrade, Said, StarAnswer, Stop, StopKept, Weighed,
};
pub use facts::{Candidate, Facts, Graded, Measure, Scored, Stands, Stood, ThemeFacts};
pub use snapshot::{QuarterSeal, QuarterSnapshot};

use super::id::{GoalId, LineId, MemberId};
use super::number::Finite;
use super::quarter::Quarter;

/// What a review says of its quarter: the facts it began with, and the answers. It explains itself with no other file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quarterly {
    /// The quarter.
    pub quarter: Quarter,
    /// What was known when the review began. It does not change while it is held, so that going on after a kill finds the same
    /// questions, whatever was done to the strategy in between.
    pub facts: Facts,
    /// Grades, and what becomes of goals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<GoalAnswer>,
    /// Whether what was to stop has stopped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<StopKept>,
    /// What we learned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub learned: Vec<Lesson>,
    /// Cards that were looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked: Vec<Looked>,
    /// Whether the north star is still right; none as long as nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub north_star: Option<StarAnswer>,
    /// The weights of themes from now on, where they change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<Weighed>,
    /// The objectives of the next quarter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<NextGoal>,
    /// What stops.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<Stop>,
    /// A sentence from each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Said>,
}

impl Quarterly {
    /// A quarter of which nothing was said yet.
    #[must_use]
    pub fn new(quarter: Quarter, facts: Facts) -> Self {
        Self {
            quarter,
            facts,
            answers: Vec::new(),
            kept: Vec::new(),
            learned: Vec::new(),
            looked: Vec::new(),
            north_star: None,
            weights: Vec::new(),
            next: Vec::new(),
            stops: Vec::new(),
            said: Vec::new(),
        }
    }

    /// What is known of a goal.
    #[must_use]
    pub fn graded(&self, goal: &GoalId) -> Option<&Graded> {
        self.facts.goals.iter().find(|g| &g.goal == goal)
    }

    /// What was said of a goal; nothing yet for one of which nobody spoke.
    #[must_use]
    pub fn answer(&self, goal: &GoalId) -> GoalAnswer {
        let nothing = || GoalAnswer { goal: goal.clone(), grade: None, fate: None, note: String::new() };
        self.answers.iter().find(|a| &a.goal == goal).cloned().unwrap_or_else(nothing)
    }

    /// The grade that counts: the team's own where there is one, else the computed one; 0 to 1.
    #[must_use]
    pub fn grade(&self, goal: &GoalId) -> Option<Finite> {
        self.answer(goal).grade.map(Grade::get).or_else(|| self.graded(goal)?.grade)
    }

    /// What became of a goal, if it was said.
    #[must_use]
    pub fn fate(&self, goal: &GoalId) -> Option<&Fate> {
        self.answers.iter().find(|a| &a.goal == goal)?.fate.as_ref()
    }

    /// The weight of a theme from now on.
    #[must_use]
    pub fn weight(&self, theme: &ThemeFacts) -> Finite {
        self.weights.iter().find(|w| w.theme == theme.theme).map_or(theme.weight, |w| w.weight)
    }

    /// Whether something that was to stop has stopped; none as long as nobody said.
    #[must_use]
    pub fn kept(&self, stop: &LineId) -> Option<bool> {
        self.kept.iter().find(|k| &k.stop == stop).map(|k| k.kept)
    }

    /// What it says otherwise than the revision that it corrects. That alone is still to be done to the strategy: what the
    /// earlier one did may have been changed since.
    #[must_use]
    pub fn beyond(&self, earlier: &Self) -> Self {
        let mut new = self.clone();
        new.answers.retain(|a| a.fate.as_ref() != earlier.fate(&a.goal));
        new.stops.retain(|s| !earlier.stops.iter().any(|e| e.id == s.id && e.goal == s.goal));
        new.next.retain(|n| !earlier.next.iter().any(|e| e.goal == n.goal));
        new.looked.retain(|l| !earlier.looked.contains(l));
        let moved = self.facts.themes.iter().filter(|t| self.weight(t) != earlier.weight(t));
        new.weights = moved.map(|t| Weighed { theme: t.theme.clone(), weight: self.weight(t) }).collect();
        new
    }

    /// What a member said.
    #[must_use]
    pub fn said(&self, member: &MemberId) -> Option<&str> {
        self.said.iter().find(|s| &s.member == member).map(|s| s.text.as_str())
    }
}
