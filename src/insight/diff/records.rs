//! Changes of what reviews carry on: decisions, action items, issues; and of who is there.

use super::{Change, Pen, paired, text};
use crate::model::people::Member;
use crate::model::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState};
use crate::model::snapshot::Snapshot;

pub(super) fn decisions(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    for (old, new) in paired(&from.decisions, &to.decisions, |d: &Decision| &d.id) {
        // One that a later week no longer lists was closed in between: it is told where it was closed.
        let Some(new) = new else { continue };
        let mut pen = Pen { kind: "decision", id: new.id.as_str(), name: &new.title, into };
        if old.is_none() {
            pen.note("decided", "", &new.choice);
        }
        if old.is_some_and(|o| o.state == new.state) {
            continue;
        }
        match &new.state {
            DecisionState::Open => {}
            DecisionState::Reviewed { outcome, .. } => pen.note("reviewed", "", outcome),
            DecisionState::Superseded { by, .. } => pen.note("superseded", "", by.as_str()),
        }
    }
}

pub(super) fn actions(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    for (old, new) in paired(&from.actions, &to.actions, |a: &Action| &a.id) {
        let Some(new) = new else { continue };
        let mut pen = Pen { kind: "action", id: new.id.as_str(), name: &new.title, into };
        let owner = |week: &Snapshot, action: &Action| week.name_of(&action.owner).to_owned();
        match old {
            None => pen.note("added", "", format!("{}, due {}", owner(to, new), new.due)),
            Some(old) => {
                if old.owner != new.owner {
                    pen.note("owner", owner(from, old), owner(to, new));
                }
                if new.carried > old.carried {
                    pen.note("carried", times(old.carried), times(new.carried));
                }
                pen.field("due date", text(Some(old.due)), text(Some(new.due)));
            }
        }
        if old.is_some_and(|o| o.state == new.state) {
            continue;
        }
        match &new.state {
            ActionState::Open => {}
            ActionState::Done { .. } => pen.note("done", "", ""),
            ActionState::Dropped { reason, .. } => pen.note("dropped", "", reason),
        }
    }
}

fn times(n: u32) -> String {
    match n {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        n => format!("{n} times"),
    }
}

pub(super) fn issues(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    for (old, new) in paired(&from.issues, &to.issues, |i: &Issue| &i.id) {
        let Some(new) = new else { continue };
        let mut pen = Pen { kind: "issue", id: new.id.as_str(), name: &new.title, into };
        if old.is_none() {
            pen.note("raised", "", text(new.by.as_ref().map(|m| to.name_of(m))));
        }
        if old.is_some_and(|o| o.state == new.state) {
            continue;
        }
        match &new.state {
            IssueState::Open => {}
            IssueState::Solved { answer, .. } => pen.note("solved", "", answer),
            IssueState::Dropped { reason, .. } => pen.note("dropped", "", reason),
        }
    }
}

pub(super) fn people(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    for pair in paired(&from.people, &to.people, |m: &Member| &m.id) {
        let Some(person) = pair.1.or(pair.0) else { continue };
        let mut pen = Pen { kind: "person", id: person.id.as_str(), name: &person.name, into };
        match pair {
            (None, Some(new)) => pen.note("joined", "", &new.role),
            (Some(old), Some(new)) => match (old.left, new.left) {
                (None, Some(day)) => pen.note("left", "", day.to_string()),
                (Some(_), None) => pen.note("came back", "", &new.role),
                (None, None) | (Some(_), Some(_)) => pen.field("role", &old.role, &new.role),
            },
            (Some(old), None) if old.is_active() => pen.note("left", &old.role, ""),
            (Some(_) | None, None) => {}
        }
    }
}
