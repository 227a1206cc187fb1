//! `effort-mismatch`: a theme that gets much more or less of the work than its weight says.

use std::collections::HashMap;

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::goal::Kind;
use crate::model::id::ThemeId;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "effort-mismatch",
    severity: Severity::Warning,
    why: "Where the hours go is the strategy, whatever the file says.",
    fires,
};

/// Fewer pieces of work than this say nothing about how effort is spread.
pub(in crate::insight) const LEAST: u32 = 5;

fn fires(facts: &Facts) -> Vec<Hit> {
    let themes = &facts.strategy.north_star.themes;
    let work = work_by_theme(facts);
    let points = facts.config.thresholds.effort_points.get();
    let pieces: u32 = work.values().sum();
    let weights: f64 = themes.iter().map(|t| t.weight.get()).sum();
    if themes.len() < 2 || pieces < LEAST || weights <= 0.0 {
        return Vec::new();
    }
    themes
        .iter()
        .filter_map(|theme| {
            let mine = work.get(&theme.id).copied().unwrap_or(0);
            let share = f64::from(mine) / f64::from(pieces) * 100.0;
            let weight = theme.weight.get() / weights * 100.0;
            ((share - weight).abs() > points + 1e-9).then(|| {
                Hit::of(
                    &format!("theme/{}", theme.id),
                    say!("“{brief}” weighs {weight:.0} % and gets {share:.0} % of work", brief = brief(&theme.name, 22), weight, share),
                    say!(
                        "{mine} of {pieces} open action items and initiatives serve “{name}”: {share:.0} % against a weight of {weight:.0} %.",
                        name = theme.name, mine, pieces, share, weight
                    ),
                    say!("Move work to where the weight is, or change the weight by a decision."),
                )
            })
        })
        .collect()
}

/// Open action items and initiatives that serve a theme, by theme.
pub(in crate::insight) fn work_by_theme<'a>(facts: &Facts<'a>) -> HashMap<&'a ThemeId, u32> {
    let actions = facts.actions.iter().filter(|a| a.is_open()).filter_map(|a| a.goal.as_ref());
    let initiatives = facts.tree.open().filter(|g| matches!(g.kind, Kind::Initiative { .. })).map(|g| &g.id);
    let mut work = HashMap::new();
    for theme in actions.chain(initiatives).filter_map(|goal| facts.tree.theme_of(goal)) {
        *work.entry(&theme.id).or_default() += 1;
    }
    work
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    /// Two themes of 60 % and 40 %, with five pieces of work, so many of them for the first.
    fn scene(first: usize) -> Scene {
        let mut scene = Scene::healthy();
        let star = &mut scene.workspace.strategy.north_star;
        star.themes[0].weight = number(60.0);
        let mut second = star.themes[0].clone();
        (second.id, second.weight) = (id("range"), number(40.0));
        star.themes.push(second);
        let mut other = goal("range-goal", Kind::Goal);
        other.theme = Some(id("range"));
        scene.workspace.strategy.goals.push(other);
        for n in 0..5 {
            let mut action = action(&format!("a{n}"));
            action.goal = Some(id(if n < first { "order-count" } else { "range-goal" }));
            scene.review.actions.push(action);
        }
        scene
    }

    #[test]
    fn twenty_points_apart_is_fair_and_more_is_not() {
        assert!(scene(3).finds(&RULE).is_empty());
        assert!(scene(4).finds(&RULE).is_empty(), "80 % against 60 %");
        let found = scene(5).finds(&RULE);
        assert_eq!(found.len(), 2, "one gets too much, the other too little");
        assert_eq!(found[0].title, "“Online” weighs 60 % and gets 100 % of work");
    }

    #[test]
    fn four_pieces_of_work_say_nothing() {
        let mut scene = scene(5);
        scene.review.actions.pop();
        assert!(scene.finds(&RULE).is_empty());
    }
}
