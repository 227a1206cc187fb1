//! `perspective-gap`: a perspective of the scorecard that has no KPI, or that no goal looks at.

use std::collections::HashSet;

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::strategy::Perspective;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "perspective-gap",
    severity: Severity::Note,
    why: "What no number looks at decays unseen, until it shows in the other numbers.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let measured: HashSet<_> = facts.strategy.kpis.iter().map(|k| &k.perspective).collect();
    let pursued: HashSet<_> =
        facts.tree.open().flat_map(|g| &g.kpis).filter_map(|k| facts.tree.kpi(k)).map(|k| &k.perspective).collect();
    let lack = |p: &Perspective| {
        if !measured.contains(&p.id) {
            Some(say!("no KPI"))
        } else if !pursued.contains(&p.id) {
            Some(say!("no goal"))
        } else {
            None
        }
    };
    facts
        .config
        .perspectives
        .iter()
        .filter_map(|p| {
            let lack = lack(p)?;
            let total = facts.strategy.kpis.len();
            Some(Hit::of(
                &format!("perspective/{}", p.id),
                say!("The perspective “{brief}” has {lack}", brief = brief(&p.name, 28), lack),
                say!(
                    "Of {total} KPIs and the open goals that use them, “{name}” has {lack}.",
                    name = p.name,
                    total,
                    lack
                ),
                say!("Choose one number that would show trouble there early, and a goal for it."),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;

    #[test]
    fn a_perspective_needs_a_kpi_and_a_goal_that_uses_it() {
        let mut scene = Scene::healthy();
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.goals[2].kpis.clear();
        assert_eq!(scene.finds(&RULE)[0].title, "The perspective “Customer” has no goal");
        scene.workspace.strategy.kpis.clear();
        assert_eq!(scene.finds(&RULE)[0].title, "The perspective “Customer” has no KPI");
    }
}
