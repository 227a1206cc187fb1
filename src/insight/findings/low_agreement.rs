//! `low-agreement`: members rank the themes in different orders, or cannot name what comes first.

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

fn fires(facts: &Facts) -> Vec<Hit> {
    ranked_apart(facts).into_iter().chain(not_recalled(facts)).collect()
}

fn ranked_apart(facts: &Facts) -> Option<Hit> {
    let ranking = agreement::ranking(&facts.strategy.north_star.themes, &facts.check_ins)?;
    let enough = facts.config.thresholds.agreement.get();
    let correlation = ranking.correlation.filter(|c| *c < enough - 1e-9)?;
    Some(Hit::of(
        "themes",
        say!("The team does not agree on what comes first").to_owned(),
        say!(
            "{members} members ranked {order} themes: mean rank correlation {correlation:.2}, below {enough} (1 is full agreement, 0 none).",
            members = ranking.members,
            order = ranking.order.len(),
            correlation,
            enough
        ),
        say!("Let two people who differ most say why, then settle the order in a decision."),
    ))
}

fn not_recalled(facts: &Facts) -> Option<Hit> {
    let top = agreement::priorities(facts.strategy, &facts.tree);
    let seen = agreement::recall(&top, &facts.tree, &facts.check_ins)?;
    let enough = facts.config.thresholds.recall_percent;
    let percent = seen.named as f64 * 100.0 / seen.of as f64;
    let titles: Vec<&str> = top.iter().map(|g| g.title.as_str()).collect();
    (percent < enough.get() - 1e-9).then(|| {
        Hit::of(
            "recall",
            say!("The team cannot name its top three from memory").to_owned(),
            say!(
                "{members} members named {named} of {of} ({percent:.0} %, below {enough} %). The top three: {titles}.",
                members = seen.members,
                named = seen.named,
                of = seen.of,
                titles = titles.join("; "),
                percent,
                enough
            ),
            say!("Say the three at the start of each review, and what each team does for them."),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::checkin::{CheckIn, Recall};

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
    fn half_of_the_top_three_known_by_heart_is_enough_and_less_is_not() {
        let recall = |goal: &str| Recall { words: goal.to_owned(), goal: Some(id(goal)) };
        let mut scene = scene(&["a", "b", "c"], &["a", "b", "c"]);
        // One objective is all there is: Maya names a part of it, Tom something else.
        scene.workspace.check_ins[0].recall = vec![recall("order-count")];
        scene.workspace.check_ins[1].recall = vec![Recall { goal: None, ..recall("order-count") }];
        scene.workspace.strategy.goals[0].theme = Some(id("a"));
        assert!(scene.finds(&RULE).is_empty(), "1 of 2");
        scene.workspace.check_ins[0].recall[0].goal = None;
        let found = scene.finds(&RULE);
        assert_eq!(found[0].key, "low-agreement:recall");
        assert!(found[0].evidence.starts_with("2 members named 0 of 2 (0 %, below 50 %)"), "{}", found[0].evidence);
    }

    #[test]
    fn nothing_is_given_away_before_the_reveal() {
        let mut scene = scene(&["a", "b", "c"], &["c", "b", "a"]);
        assert_eq!(scene.finds(&RULE).len(), 1);
        scene.review.revealed = false;
        assert!(scene.finds(&RULE).is_empty());
    }
}
