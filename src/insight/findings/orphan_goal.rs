//! `orphan-goal`: an open goal that serves neither a goal, here or in another workspace, nor a theme.

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "orphan-goal",
    severity: Severity::Warning,
    why: "Work that no goal above asks for draws hands from work that one does.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let has_parent = |parent: Option<&_>| parent.is_some_and(|p| facts.tree.goal(p).is_some());
    facts
        .tree
        .open()
        .filter(|g| g.theme.is_none() && g.supports.is_none() && !has_parent(g.parent.as_ref()))
        .map(|g| {
            Hit::goal(
                g,
                say!("“{brief}” serves no goal and no theme", brief = brief(&g.title, 29)),
                say!(
                    "The {kind} “{title}” has no parent and hangs under no theme.",
                    kind = g.kind.label(),
                    title = g.title
                ),
                say!("Put it under the goal or theme that it serves, or drop it."),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;

    #[test]
    fn a_goal_without_parent_and_theme_is_an_orphan() {
        let mut scene = Scene::healthy();
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.goals[0].theme = None;
        assert_eq!(scene.finds(&RULE)[0].key, "orphan-goal:goal/shop");
        assert_eq!(scene.finds(&RULE).len(), 1, "those below it have a parent");
        scene.workspace.strategy.goals[0].supports = Some("company/growth".parse().unwrap());
        assert!(scene.finds(&RULE).is_empty(), "it serves a goal of another workspace");
    }
}
