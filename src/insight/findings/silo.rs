//! `silo`: a theme that one team carries alone, or work on another team's goal that nobody of that team has a part in.

use std::collections::{BTreeSet, HashMap};

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::goal::{Goal, Kind};
use crate::model::id::{MemberId, TeamId, ThemeId};

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
    let mut hits = lone_themes(facts);
    hits.extend(facts.tree.open().filter_map(|g| lone_initiative(facts, g)));
    hits
}

/// An initiative that two people or more of one team work on, and that serves a goal of another team.
fn lone_initiative(facts: &Facts, goal: &Goal) -> Option<Hit> {
    let Kind::Initiative { members } = &goal.kind else { return None };
    let people: BTreeSet<&MemberId> = goal.owner.iter().chain(members).filter(|m| facts.is_active(m)).collect();
    let mut teams: BTreeSet<&TeamId> =
        people.iter().filter_map(|m| facts.config.member(m)).flat_map(|m| &m.teams).collect();
    let team = teams.pop_first().filter(|_| teams.is_empty() && people.len() > 1)?;
    let served = served_team(facts, goal).filter(|served| *served != team)?;
    let name = |id: &TeamId| facts.config.team(id).map_or_else(|| id.to_string(), |t| t.name.clone());
    Some(Hit::goal(
        goal,
        say!("“{brief}” has people of {brief2} alone", brief = brief(&goal.title, 24), brief2 = brief(&name(team), 15)),
        say!(
            "{people} people work on “{title}”, all of {team}, and it serves a goal of {served}.",
            people = people.len(),
            title = goal.title,
            team = name(team),
            served = name(served)
        ),
        say!("Ask somebody of the team that it is for to take part."),
    ))
}

/// The team of the nearest goal above that names one.
fn served_team<'a>(facts: &Facts<'a>, goal: &Goal) -> Option<&'a TeamId> {
    let mut at = goal.parent.as_ref().and_then(|p| facts.tree.goal(p));
    // No way up is longer than there are goals, and a cycle ends here too.
    for _ in 0..facts.strategy.goals.len() {
        let above = at?;
        if let Some(team) = &above.team {
            return Some(team);
        }
        at = above.parent.as_ref().and_then(|p| facts.tree.goal(p));
    }
    None
}

fn lone_themes(facts: &Facts) -> Vec<Hit> {
    let carried = carried(facts);
    let mut hits = Vec::new();
    for theme in &facts.strategy.north_star.themes {
        let Some((goals, teams)) = carried.get(&theme.id) else { continue };
        // One goal says nothing about how a theme is spread.
        if let (Some(team), 1, 2..) = (teams.first(), teams.len(), *goals) {
            let team = facts.config.team(team).map_or(team.as_str(), |t| &t.name);
            hits.push(Hit::of(
                &format!("theme/{}", theme.id),
                say!(
                    "“{brief}” is carried by {brief2} alone",
                    brief = brief(&theme.name, 22),
                    brief2 = brief(team, 15)
                ),
                say!(
                    "All {goals} open goals with a team under “{name}” belong to {team}.",
                    name = theme.name,
                    goals,
                    team
                ),
                say!("Give another team a part in it, or say why it needs none."),
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

    #[test]
    fn an_initiative_for_another_team_needs_one_of_theirs() {
        let mut scene = Scene::healthy();
        scene.workspace.config.people.push(member("ann", "front"));
        scene.workspace.strategy.goals[1].team = Some(id("baking"));
        let initiative = goal("shelf", Kind::Initiative { members: vec![id("ann")] });
        scene.workspace.strategy.goals.push(under("order-count", initiative));
        let found = scene.finds(&RULE);
        assert_eq!(found[0].title, "“Bring shelf to life” has people of front alone");
        assert_eq!(found[0].key, "silo:goal/shelf");
        scene.workspace.strategy.goals[1].team = Some(id("front"));
        assert!(scene.finds(&RULE).is_empty(), "it serves their own team");
        scene.workspace.strategy.goals[1].team = Some(id("baking"));
        scene.workspace.strategy.goals[3].kind = Kind::Initiative { members: vec![id("tom")] };
        assert!(scene.finds(&RULE).is_empty(), "Tom is a baker");
        scene.workspace.strategy.goals[3].kind = Kind::Initiative { members: Vec::new() };
        assert!(scene.finds(&RULE).is_empty(), "one person is no silo");
    }
}
