//! `recurring-blocker`: much the same thing stands in the way in three of the last five weeks.

use std::collections::BTreeSet;

use super::{Facts, Hit, Rule, brief};
use crate::insight::words::words;
use crate::model::finding::Severity;
use crate::model::week::Week;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "recurring-blocker",
    severity: Severity::Warning,
    why: "What stands in the way week after week is worked around, and nobody removes it.",
    fires,
};

/// In how many weeks it has to come up, and among how many.
const TIMES: usize = 3;
const OF_WEEKS: i32 = 5;
/// How many words two blockers must share, unless they are the same in all.
const SHARED: usize = 2;

/// What stood in somebody's way in a week.
struct Blocker<'a> {
    week: Week,
    text: &'a str,
    words: BTreeSet<String>,
}

fn fires(facts: &Facts) -> Vec<Hit> {
    let mut left = blockers(facts);
    let mut hits = Vec::new();
    while let Some(newest) = left.first() {
        let words = newest.words.clone();
        let (alike, others) = left.into_iter().partition(|b| are_alike(&words, &b.words));
        left = others;
        hits.extend(hit(&alike));
    }
    hits
}

/// Those of the five weeks up to this one, newest first. As long as this week's are not revealed, up to the last one.
fn blockers<'a>(facts: &Facts<'a>) -> Vec<Blocker<'a>> {
    let newest = if facts.check_ins.is_empty() { facts.week.previous() } else { facts.week };
    let now = facts.check_ins.iter().flat_map(|c| &c.blockers).map(|text| (facts.week, text.as_str()));
    let past = facts.past().take_while(|w| newest.since(w.week) < OF_WEEKS);
    let past = past.flat_map(|w| w.blockers().map(|b| (w.week, b.text.as_str())));
    now.chain(past)
        .map(|(week, text)| Blocker { week, text, words: telling(text) })
        .filter(|b| !b.words.is_empty())
        .collect()
}

/// The words that carry meaning. Single letters are what is left of “oven's”.
fn telling(text: &str) -> BTreeSet<String> {
    words(text).into_iter().filter(|w| w.chars().count() > 1).collect()
}

/// Whether half the words of the shorter one are in the other (the overlap coefficient of Szymkiewicz & Simpson): people tell
/// at length what they only name the next week, and put it differently each time.
fn are_alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let shared = a.intersection(b).count();
    a == b || (shared >= SHARED && 2 * shared >= a.len().min(b.len()))
}

fn hit(alike: &[Blocker]) -> Option<Hit> {
    let weeks: BTreeSet<Week> = alike.iter().map(|b| b.week).collect();
    let newest = alike.first().filter(|_| weeks.len() >= TIMES)?;
    // By the words that all of them share, so that it stays the same finding however it is put next week.
    let shared = alike.iter().fold(newest.words.clone(), |shared, b| shared.intersection(&b.words).cloned().collect());
    let name = if shared.is_empty() { &newest.words } else { &shared };
    let at = name.iter().map(String::as_str).collect::<Vec<_>>().join("-");
    let said: Vec<String> = weeks
        .iter()
        .rev()
        .filter_map(|week| {
            let first = alike.iter().find(|b| b.week == *week)?;
            Some(format!("{}: “{}”", week.short(), first.text))
        })
        .collect();
    let title = say!(
        "“{brief}” blocks in {weeks} of {of_weeks} weeks",
        brief = brief(newest.text, 32),
        weeks = weeks.len(),
        of_weeks = OF_WEEKS
    );
    Some(Hit::of(
        &format!("blocker/{at}"),
        title,
        format!("{}.", said.join("; ")),
        say!("Raise it as an issue and look for its cause."),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::checkin::CheckIn;
    use crate::model::history::{Topic, Words};

    /// Blockers by how many weeks back they were told.
    fn scene(told: &[(i32, &str)]) -> Scene {
        let mut scene = Scene::healthy();
        scene.history = history(8, |w| {
            let back = week(NOW).since(w.week);
            let said = |text: &str| Words { on: Topic::Blocker, by: Some(id("tom")), text: text.to_owned() };
            w.words = told.iter().filter(|(at, _)| *at == back).map(|(_, text)| said(text)).collect();
        });
        scene
    }

    #[test]
    fn the_same_in_other_words_in_three_of_five_weeks_is_found_and_in_two_it_is_not() {
        let told = [(1, "The oven is broken again"), (3, "Oven broken"), (5, "The oven: still broken")];
        let found = scene(&told).finds(&RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].title, "“The oven is broken again” blocks in 3 of 5 weeks");
        assert_eq!(found[0].key, "recurring-blocker:blocker/broken-oven");
        assert!(found[0].evidence.ends_with("W42: “The oven: still broken”."), "{}", found[0].evidence);
        assert!(scene(&told[1..]).finds(&RULE).is_empty());
        assert!(scene(&[told[0], told[1], (6, told[2].1)]).finds(&RULE).is_empty(), "the sixth week is too long ago");
    }

    #[test]
    fn three_people_in_one_week_are_one_week_and_other_things_are_others() {
        assert!(scene(&[(1, "oven broken"), (1, "broken oven"), (1, "oven is broken")]).finds(&RULE).is_empty());
        assert!(scene(&[(1, "oven broken"), (2, "mixer broken for days"), (3, "late flour")]).finds(&RULE).is_empty());
        let told = [
            (1, "The second oven's door still does not close, an hour lost"),
            (2, "Second oven: door"),
            (3, "Door of the second oven"),
        ];
        assert_eq!(scene(&told).finds(&RULE).len(), 1, "told at length and named in short");
    }

    #[test]
    fn this_weeks_blockers_count_once_they_are_revealed() {
        let mut scene = scene(&[(1, "Oven broken"), (4, "Oven broken")]);
        let mut check_in = CheckIn::new(id("maya"), week(NOW));
        check_in.blockers = vec!["The oven is broken".to_owned()];
        scene.workspace.check_ins = vec![check_in];
        assert!(scene.finds(&RULE).is_empty());
        scene.review.revealed = true;
        assert_eq!(scene.finds(&RULE).len(), 1);
    }
}
