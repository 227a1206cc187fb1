//! `overdue-communication`: a line of the communication plan whose day has passed.

use super::{Facts, Hit, Rule, brief};
use crate::insight::register::due;
use crate::model::finding::Severity;
use crate::model::register::{Card, What};

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "overdue-communication",
    severity: Severity::Warning,
    why: "Who hears nothing makes up the rest.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let hit = |card: &Card| {
        let What::Communication(line) = &card.what else { return None };
        let day = due::next(line, card.added).filter(|day| *day < facts.today)?;
        let days = facts.today.signed_duration_since(day).num_days();
        let last = line.delivered.map_or_else(|| say!("never told").to_owned(), |d| say!("told last on {d}", d));
        let title =
            say!("{brief} waits for “{brief2}”", brief = brief(&line.audience, 20), brief2 = brief(&card.title, 26));
        let evidence = say!("It was due on {day}, {days} days ago, and {last}.", day, days, last);
        Some(Hit::of(&format!("card/{}", card.id), title, evidence, say!("Tell them, or change the rhythm.")))
    };
    facts.strategy.cards.iter().filter_map(hit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::Kind;

    #[test]
    fn a_line_is_overdue_the_day_after_its_rhythm_ran_out() {
        let mut scene = Scene::healthy();
        let text = |delivered: &'static str| {
            move |id: &str| match id {
                "audience" => "The bakers".to_owned(),
                "weeks" => "2".to_owned(),
                "delivered" => delivered.to_owned(),
                _ => String::new(),
            }
        };
        let card =
            |delivered| Card::new(id("plan"), "The plan", today(), Kind::Communication.read(&text(delivered)).unwrap());
        scene.workspace.strategy.cards = vec![card("2026-11-05")].into();
        assert!(scene.finds(&RULE).is_empty(), "due today");
        scene.workspace.strategy.cards = vec![card("2026-11-04")].into();
        assert_eq!(scene.finds(&RULE)[0].title, "The bakers waits for “The plan”");
    }
}
