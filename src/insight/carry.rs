//! What is known of goals from the last review: where they stood holds until somebody says otherwise.

use std::collections::HashSet;

use crate::model::id::GoalId;
use crate::model::review::GoalEntry;
use crate::model::snapshot::Snapshot;

/// The entries of a review, with the last known value of each goal that it says no value of. Marks are never carried.
#[must_use]
pub fn forward(entries: &[GoalEntry], previous: Option<&Snapshot>) -> Vec<GoalEntry> {
    let mut all = entries.to_vec();
    let Some(previous) = previous else { return all };
    let valued: HashSet<&GoalId> = entries.iter().filter(|e| e.current.is_some()).map(|e| &e.goal).collect();
    for goal in previous.goals.iter().filter(|g| g.current.is_some() && !valued.contains(&g.goal)) {
        match all.iter_mut().find(|e| e.goal == goal.goal) {
            Some(entry) => entry.current = goal.current,
            None => all.push(GoalEntry { current: goal.current, ..GoalEntry::new(goal.goal.clone()) }),
        }
    }
    all
}

/// What the last review said of the goals, marks and all: how they stand while no review is held.
#[must_use]
pub fn as_left(previous: Option<&Snapshot>) -> Vec<GoalEntry> {
    let entry = |g: &crate::model::snapshot::GoalWeek| GoalEntry {
        goal: g.goal.clone(),
        mark: g.marked,
        confidence: g.confidence,
        current: g.current,
        note: g.note.clone(),
    };
    previous.map(|s| s.goals.iter().map(entry).collect()).unwrap_or_default()
}
