//! `silo`: a theme that one team carries alone.

use std::collections::{BTreeSet, HashMap};

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::{TeamId, ThemeId};

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "silo",
    severity: Severity::Note,
    why: "A theme of the whole business that one team carries alone meets the others too late.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    if facts.config.teams.len() < 2 {
        return Vec::new();
    }
    let carried = carried(facts);
    let mut hits = Vec::new();
    for theme in &facts.strategy.north_star.themes {
        let Some((goals, teams)) = carried.get(&theme.id) else { continue };
        // One goal says nothing about how a theme is spread.
        if let (Some(team), 1, 2..) = (teams.first(), teams.len(), *goals) {
            let team = facts.config.team(team).map_or(team.as_str(), |t| &t.name);
            hits.push(Hit::of(
                &format!("theme/{}", theme.id),
                format!("“{}” is carried by {} alone", brief(&theme.name, 22), brief(team, 15)),
                format!("All {goals} open goals with a team under “{}” belong to {team}.", theme.name),
                "Give another team a part in it, or say why it needs none.",
            ));
        }
    }
    hits
}

/// The open goals with a team under each theme, and those teams.
pub(in crate::insight) fn carried<'a>(facts: &Facts<'a>) -> HashMap<&'a ThemeId, (usize, BTreeSet<&'a TeamId>)> {
    let mut carried: HashMap<&ThemeId, (usize, BTreeSet<&TeamId>)> = HashMap::new();
    for goal in facts.tree.open() {
        if let (Some(theme), Some(team)) = (facts.tree.theme_of(&goal.id), &goal.team) {
            let (goals, teams) = carried.entry(&theme.id).or_default();
            *goals += 1;
            teams.insert(team);
        }
    }
    carried
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn a_theme_of_one_team_is_a_silo_until_a_second_joins() {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.goals[0].team = Some(id("front"));
        assert!(scene.finds(&RULE).is_empty(), "one goal says nothing");
        scene.workspace.strategy.goals[1].team = Some(id("front"));
        assert_eq!(scene.finds(&RULE)[0].title, "“Online” is carried by front alone");
        scene.workspace.strategy.goals[2].team = Some(id("baking"));
        assert!(scene.finds(&RULE).is_empty());
    }
}
