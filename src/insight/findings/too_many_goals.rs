//! `too-many-goals`: more objectives or key results in one place than anybody can pursue.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::goal::{Goal, Kind};

/// See the module.
pub(super) const RULE: Rule =
    Rule { id: "too-many-goals", severity: Severity::Note, why: "Who has six priorities has none.", fires };

fn fires(facts: &Facts) -> Vec<Hit> {
    facts.tree.open().filter_map(|g| hit(facts, g)).collect()
}

fn hit(facts: &Facts, goal: &Goal) -> Option<Hit> {
    let many = facts.config.thresholds.children;
    let (mut objectives, mut results) = (0, 0);
    for child in facts.tree.open_children(&goal.id) {
        match child.kind {
            Kind::Objective => objectives += 1,
            Kind::KeyResult { .. } => results += 1,
            Kind::Goal | Kind::Initiative { .. } => {}
        }
    }
    let (n, what) = if objectives > many {
        (objectives, "objectives")
    } else if results > many && matches!(goal.kind, Kind::Objective) {
        (results, say!("key results"))
    } else {
        return None;
    };
    Some(Hit::goal(
        goal,
        say!("“{brief}” has {n} {what}", brief = brief(&goal.title, 36), n, what),
        say!("{n} open {what} stand under “{title}”; more than {many} are many.", title = goal.title, n, what, many),
        say!("Keep the few that matter most this quarter, and drop or postpone the rest."),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn five_key_results_are_many_and_six_too_many() {
        let mut scene = Scene::healthy();
        for n in 2..=5 {
            scene.workspace.strategy.goals.push(under("platform", goal(&format!("kr{n}"), key_result(0.0, 1.0))));
        }
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.goals.push(under("platform", goal("kr6", key_result(0.0, 1.0))));
        assert_eq!(scene.finds(&RULE)[0].title, "“Bring platform to life” has 6 key results");
    }

    #[test]
    fn six_objectives_under_one_goal_are_too_many() {
        let mut scene = Scene::healthy();
        for n in 2..=6 {
            assert!(scene.finds(&RULE).is_empty());
            scene.workspace.strategy.goals.push(under("shop", goal(&format!("o{n}"), Kind::Objective)));
        }
        assert_eq!(scene.finds(&RULE)[0].key, "too-many-goals:goal/shop");
    }
}
