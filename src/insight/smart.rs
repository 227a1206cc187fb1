//! The five SMART checks of a goal (Doran 1981), each with the reason for its answer.

use super::findings::Facts;
use super::forecast::{NEEDED, Outlook, chance_words};
use super::tree::Tree;
use crate::model::goal::{Goal, Kind};
use crate::model::id::MemberId;
use crate::model::tongue::count;

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// It says what is to be done to what.
    Specific,
    /// A number tells whether it is reached.
    Measurable,
    /// One person answers for it.
    Assignable,
    /// It can be reached, and not without effort.
    Realistic,
    /// It has a due date after its start.
    TimeRelated,
}

impl Criterion {
    /// The word on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Specific => say!("specific"),
            Self::Measurable => say!("measurable"),
            Self::Assignable => say!("assignable"),
            Self::Realistic => say!("realistic"),
            Self::TimeRelated => say!("time-related"),
        }
    }
}

/// The answer to a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Too little is known.
    Unknown,
}

/// One check of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub criterion: Criterion,
    /// The answer.
    pub verdict: Verdict,
    /// Why, in words.
    pub reason: String,
}

fn check(criterion: Criterion, holds: bool, reason: impl Into<String>) -> Check {
    Check { criterion, verdict: if holds { Verdict::Yes } else { Verdict::No }, reason: reason.into() }
}

/// The five checks, in the order of the word.
///
/// Specific asks for at least three words: verbs are not told from nouns, as goals are written in any language; goals that
/// nearly repeat each other are a finding of their own. An objective is measured by its key results too. Realistic looks up
/// the chance in the facts, as forecasts are computed once for all goals.
#[must_use]
pub fn checks(goal: &Goal, facts: &Facts) -> [Check; 5] {
    [
        specific(goal),
        measurable(goal, &facts.tree),
        assignable(goal.owner.as_ref(), facts),
        realistic(goal, facts),
        time_related(goal),
    ]
}

fn specific(goal: &Goal) -> Check {
    let words = goal.title.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
    let reason = match words {
        1 => say!("its title is a single word; three say what is done to what").to_owned(),
        n if n < 3 => say!("its title has {n} words; three say what is done to what", n),
        n => say!("its title has {n} words", n),
    };
    check(Criterion::Specific, words >= 3, reason)
}

fn measurable(goal: &Goal, tree: &Tree) -> Check {
    let results = tree.children(&goal.id).filter(|c| matches!(c.kind, Kind::KeyResult { .. })).count();
    let (holds, reason) = if !goal.kpis.is_empty() {
        (true, say!("it is measured by {kpis}", kpis = count(goal.kpis.len(), "KPI")))
    } else if goal.measure().is_some() {
        (true, say!("it runs from a baseline to a target").to_owned())
    } else if results > 0 {
        (true, say!("it is measured by {key_results}", key_results = count(results, "key result")))
    } else {
        (false, say!("no KPI, no baseline with a target and no key result measures it").to_owned())
    };
    check(Criterion::Measurable, holds, reason)
}

fn assignable(owner: Option<&MemberId>, facts: &Facts) -> Check {
    let (holds, reason) = match owner {
        None => (false, say!("nobody owns it").to_owned()),
        Some(owner) if facts.is_active(owner) => {
            (true, say!("{name_of} owns it", name_of = facts.config.name_of(owner)))
        }
        Some(gone) => (false, say!("its owner {name_of} is not with the team", name_of = facts.config.name_of(gone))),
    };
    check(Criterion::Assignable, holds, reason)
}

/// A smaller chance of reaching a goal is not realistic, a larger one asks for no effort.
const REALISTIC: std::ops::RangeInclusive<f64> = 0.1..=0.95;

fn realistic(goal: &Goal, facts: &Facts) -> Check {
    let name = |kpi| facts.tree.kpi(kpi).map_or_else(|| format!("{kpi}"), |k| format!("“{}”", k.name));
    let outlook = facts.chances().goal(&goal.id);
    let reason = match outlook {
        Some(Outlook::Chance { kpi, chance }) => {
            let verdict = match chance.get() {
                c if REALISTIC.contains(&c) => "",
                c if c < *REALISTIC.start() => say!(": out of reach at this pace"),
                _ => say!(": it asks for no effort"),
            };
            let words = say!(
                "{chance} to make it by the forecast of {kpi}{verdict}",
                chance = chance_words(*chance),
                kpi = name(kpi),
                verdict
            );
            return check(Criterion::Realistic, verdict.is_empty(), words);
        }
        Some(Outlook::TooEarly { kpi, readings }) => {
            say!(
                "too early to say: {readings} of {needed} readings of {kpi}",
                kpi = name(kpi),
                readings,
                needed = NEEDED
            )
        }
        Some(Outlook::NoTarget { kpi }) => say!("{kpi} has no target for its due date", kpi = name(kpi)),
        Some(Outlook::Unmeasured) => say!("no KPI tells how it moves").to_owned(),
        Some(Outlook::NoDate) => say!("it has no due date to look ahead to").to_owned(),
        Some(Outlook::NotAhead) => say!("its due date does not lie ahead").to_owned(),
        Some(Outlook::TooFar) => say!("it is due in more than a year, too far to look ahead").to_owned(),
        None => say!("no forecast tells the chance of reaching it yet").to_owned(),
    };
    Check { criterion: Criterion::Realistic, verdict: Verdict::Unknown, reason }
}

fn time_related(goal: &Goal) -> Check {
    let (holds, reason) = match (goal.start, goal.due) {
        (_, None) => (false, say!("it has no due date").to_owned()),
        (Some(start), Some(due)) if due <= start => {
            (false, say!("it is due on {due}, not after its start on {start}", due, start))
        }
        (_, Some(due)) => (true, say!("it is due on {due}", due)),
    };
    check(Criterion::TimeRelated, holds, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::insight::forecast::Chances;
    use crate::model::history::History;

    fn verdicts(shape: impl FnOnce(&mut Goal)) -> [(Verdict, String); 5] {
        let mut workspace = workspace();
        shape(&mut workspace.strategy.goals[2]);
        let (review, history) = (review(), History::default());
        let facts = Facts::of_review(&workspace, &review, &history, &[], &[], today());
        checks(&workspace.strategy.goals[2], &facts).map(|c| (c.verdict, c.reason))
    }

    #[test]
    fn a_good_goal_passes_all_that_can_be_known() {
        let seen = verdicts(|_| {}).map(|v| v.0);
        assert_eq!(seen, [Verdict::Yes, Verdict::Yes, Verdict::Yes, Verdict::Unknown, Verdict::Yes]);
    }

    #[test]
    fn each_check_says_no_with_its_reason() {
        let seen = verdicts(|g| {
            g.title = "More sales".to_owned();
            g.kpis.clear();
            g.kind = Kind::Objective;
            g.owner = Some(id("gone"));
            g.due = g.start;
        });
        assert_eq!(seen.clone().map(|v| v.0), [Verdict::No, Verdict::No, Verdict::No, Verdict::Unknown, Verdict::No]);
        assert_eq!(seen[0].1, "its title has 2 words; three say what is done to what");
        assert_eq!(seen[2].1, "its owner gone is not with the team");
        assert_eq!(seen[4].1, "it is due on 2026-01-01, not after its start on 2026-01-01");
        assert_eq!(verdicts(|g| g.due = None)[4].1, "it has no due date");
        assert_eq!(verdicts(|g| g.owner = None)[2].1, "nobody owns it");
    }

    /// The check of the goal that "orders" measures, with this key result, after readings around 400.
    fn realistic_at(target: f64, readings: i32) -> (Verdict, String) {
        let mut workspace = workspace();
        workspace.strategy.goals[2].kind = key_result(300.0, target);
        let (review, history) = (review(), History::default());
        let series = (1..=readings).map(|back| (week(NOW).plus(-back), number(400.0 + f64::from(back * 7 % 5))));
        let series: crate::model::series::Series = series.collect();
        let chances = Chances::of(&workspace.strategy, week(NOW), |_| series.clone());
        let facts = Facts::of_review(&workspace, &review, &history, &[], &[], today()).with_chances(&chances);
        let [_, _, _, seen, _] = checks(&workspace.strategy.goals[2], &facts);
        (seen.verdict, seen.reason)
    }

    #[test]
    fn a_goal_is_realistic_when_its_chance_is_neither_tiny_nor_certain() {
        let (verdict, reason) = realistic_at(402.0, 30);
        assert!(verdict == Verdict::Yes && reason.contains(" % to make it by the forecast of “orders”"), "{reason}");
        let (verdict, reason) = realistic_at(450.0, 30);
        assert!(verdict == Verdict::No && reason.ends_with("out of reach at this pace"), "{reason}");
        let (verdict, reason) = realistic_at(350.0, 30);
        assert!(verdict == Verdict::No && reason.starts_with("over 99 % to make it"), "{reason}");
        assert_eq!(
            realistic_at(402.0, 8),
            (Verdict::Unknown, "too early to say: 8 of 12 readings of “orders”".to_owned())
        );
    }

    #[test]
    fn a_baseline_with_a_target_measures_as_well_as_a_kpi() {
        assert_eq!(verdicts(|g| g.kpis.clear())[1].0, Verdict::Yes);
    }
}
