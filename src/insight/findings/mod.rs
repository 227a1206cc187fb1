//! Findings: misalignments that the program notices. A table of rules, each a small pure function over the same facts.

mod aging_issue;
mod aging_swot;
mod behaviour;
mod broken_chain;
mod capacity_mismatch;
mod effort_mismatch;
mod expired_goal;
mod facts;
mod fired_scenario;
mod goal_without_decision;
mod lagging_only;
mod late_message;
mod low_agreement;
mod moved_goalpost;
mod near_duplicate;
mod not_smart;
mod orphan_goal;
mod orphan_kpi;
mod overdue_communication;
mod overloaded_capacity;
mod overloaded_owner;
mod perspective_gap;
mod promises_unkept;
mod recurring_blocker;
mod silent_stakeholder;
mod silent_value;
mod silo;
mod split_confidence;
mod stale_goal;
mod stale_reading;
mod target_beyond_process;
mod too_many_goals;
mod tug_of_war;
mod unmeasured_goal;
mod unowned;
mod unreviewed_decision;
mod vanity_kpi;
mod watermelon;

#[cfg(test)]
pub(in crate::insight) mod scene;

use std::collections::{HashMap, HashSet};

use crate::model::finding::{Answer, Finding, Severity};
use crate::model::goal::Goal;
use crate::model::kpi::Kpi;
use crate::model::record::Subject;
use crate::model::review::{FindingEntry, Review};

pub use behaviour::{Behaviour, Opposed};
pub use facts::Facts;
pub(in crate::insight) use {
    effort_mismatch::{LEAST as LEAST_WORK, work_by_theme},
    lagging_only::is_lagging_only,
    orphan_kpi::used as used_kpis,
    overloaded_owner::overloaded,
    silent_value::{cited as cited_values, recent_decisions},
    silo::carried,
    unmeasured_goal::is_unmeasured,
    unowned::is_orphan,
};

/// A rule: when it fires, and why that matters.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The id, such as `watermelon`.
    pub id: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// Why it matters, in a sentence for the room.
    pub why: &'static str,
    /// What it finds.
    pub fires: fn(&Facts) -> Vec<Hit>,
}

/// One place where a rule fires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What tells this place from others of the same rule: the id of what it is about.
    pub at: String,
    /// What it is about, where a record can refer to it.
    pub subject: Option<Subject>,
    /// The finding in one line that fits a row of 80 columns.
    pub title: String,
    /// The facts it rests on, with numbers.
    pub evidence: String,
    /// What one could do.
    pub suggestion: String,
}

impl Hit {
    /// At something that records cannot refer to, named by `at`: `theme/online`.
    fn of(at: &str, title: String, evidence: String, suggestion: &str) -> Self {
        Self { at: at.to_owned(), subject: None, title, evidence, suggestion: suggestion.to_owned() }
    }

    /// At a goal.
    fn goal(goal: &Goal, title: String, evidence: String, suggestion: &str) -> Self {
        let subject = Some(Subject::Goal(goal.id.clone()));
        Self { subject, ..Self::of(&format!("goal/{}", goal.id), title, evidence, suggestion) }
    }

    /// At a KPI.
    fn kpi(kpi: &Kpi, title: String, evidence: String, suggestion: &str) -> Self {
        let subject = Some(Subject::Kpi(kpi.id.clone()));
        Self { subject, ..Self::of(&format!("kpi/{}", kpi.id), title, evidence, suggestion) }
    }
}

/// Every rule. Among equally severe findings the order of this table decides.
pub static RULES: &[Rule] = &[
    fired_scenario::RULE,
    watermelon::RULE,
    moved_goalpost::RULE,
    promises_unkept::RULE,
    low_agreement::RULE,
    expired_goal::RULE,
    stale_reading::RULE,
    stale_goal::RULE,
    target_beyond_process::RULE,
    split_confidence::RULE,
    aging_issue::RULE,
    recurring_blocker::RULE,
    effort_mismatch::RULE,
    capacity_mismatch::RULE,
    overloaded_capacity::RULE,
    unowned::RULE,
    overloaded_owner::RULE,
    unreviewed_decision::RULE,
    late_message::RULE,
    overdue_communication::RULE,
    silent_stakeholder::RULE,
    aging_swot::RULE,
    unmeasured_goal::RULE,
    orphan_goal::RULE,
    not_smart::RULE,
    too_many_goals::RULE,
    near_duplicate::RULE,
    perspective_gap::RULE,
    broken_chain::RULE,
    lagging_only::RULE,
    silo::RULE,
    goal_without_decision::RULE,
    tug_of_war::RULE,
    orphan_kpi::RULE,
    vanity_kpi::RULE,
    silent_value::RULE,
];

/// The rule with this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id == id)
}

/// What fires now, the most severe first, then in the order of the rules, then of what they are about. Leaves out what an
/// earlier review put aside and still is: see [`put_aside`].
#[must_use]
pub fn all(facts: &Facts) -> Vec<Finding> {
    let aside: HashSet<&str> = facts.aside.iter().map(|(finding, _)| finding.key.as_str()).collect();
    let mut found: Vec<Finding> = RULES
        .iter()
        .filter_map(|rule| Some((rule, severity(rule, facts)?)))
        .flat_map(|(rule, severity)| (rule.fires)(facts).into_iter().map(move |hit| finding(rule, severity, hit)))
        .filter(|f| !aside.contains(f.key.as_str()))
        .collect();
    found.sort_by_key(|f| std::cmp::Reverse(f.severity));
    found
}

/// What an earlier review dismissed until a day that has not come, as it stood then, with the dismissal. One that was
/// changed or taken back in this review is not among them.
#[must_use]
pub fn put_aside<'f, 'a>(facts: &'f Facts<'a>) -> &'f [(&'a Finding, &'a Answer)] {
    &facts.aside
}

/// How much a rule's findings matter in this workspace; none when it is off.
fn severity(rule: &Rule, facts: &Facts) -> Option<Severity> {
    facts.config.findings.iter().find(|s| s.rule == rule.id).map_or(Some(rule.severity), |s| s.level.severity())
}

fn finding(rule: &Rule, severity: Severity, hit: Hit) -> Finding {
    Finding {
        key: format!("{}:{}", rule.id, hit.at),
        rule: rule.id.to_owned(),
        severity,
        subject: hit.subject,
        title: hit.title,
        evidence: hit.evidence,
        suggestion: hit.suggestion,
    }
}

/// The `n` findings to put before the room, out of what [`all`] returns.
///
/// At most one of each rule while other rules fire, so that one kind does not crowd out the rest. What was answered in
/// this review keeps its place, so that the list stands still while it is worked through. One that was accepted or raised
/// and no longer fires, because the room has solved what it was about, counts as answered: no other takes its place.
#[must_use]
pub fn top<'a>(findings: &'a [Finding], review: &Review, n: usize) -> Vec<&'a Finding> {
    let settled = |f: &&FindingEntry| {
        matches!(f.answer, Answer::Accepted | Answer::Raised { .. }) && !findings.iter().any(|x| x.key == f.finding)
    };
    let n = n.saturating_sub(review.findings.iter().filter(settled).count());
    let mut of_rule: HashMap<&str, usize> = HashMap::new();
    let mut ranked: Vec<(usize, usize, &Finding)> = findings
        .iter()
        .enumerate()
        .map(|(at, finding)| {
            let turn = of_rule.entry(finding.rule.as_str()).or_default();
            *turn += 1;
            (*turn, at, finding)
        })
        .collect();
    // First the first of each rule, by severity; then the second of each.
    ranked.sort_by_key(|(turn, at, _)| (*turn, *at));
    ranked.into_iter().take(n).map(|(.., finding)| finding).collect()
}

/// A name cut to so many characters, with an ellipsis where something is missing.
fn brief(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(max.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::review::FindingEntry;
    use crate::model::workspace::{Level, RuleSetting};

    #[test]
    fn a_healthy_week_has_no_findings() {
        assert_eq!(Scene::healthy().all(), []);
    }

    #[test]
    fn every_rule_has_an_id_of_its_own_and_a_reason() {
        let ids: HashSet<_> = RULES.iter().map(|r| r.id).collect();
        assert_eq!(ids.len(), RULES.len());
        for rule in RULES {
            assert!(rule.why.ends_with('.') && rule.why.len() > 20, "{}", rule.id);
            assert_eq!(super::rule(rule.id).map(|r| r.id), Some(rule.id));
        }
        assert!(super::rule("unheard-of").is_none());
    }

    /// Three goals past due, nobody to own a KPI, and a KPI that no goal uses.
    fn troubled() -> Scene {
        let mut scene = Scene::healthy();
        for goal in &mut scene.workspace.strategy.goals {
            goal.due = today().pred_opt();
        }
        scene.workspace.strategy.goals[2].kpis.clear();
        scene.workspace.strategy.kpis[0].owner = None;
        scene
    }

    #[test]
    fn a_team_weighs_a_rule_otherwise_or_does_not_hear_it() {
        let mut scene = troubled();
        let set = |scene: &mut Scene, rule: &str, level| {
            scene.workspace.config.findings.push(RuleSetting { rule: rule.to_owned(), level });
        };
        set(&mut scene, "expired-goal", Level::Off);
        set(&mut scene, "orphan-kpi", Level::Serious);
        let found = scene.all();
        assert_eq!((found[0].rule.as_str(), found[0].severity), ("orphan-kpi", Severity::Serious));
        assert!(found.iter().all(|f| f.rule != "expired-goal"));
    }

    #[test]
    fn the_most_severe_come_first() {
        let found = troubled().all();
        assert!(found.is_sorted_by_key(|f| std::cmp::Reverse(f.severity)));
        assert_eq!(found[0].severity, Severity::Warning);
    }

    #[test]
    fn the_top_takes_one_of_each_rule_before_a_second_of_any() {
        let scene = troubled();
        let found = scene.all();
        let rules: Vec<_> = top(&found, &scene.review, 3).into_iter().map(|f| f.rule.as_str()).collect();
        assert_eq!(rules, ["expired-goal", "unowned", "perspective-gap"]);
        let one_kind: Vec<Finding> = found.iter().filter(|f| f.rule == "expired-goal").cloned().collect();
        assert_eq!(top(&one_kind, &scene.review, 3).len(), 3, "a rule that fires alone fills the places");
    }

    #[test]
    fn the_top_stands_still_while_it_is_answered() {
        let mut scene = troubled();
        let keys = |scene: &Scene| -> Vec<String> {
            top(&scene.all(), &scene.review, 3).into_iter().map(|f| f.key.clone()).collect()
        };
        let before = keys(&scene);
        let dismissed = Answer::Dismissed { until: day("2027-01-01"), reason: "later".to_owned() };
        for (key, answer) in before.iter().zip([Answer::Accepted, dismissed]) {
            scene.review.findings.push(FindingEntry { finding: key.clone(), answer });
            assert_eq!(keys(&scene), before);
        }
    }

    #[test]
    fn a_dismissed_finding_comes_back_on_its_day() {
        let mut scene = troubled();
        let key = scene.all()[0].key.clone();
        // Put aside until the Monday in a week and a half.
        let answer = Answer::Dismissed { until: day("2026-11-30"), reason: "later".to_owned() };
        scene.review.findings.push(FindingEntry { finding: key.clone(), answer });
        scene.go_on();
        let fires = |scene: &Scene| scene.all().iter().any(|f| f.key == key);
        assert!(!fires(&scene), "week 48");
        scene.go_on();
        assert!(fires(&scene), "week 49 begins on that Monday");
    }

    #[test]
    fn a_dismissal_taken_back_brings_the_finding_at_once() {
        let mut scene = troubled();
        let key = scene.all()[0].key.clone();
        let answer = Answer::Dismissed { until: day("2027-11-30"), reason: "later".to_owned() };
        scene.review.findings.push(FindingEntry { finding: key.clone(), answer });
        scene.go_on();
        scene.review.findings.clear();
        assert!(scene.all().iter().any(|f| f.key == key));
    }

    #[test]
    fn titles_fit_a_row_however_long_the_names_are() {
        let mut scene = troubled();
        let long = "Everything that we ever wanted to bring to life in this town and beyond it";
        for goal in &mut scene.workspace.strategy.goals {
            goal.title = long.to_owned();
            goal.owner = None;
            goal.theme = None;
        }
        scene.workspace.strategy.kpis[0].name = long.to_owned();
        scene.workspace.strategy.kpis[0].targets.clear();
        let found = scene.all();
        assert!(found.len() > 8);
        for finding in found {
            assert!(finding.title.chars().count() <= 60, "{}", finding.title);
        }
    }

    #[test]
    fn thirty_thousand_goals_are_searched_in_one_pass() {
        let mut scene = Scene::healthy();
        for n in 0..30_000 {
            let mut more = under("shop", goal(&format!("g{n}"), crate::model::goal::Kind::Objective));
            more.owner = None;
            scene.workspace.strategy.goals.push(more);
        }
        // A rule that compares each goal with each takes minutes in a test build; all of them together take seconds.
        assert!(scene.all().len() > 60_000);
    }
}
