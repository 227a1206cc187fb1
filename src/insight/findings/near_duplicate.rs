//! `near-duplicate`: two open goals in different branches that say nearly the same.

use std::collections::{BTreeSet, HashMap};

use super::{Facts, Hit, Rule, brief};
use crate::insight::words::{NEARLY_THE_SAME, likeness, words};
use crate::model::finding::Severity;
use crate::model::goal::Goal;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "near-duplicate",
    severity: Severity::Note,
    why: "Two teams that pursue the same thing apart pay for it twice.",
    fires,
};

/// How many goals that share a rare word are compared with one: keeps the rule quick among thousands of like titles.
const COMPARED: usize = 20;

/// Two sets that are alike enough must share one of the rarest words of each, so only goals that do are compared
/// (the prefix filter of set-similarity joins; Chaudhuri, Ganti & Kaushik 2006).
fn fires(facts: &Facts) -> Vec<Hit> {
    let titles: Vec<(&Goal, BTreeSet<String>)> =
        facts.tree.open().map(|g| (g, words(&g.title))).filter(|(_, words)| words.len() > 1).collect();
    let mut frequency: HashMap<&str, usize> = HashMap::new();
    for word in titles.iter().flat_map(|(_, words)| words) {
        *frequency.entry(word).or_default() += 1;
    }
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut hits = Vec::new();
    for (at, (goal, words)) in titles.iter().enumerate() {
        let rare = rarest(words, &frequency);
        let near =
            rare.iter().flat_map(|w| by_word.get(w).into_iter().flat_map(|seen| seen.iter().rev().take(COMPARED)));
        let twin = near
            .map(|at| &titles[*at])
            .find(|(other, theirs)| likeness(words, theirs) >= NEARLY_THE_SAME - 1e-9 && is_apart(facts, goal, other));
        if let Some((other, _)) = twin {
            hits.push(hit(goal, other));
        }
        for word in rare {
            by_word.entry(word).or_default().push(at);
        }
    }
    hits
}

/// The rarest words of a title: as many as cannot all be missing from a title that is alike enough.
fn rarest<'a>(words: &'a BTreeSet<String>, frequency: &HashMap<&str, usize>) -> Vec<&'a str> {
    let mut sorted: Vec<&str> = words.iter().map(String::as_str).collect();
    sorted.sort_by_key(|w| (frequency.get(w).copied().unwrap_or(0), *w));
    // Rounded down, so that a border case is compared rather than missed.
    let must_share = (sorted.len() as f64 * NEARLY_THE_SAME).floor() as usize;
    sorted.truncate(sorted.len() + 1 - must_share.max(1));
    sorted
}

/// Whether two goals stand in different branches: not side by side, and neither above the other.
fn is_apart(facts: &Facts, a: &Goal, b: &Goal) -> bool {
    let siblings = a.parent.is_some() && a.parent == b.parent;
    !siblings && !facts.tree.is_under(&a.id, &b.id) && !facts.tree.is_under(&b.id, &a.id)
}

fn hit(goal: &Goal, other: &Goal) -> Hit {
    Hit::goal(
        goal,
        say!("Two goals say “{brief}”", brief = brief(&goal.title, 40)),
        say!(
            "“{title}” ({id}) and “{title2}” ({id2}) have nearly the same words.",
            title = goal.title,
            id = goal.id,
            title2 = other.title,
            id2 = other.id
        ),
        say!("Make them one, or say what tells them apart."),
    )
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::goal::Kind;

    fn scene(title: &str, parent: &str) -> Scene {
        let mut scene = Scene::healthy();
        let mut twin = under(parent, goal("twin", Kind::Objective));
        twin.title = title.to_owned();
        let mut range = goal("range", Kind::Goal);
        range.theme = Some(id("online"));
        scene.workspace.strategy.goals.extend([range, twin]);
        scene
    }

    #[test]
    fn the_same_words_in_another_branch_are_found_and_other_words_are_not() {
        assert_eq!(scene("To life: bring the platform", "range").finds(&RULE)[0].key, "near-duplicate:goal/twin");
        assert!(scene("Bring gluten-free bread to life", "range").finds(&RULE).is_empty());
    }

    #[test]
    fn goals_side_by_side_or_above_each_other_are_no_duplicates() {
        assert!(scene("Bring platform to life", "shop").finds(&RULE).is_empty());
        assert!(scene("Bring platform to life", "platform").finds(&RULE).is_empty());
    }

    #[test]
    fn thousands_of_like_titles_are_compared_in_one_pass() {
        let mut scene = Scene::healthy();
        for n in 0..5_000 {
            let mut goal = goal(&format!("g{n}"), Kind::Goal);
            goal.title = format!("Grow the online orders {}", n % 7);
            scene.workspace.strategy.goals.push(goal);
        }
        assert!(scene.finds(&RULE).len() > 4_000);
    }
}
