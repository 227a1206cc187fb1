//! Goals: what changed or is at risk first; status, confidence, progress and a note for each leaf.

use crate::app::App;
use crate::app::dialogs::rows as forms;
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::model::id::GoalId;
use crate::model::review::{Change, Edit, Moment};
use crate::model::scale::Confidence;
use crate::model::snapshot::GoalWeek;
use crate::model::status::Status;

/// The heading of the exceptions.
pub const NEEDS: &str = term!("Changed or at risk");
/// The heading of the rest.
pub const ROUTINE: &str = term!("The rest: Space accepts all");

/// The rows: leaves of the tree, exceptions first; the order does not depend on marks.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let tree = crate::insight::tree::Tree::of(&app.basis().strategy);
    let leaves = app.derived.goals.iter().filter(|g| tree.goal(&g.goal).is_some_and(|goal| tree.is_leaf(goal)));
    let (needs, routine): (Vec<_>, Vec<_>) = leaves.partition(|g| needs_you(app, g));
    let listed = |group, g: &GoalWeek| Listed::new(group, Row::Goal(g.goal.clone(), 0));
    let needs = needs.into_iter().map(|g| listed(NEEDS, g));
    needs.chain(routine.into_iter().map(|g| listed(ROUTINE, g))).collect()
}

/// Whether the room should look at it: it is not on track by the rule, or the last review left it otherwise.
fn needs_you(app: &App, goal: &GoalWeek) -> bool {
    let last = app.previous().and_then(|s| s.goal(&goal.goal));
    let marked_badly = last.is_some_and(|l| matches!(l.status(), Status::AtRisk | Status::OffTrack));
    let changed = last.is_some_and(|l| l.computed != goal.computed);
    matches!(goal.computed, Status::AtRisk | Status::OffTrack) || marked_badly || changed
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let Some((Row::Goal(id, _), at)) = app.row().cloned().zip(app.at()) else { return Vec::new() };
    match intent {
        RowIntent::Value(_) => forms::open_goal_progress(app, &id),
        RowIntent::Note => forms::open_goal_note(app, &id),
        RowIntent::Unmark => return super::change_goal(app, &id, say!("unmarked"), |e| e.mark = None, now),
        RowIntent::Mark(status) => return mark(app, &id, status, now),
        RowIntent::Confidence(n) => {
            let Some(sure) = Confidence::new(n) else { return Vec::new() };
            return super::change_goal(app, &id, &say!("confidence {n}", n), |e| e.confidence = Some(sure), now);
        }
        RowIntent::Accept if app.rows()[at].group == ROUTINE => return accept_all(app, now),
        RowIntent::Accept => {
            let computed = app.derived.goal(&id).map_or(Status::Unknown, |g| g.computed);
            return mark(app, &id, computed, now);
        }
        _ => {}
    }
    Vec::new()
}

fn mark(app: &mut App, id: &GoalId, status: Status, now: Moment) -> Vec<Effect> {
    let effects = super::change_goal(app, id, status.label(), |e| e.mark = Some(status), now);
    super::advance(app);
    effects
}

/// Accepts every routine row that is not marked yet.
fn accept_all(app: &mut App, now: Moment) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let routine = app.rows().iter().filter(|r| r.group == ROUTINE);
    let edits: Vec<Edit> = routine
        .filter_map(|r| match &r.row {
            Row::Goal(id, _) => app.derived.goal(id).filter(|g| g.marked.is_none()),
            _ => None,
        })
        .map(|now| {
            let mut entry = forms::goal_entry(review, &now.goal);
            entry.mark = Some(now.computed);
            Edit::Goal(Change::put(entry))
        })
        .collect();
    if edits.is_empty() {
        return Vec::new();
    }
    app.edit(say!("{edits} goals accepted as computed", edits = edits.len()), Edit::Many(edits), now)
}
