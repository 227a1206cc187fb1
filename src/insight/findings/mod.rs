//! Findings: misalignments that the program notices. A table of rules, each a small pure function over the same facts.

mod facts;
mod ownership;

use std::collections::{HashMap, HashSet};

use crate::model::finding::{Answer, Finding, Severity};
use crate::model::record::Subject;
use crate::model::review::Review;
use crate::model::snapshot::Snapshot;
use crate::model::week::Week;

pub use facts::Facts;

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

/// Every rule. Among equally severe findings the order of this table decides.
pub static RULES: &[Rule] = &[ownership::UNOWNED];

/// The rule with this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id == id)
}

/// What fires now, the most severe first, then in the order of the rules, then of what they are about. Leaves out what
/// the last review put aside until a day after this week's Monday: see [`put_aside`].
#[must_use]
pub fn all(facts: &Facts) -> Vec<Finding> {
    let aside: HashSet<&str> =
        dismissals(facts.previous, facts.week).map(|(finding, _)| finding.key.as_str()).collect();
    let mut found: Vec<Finding> = RULES
        .iter()
        .flat_map(|rule| (rule.fires)(facts).into_iter().map(|hit| finding(rule, hit)))
        .filter(|f| !aside.contains(f.key.as_str()))
        .collect();
    found.sort_by_key(|f| std::cmp::Reverse(f.severity));
    found
}

/// What the last review put aside and is still put aside in this week, as it stood then, with the dismissal.
#[must_use]
pub fn put_aside(facts: &Facts) -> Vec<(Finding, Answer)> {
    dismissals(facts.previous, facts.week).map(|(finding, answer)| (finding.clone(), answer.clone())).collect()
}

/// The same condition by which a review inherits dismissals, so that the two never disagree.
fn dismissals(previous: Option<&Snapshot>, week: Week) -> impl Iterator<Item = (&Finding, &Answer)> {
    let monday = week.monday();
    previous.into_iter().flat_map(|s| &s.findings).filter_map(move |f| match &f.answer {
        Some(answer @ Answer::Dismissed { until, .. }) if *until > monday => Some((&f.finding, answer)),
        Some(Answer::Dismissed { .. } | Answer::Accepted | Answer::Raised { .. }) | None => None,
    })
}

fn finding(rule: &Rule, hit: Hit) -> Finding {
    Finding {
        key: format!("{}:{}", rule.id, hit.at),
        rule: rule.id.to_owned(),
        severity: rule.severity,
        subject: hit.subject,
        title: hit.title,
        evidence: hit.evidence,
        suggestion: hit.suggestion,
    }
}

/// The `n` findings to put before the room, out of what [`all`] returns.
///
/// At most one of each rule while other rules fire, so that one kind does not crowd out the rest. What was answered in
/// this review keeps its place, so that the list stands still while it is worked through: it depends on no answer. An
/// answered finding that no longer fires is gone from `findings`, and so from here.
#[must_use]
pub fn top<'a>(findings: &'a [Finding], _review: &Review, n: usize) -> Vec<&'a Finding> {
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
