//! `low-agreement`: members rank the themes in different orders.

use super::{Facts, Hit, Rule};
use crate::insight::agreement;
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "low-agreement",
    severity: Severity::Serious,
    why: "People who rank differently work against each other with the best intentions.",
    fires,
};

/// The mean rank correlation to reach.
const ENOUGH: f64 = 0.3;

fn fires(facts: &Facts) -> Vec<Hit> {
    let Some(ranking) = agreement::ranking(&facts.strategy.north_star.themes, &facts.check_ins) else {
        return Vec::new();
    };
    let Some(correlation) = ranking.correlation.filter(|c| *c < ENOUGH - 1e-9) else { return Vec::new() };
    vec![Hit::of(
        "themes",
        "The team does not agree on what comes first".to_owned(),
        format!(
            "{} members ranked {} themes: mean rank correlation {correlation:.2}, below {ENOUGH} (1 is full agreement, 0 none).",
            ranking.members,
            ranking.order.len()
        ),
        "Let two people who differ most say why, then settle the order in a decision.",
    )]
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::checkin::CheckIn;

    fn scene(maya: &[&str], tom: &[&str]) -> Scene {
        let mut scene = Scene::healthy();
        let star = &mut scene.workspace.strategy.north_star;
        star.themes = ["a", "b", "c"]
            .map(|t| crate::model::strategy::Theme {
                id: id(t),
                name: t.to_owned(),
                bet: String::new(),
                weight: number(1.0),
            })
            .to_vec();
        let ranks = |who: &str, order: &[&str]| CheckIn {
            ranking: order.iter().map(|t| id(t)).collect(),
            ..CheckIn::new(id(who), week(NOW))
        };
        scene.workspace.check_ins = vec![ranks("maya", maya), ranks("tom", tom)];
        scene.review.revealed = true;
        scene
    }

    #[test]
    fn near_orders_agree_and_far_ones_do_not() {
        assert!(scene(&["a", "b", "c"], &["b", "a", "c"]).finds(&RULE).is_empty(), "0.5");
        let found = scene(&["a", "b", "c"], &["b", "c", "a"]).finds(&RULE);
        assert!(found[0].evidence.contains("mean rank correlation -0.50"), "{}", found[0].evidence);
    }

    #[test]
    fn nothing_is_given_away_before_the_reveal() {
        let mut scene = scene(&["a", "b", "c"], &["c", "b", "a"]);
        assert_eq!(scene.finds(&RULE).len(), 1);
        scene.review.revealed = false;
        assert!(scene.finds(&RULE).is_empty());
    }
}
