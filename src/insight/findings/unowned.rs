//! `unowned`: something open that nobody on the team answers for.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::MemberId;
use crate::model::record::Subject;
use crate::model::tongue::word;

/// See the module.
pub(super) const RULE: Rule =
    Rule { id: "unowned", severity: Severity::Warning, why: "What everybody is responsible for, nobody does.", fires };

fn fires(facts: &Facts) -> Vec<Hit> {
    let orphan = |owner: Option<&MemberId>| is_orphan(facts, owner);
    let goals = facts.tree.open().filter(|g| orphan(g.owner.as_ref())).map(|g| {
        Hit::goal(g, title(g.kind.label(), &g.title), evidence(facts, &g.title, g.owner.as_ref()), word(SUGGESTION))
    });
    let kpis = facts
        .strategy
        .kpis
        .iter()
        .filter(|k| orphan(k.owner.as_ref()))
        .map(|k| Hit::kpi(k, title("KPI", &k.name), evidence(facts, &k.name, k.owner.as_ref()), word(SUGGESTION)));
    let actions = facts.actions.iter().filter(|a| a.is_open() && orphan(Some(&a.owner))).map(|a| {
        let evidence = evidence(facts, &a.title, Some(&a.owner));
        let mut hit =
            Hit::of(&format!("action/{}", a.id), title(say!("action item"), &a.title), evidence, word(SUGGESTION));
        hit.subject = Some(Subject::Action(a.id.clone()));
        hit
    });
    let messages = facts.messages.iter().filter(|m| m.delivered.is_none() && orphan(Some(&m.teller))).map(|m| {
        let evidence = evidence(facts, &m.text, Some(&m.teller));
        Hit::of(&format!("message/{}", m.id), title(say!("message"), &m.text), evidence, word(SUGGESTION))
    });
    goals.chain(kpis).chain(actions).chain(messages).collect()
}

/// Whether nobody who is with the team is named.
pub(in crate::insight) fn is_orphan(facts: &Facts, owner: Option<&MemberId>) -> bool {
    !owner.is_some_and(|o| facts.is_active(o))
}

const SUGGESTION: &str = term!("Name one person who answers for it, or drop it.");

fn title(kind: &str, name: &str) -> String {
    say!("Nobody owns the {kind} “{brief}”", brief = brief(name, 30), kind)
}

fn evidence(facts: &Facts, name: &str, owner: Option<&MemberId>) -> String {
    match owner {
        None => say!("“{name}” names no owner.", name),
        Some(gone) => {
            say!("“{name}” belongs to {name_of}, who is not with the team.", name_of = facts.config.name_of(gone), name)
        }
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
