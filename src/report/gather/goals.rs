//! The goals of a week as the tree shows them.

use super::super::outline::Goal;
use super::person;
use crate::model::goal::Kind;
use crate::model::number::Finite;
use crate::model::snapshot::Snapshot;

/// The open goals in tree order. Closed ones are told by the changes of the week in which they were closed.
pub(super) fn of(s: &Snapshot) -> Vec<Goal> {
    s.strategy
        .tree()
        .into_iter()
        .filter_map(|(depth, goal)| {
            let week = s.goal(&goal.id)?;
            let target = match &goal.kind {
                Kind::KeyResult { target, .. } => target.map(|t| goal.show(t)),
                Kind::Goal | Kind::Objective | Kind::Initiative { .. } => None,
            };
            Some(Goal {
                id: goal.id.clone(),
                title: goal.title.clone(),
                kind: goal.kind.label(),
                depth,
                parent: goal.parent.clone(),
                theme: s.strategy.theme_of(&goal.id).map(|t| t.name.clone()),
                owner: goal.owner.as_ref().map(|m| person(s, m)),
                status: week.status(),
                computed: week.computed,
                marked: week.marked,
                confidence: week.confidence.map(|c| c.get()),
                percent: week.progress.and_then(|p| Finite::new((p.get() * 100.0).round())),
                current: week.current.map(|c| goal.show(c)),
                target,
                due: goal.due,
                note: week.note.clone(),
            })
        })
        .collect()
}
