//! What each step of a review asks for, and how much of it is answered.

use std::collections::HashSet;

use crate::insight::{findings, quarter};
use crate::model::agenda::Step;
use crate::model::finding::{Answer, Finding};
use crate::model::id::{GoalId, KpiId};
use crate::model::review::Review;
use crate::model::workspace::Workspace;

/// How many findings and issues the room is asked to answer.
const TOP: usize = 3;

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
            count([sealed >= review.revision()])
        }
        Step::Quarter(step) => quarter::progress(step, workspace, review).unwrap_or((0, 0)),
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
        | Step::Close
        | Step::Quarter(_) => progress(step, workspace, review),
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
        Step::Open => say(say!("person is not marked as here or away"), say!("people are not marked as here or away")),
        Step::Commitments => say(say!("commitment is not marked"), say!("commitments are not marked")),
        Step::Scorecard => say(say!("KPI is not marked"), say!("KPIs are not marked")),
        Step::Goals => say(say!("goal is not marked"), say!("goals are not marked")),
        Step::CheckIns => Some(say!("the check-ins are not revealed").to_owned()),
        Step::Alignment => say(say!("finding is not answered"), say!("findings are not answered")),
        Step::Issues => say(say!("of the top issues is open"), say!("of the top issues are open")),
        Step::Close => None,
        Step::Quarter(step) => Some(quarter::missing(step, open)),
    }
}
