//! Changes of what reviews carry on: decisions, action items, issues; and of who is there.

use super::{Change, Pen, paired, text};
use crate::model::people::Member;
use crate::model::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState};
use crate::model::snapshot::Snapshot;

pub(super) fn decisions(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    for (old, new) in paired(&from.decisions, &to.decisions, |d: &Decision| &d.id) {
        // One that a later week no longer lists was closed in between: it is told where it was closed.
        let Some(new) = new else { continue };
        let mut pen = Pen { kind: term!("decision"), id: new.id.as_str(), name: &new.title, into };
        if old.is_none() {
            pen.note(term!("decided"), "", &new.choice);
        }
        if old.is_some_and(|o| o.state == new.state) {
            continue;
        }
        match &new.state {
            DecisionState::Open => {}
            DecisionState::Reviewed { outcome, .. } => pen.note(term!("reviewed"), "", outcome),
            DecisionState::Superseded { by, .. } => pen.note(term!("superseded"), "", by.as_str()),
        }
    }
}

pub(super) fn actions(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    for (old, new) in paired(&from.actions, &to.actions, |a: &Action| &a.id) {
        let Some(new) = new else { continue };
        let mut pen = Pen { kind: term!("action"), id: new.id.as_str(), name: &new.title, into };
        let owner = |week: &Snapshot, action: &Action| week.name_of(&action.owner).to_owned();
        match old {
            None => pen.note(term!("added"), "", say!("{new}, due {due}", new = owner(to, new), due = new.due)),
            Some(old) => {
                if old.owner != new.owner {
                    pen.note(term!("owner"), owner(from, old), owner(to, new));
                }
                if new.carried > old.carried {
                    pen.note(term!("carried"), times(old.carried), times(new.carried));
                }
                pen.field(term!("due date"), text(Some(old.due)), text(Some(new.due)));
            }
        }
        if old.is_some_and(|o| o.state == new.state) {
            continue;
        }
        match &new.state {
            ActionState::Open => {}
            ActionState::Done { .. } => pen.note(term!("done"), "", ""),
            ActionState::Dropped { reason, .. } => pen.note(term!("dropped"), "", reason),
        }
    }
}

fn times(n: u32) -> String {
    match n {
        0 => term!("never").to_owned(),
        1 => term!("once").to_owned(),
        n => say!("{n} times", n),
    }
}

pub(super) fn issues(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    for (old, new) in paired(&from.issues, &to.issues, |i: &Issue| &i.id) {
        let Some(new) = new else { continue };
        let mut pen = Pen { kind: term!("issue"), id: new.id.as_str(), name: &new.title, into };
        if old.is_none() {
            pen.note(term!("raised"), "", text(new.by.as_ref().map(|m| to.name_of(m))));
        }
        if old.is_some_and(|o| o.state == new.state) {
            continue;
        }
        match &new.state {
            IssueState::Open => {}
            IssueState::Solved { answer, .. } => pen.note(term!("solved"), "", answer),
            IssueState::Dropped { reason, .. } => pen.note(term!("dropped"), "", reason),
        }
    }
}

pub(super) fn people(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    for pair in paired(&from.people, &to.people, |m: &Member| &m.id) {
        let Some(person) = pair.1.or(pair.0) else { continue };
        let mut pen = Pen { kind: term!("person"), id: person.id.as_str(), name: &person.name, into };
        match pair {
            (None, Some(new)) => pen.note(term!("joined"), "", &new.role),
            (Some(old), Some(new)) => match (old.left, new.left) {
                (None, Some(day)) => pen.note(term!("left"), "", day.to_string()),
                (Some(_), None) => pen.note(term!("came back"), "", &new.role),
                (None, None) | (Some(_), Some(_)) => pen.field(term!("role"), &old.role, &new.role),
            },
            (Some(old), None) if old.is_active() => pen.note(term!("left"), &old.role, ""),
            (Some(_) | None, None) => {}
        }
    }
}
