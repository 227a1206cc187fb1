//! Recall: who names, from memory and before any list, what comes first.

use crate::insight::tree::Tree;
use crate::model::checkin::CheckIn;
use crate::model::goal::{Goal, Kind};
use crate::model::id::GoalId;
use crate::model::strategy::{Strategy, Theme};

/// How many priorities are asked for.
pub const PRIORITIES: usize = 3;

/// The real top three: what a member should be able to name.
///
/// Themes say what matters more: the heaviest gives its first priority, then the next heaviest, and round again until there
/// are three; themes of equal weight go in the order of `north-star.ron`. Within a theme the order of `goals.ron` counts,
/// and priorities are its open objectives; where it has none, its open goals. Without themes all goals are one list.
#[must_use]
pub fn priorities<'a>(strategy: &'a Strategy, tree: &Tree<'a>) -> Vec<&'a Goal> {
    let mut themes: Vec<&Theme> = strategy.north_star.themes.iter().filter(|t| t.weight.get() > 0.0).collect();
    themes.sort_by_key(|t| std::cmp::Reverse(t.weight));
    let of = |theme: Option<&Theme>| -> Vec<&'a Goal> {
        let here =
            |g: &&Goal| g.is_open() && theme.is_none_or(|t| tree.theme_of(&g.id).is_some_and(|own| own.id == t.id));
        let kind = |wanted: Kind| {
            let same = std::mem::discriminant(&wanted);
            strategy.goals.iter().filter(here).filter(move |g| std::mem::discriminant(&g.kind) == same)
        };
        let objectives: Vec<_> = kind(Kind::Objective).take(PRIORITIES).collect();
        if objectives.is_empty() { kind(Kind::Goal).take(PRIORITIES).collect() } else { objectives }
    };
    let lists: Vec<Vec<&Goal>> =
        if themes.is_empty() { vec![of(None)] } else { themes.into_iter().map(|t| of(Some(t))).collect() };
    let round = |nth: usize| lists.iter().filter_map(move |list| list.get(nth).copied());
    (0..PRIORITIES).flat_map(round).take(PRIORITIES).collect()
}

/// How much of the real top three was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recalled {
    /// How many members answered.
    pub members: usize,
    /// Priorities they named, each at most once a member.
    pub named: usize,
    /// Priorities they could have named: members times priorities.
    pub of: usize,
}

/// What members named of the real top three (Sull, Homkes & Sull 2015 ask managers the same); none if nobody was asked or
/// there is no priority.
///
/// A member names a priority if the goal they picked is that priority, lies under it, or it lies under theirs: whoever
/// names a part or the whole has the right thing in mind. What was never matched with a goal names nothing.
#[must_use]
pub fn recall(priorities: &[&Goal], tree: &Tree, check_ins: &[&CheckIn]) -> Option<Recalled> {
    let asked: Vec<&CheckIn> = check_ins.iter().copied().filter(|c| !c.recall.is_empty()).collect();
    if asked.is_empty() || priorities.is_empty() {
        return None;
    }
    let means = |pick: &GoalId, priority: &Goal| tree.is_under(pick, &priority.id) || tree.is_under(&priority.id, pick);
    let names = |check_in: &CheckIn, priority: &Goal| {
        check_in.recall.iter().filter_map(|r| r.goal.as_ref()).any(|pick| means(pick, priority))
    };
    let named = asked.iter().map(|c| priorities.iter().filter(|p| names(c, p)).count()).sum();
    Some(Recalled { members: asked.len(), named, of: asked.len() * priorities.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::checkin::Recall;

    /// Two themes of 60 and 40: online with two objectives, range with one; and a theme with a goal alone.
    fn strategy() -> Strategy {
        let mut strategy = crate::insight::fixture::strategy();
        let themes = &mut strategy.north_star.themes;
        themes[0].weight = number(40.0);
        let theme = |name: &str, weight: f64| Theme { id: id(name), weight: number(weight), ..themes[0].clone() };
        let more = [theme("range", 60.0), theme("craft", 10.0)];
        themes.extend(more);
        for (name, theme) in [("wider", "range"), ("proud", "craft")] {
            strategy.goals.push(Goal { theme: Some(id(theme)), ..goal(name, Kind::Goal) });
        }
        strategy.goals.push(under("shop", goal("second", Kind::Objective)));
        strategy.goals.push(under("wider", goal("gluten-free", Kind::Objective)));
        strategy
    }

    fn names(goals: &[&Goal]) -> Vec<String> {
        goals.iter().map(|g| g.id.to_string()).collect()
    }

    fn recalls(member: &str, goals: &[Option<&str>]) -> CheckIn {
        let recall = |goal: &Option<&str>| Recall { words: "words".to_owned(), goal: goal.map(id) };
        CheckIn { recall: goals.iter().map(recall).collect(), ..CheckIn::new(id(member), week(NOW)) }
    }

    #[test]
    fn the_heaviest_theme_gives_its_first_objective_then_the_next_and_round_again() {
        let strategy = strategy();
        let top = |s: &Strategy| names(&priorities(s, &Tree::of(s)));
        assert_eq!(top(&strategy), ["gluten-free", "platform", "proud"], "a theme without objectives gives its goal");
        let mut two = strategy.clone();
        two.north_star.themes.pop();
        assert_eq!(top(&two), ["gluten-free", "platform", "second"]);
        let mut none = strategy;
        none.north_star.themes.clear();
        assert_eq!(top(&none), ["platform", "second", "gluten-free"]);
    }

    #[test]
    fn a_part_and_the_whole_count_and_each_priority_once() {
        let strategy = strategy();
        let tree = Tree::of(&strategy);
        let top = priorities(&strategy, &tree);
        // A key result of the platform twice, and the goal above the gluten-free objective.
        let maya = recalls("maya", &[Some("order-count"), Some("platform"), Some("wider")]);
        let tom = recalls("tom", &[Some("second"), None, None]);
        let silent = CheckIn::new(id("ann"), week(NOW));
        let seen = recall(&top, &tree, &[&maya, &tom, &silent]).unwrap();
        assert_eq!(seen, Recalled { members: 2, named: 2, of: 6 });
        assert_eq!(recall(&top, &tree, &[&silent]), None);
        assert_eq!(recall(&[], &tree, &[&maya]), None);
    }
}
