//! `unreviewed-decision`: a decision whose review date has passed.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::record::Subject;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "unreviewed-decision",
    severity: Severity::Warning,
    why: "A decision that nobody looks at again teaches nothing.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    facts
        .decisions
        .iter()
        .filter(|d| d.is_open())
        .filter_map(|d| {
            let day = d.review_on.filter(|day| *day < facts.today)?;
            let mut hit = Hit::of(
                &format!("decision/{}", d.id),
                say!("“{brief}” waits to be looked at again", brief = brief(&d.title, 28)),
                say!(
                    "“{title}” of {decided} was to be looked at again on {day}.",
                    title = d.title,
                    decided = d.decided,
                    day
                ),
                say!("Say what came of it, and whether the prediction came true."),
            );
            hit.subject = Some(Subject::Decision(d.id.clone()));
            Some(hit)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::record::Decision;

    #[test]
    fn a_decision_waits_from_the_day_after_its_review_date() {
        let mut scene = Scene::healthy();
        scene.review.decisions = vec![Decision::new(id("oven"), "Buy an oven", "The gas one", week("2026-W20"))];
        scene.review.decisions[0].review_on = Some(today());
        assert!(scene.finds(&RULE).is_empty());
        scene.review.decisions[0].review_on = today().pred_opt();
        assert_eq!(scene.finds(&RULE)[0].key, "unreviewed-decision:decision/oven");
    }
}
