//! `aging-issue`: an issue that stays open, or that was solved and is back.

use std::collections::HashMap;

use super::{Facts, Hit, Rule, brief};
use crate::insight::words::words;
use crate::model::finding::Severity;
use crate::model::record::Issue;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "aging-issue",
    severity: Severity::Warning,
    why: "An issue that is never taken up, or never stays solved, points at something below it.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let open: Vec<_> = facts.issues.iter().filter(|i| i.is_open()).map(|i| (i, words(&i.title))).collect();
    let solved = if open.is_empty() { Vec::new() } else { facts.history.solved() };
    let solved: HashMap<_, _> = solved
        .into_iter()
        .map(|s| (words(&s.title), (&s.issue, s.in_week)))
        .filter(|(words, _)| !words.is_empty())
        .collect();
    let limit = i32::try_from(facts.config.thresholds.issue_weeks).unwrap_or(i32::MAX);
    let mut hits = Vec::new();
    for (issue, words) in &open {
        let age = facts.week.since(issue.raised);
        let before = solved.get(words).filter(|(id, in_week)| *id != &issue.id && *in_week <= issue.raised);
        if let Some((_, in_week)) = before {
            let evidence = say!(
                "“{title}” was solved in {in_week} and raised again in {raised}.",
                title = issue.title,
                raised = issue.raised,
                in_week
            );
            hits.push(hit(issue, say!("is back after it was solved"), evidence));
        } else if age >= limit {
            let evidence = say!(
                "“{title}” was raised in {raised}, {age} weeks ago.",
                title = issue.title,
                raised = issue.raised,
                age
            );
            hits.push(hit(issue, &say!("is open for {age} weeks", age), evidence));
        }
    }
    hits
}

fn hit(issue: &Issue, what: &str, evidence: String) -> Hit {
    let title = format!("“{}” {what}", brief(&issue.title, 30));
    Hit::of(&format!("issue/{}", issue.id), title, evidence, say!("Take it up first, look for its cause, or drop it."))
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::history::Solved;

    #[test]
    fn an_issue_ages_in_four_weeks() {
        let mut scene = Scene::healthy();
        scene.review.issues = vec![Issue { raised: week("2026-W44"), ..issue("oven") }];
        assert!(scene.finds(&RULE).is_empty());
        scene.review.issues[0].raised = week("2026-W43");
        assert_eq!(scene.finds(&RULE)[0].title, "“The oven is broken” is open for 4 weeks");
    }

    #[test]
    fn an_issue_that_comes_back_in_other_words_order_is_known_again() {
        let mut scene = Scene::healthy();
        let oven = issue("oven");
        let old = Solved { issue: oven.id, title: oven.title, in_week: week("2026-W46") };
        scene.history = history(1, |w| w.solved = vec![old.clone()]);
        scene.review.issues = vec![Issue { title: "Mixer is broken".to_owned(), ..issue("again") }];
        assert!(scene.finds(&RULE).is_empty());
        scene.review.issues[0].title = "Broken: the OVEN".to_owned();
        assert_eq!(scene.finds(&RULE)[0].key, "aging-issue:issue/again");
    }
}
