//! Rules about who answers for what: things without an owner, and owners with too much.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::MemberId;
use crate::model::record::Subject;

/// Something open that nobody on the team answers for.
pub(super) const UNOWNED: Rule = Rule {
    id: "unowned",
    severity: Severity::Warning,
    why: "What everybody is responsible for, nobody does.",
    fires: unowned,
};

fn unowned(facts: &Facts) -> Vec<Hit> {
    let orphan = |owner: Option<&MemberId>| !owner.is_some_and(|o| facts.is_active(o));
    let goals =
        facts.tree.open().filter(|g| orphan(g.owner.as_ref())).map(|g| {
            hit(facts, g.id.as_str(), Subject::Goal(g.id.clone()), g.kind.label(), &g.title, g.owner.as_ref())
        });
    let kpis = facts
        .strategy
        .kpis
        .iter()
        .filter(|k| orphan(k.owner.as_ref()))
        .map(|k| hit(facts, k.id.as_str(), Subject::Kpi(k.id.clone()), "KPI", &k.name, k.owner.as_ref()));
    let actions = facts
        .actions
        .iter()
        .filter(|a| a.is_open() && orphan(Some(&a.owner)))
        .map(|a| hit(facts, a.id.as_str(), Subject::Action(a.id.clone()), "action item", &a.title, Some(&a.owner)));
    goals.chain(kpis).chain(actions).collect()
}

fn hit(facts: &Facts, id: &str, subject: Subject, kind: &str, name: &str, owner: Option<&MemberId>) -> Hit {
    let evidence = match owner {
        None => format!("The {kind} “{name}” names no owner."),
        Some(gone) => {
            format!("The {kind} “{name}” belongs to {}, who is not with the team.", facts.config.name_of(gone))
        }
    };
    Hit {
        // A KPI and a goal may share an id.
        at: format!("{}-{id}", kind.replace(' ', "-")),
        subject: Some(subject),
        title: format!("Nobody owns the {kind} “{}”", brief(name, 32)),
        evidence,
        suggestion: "Name one person who answers for it, or drop it.".to_owned(),
    }
}
