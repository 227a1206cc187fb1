//! The end of a review: the snapshot that it leaves behind, and what is still open in each step before that.

mod reopen;
mod steps;

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};

pub use reopen::reopen;
pub use steps::{is_done, missing, missing_with, progress, progress_with};

use super::findings::{self, Facts};
use super::{alignment, carry, goals, scorecard};
use crate::model::agenda::Step;
use crate::model::checkin::CheckIn;
use crate::model::finding::{Answer, Finding};
use crate::model::history::History;
use crate::model::record::{Action, ActionState};
use crate::model::review::{Moment, Outcome, Review};
use crate::model::snapshot::{FindingWeek, Snapshot, StepTime};
use crate::model::week::Week;
use crate::model::workspace::{SCHEMA, Thresholds, Workspace};

/// The whole snapshot of a review, with everything computed as of `now`.
///
/// Action items take their outcome: done, dropped, or carried over once more, and then due a week after this review
/// if they were due by its Sunday. Check-ins are taken in only if they were revealed.
#[must_use]
pub fn seal(workspace: &Workspace, review: &Review, history: &History, now: Moment) -> Snapshot {
    let config = &workspace.config;
    let today = now.date_naive();
    let scorecard = scorecard::of_review(config, &workspace.strategy, review);
    let previous = workspace.latest.as_deref().filter(|s| s.week < review.week);
    let told = carry::forward(&review.goals, previous, &workspace.strategy, &scorecard);
    let goals = goals::assess(&workspace.strategy, &told, &scorecard, today);
    let facts = Facts::of_review(workspace, review, history, &scorecard, &goals, today);
    let (findings, alignment) = (findings(&facts, review), alignment::sealed(&facts));
    let pulse = facts.pulse;
    Snapshot {
        schema: SCHEMA,
        workspace: config.id.clone(),
        name: config.name.clone(),
        week: review.week,
        revision: review.revision(),
        agenda: review.agenda.clone(),
        started: review.started,
        sealed: now,
        facilitator: review.facilitator.clone(),
        revises: review.revises.clone(),
        attendance: review.attendance.clone(),
        time: time(review, now),
        headlines: review.headlines.clone(),
        commitments: review.commitments.clone(),
        scorecard,
        goals,
        check_ins: shared_check_ins(workspace, review),
        pulse,
        alignment: Some(alignment),
        findings,
        issues: review.ranked_issues().into_iter().cloned().collect(),
        decisions: review.decisions.clone(),
        actions: review.actions.iter().map(|a| settle(a, review.outcome(&a.id), review.week)).collect(),
        messages: review.messages.clone(),
        notes: review.notes.clone(),
        ratings: review.ratings.clone(),
        why_low: review.why_low.clone(),
        people: config.people.clone(),
        teams: config.teams.clone(),
        perspectives: config.perspectives.clone(),
        strategy: workspace.strategy.clone(),
    }
}

/// Planned and used time of the agenda's steps, and of those taken beside it.
pub(super) fn time(review: &Review, now: Moment) -> Vec<StepTime> {
    let planned = review.steps.iter().map(|slot| slot.step);
    let beside = Step::ALL
        .into_iter()
        .filter(|step| review.clock.spent(*step, now) > 0 && !review.steps.iter().any(|slot| slot.step == *step));
    planned
        .chain(beside)
        .map(|step| StepTime {
            step,
            planned_minutes: review.minutes(step),
            used_seconds: review.clock.spent(step, now),
        })
        .collect()
}

/// The check-ins of the week once revealed; a correction made when they are no longer loaded keeps those it had.
fn shared_check_ins(workspace: &Workspace, review: &Review) -> Vec<CheckIn> {
    if !review.revealed {
        return Vec::new();
    }
    // How somebody feels is nobody else's business: the answers to the pulse are not kept by name.
    let shared = |c: &CheckIn| CheckIn { pulse: Vec::new(), ..c.clone() };
    let loaded: Vec<_> = workspace.check_ins.iter().filter(|c| c.week == review.week).map(shared).collect();
    match &workspace.latest {
        Some(latest) if loaded.is_empty() && latest.week == review.week => latest.check_ins.clone(),
        Some(_) | None => loaded,
    }
}

/// What fires now with its answer, then what stays put aside, so that it is known when that ends.
fn findings(facts: &Facts, review: &Review) -> Vec<FindingWeek> {
    let answers: HashMap<&str, &Answer> = review.findings.iter().map(|f| (f.finding.as_str(), &f.answer)).collect();
    let answered = |finding: Finding| {
        let answer = answers.get(finding.key.as_str()).map(|a| (*a).clone());
        FindingWeek { finding, answer }
    };
    let aside = findings::put_aside(facts).iter().map(|(finding, _)| answered((*finding).clone()));
    findings::all(facts).into_iter().map(answered).chain(aside).collect()
}

/// An action item after its outcome was said; one that nobody spoke of stays as it is.
fn settle(action: &Action, outcome: Option<&Outcome>, week: Week) -> Action {
    let mut action = action.clone();
    match outcome {
        Some(Outcome::Done) => action.state = ActionState::Done { in_week: week },
        Some(Outcome::Dropped { reason }) => {
            action.state = ActionState::Dropped { in_week: week, reason: reason.clone() };
        }
        Some(Outcome::NotDone) => {
            action.state = ActionState::Open;
            action.carried = action.carried.saturating_add(1);
            if Week::of(action.due) <= week {
                action.due = next_review(week.day(action.due.weekday()));
            }
        }
        None => {}
    }
    action
}

/// The day of the next review, if this one is held on `day`: a week later.
#[must_use]
pub fn next_review(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(7)).unwrap_or(day)
}

/// Whether an action item has been carried so often that marking it not done once more makes it an issue.
#[must_use]
pub fn carried_too_often(action: &Action, thresholds: &Thresholds) -> bool {
    action.carried.saturating_add(1) >= thresholds.carries
}

#[cfg(test)]
mod tests;
