//! Issues: rank them, take the top three, solve each into a decision or an action item.

use crate::app::dialogs::{capture, rows as forms};
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::screens::passed;
use crate::app::screens::row::{Listed, Row};
use crate::app::{App, Tone};
use crate::model::id::IssueId;
use crate::model::record::{Issue, IssueState};
use crate::model::review::{Change, Edit, Moment};

/// How many issues a review takes.
pub const TAKEN: usize = 3;
/// The heading of those taken today.
pub const TODAY: &str = term!("For today");
/// The heading of those that keep.
pub const LATER: &str = term!("Keeps for next week");

/// The rows by rank: three for today, the rest keeps; then what others passed on and waits for an answer.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let Some(review) = app.review() else { return Vec::new() };
    let group = |rank: usize| if rank < TAKEN { TODAY } else { LATER };
    let ranked = review.ranked_issues().into_iter().enumerate();
    let ranked = ranked.map(|(n, i)| Listed::new(group(n), Row::Issue(i.id.clone())));
    ranked.chain(passed::rows(app)).collect()
}

/// What the keys do.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    let id = match app.row().cloned() {
        Some(Row::Issue(id)) => id,
        Some(Row::Passed(key)) => return passed::row(app, intent, &key, now),
        _ => return Vec::new(),
    };
    match intent {
        RowIntent::Vote => vote(app, &id, true, now),
        RowIntent::Unvote => vote(app, &id, false, now),
        RowIntent::Raise => rank(app, &id, true, now),
        RowIntent::Lower => rank(app, &id, false, now),
        RowIntent::Solve => solve(app, &id, now),
        RowIntent::Drop => {
            forms::open_drop_issue(app, &id);
            Vec::new()
        }
        RowIntent::Open => {
            if let Some(issue) = app.issue(&id).cloned() {
                let form = capture::edit_issue(app, &issue);
                app.open_fresh(form);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Asks for the answer; of one that is closed already, opens it again.
fn solve(app: &mut App, id: &IssueId, now: Moment) -> Vec<Effect> {
    match app.issue(id).cloned() {
        Some(issue) if !issue.is_open() => {
            let label = say!("open again: {title}", title = issue.title);
            app.edit(label, Edit::Issue(Change::put(Issue { state: IssueState::Open, ..issue })), now)
        }
        _ => {
            forms::open_solution(app, id);
            Vec::new()
        }
    }
}

fn vote(app: &mut App, id: &IssueId, up: bool, now: Moment) -> Vec<Effect> {
    let Some(mut issue) = app.issue(id).cloned() else { return Vec::new() };
    issue.votes = if up { issue.votes.saturating_add(1) } else { issue.votes.saturating_sub(1) };
    app.edit(say!("vote: {title}", title = issue.title), Edit::Issue(Change::put(issue)), now)
}

/// Swaps an issue with its neighbour in rank. The neighbour's votes stand above a rank by hand.
fn rank(app: &mut App, id: &IssueId, up: bool, now: Moment) -> Vec<Effect> {
    let Some(review) = app.review() else { return Vec::new() };
    let ranked = review.ranked_issues();
    let Some(at) = ranked.iter().position(|i| &i.id == id) else { return Vec::new() };
    let Some(other) = (if up { at.checked_sub(1) } else { Some(at + 1) }).and_then(|i| ranked.get(i)) else {
        return Vec::new();
    };
    if other.votes != ranked[at].votes {
        app.say(Tone::Info, say!("Votes decide the rank here: vote for it (v), or take votes away (V)"));
        return Vec::new();
    }
    let place = review.issues.iter().position(|i| i.id == other.id).unwrap_or(0);
    let issue = ranked[at].clone();
    app.edit(say!("rank: {title}", title = issue.title), Edit::Issue(Change::put_at(issue, place)), now)
}
