//! `aging-swot`: cards of the SWOT board that nobody has looked at for half a year.

use super::{Facts, Hit, Rule, brief};
use crate::insight::register::due::{age, is_old};
use crate::model::finding::Severity;
use crate::model::register::{Card, Kind};

/// See the module.
pub(super) const RULE: Rule = Rule {
    id: "aging-swot",
    severity: Severity::Note,
    why: "A strength that is none any more is the most expensive one to count on.",
    fires,
};

/// One finding for the board: it is gone through in one go.
fn fires(facts: &Facts) -> Vec<Hit> {
    let open: Vec<&Card> = facts.strategy.cards_of(Kind::Swot).filter(|c| c.is_open()).collect();
    let old = |c: &&&Card| is_old(c, facts.config, facts.today);
    let n = open.iter().filter(old).count();
    let Some(oldest) = open.iter().filter(old).max_by_key(|c| age(c, facts.today)) else { return Vec::new() };
    vec![Hit::of(
        "register/swot",
        say!(
            "{n} of {all} SWOT cards stand unlooked at for {weeks} weeks",
            n,
            all = open.len(),
            weeks = facts.config.thresholds.swot_weeks
        ),
        say!(
            "The oldest is “{brief}”: nobody has looked at it for {weeks} weeks.",
            brief = brief(&oldest.title, 60),
            weeks = age(oldest, facts.today) / 7
        ),
        say!("Go through the board, and say of each card whether it is still true."),
    )]
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use crate::insight::fixture::*;

    fn card(name: &str, added: &str) -> Card {
        let text = |field: &str| if field == "side" { "strength".to_owned() } else { String::new() };
        Card::new(id(name), name, day(added), Kind::Swot.read(&text).unwrap())
    }

    #[test]
    fn half_a_year_without_a_look_is_told_once_for_the_board() {
        let mut scene = Scene::healthy();
        // 2026-11-19 is 182 days after 2026-05-21: twenty-six weeks.
        scene.workspace.strategy.cards = vec![card("flour", "2026-05-21"), card("oven", "2026-11-05")].into();
        assert!(scene.finds(&RULE).is_empty(), "twenty-six weeks and not a day more");
        scene.workspace.strategy.cards.extend([card("name", "2026-05-20"), card("corner", "2026-03-05")]);
        let found = scene.finds(&RULE);
        assert_eq!((found.len(), found[0].title.as_str()), (1, "2 of 4 SWOT cards stand unlooked at for 26 weeks"));
        assert_eq!(found[0].evidence, "The oldest is “corner”: nobody has looked at it for 37 weeks.");
    }

    #[test]
    fn a_look_or_the_end_of_a_card_settles_it_and_the_team_says_how_long_is_long() {
        let mut scene = Scene::healthy();
        scene.workspace.strategy.cards = vec![card("flour", "2026-03-05")].into();
        scene.workspace.strategy.cards[0].reviewed = Some(day("2026-11-12"));
        assert!(scene.finds(&RULE).is_empty(), "somebody looked last week");
        scene.workspace.config.thresholds.swot_weeks = 0;
        assert_eq!(scene.finds(&RULE).len(), 1);
        scene.workspace.strategy.cards[0].what.move_to(1);
        assert!(scene.finds(&RULE).is_empty(), "it is settled");
    }
}
