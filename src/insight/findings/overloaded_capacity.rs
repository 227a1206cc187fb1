//! `overloaded-capacity`: somebody's days are promised more than once.

use super::{Facts, Hit, Rule, brief};
use crate::insight::register::capacity::{Load, OfPerson};
use crate::model::finding::Severity;

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "overloaded-capacity",
    severity: Severity::Warning,
    why: "Days that are promised twice are late twice.",
    fires,
};

fn fires(facts: &Facts) -> Vec<Hit> {
    let hit = |of: &OfPerson| {
        let person = facts.config.member(&of.member).filter(|p| p.is_active())?;
        let (taken, has) = (of.taken, of.has);
        of.over()?;
        Some(Hit::of(
            &format!("member/{}", person.id),
            say!(
                "{brief} has {has} days a week, and {taken:.1} are taken",
                brief = brief(person.first_name(), 16),
                has,
                taken
            ),
            say!(
                "The allocations that hold today take {taken:.1} days a week of {name}: there are {has}.",
                name = person.name,
                taken,
                has
            ),
            say!("Say which of them gets less, by a decision."),
        ))
    };
    Load::of(facts.strategy, facts.config, facts.today).people.iter().filter_map(hit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::{Card, Kind};

    #[test]
    fn five_days_are_a_week_and_more_are_not() {
        let mut scene = Scene::healthy();
        let plan = |days: u32| {
            let text = move |field: &str| match field {
                "amount" => days.to_string(),
                "unit" => "days".to_owned(),
                "member" => "maya".to_owned(),
                "from" => "2026-11-02".to_owned(),
                "to" => "2026-11-29".to_owned(),
                _ => String::new(),
            };
            Card::new(id("plan"), "Plan", today(), Kind::Capacity.read(&text).unwrap())
        };
        scene.workspace.strategy.cards = vec![plan(20)].into();
        assert!(scene.finds(&RULE).is_empty(), "four weeks of five days");
        scene.workspace.strategy.cards = vec![plan(22)].into();
        assert_eq!(scene.finds(&RULE)[0].title, "maya has 5 days a week, and 5.5 are taken");
    }
}
