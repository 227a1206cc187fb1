//! `silent-value`: a value that no decision referred to for a quarter.

use std::collections::HashSet;

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::ValueId;
use crate::model::record::Decision;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "silent-value",
    severity: Severity::Note,
    why: "A value that no decision is held against is a poster.",
    fires,
};

/// How many weeks a value may keep silent.
const WEEKS: i32 = 13;

fn fires(facts: &Facts) -> Vec<Hit> {
    let is_old_enough = facts.history.weeks().first().is_some_and(|w| facts.week.since(w.week) >= WEEKS);
    if !is_old_enough {
        return Vec::new();
    }
    let cited = cited(facts);
    facts
        .strategy
        .north_star
        .values
        .iter()
        .filter(|v| !cited.contains(&v.id))
        .map(|v| {
            Hit::of(
                &format!("value/{}", v.id),
                say!("No decision refers to the value “{brief}”", brief = brief(&v.name, 22)),
                say!(
                    "In {weeks} weeks no decision named “{name}” as served or strained.",
                    name = v.name,
                    weeks = WEEKS
                ),
                say!("Ask of the next decision what it does to this value, or let the value go."),
            )
        })
        .collect()
}

/// The values that a decision of the last quarter serves or strains.
pub(in crate::insight) fn cited<'a>(facts: &Facts<'a>) -> HashSet<&'a ValueId> {
    recent_decisions(facts, WEEKS).flat_map(|d| d.serves.iter().chain(&d.strains)).collect()
}

/// The decisions taken in the last `weeks` weeks; one that was changed since is named in each of its states.
pub(in crate::insight) fn recent_decisions<'a>(facts: &Facts<'a>, weeks: i32) -> impl Iterator<Item = &'a Decision> {
    let (week, decisions) = (facts.week, facts.decisions);
    let behind = facts.history.weeks().iter().rev().filter(move |w| w.week < week);
    let past = behind.take_while(move |w| week.since(w.week) < weeks).flat_map(|w| &w.decisions);
    decisions.iter().chain(past).filter(move |d| (0..weeks).contains(&week.since(d.decided)))
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn a_quarter_without_a_decision_that_names_it_silences_a_value() {
        let mut scene = Scene::healthy();
        scene.history = history(12, |_| {});
        assert!(scene.finds(&RULE).is_empty(), "too early to say");
        scene.history = history(13, |_| {});
        assert_eq!(scene.finds(&RULE)[0].key, "silent-value:value/quality");
        let mut decision = Decision::new(id("flour"), "Cheaper flour", "No", week("2026-W35"));
        decision.strains = vec![id("quality")];
        scene.review.decisions = vec![decision.clone()];
        assert!(scene.finds(&RULE).is_empty(), "a strained value is named too");
        scene.review.decisions[0].decided = week("2026-W34");
        assert_eq!(scene.finds(&RULE).len(), 1);
    }
}
