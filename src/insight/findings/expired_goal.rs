//! `expired-goal`: a goal that is open past its due date.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "expired-goal",
    severity: Severity::Warning,
    why: "A date that passes without a word makes the next one worth less.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    facts
        .tree
        .open()
        .filter_map(|g| {
            let due = g.due.filter(|due| *due < facts.today)?;
            let days = facts.today.signed_duration_since(due).num_days();
            Some(Hit::goal(
                g,
                say!("“{brief}” is past its due date", brief = brief(&g.title, 34)),
                say!("“{title}” was due on {due}, {days} days ago, and is still open.", title = g.title, due, days),
                say!("Close it with what was reached, drop it, or decide on a new date."),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn the_due_day_itself_is_still_in_time() {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.goals[1].due = Some(today());
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.goals[1].due = today().pred_opt();
        assert_eq!(scene.finds(&RULE)[0].key, "expired-goal:goal/platform");
    }
}
