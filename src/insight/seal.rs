//! The end of a review: what is still open in each step, and the snapshot that it leaves behind.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};

use super::findings::{self, Facts};
use super::{goals, scorecard};
use crate::model::agenda::Step;
use crate::model::finding::{Answer, Finding};
use crate::model::history::History;
use crate::model::id::{GoalId, KpiId};
use crate::model::record::{Action, ActionState};
use crate::model::review::{Moment, Outcome, Review, Revises};
use crate::model::snapshot::{FindingWeek, GoalWeek, KpiWeek, Snapshot, StepTime};
use crate::model::week::Week;
use crate::model::workspace::{SCHEMA, Thresholds, Workspace};

/// How many findings and issues the room is asked to answer.
const TOP: usize = 3;

/// The whole snapshot of a review, with everything computed as of `now`.
///
/// Action items take their outcome: done, dropped, or carried over once more, and then due a week after this review
/// if they were due by its Sunday. Check-ins are taken in only if they were revealed.
#[must_use]
pub fn seal(workspace: &Workspace, review: &Review, history: &History, now: Moment) -> Snapshot {
    let config = &workspace.config;
    let today = now.date_naive();
    let scorecard = scorecard::of_review(config, &workspace.strategy, review);
    let goals = goals::assess(&workspace.strategy, &review.goals, &scorecard, today);
    let findings = findings(workspace, review, history, &scorecard, &goals, today);
    Snapshot {
        schema: SCHEMA,
        workspace: config.id.clone(),
        name: config.name.clone(),
        week: review.week,
        revision: revision(review),
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

/// The revision that a review becomes when it is sealed.
fn revision(review: &Review) -> u32 {
    review.revises.as_ref().map_or(1, |r: &Revises| r.revision.saturating_add(1))
}

/// Planned and used time of the agenda's steps, and of those taken beside it.
fn time(review: &Review, now: Moment) -> Vec<StepTime> {
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
fn shared_check_ins(workspace: &Workspace, review: &Review) -> Vec<crate::model::checkin::CheckIn> {
    if !review.revealed {
        return Vec::new();
    }
    let loaded: Vec<_> = workspace.check_ins.iter().filter(|c| c.week == review.week).cloned().collect();
    match &workspace.latest {
        Some(latest) if loaded.is_empty() && latest.week == review.week => latest.check_ins.clone(),
        Some(_) | None => loaded,
    }
}

/// What fires now with its answer, then what stays put aside, so that it is known when that ends.
fn findings(
    workspace: &Workspace,
    review: &Review,
    history: &History,
    scorecard: &[KpiWeek],
    goals: &[GoalWeek],
    today: NaiveDate,
) -> Vec<FindingWeek> {
    let facts = Facts::of_review(workspace, review, history, scorecard, goals, today);
    let answers: HashMap<&str, &Answer> = review.findings.iter().map(|f| (f.finding.as_str(), &f.answer)).collect();
    let answered = |finding: Finding| {
        let answer = answers.get(finding.key.as_str()).map(|a| (*a).clone());
        FindingWeek { finding, answer }
    };
    let aside = findings::put_aside(&facts).iter().map(|(finding, _)| answered((*finding).clone()));
    findings::all(&facts).into_iter().map(answered).chain(aside).collect()
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

/// How many questions of a step are answered, and of how many.
///
/// Without the findings at hand, Alignment counts the answers given in this review, of three. Where the list is at hand,
/// [`progress_with`] counts against what was really put before the room.
#[must_use]
pub fn progress(step: Step, workspace: &Workspace, review: &Review) -> (usize, usize) {
    match step {
        Step::Open => {
            let active = workspace.config.active();
            count(active.map(|m| review.presence(&m.id).is_some()))
        }
        Step::Commitments => count(review.promised_before().map(|a| review.outcome(&a.id).is_some())),
        Step::Scorecard => {
            let marked: HashSet<&KpiId> = review.kpis.iter().filter(|k| k.mark.is_some()).map(|k| &k.kpi).collect();
            count(workspace.strategy.kpis.iter().map(|k| marked.contains(&k.id)))
        }
        Step::Goals => {
            let marked: HashSet<&GoalId> = review.goals.iter().filter(|g| g.mark.is_some()).map(|g| &g.goal).collect();
            let parents: HashSet<&GoalId> =
                workspace.strategy.goals.iter().filter(|g| g.is_open()).filter_map(|g| g.parent.as_ref()).collect();
            let leaves = workspace.strategy.goals.iter().filter(|g| g.is_open() && !parents.contains(&g.id));
            count(leaves.map(|g| marked.contains(&g.id)))
        }
        Step::CheckIns => {
            let any = workspace.check_ins.iter().any(|c| c.week == review.week);
            if any || review.revealed { count([review.revealed]) } else { (0, 0) }
        }
        Step::Alignment => {
            let inherited = review.findings.iter().filter(|f| is_inherited(workspace, review, &f.finding)).count();
            ((review.findings.len() - inherited).min(TOP), TOP)
        }
        Step::Issues => count(review.ranked_issues().into_iter().take(TOP).map(|i| !i.is_open())),
        Step::Close => {
            let sealed = workspace.weeks.get(&review.week).copied().unwrap_or(0);
            count([sealed >= revision(review)])
        }
    }
}

/// Like [`progress`], with what [`findings::all`] found: Alignment counts the answers to the top three.
#[must_use]
pub fn progress_with(step: Step, workspace: &Workspace, review: &Review, found: &[Finding]) -> (usize, usize) {
    match step {
        Step::Alignment => {
            let asked = findings::top(found, review, TOP);
            count(asked.into_iter().map(|f| review.answer(&f.key).is_some()))
        }
        Step::Open
        | Step::Commitments
        | Step::Scorecard
        | Step::Goals
        | Step::CheckIns
        | Step::Issues
        | Step::Close => progress(step, workspace, review),
    }
}

/// Whether an answer was given before this review and only carried into it.
fn is_inherited(workspace: &Workspace, review: &Review, key: &str) -> bool {
    let previous = workspace.latest.as_ref().filter(|s| s.week < review.week);
    previous.is_some_and(|s| {
        s.findings.iter().any(|f| f.finding.key == key && matches!(f.answer, Some(Answer::Dismissed { .. })))
    })
}

fn count(answered: impl IntoIterator<Item = bool>) -> (usize, usize) {
    answered.into_iter().fold((0, 0), |(yes, all), a| (yes + usize::from(a), all + 1))
}

/// Whether nothing is left to answer in a step.
#[must_use]
pub fn is_done(step: Step, workspace: &Workspace, review: &Review) -> bool {
    let (answered, all) = progress(step, workspace, review);
    answered == all
}

/// What is still open in the steps of the agenda, in words. Close is left out: it is done by sealing.
#[must_use]
pub fn missing(workspace: &Workspace, review: &Review) -> Vec<(Step, String)> {
    open_steps(review, |step| progress(step, workspace, review))
}

/// Like [`missing`], with what [`findings::all`] found.
#[must_use]
pub fn missing_with(workspace: &Workspace, review: &Review, found: &[Finding]) -> Vec<(Step, String)> {
    open_steps(review, |step| progress_with(step, workspace, review, found))
}

fn open_steps(review: &Review, progress: impl Fn(Step) -> (usize, usize)) -> Vec<(Step, String)> {
    review
        .steps
        .iter()
        .filter_map(|slot| {
            let (answered, all) = progress(slot.step);
            let open = all.checked_sub(answered).filter(|open| *open > 0)?;
            Some((slot.step, in_words(slot.step, open)?))
        })
        .collect()
}

fn in_words(step: Step, open: usize) -> Option<String> {
    let say = |one: &str, many: &str| Some(if open == 1 { format!("1 {one}") } else { format!("{open} {many}") });
    match step {
        Step::Open => say("person is not marked as here or away", "people are not marked as here or away"),
        Step::Commitments => say("commitment is not marked", "commitments are not marked"),
        Step::Scorecard => say("KPI is not marked", "KPIs are not marked"),
        Step::Goals => say("goal is not marked", "goals are not marked"),
        Step::CheckIns => Some("the check-ins are not revealed".to_owned()),
        Step::Alignment => say("finding is not answered", "findings are not answered"),
        Step::Issues => say("of the top issues is open", "of the top issues are open"),
        Step::Close => None,
    }
}

#[cfg(test)]
mod tests;
