//! A sealed review, taken up again to correct it.

use std::collections::HashMap;

use crate::model::agenda::Slot;
use crate::model::id::{GoalId, KpiId, MemberId};
use crate::model::number::Finite;
use crate::model::record::{Action, ActionState};
use crate::model::review::{Clock, FindingEntry, GoalEntry, KpiEntry, Moment, Outcome, Review, Revises};
use crate::model::snapshot::Snapshot;

/// The review that a snapshot was sealed from, ready to be corrected and sealed again as the next revision.
///
/// What sealing did to action items is taken back, so that doing it again gives the same; only a due date that was moved
/// because the item was carried over stays where it was moved to. The clock begins at zero: time tells of the correction.
#[must_use]
pub fn reopen(snapshot: &Snapshot, by: Option<MemberId>, why: String, at: Moment) -> Review {
    Review {
        week: snapshot.week,
        agenda: snapshot.agenda.clone(),
        steps: snapshot.time.iter().map(|t| Slot { step: t.step, minutes: t.planned_minutes }).collect(),
        started: snapshot.started,
        facilitator: snapshot.facilitator.clone(),
        revises: Some(Revises { revision: snapshot.revision, by, at, why }),
        attendance: snapshot.attendance.clone(),
        headlines: snapshot.headlines.clone(),
        commitments: snapshot.commitments.clone(),
        kpis: kpis(snapshot),
        goals: goals(snapshot),
        revealed: !snapshot.check_ins.is_empty(),
        findings: snapshot
            .findings
            .iter()
            .filter_map(|f| Some(FindingEntry { finding: f.finding.key.clone(), answer: f.answer.clone()? }))
            .collect(),
        issues: snapshot.issues.clone(),
        decisions: snapshot.decisions.clone(),
        actions: snapshot.actions.iter().map(|a| unsettle(a, snapshot)).collect(),
        messages: snapshot.messages.clone(),
        notes: snapshot.notes.clone(),
        ratings: snapshot.ratings.clone(),
        why_low: snapshot.why_low.clone(),
        quarter: None,
        clock: Clock::default(),
    }
}

fn kpis(snapshot: &Snapshot) -> Vec<KpiEntry> {
    let entries = snapshot.scorecard.iter().map(|k| KpiEntry {
        kpi: k.kpi.clone(),
        reading: k.reading,
        origin: k.origin,
        mark: k.marked,
        note: k.note.clone(),
    });
    entries.filter(|e| *e != KpiEntry::new(e.kpi.clone())).collect()
}

fn goals(snapshot: &Snapshot) -> Vec<GoalEntry> {
    // A current value that came from a KPI stays with the KPI, so that correcting the reading corrects the goal.
    let readings: HashMap<&KpiId, Finite> =
        snapshot.scorecard.iter().filter_map(|k| Some((&k.kpi, k.reading?))).collect();
    let read: HashMap<&GoalId, Finite> =
        snapshot.strategy.goals.iter().filter_map(|g| Some((&g.id, *readings.get(g.kpis.first()?)?))).collect();
    let entries = snapshot.goals.iter().map(|g| GoalEntry {
        goal: g.goal.clone(),
        mark: g.marked,
        confidence: g.confidence,
        current: g.current.filter(|c| read.get(&g.goal) != Some(c)),
        note: g.note.clone(),
    });
    entries.filter(|e| *e != GoalEntry::new(e.goal.clone())).collect()
}

fn unsettle(action: &Action, snapshot: &Snapshot) -> Action {
    let mut action = action.clone();
    match snapshot.commitments.iter().find(|c| c.action == action.id).map(|c| &c.outcome) {
        Some(Outcome::Done | Outcome::Dropped { .. }) => action.state = ActionState::Open,
        Some(Outcome::NotDone) => action.carried = action.carried.saturating_sub(1),
        None => {}
    }
    action
}
