//! `fired-scenario`: the numbers say that a scenario that is watched has begun.

use super::{Facts, Hit, Rule, brief};
use crate::insight::register::Names;
use crate::insight::register::warning::{held, watched};
use crate::model::finding::Severity;
use crate::model::register::{Card, Condition, Scenario};

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "fired-scenario",
    severity: Severity::Serious,
    why: "An answer that lies ready is worth most on the day its warning comes.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let scenarios = facts.strategy.cards.iter().filter_map(|card| Some((card, watched(card)?)));
    scenarios
        .filter_map(|(card, scenario)| {
            let condition = scenario.warnings.iter().find(|c| fired(facts, c))?;
            Some(hit(facts, card, scenario, condition))
        })
        .collect()
}

/// Whether a condition holds for long enough, this week's reading included where there is one.
fn fired(facts: &Facts, condition: &Condition) -> bool {
    let series = facts.history.last_series(&condition.kpi, facts.week, usize::from(condition.weeks) + 2);
    let now = facts.kpis.iter().find(|k| k.kpi == condition.kpi).and_then(|k| k.reading);
    let reading = |week| if week == facts.week { now.or_else(|| series.get(week)) } else { series.get(week) };
    held(condition, facts.week, reading).fires(condition)
}

fn hit(facts: &Facts, card: &Card, scenario: &Scenario, condition: &Condition) -> Hit {
    let names = Names { strategy: facts.strategy, config: facts.config };
    let answer =
        if scenario.answer.0.is_empty() { say!("Nothing is prepared for it yet.") } else { &scenario.answer.0 };
    Hit::of(
        &format!("card/{}", card.id),
        say!("“{brief}” has begun", brief = brief(&card.title, 44)),
        say!(
            "{condition}: that is its warning. Prepared answer: {answer}",
            condition = names.condition(condition),
            answer
        ),
        say!("Give the prepared answer, or say in its card why not."),
    )
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::Kind;
    use crate::model::status::Status;

    /// A scenario that is watched for orders above 450, with last week's reading and this week's 460.
    fn scene(weeks: &str, last: f64) -> Scene {
        let mut scene = Scene::healthy();
        let text = |id: &str| if id == "warnings" { format!("orders above 450{weeks}") } else { String::new() };
        let what = Kind::Scenario.read(&text).unwrap();
        scene.workspace.strategy.cards.push(Card::new(id("boom"), "More than we can bake", today(), what));
        scene.history = history(1, |w| w.kpis = vec![seen("orders", Some(last), Status::OnTrack)].into());
        scene
    }

    #[test]
    fn it_fires_in_the_week_in_which_the_run_is_long_enough() {
        assert_eq!(scene("", 400.0).finds(&RULE)[0].title, "“More than we can bake” has begun");
        assert!(scene(" for 2 weeks", 400.0).finds(&RULE).is_empty());
        let found = scene(" for 2 weeks", 451.0).finds(&RULE);
        assert!(found[0].evidence.starts_with("orders above 450 for 2 weeks"), "{}", found[0].evidence);
    }

    #[test]
    fn what_was_answered_is_not_told_again() {
        let mut scene = scene("", 400.0);
        scene.workspace.strategy.cards[0].what.move_to(2);
        assert!(scene.finds(&RULE).is_empty());
    }
}
