//! `orphan-kpi`: a KPI that no goal uses.

use std::collections::HashSet;

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::KpiId;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "orphan-kpi",
    severity: Severity::Note,
    why: "A number that serves no goal takes time to gather and changes nothing.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let used = used(facts);
    facts
        .strategy
        .kpis
        .iter()
        .filter(|k| !used.contains(&k.id))
        .map(|k| {
            Hit::kpi(
                k,
                say!("No goal uses the KPI “{brief}”", brief = brief(&k.name, 34)),
                say!(
                    "None of {goals} goals names “{name}” as its measure.",
                    goals = facts.strategy.goals.len(),
                    name = k.name
                ),
                say!("Link it to the goal it tells of, or stop gathering it."),
            )
        })
        .collect()
}

/// The KPIs that goals name.
pub(in crate::insight) fn used<'a>(facts: &Facts<'a>) -> HashSet<&'a KpiId> {
    facts.strategy.goals.iter().flat_map(|g| &g.kpis).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;

    #[test]
    fn a_kpi_that_no_goal_names_is_an_orphan() {
        let mut scene = Scene::healthy();
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.goals[2].kpis.clear();
        assert_eq!(scene.finds(&RULE)[0].key, "orphan-kpi:kpi/orders");
    }
}
