//! `goal-without-decision`: goals came on top of others, and nothing was given up for them.

use std::collections::HashSet;

use chrono::Weekday;

use super::{Facts, Hit, Rule, brief};
use crate::model::finding::Severity;
use crate::model::goal::{Goal, GoalState};
use crate::model::id::GoalId;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "goal-without-decision",
    severity: Severity::Note,
    why: "Who adds without declining anything spreads the same hands over more work.",
    fires,
};

/// How many weeks a quarter has.
const WEEKS: i32 = 13;
/// How many of the new goals are named.
const NAMED: usize = 3;

/// New is what is open now and was not a quarter ago; a workspace that is younger cannot tell.
fn fires(facts: &Facts) -> Vec<Hit> {
    let Some(then) = facts.past().find(|w| facts.week.since(w.week) >= WEEKS) else { return Vec::new() };
    let known: HashSet<&GoalId> = then.goals.iter().map(|g| &g.goal).collect();
    let new: Vec<&Goal> = facts.tree.open().filter(|g| !known.contains(&g.id)).collect();
    if new.is_empty() || has_declined(facts) {
        return Vec::new();
    }
    let names: Vec<String> = new.iter().take(NAMED).map(|g| format!("“{}”", brief(&g.title, 40))).collect();
    let more = if new.len() > NAMED { ", …" } else { "" };
    let (n, goals) = (new.len(), if new.len() == 1 { say!("goal was") } else { say!("goals were") });
    vec![Hit::of(
        "strategy",
        say!("{n} {goals} added and nothing was declined", n, goals),
        say!(
            "Since {week}: {names}{more}. In these weeks no decision says what was declined, and no goal was dropped.",
            week = then.week,
            names = names.join(", "),
            more
        ),
        say!("Say what these goals come before, and put that into the decision as declined."),
    )]
}

/// Whether a decision of the quarter names what was declined, or a goal was dropped in it.
fn has_declined(facts: &Facts) -> bool {
    let past = facts.past().take_while(|w| facts.week.since(w.week) < WEEKS).flat_map(|w| &w.decisions);
    let recent = |week| (0..WEEKS).contains(&facts.week.since(week));
    let said = facts.decisions.iter().chain(past).any(|d| recent(d.decided) && !d.declined.is_empty());
    let first = facts.week.plus(1 - WEEKS).monday();
    said || facts.strategy.goals.iter().any(|g| match g.state {
        GoalState::Dropped { on, .. } => on >= first && on <= facts.week.day(Weekday::Sun),
        GoalState::Open | GoalState::Done { .. } => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::goal::Kind;
    use crate::model::history::{GoalDigest, History};
    use crate::model::record::Decision;
    use crate::model::status::Status;

    /// So many weeks in which the goals of the fixture were open.
    fn weeks(n: i32) -> History {
        history(n, |digest| {
            digest.goals = ["shop", "platform", "order-count"]
                .map(|g| GoalDigest { goal: id(g), status: Status::OnTrack, progress: None, confidence: None })
                .to_vec()
                .into();
        })
    }

    fn with_a_new_goal() -> Scene {
        let mut scene = Scene::healthy();
        scene.history = weeks(14);
        scene.workspace.strategy.goals.push(under("shop", goal("catering", Kind::Objective)));
        scene
    }

    fn declining() -> Decision {
        let mut decision =
            Decision::new(id("no-wholesale"), "No wholesale this year", "We bake for the shop", week("2026-W40"));
        decision.declined = vec![crate::model::declined::Declined::new("wholesale")];
        decision
    }

    #[test]
    fn a_goal_that_came_on_top_of_all_others_fires_once_for_the_strategy() {
        let scene = with_a_new_goal();
        let found = scene.finds(&RULE);
        assert_eq!((found.len(), found[0].key.as_str()), (1, "goal-without-decision:strategy"));
        assert_eq!(found[0].title, "1 goal was added and nothing was declined");
    }

    #[test]
    fn what_was_declined_or_dropped_or_is_no_news_keeps_silent() {
        let mut scene = with_a_new_goal();
        scene.review.decisions.push(declining());
        assert!(scene.finds(&RULE).is_empty());
        scene.review.decisions[0].decided = week(NOW).plus(-13);
        assert_eq!(scene.finds(&RULE).len(), 1, "declined before the quarter");
        let mut dropped = goal("newsletter", Kind::Objective);
        dropped.state = GoalState::Dropped { on: day("2026-10-01"), reason: "no time".to_owned() };
        scene.workspace.strategy.goals.push(dropped);
        assert!(scene.finds(&RULE).is_empty());
        let mut young = with_a_new_goal();
        young.history = weeks(12);
        assert!(young.finds(&RULE).is_empty(), "twelve weeks cannot tell what is new");
        let mut settled = with_a_new_goal();
        settled.workspace.strategy.goals.pop();
        assert!(settled.finds(&RULE).is_empty());
    }

    #[test]
    fn the_evidence_names_the_goals_and_since_when() {
        assert_eq!(
            with_a_new_goal().finds(&RULE)[0].evidence,
            "Since 2026-W34: “Bring catering to life”. In these weeks no decision says what was declined, and no goal was dropped."
        );
    }
}
