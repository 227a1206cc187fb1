//! `unowned`: something open that nobody on the team answers for.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::MemberId;
use crate::model::record::Subject;

/// See the module.
pub(super) const RULE: Rule =
    Rule { id: "unowned", severity: Severity::Warning, why: "What everybody is responsible for, nobody does.", fires };

fn fires(facts: &Facts) -> Vec<Hit> {
    let orphan = |owner: Option<&MemberId>| is_orphan(facts, owner);
    let goals = facts.tree.open().filter(|g| orphan(g.owner.as_ref())).map(|g| {
        Hit::goal(g, title(g.kind.label(), &g.title), evidence(facts, &g.title, g.owner.as_ref()), SUGGESTION)
    });
    let kpis = facts
        .strategy
        .kpis
        .iter()
        .filter(|k| orphan(k.owner.as_ref()))
        .map(|k| Hit::kpi(k, title("KPI", &k.name), evidence(facts, &k.name, k.owner.as_ref()), SUGGESTION));
    let actions = facts.actions.iter().filter(|a| a.is_open() && orphan(Some(&a.owner))).map(|a| {
        let evidence = evidence(facts, &a.title, Some(&a.owner));
        let mut hit = Hit::of(&format!("action/{}", a.id), title("action item", &a.title), evidence, SUGGESTION);
        hit.subject = Some(Subject::Action(a.id.clone()));
        hit
    });
    let messages = facts.messages.iter().filter(|m| m.delivered.is_none() && orphan(Some(&m.teller))).map(|m| {
        let evidence = evidence(facts, &m.text, Some(&m.teller));
        Hit::of(&format!("message/{}", m.id), title("message", &m.text), evidence, SUGGESTION)
    });
    goals.chain(kpis).chain(actions).chain(messages).collect()
}

/// Whether nobody who is with the team is named.
pub(in crate::insight) fn is_orphan(facts: &Facts, owner: Option<&MemberId>) -> bool {
    !owner.is_some_and(|o| facts.is_active(o))
}

const SUGGESTION: &str = "Name one person who answers for it, or drop it.";

fn title(kind: &str, name: &str) -> String {
    format!("Nobody owns the {kind} “{}”", brief(name, 30))
}

fn evidence(facts: &Facts, name: &str, owner: Option<&MemberId>) -> String {
    match owner {
        None => format!("“{name}” names no owner."),
        Some(gone) => format!("“{name}” belongs to {}, who is not with the team.", facts.config.name_of(gone)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn whoever_left_owns_nothing_that_is_open() {
        let mut scene = Scene::healthy();
        scene.review.actions = vec![action("call")];
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.config.people[0].left = Some(today());
        let keys: Vec<_> = scene.finds(&RULE).into_iter().map(|f| f.key).collect();
        assert_eq!(
            keys,
            [
                "unowned:goal/shop",
                "unowned:goal/platform",
                "unowned:goal/order-count",
                "unowned:kpi/orders",
                "unowned:action/call"
            ]
        );
        scene.review.actions[0].owner = id("tom");
        assert_eq!(scene.finds(&RULE).len(), 4);
    }
}
