//! `unmeasured-goal`: an open goal of which nobody can tell whether it was reached.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::goal::{Goal, Kind};

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "unmeasured-goal",
    severity: Severity::Warning,
    why: "Without a measure, whether it was reached is a matter of mood.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    facts.tree.open().filter(|g| g.kpis.is_empty()).filter_map(|g| Some(hit(g, lack(facts, g)?))).collect()
}

/// Whether nobody can tell that this goal was reached.
pub(in crate::insight) fn is_unmeasured(facts: &Facts, goal: &Goal) -> bool {
    goal.kpis.is_empty() && lack(facts, goal).is_some()
}

/// What is missing to measure it by.
fn lack(facts: &Facts, goal: &Goal) -> Option<&'static str> {
    match goal.kind {
        Kind::Goal | Kind::Objective => {
            facts.tree.children(&goal.id).next().is_none().then_some(say!("neither a goal under it nor a KPI"))
        }
        Kind::KeyResult { .. } => {
            goal.measure().is_none().then_some(say!("neither a baseline with a target nor a KPI"))
        }
        Kind::Initiative { .. } => None,
    }
}

fn hit(goal: &Goal, lack: &str) -> Hit {
    Hit::goal(
        goal,
        say!("Nothing measures “{brief}”", brief = brief(&goal.title, 38)),
        say!("The {kind} “{title}” has {lack}.", kind = goal.kind.label(), title = goal.title, lack),
        say!("Link a KPI, or give it a key result with a baseline and a target."),
    )
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn a_key_result_needs_both_numbers_or_a_kpi() {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.goals[2].kpis.clear();
        assert!(scene.finds(&RULE).is_empty(), "baseline and target are enough");
        scene.workspace.strategy.goals[2].kind = key_result(f64::NAN, 450.0);
        assert_eq!(scene.finds(&RULE)[0].key, "unmeasured-goal:goal/order-count");
    }

    #[test]
    fn an_objective_needs_a_child_or_a_kpi_and_an_initiative_nothing() {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.goals.push(under("shop", goal("bare", Kind::Objective)));
        scene.workspace.strategy.goals.push(under("shop", goal("work", Kind::Initiative { members: Vec::new() })));
        let found = scene.finds(&RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].key, "unmeasured-goal:goal/bare");
    }
}
