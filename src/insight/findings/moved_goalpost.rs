//! `moved-goalpost`: a target eased or a due date put off, and no decision says so.

use std::collections::HashMap;

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::goal::Goal;
use crate::model::id::GoalId;
use crate::model::kpi::{Aim, Direction, Kpi};
use crate::model::record::{Decision, Subject};
use crate::model::tongue::word;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "moved-goalpost",
    severity: Severity::Serious,
    why: "A target that gives way in silence stops being one.",
    fires,
};

/// How many weeks a move stays in sight, and a decision counts as being about it.
const WEEKS: i32 = 4;

fn fires(facts: &Facts) -> Vec<Hit> {
    let decisions = recent_decisions(facts);
    let kpis = facts.strategy.kpis.iter().filter_map(|k| of_kpi(facts, k, &decisions));
    let before: HashMap<&GoalId, &Goal> =
        facts.previous.map(|s| s.strategy.goals.iter().map(|g| (&g.id, g)).collect()).unwrap_or_default();
    let goals = facts.tree.open().filter_map(|g| of_goal(before.get(&g.id)?, g, &decisions));
    kpis.chain(goals).collect()
}

fn recent_decisions<'a>(facts: &Facts<'a>) -> Vec<&'a Decision> {
    // A week tells of no decision that is taken after it.
    let behind = facts.history.weeks().iter().rev().take_while(|w| facts.week.since(w.week) < WEEKS);
    let past = behind.flat_map(|w| &w.decisions);
    let is_recent = |d: &&Decision| (0..WEEKS).contains(&facts.week.since(d.decided));
    facts.decisions.iter().chain(past).filter(is_recent).collect()
}

fn of_kpi(facts: &Facts, kpi: &Kpi, decisions: &[&Decision]) -> Option<Hit> {
    let now = kpi.target_in(facts.week).filter(|t| facts.week.since(t.from) < WEEKS)?;
    let before = kpi.targets.iter().filter(|t| t.from < now.from).max_by_key(|t| t.from)?;
    let says_so = |d: &&Decision| {
        d.about == Some(Subject::Kpi(kpi.id.clone()))
            || d.goals.iter().any(|g| facts.tree.goal(g).is_some_and(|g| g.kpis.contains(&kpi.id)))
    };
    if !is_eased(kpi.direction, before.aim, now.aim) || decisions.iter().any(says_so) {
        return None;
    }
    let aim = |week| kpi.show_aim(week).unwrap_or_else(|| say!("no target").to_owned());
    Some(Hit::kpi(
        kpi,
        say!("The target of “{brief}” was eased", brief = brief(&kpi.name, 32)),
        say!(
            "From {from} on it is {from2} instead of {from3}, and no decision says so.",
            from = now.from,
            from2 = aim(now.from),
            from3 = aim(before.from)
        ),
        word(SUGGESTION),
    ))
}

const SUGGESTION: &str = term!("Log the decision with its reason, or put the old target back.");

fn is_eased(direction: Direction, before: Aim, now: Aim) -> bool {
    match (before, now) {
        (Aim::At(before), Aim::At(now)) => match direction {
            Direction::Up => now < before,
            Direction::Down => now > before,
            Direction::Band => false,
        },
        (Aim::Within(low, high), Aim::Within(now_low, now_high)) => now_low < low || now_high > high,
        (Aim::At(_) | Aim::Within(..), Aim::Nothing) => true,
        (Aim::At(_), Aim::Within(..)) | (Aim::Within(..), Aim::At(_)) | (Aim::Nothing, _) => false,
    }
}

fn of_goal(before: &Goal, now: &Goal, decisions: &[&Decision]) -> Option<Hit> {
    let says_so = |d: &&Decision| d.goals.contains(&now.id) || d.about == Some(Subject::Goal(now.id.clone()));
    let what = moved(before, now).filter(|_| !decisions.iter().any(says_so))?;
    Some(Hit::goal(
        now,
        format!("“{}”: {}", brief(&now.title, 34), what.0),
        say!("Since the last review “{title}” {what}, and no decision says so.", title = now.title, what = what.1),
        word(SUGGESTION),
    ))
}

/// What was eased, in short and in full.
fn moved(before: &Goal, now: &Goal) -> Option<(&'static str, String)> {
    match (before.due, now.due) {
        (Some(old), None) => return Some((say!("due date taken away"), say!("lost its due date of {old}", old))),
        (Some(old), Some(new)) if new > old => {
            return Some((say!("due date put off"), say!("is due on {new} instead of {old}", new, old)));
        }
        (Some(_) | None, _) => {}
    }
    let ((baseline, old, _), (_, new, unit)) = (before.measure()?, now.measure()?);
    let (way, moved) = (old.get() - baseline.get(), new.get() - old.get());
    (way * moved < 0.0).then(|| {
        (say!("target eased"), say!("is to reach {new} {unit} instead of {old}", new, unit, old).replace("  ", " "))
    })
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::kpi::Target;

    fn eased(from: &str, to: f64) -> Scene {
        let mut scene = Scene::healthy();
        let aim = Aim::At(number(to));
        scene.workspace.strategy.kpis[0].targets.push(Target { from: week(from), aim, why: String::new() });
        scene
    }

    fn decided(goal: &str, on: &str) -> Decision {
        let mut decision = Decision::new(id("ease"), "Be modest", "Ask for less", week(on));
        decision.goals = vec![id(goal)];
        decision
    }

    #[test]
    fn a_target_eased_within_four_weeks_is_found_and_one_raised_or_long_eased_is_not() {
        assert_eq!(eased("2026-W44", 400.0).finds(&RULE)[0].title, "The target of “orders” was eased");
        assert!(eased("2026-W43", 400.0).finds(&RULE).is_empty());
        assert!(eased("2026-W44", 500.0).finds(&RULE).is_empty());
    }

    #[test]
    fn a_decision_for_its_goal_explains_it() {
        let mut scene = eased("2026-W44", 400.0);
        scene.review.decisions = vec![decided("order-count", "2026-W44")];
        assert!(scene.finds(&RULE).is_empty());
        scene.review.decisions = vec![decided("order-count", "2026-W43")];
        assert_eq!(scene.finds(&RULE).len(), 1, "an older decision was about something else");
    }

    #[test]
    fn a_due_date_put_off_or_a_falling_target_eased_since_the_last_review_is_found() {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.goals[2].kind = key_result(20.0, 16.0);
        scene.sealed_last_week();
        assert!(scene.finds(&RULE).is_empty());
        scene.workspace.strategy.goals[2].kind = key_result(20.0, 15.0);
        scene.workspace.strategy.goals[1].due = Some(day("2026-12-30"));
        assert!(scene.finds(&RULE).is_empty(), "stricter on both counts");
        scene.workspace.strategy.goals[2].kind = key_result(20.0, 17.0);
        scene.workspace.strategy.goals[1].due = Some(day("2027-01-01"));
        let keys: Vec<_> = scene.finds(&RULE).into_iter().map(|f| f.key).collect();
        assert_eq!(keys, ["moved-goalpost:goal/platform", "moved-goalpost:goal/order-count"]);
    }
}
