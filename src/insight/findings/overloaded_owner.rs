//! `overloaded-owner`: one person with more trouble or more promises than one person can carry.

use std::collections::HashMap;

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::id::MemberId;
use crate::model::people::Member;
use crate::model::status::Status;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "overloaded-owner",
    severity: Severity::Warning,
    why: "Whoever carries too much drops something, and does not choose what.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let limits = &facts.config.thresholds;
    let hit = |(member, goals, items): (&Member, u32, u32)| {
        Hit::of(
            &format!("member/{}", member.id),
            say!("{brief} carries too much", brief = brief(&member.name, 40)),
            say!(
                "{name} has {goals} goals at risk or off track ({troubled_goals} are many) and {items} open action items ({open_items}).",
                name = member.name,
                troubled_goals = limits.troubled_goals,
                open_items = limits.open_items,
                goals,
                items
            ),
            say!("Hand something over, or drop it on purpose."),
        )
    };
    overloaded(facts).into_iter().map(hit).collect()
}

/// Who carries more than the workspace's limits, with their goals at risk or off track and their open action items.
pub(in crate::insight) fn overloaded<'a>(facts: &Facts<'a>) -> Vec<(&'a Member, u32, u32)> {
    let mut load: HashMap<&MemberId, (u32, u32)> = HashMap::new();
    for goal in facts.tree.open() {
        let status = facts.stand(goal).map_or(Status::Unknown, |s| s.status());
        if let (Some(owner), Status::AtRisk | Status::OffTrack) = (&goal.owner, status) {
            load.entry(owner).or_default().0 += 1;
        }
    }
    for action in facts.actions.iter().filter(|a| a.is_open()) {
        load.entry(&action.owner).or_default().1 += 1;
    }
    let limits = &facts.config.thresholds;
    facts
        .config
        .active()
        .filter_map(|member| {
            let (goals, items) = load.get(&member.id).copied()?;
            (goals > limits.troubled_goals || items > limits.open_items).then_some((member, goals, items))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    #[test]
    fn ten_open_items_can_be_carried_and_eleven_cannot() {
        let mut scene = Scene::healthy();
        scene.review.actions = (0..10).map(|n| action(&format!("a{n}"))).collect();
        assert!(scene.finds(&RULE).is_empty());
        scene.review.actions.push(action("last"));
        assert_eq!(scene.finds(&RULE)[0].key, "overloaded-owner:member/maya");
    }

    #[test]
    fn five_goals_in_trouble_can_be_carried_and_six_cannot() {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.goals.clear();
        for n in 0..6 {
            assert!(scene.finds(&RULE).is_empty(), "{n}");
            let mut late = goal(&format!("g{n}"), crate::model::goal::Kind::Goal);
            late.due = Some(day("2026-06-01"));
            scene.workspace.strategy.goals.push(late);
        }
        assert_eq!(scene.finds(&RULE).len(), 1);
    }
}
