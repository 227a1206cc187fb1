//! `not-smart`: a goal that fails two or more of the five SMART checks.

use super::{Facts, Hit, Rule, brief};
use crate::insight::smart::{self, Verdict};
use crate::model::finding::Severity;
use crate::model::goal::Kind;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "not-smart",
    severity: Severity::Note,
    why: "A goal that leaves open what, who or when is read by everybody in their own way.",
    fires,
};

/// How many checks must fail.
const FAILED: usize = 2;

fn fires(facts: &Facts) -> Vec<Hit> {
    let mut hits = Vec::new();
    // An initiative is work, not an outcome: it is measured by the key result it should move.
    for goal in facts.tree.open().filter(|g| !matches!(g.kind, Kind::Initiative { .. })) {
        let failed: Vec<_> = smart::checks(goal, facts).into_iter().filter(|c| c.verdict == Verdict::No).collect();
        if failed.len() >= FAILED {
            let reasons: Vec<String> = failed
                .into_iter()
                .map(|c| say!("not {criterion}: {reason}", criterion = c.criterion.label(), reason = c.reason))
                .collect();
            hits.push(Hit::goal(
                goal,
                say!("“{brief}” fails {reasons} SMART checks", brief = brief(&goal.title, 32), reasons = reasons.len()),
                format!("{}.", reasons.join("; ")),
                say!("Say what is done to what, by whom, until when, and what number shows it."),
            ));
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;

    #[test]
    fn one_failed_check_is_forgiven_and_two_are_not() {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.goals[2].due = None;
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.goals[2].owner = None;
        assert_eq!(
            scene.finds(&RULE)[0].evidence,
            "not assignable: nobody owns it; not time-related: it has no due date."
        );
    }
}
