//! A card's way through its stages as the sealed weeks tell it, and what names it.

use crate::model::history::History;
use crate::model::id::CardId;
use crate::model::register::{Card, Input, Link};
use crate::model::strategy::Strategy;
use crate::model::tongue::word;
use crate::model::week::Week;

/// When a card came into each stage, a line a move: `2026-W41  scored`. Empty for a card that no sealed week knows.
#[must_use]
pub fn story(card: &CardId, history: &History) -> Vec<String> {
    moves(card, history).into_iter().map(|(week, stage)| format!("{week}  {}", word(stage))).collect()
}

/// The weeks in which a card was first seen in another stage, with the stage.
fn moves(card: &CardId, history: &History) -> Vec<(Week, &'static str)> {
    let mut told: Vec<(Week, &'static str)> = Vec::new();
    for (week, known) in history.card(card) {
        let stage = known.stage().word;
        if told.last().is_none_or(|(_, last)| *last != stage) {
            told.push((week, stage));
        }
    }
    told
}

/// The cards that name another in a field or a link.
pub fn leading_to<'a>(strategy: &'a Strategy, card: &'a CardId) -> impl Iterator<Item = &'a Card> {
    let names = move |other: &&Card| {
        let linked = other.links.iter().any(|link| matches!(link, Link::Card(id) if id == card));
        let mut fields = other.kind().fields().iter().filter(|field| field.input == Input::Card);
        linked || fields.any(|field| other.text(field.id) == card.as_str())
    };
    strategy.cards.iter().filter(names)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::insight::fixture::*;
    use crate::model::register::Kind;

    fn idea(stage: usize) -> Card {
        let mut what = Kind::Idea.read(&|_| String::new()).unwrap();
        what.move_to(stage);
        Card::new(id("rye"), "Bake rye", day("2026-10-01"), what)
    }

    /// Suggested in the weeks 43 and 44, scored in 45 and 46, tried now.
    fn told() -> (History, Strategy) {
        let stages = history(4, |w| {
            let stage = if w.week >= week("2026-W45") { 1 } else { 0 };
            w.cards = vec![Arc::new(idea(stage))].into();
        });
        let mut strategy = strategy();
        strategy.cards = vec![idea(2)].into();
        (stages, strategy)
    }

    #[test]
    fn a_story_tells_the_week_of_each_move() {
        let (history, _) = told();
        assert_eq!(story(&id("rye"), &history), ["2026-W43  suggested", "2026-W45  scored"]);
        assert!(story(&id("nothing"), &history).is_empty());
    }

    #[test]
    fn a_card_is_named_by_those_that_link_it() {
        let (_, mut strategy) = told();
        let mut other = idea(0);
        (other.id, other.links) = (id("seed"), vec![Link::Card(id("rye"))]);
        strategy.cards.push(other);
        let rye = id("rye");
        assert_eq!(leading_to(&strategy, &rye).map(|c| c.id.as_str()).collect::<Vec<_>>(), ["seed"]);
    }
}
