//! `stale-goal`: a leaf goal of which no status is known for three weeks.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::status::Status;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "stale-goal",
    severity: Severity::Warning,
    why: "A goal that nobody speaks of is given up without anybody saying so.",
    fires,
};

/// How many weeks before this one must have been silent too.
const BEFORE: usize = 2;

fn fires(facts: &Facts) -> Vec<Hit> {
    let silent = facts.goal_silence(BEFORE);
    facts
        .tree
        .open()
        .filter(|g| facts.tree.is_leaf(g))
        .filter(|g| facts.stand(g).is_some_and(|s| s.status() == Status::Unknown))
        .filter(|g| silent.get(&g.id).is_some_and(|weeks| *weeks >= BEFORE))
        .map(|g| {
            Hit::goal(
                g,
                say!("“{brief}” has no status for three weeks", brief = brief(&g.title, 27)),
                say!(
                    "The status of “{title}” is unknown this week and was in the {before} before.",
                    title = g.title,
                    before = BEFORE
                ),
                say!("Say where it stands, or drop it."),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    fn scene(known: i32) -> Scene {
        let mut scene = Scene::healthy();
        scene.review.kpis.clear();
        scene.history = history(4, |w| {
            let status = if week(NOW).since(w.week) >= known { Status::AtRisk } else { Status::Unknown };
            w.goals = vec![crate::model::history::GoalDigest {
                goal: id("order-count"),
                status,
                progress: None,
                confidence: None,
            }]
            .into();
        });
        scene
    }

    #[test]
    fn three_silent_weeks_are_stale_and_two_are_not() {
        assert!(scene(2).finds(&RULE).is_empty());
        assert_eq!(scene(3).finds(&RULE)[0].key, "stale-goal:goal/order-count");
    }
}
