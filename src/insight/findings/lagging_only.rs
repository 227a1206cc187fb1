//! `lagging-only`: a goal whose KPIs all tell the result, and none what leads to it.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::goal::Goal;
use crate::model::kpi::Timing;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "lagging-only",
    severity: Severity::Note,
    why: "Lagging numbers tell that it is too late; a leading one tells what to do this week.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    facts
        .tree
        .open()
        .filter(|g| is_lagging_only(facts, g))
        .map(|g| {
            Hit::goal(
                g,
                say!("“{brief}” has lagging KPIs only", brief = brief(&g.title, 32)),
                say!(
                    "All KPIs of “{title}” ({kpis}) tell the result afterwards.",
                    title = g.title,
                    kpis = g.kpis.len()
                ),
                say!("Add a KPI that moves first and that the team can act on."),
            )
        })
        .collect()
}

/// Whether a goal has KPIs, and all of them tell the result.
pub(in crate::insight) fn is_lagging_only(facts: &Facts, goal: &Goal) -> bool {
    let mut kpis = goal.kpis.iter().filter_map(|k| facts.tree.kpi(k)).peekable();
    kpis.peek().is_some() && kpis.all(|k| k.timing == Timing::Lagging)
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn one_leading_kpi_is_enough() {
        let mut scene = Scene::healthy();
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.kpis[0].timing = Timing::Lagging;
        assert_eq!(scene.finds(&RULE)[0].key, "lagging-only:goal/order-count");
        scene.workspace.strategy.kpis.push(kpi("visits"));
        scene.workspace.strategy.goals[2].kpis.push(id("visits"));
        assert!(scene.finds(&RULE).is_empty());
    }
}
