//! `broken-chain`: on a strategy map with links, a goal that nothing leads to, or that leads nowhere.

use super::{Facts, Hit, Rule, brief};
use crate::insight::map::Map;
use crate::model::finding::Severity;
use crate::model::goal::Goal;
use crate::model::id::GoalId;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "broken-chain",
    severity: Severity::Note,
    why: term!(
        "A goal without a cause is a hope, and one without an effect is a cost: the strategy is the chain between them."
    ),
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    // A team that names no cause has no chain that could be broken.
    if !facts.tree.open().any(|g| !g.leads_to.is_empty()) {
        return Vec::new();
    }
    let map = Map::of(facts.strategy, &facts.config.perspectives);
    let (Some(top), Some(foot)) = (map.rows.first(), map.rows.last()) else { return Vec::new() };
    let all: usize = (0..map.rows.len()).map(|row| map.goals(row).count()).sum();
    let linked = say!("{n} of {all} goals on the strategy map are linked", n = linked(&map), all);
    let mut hits = Vec::new();
    for (n, row) in map.rows.iter().enumerate() {
        for goal in map.goals(n).filter_map(|id| facts.tree.goal(id)) {
            if row.perspective != foot.perspective && map.causes(&goal.id).next().is_none() {
                hits.push(without_cause(facts, goal, &linked));
            } else if row.perspective != top.perspective && map.effects(&goal.id).next().is_none() {
                hits.push(Hit::goal(
                    goal,
                    say!("“{brief}” leads to nothing on the strategy map", brief = brief(&goal.title, 34)),
                    say!("{linked}; this one is a cause of none.", linked),
                    say!("Say which goal above it helps (e on the strategy map), or ask what it is for."),
                ));
            }
        }
    }
    hits
}

fn without_cause(facts: &Facts, goal: &Goal, linked: &str) -> Hit {
    let closed = |g: &&Goal| !g.is_open() && g.leads_to.contains(&goal.id);
    let gone = facts.strategy.goals.iter().rfind(closed);
    let gone = gone
        .map(|g| say!(" “{brief}” did, and is {state}.", brief = brief(&g.title, 40), state = g.state.label()))
        .unwrap_or_default();
    Hit::goal(
        goal,
        say!("Nothing leads to “{brief}” on the strategy map", brief = brief(&goal.title, 36)),
        say!("{linked}; none is a cause of this one.{gone}", linked, gone),
        say!("Name what has to work first for it to happen (e on that goal), or plan it."),
    )
}

/// The goals that are a cause or an effect.
fn linked(map: &Map) -> usize {
    let ends = map.links.iter().chain(&map.back).flat_map(|l| [&l.from, &l.to]);
    ends.collect::<std::collections::HashSet<&GoalId>>().len()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::id;
    use crate::model::strategy::Perspective;

    /// Skill leads to speed, and speed to margin.
    fn chained() -> Scene {
        let mut scene = Scene::healthy();
        let names = ["money", "process", "people"];
        scene.workspace.config.perspectives =
            names.iter().map(|p| Perspective { id: id(p), name: (*p).to_owned() }).collect();
        let goals =
            [("margin", "money", None), ("speed", "process", Some("margin")), ("skill", "people", Some("speed"))];
        scene.workspace.strategy.goals = goals
            .iter()
            .map(|(name, perspective, to)| {
                let mut goal = Goal::new(id(name), *name, crate::model::goal::Kind::Objective);
                (goal.perspective, goal.leads_to) = (Some(id(perspective)), to.iter().map(|to| id(to)).collect());
                goal
            })
            .collect();
        scene
    }

    fn titles(scene: &Scene) -> Vec<String> {
        scene.finds(&RULE).into_iter().map(|f| f.title).collect()
    }

    #[test]
    fn a_chain_from_foot_to_top_is_whole() {
        assert!(titles(&chained()).is_empty());
    }

    #[test]
    fn without_any_link_nothing_is_broken() {
        let mut scene = chained();
        scene.workspace.strategy.goals.iter_mut().for_each(|g| g.leads_to.clear());
        assert!(titles(&scene).is_empty());
    }

    #[test]
    fn an_effect_without_a_cause_and_a_cause_without_an_effect_are_told() {
        let mut scene = chained();
        scene.workspace.strategy.goals[2].leads_to.clear();
        assert_eq!(
            titles(&scene),
            ["Nothing leads to “speed” on the strategy map", "“skill” leads to nothing on the strategy map"]
        );
    }

    #[test]
    fn a_cause_that_was_given_up_is_named() {
        let mut scene = chained();
        scene.workspace.strategy.goals[2].state = crate::model::goal::GoalState::Dropped {
            on: crate::insight::fixture::today(),
            reason: "no time".to_owned(),
        };
        // Only two perspectives are left on the map: speed stands at its foot, and needs no cause.
        assert!(titles(&scene).is_empty());
        let mut other = scene.workspace.strategy.goals[2].clone();
        (other.id, other.state, other.leads_to) = (id("care"), crate::model::goal::GoalState::Open, vec![id("margin")]);
        scene.workspace.strategy.goals.push(other);
        let found = scene.finds(&RULE);
        assert_eq!(found[0].title, "Nothing leads to “speed” on the strategy map");
        assert!(found[0].evidence.ends_with("“skill” did, and is dropped."), "{}", found[0].evidence);
    }
}
