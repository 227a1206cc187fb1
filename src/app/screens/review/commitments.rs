//! Commitments: what came of the action items promised in earlier reviews.

use crate::app::dialogs::{capture, rows as forms};
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::row::{Listed, Row};
use crate::app::{App, Tone};
use crate::insight::seal;
use crate::model::id::ActionId;
use crate::model::record::{Action, Issue, IssueState, Subject};
use crate::model::review::{Change, Commitment, Edit, Moment, Outcome, fresh_id};

/// The heading of those that are due.
pub const DUE: &str = term!("Due");
/// The heading of those that are due later.
pub const LATER: &str = term!("Due later");

/// The rows: those due first, by day.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let Some(review) = app.review() else { return Vec::new() };
    let mut all: Vec<&Action> = review.promised_before().collect();
    all.sort_by_key(|a| a.due);
    // What falls due before the next review is looked at now.
    let end = review.week.day(chrono::Weekday::Sun);
    let group = |a: &Action| if a.due <= end { DUE } else { LATER };
    all.into_iter().map(|a| Listed::new(group(a), Row::Action(a.id.clone()))).collect()
}

/// What the owner reported in the check-in, if anything.
#[must_use]
pub fn reported<'a>(app: &'a App, id: &ActionId) -> Option<&'a crate::model::checkin::Progress> {
    app.basis().check_ins.iter().flat_map(|c| &c.progress).find(|p| &p.action == id)
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let Some(Row::Action(id)) = app.row().cloned() else { return Vec::new() };
    match intent {
        RowIntent::Done => mark(app, &id, Outcome::Done, now),
        RowIntent::NotDone => mark(app, &id, Outcome::NotDone, now),
        RowIntent::Drop => {
            forms::open_drop_action(app, &id);
            Vec::new()
        }
        RowIntent::Open => {
            if let Some(action) = app.action(&id).cloned() {
                let form = capture::edit_action(app, &action);
                app.open_fresh(form);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Marks an outcome; the same key again takes it away. What is carried once too often becomes an issue.
fn mark(app: &mut App, id: &ActionId, outcome: Outcome, now: Moment) -> Vec<Effect> {
    let Some((review, action)) = app.review().zip(app.action(id)) else { return Vec::new() };
    let title = action.title.clone();
    if review.outcome(id) == Some(&outcome) {
        return app.edit(say!("unmarked: {title}", title), Edit::Commitment(Change::remove(id.clone())), now);
    }
    let mut edits = vec![Edit::Commitment(Change::put(Commitment { action: id.clone(), outcome: outcome.clone() }))];
    let issue = (outcome == Outcome::NotDone).then(|| carried_too_often(app, id)).flatten();
    if let Some(issue) = issue {
        app.say(Tone::Info, say!("Carried {id} times: raised as an issue", id = action_carries(app, id)));
        edits.push(Edit::Issue(Change::put(issue)));
    }
    let word = if outcome == Outcome::Done { say!("done") } else { say!("carried over") };
    let effects = app.edit(format!("{word}: {title}"), Edit::Many(edits), now);
    super::advance(app);
    effects
}

fn action_carries(app: &App, id: &ActionId) -> u32 {
    app.action(id).map_or(0, |a| a.carried + 1)
}

/// The issue that an action item becomes when it is carried once too often, unless there is one already.
fn carried_too_often(app: &App, id: &ActionId) -> Option<Issue> {
    let (review, action) = app.review().zip(app.action(id))?;
    let about = Subject::Action(id.clone());
    if !seal::carried_too_often(action, &app.basis().config.thresholds) || review.issue_about(&about).is_some() {
        return None;
    }
    let title = say!("Carried {carried} times: {title}", carried = action.carried + 1, title = action.title);
    let id = fresh_id(&title, review.week, |id| review.issues.iter().any(|i| i.id.as_str() == id)).parse().ok()?;
    Some(Issue {
        id,
        title,
        detail: String::new(),
        by: None,
        raised: review.week,
        about: Some(about),
        votes: 0,
        state: IssueState::Open,
    })
}
