//! What is known of goals from the last review: where they stood holds until a reading or somebody says otherwise.

use std::collections::HashSet;

use crate::model::id::{GoalId, KpiId};
use crate::model::review::GoalEntry;
use crate::model::snapshot::{GoalWeek, KpiWeek, Snapshot};
use crate::model::strategy::Strategy;

/// The entries of a review, with the last known value of each goal that neither it nor a reading of this week says one of.
/// Marks are never carried.
#[must_use]
pub fn forward(
    entries: &[GoalEntry],
    previous: Option<&Snapshot>,
    strategy: &Strategy,
    readings: &[KpiWeek],
) -> Vec<GoalEntry> {
    let mut all = entries.to_vec();
    let Some(previous) = previous else { return all };
    let measured = measured(strategy, readings);
    let valued: HashSet<&GoalId> = entries.iter().filter(|e| e.current.is_some()).map(|e| &e.goal).collect();
    let silent = |g: &&GoalWeek| g.current.is_some() && !valued.contains(&g.goal) && !measured.contains(&g.goal);
    for goal in previous.goals.iter().filter(silent) {
        match all.iter_mut().find(|e| e.goal == goal.goal) {
            Some(entry) => entry.current = goal.current,
            None => all.push(GoalEntry { current: goal.current, ..GoalEntry::new(goal.goal.clone()) }),
        }
    }
    all
}

/// What the last review said of the goals, marks and all: how they stand while no review is held. A reading of this week is
/// stronger than the value of the last.
#[must_use]
pub fn as_left(previous: Option<&Snapshot>, strategy: &Strategy, readings: &[KpiWeek]) -> Vec<GoalEntry> {
    let measured = measured(strategy, readings);
    let entry = |g: &GoalWeek| GoalEntry {
        goal: g.goal.clone(),
        mark: g.marked,
        confidence: g.confidence,
        current: g.current.filter(|_| !measured.contains(&g.goal)),
        note: g.note.clone(),
    };
    previous.map(|s| s.goals.iter().map(entry).collect()).unwrap_or_default()
}

/// The goals that a KPI with a reading of this week measures.
fn measured<'a>(strategy: &'a Strategy, readings: &[KpiWeek]) -> HashSet<&'a GoalId> {
    let read: HashSet<&KpiId> = readings.iter().filter(|k| k.reading.is_some()).map(|k| &k.kpi).collect();
    strategy.goals.iter().filter(|g| g.kpis.iter().any(|k| read.contains(k))).map(|g| &g.id).collect()
}
