//! `split-confidence`: members are sure of a goal to very different degrees.

use super::{Facts, Hit, Rule, brief};
use crate::insight::agreement;
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "split-confidence",
    severity: Severity::Warning,
    why: "Somebody knows something that the others do not.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    agreement::confidence(&facts.check_ins)
        .into_iter()
        .filter_map(|votes| {
            let spread = votes.spread().filter(|s| *s >= facts.config.thresholds.votes_apart)?;
            let goal = facts.tree.goal(votes.goal).filter(|g| g.is_open())?;
            let ((low, least), (high, most)) = (votes.votes.first()?, votes.votes.last()?);
            let name = |id| facts.config.name_of(id);
            Some(Hit::goal(
                goal,
                say!("Confidence is split on “{brief}”", brief = brief(&goal.title, 32)),
                say!(
                    "{votes} votes on “{title}” lie {spread} apart: {least} by {low}, {most} by {high}.",
                    votes = votes.votes.len(),
                    title = goal.title,
                    low = name(low),
                    high = name(high),
                    spread,
                    least,
                    most
                ),
                say!("Ask the lowest and the highest vote what they see."),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::checkin::{CheckIn, Vote};
    use crate::model::scale::Confidence;

    #[test]
    fn votes_four_apart_are_split_and_three_are_not() {
        let mut scene = Scene::healthy();
        scene.review.revealed = true;
        for (low, split) in [(5, false), (4, true)] {
            let vote = |who: &str, n| {
                let vote = Vote { goal: id("order-count"), confidence: Confidence::new(n).unwrap() };
                CheckIn { confidence: vec![vote], ..CheckIn::new(id(who), week(NOW)) }
            };
            scene.workspace.check_ins = vec![vote("maya", 8), vote("tom", low)];
            assert_eq!(!scene.finds(&RULE).is_empty(), split, "8 and {low}");
        }
        assert!(scene.finds(&RULE)[0].evidence.ends_with("lie 4 apart: 4 by tom, 8 by maya."));
    }
}
