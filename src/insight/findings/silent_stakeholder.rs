//! `silent-stakeholder`: somebody whom we need is not well, or nobody has looked for a quarter.

use super::{Facts, Hit, Rule, brief};
use crate::insight::register::due::{LOW_HEALTH, QUARTER, age};
use crate::model::finding::Severity;
use crate::model::register::What;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "silent-stakeholder",
    severity: Severity::Warning,
    why: "Partners leave quietly, and take the goals that hang on them along.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let hit = |card: &crate::model::register::Card| {
        let What::Stakeholder(who) = &card.what else { return None };
        let (low, days) = (who.health.filter(|h| h.get() < LOW_HEALTH), age(card, facts.today));
        let evidence = match low {
            Some(health) => say!("Health {health} of 10, looked at {days} days ago.", health = health.get(), days),
            None if days > QUARTER => say!("Nobody has looked for {days} days.", days),
            None => return None,
        };
        let word = if low.is_some() { say!("is not well") } else { say!("was not looked at") };
        let suggestion = say!("Talk to them this week, and write down what you heard.");
        let title = format!("{} {word}", brief(&card.title, 40));
        Some(Hit::of(&format!("card/{}", card.id), title, evidence, suggestion))
    };
    facts.strategy.cards.iter().filter(|c| c.is_open()).filter_map(hit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::{Card, Kind};

    fn scene(health: &str, reviewed: &str) -> Scene {
        let mut scene = Scene::healthy();
        let text = |id: &str| match id {
            "relation" => "supplier".to_owned(),
            "health" => health.to_owned(),
            _ => String::new(),
        };
        let mut card = Card::new(id("mill"), "The mill", day("2026-01-05"), Kind::Stakeholder.read(&text).unwrap());
        card.reviewed = Some(day(reviewed));
        scene.workspace.strategy.cards.push(card);
        scene
    }

    #[test]
    fn low_health_and_a_quarter_without_a_look_are_told() {
        assert!(scene("4", "2026-08-20").finds(&RULE).is_empty(), "91 days ago");
        assert_eq!(scene("4", "2026-08-19").finds(&RULE)[0].title, "The mill was not looked at");
        assert_eq!(scene("3", "2026-11-12").finds(&RULE)[0].evidence, "Health 3 of 10, looked at 7 days ago.");
    }
}
