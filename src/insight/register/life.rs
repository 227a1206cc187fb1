//! A card's way through its stages as the sealed weeks tell it, what names it, and how long cards stay in each stage.

use std::collections::HashMap;

use crate::model::history::History;
use crate::model::id::CardId;
use crate::model::register::{Card, Input, Kind, Link};
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// When a card came into each stage, a line a move: `2026-W41  scored`. Empty for a card that no sealed week knows.
#[must_use]
pub fn story(card: &CardId, history: &History) -> Vec<String> {
    moves(card, history).into_iter().map(|(week, stage)| format!("{week}  {stage}")).collect()
}

/// The weeks in which a card was first seen in another stage, with the stage.
fn moves(card: &CardId, history: &History) -> Vec<(Week, &'static str)> {
    let mut told: Vec<(Week, &'static str)> = Vec::new();
    for (week, known) in history.card(card) {
        let word = known.stage().word;
        if told.last().is_none_or(|(_, last)| *last != word) {
            told.push((week, word));
        }
    }
    told
}

/// The cards that name another in a field or a link.
pub fn leading_to<'a>(strategy: &'a Strategy, card: &'a CardId) -> impl Iterator<Item = &'a Card> {
    let names = move |other: &&Card| {
        other.links.contains(&Link::Card(card.clone()))
            || other.fields().any(|(field, text)| field.input == Input::Card && text == card.as_str())
    };
    strategy.cards.iter().filter(names)
}

/// How cards of a register fared in one of its stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The stage's word.
    pub stage: &'static str,
    /// How many are in it now.
    pub now: usize,
    /// How many ever came into it, as far as sealed weeks and the files tell.
    pub ever: usize,
    /// The mean number of weeks that a card spent in it, those still in it up to now; none where nobody knows.
    pub weeks: Option<u32>,
}

/// The funnel of a register: how many came into each stage, and how long they stayed.
#[must_use]
pub fn time_in_stages(kind: Kind, strategy: &Strategy, history: &History, now: Week) -> Vec<Stay> {
    let mut ever: HashMap<&str, usize> = HashMap::new();
    let mut spent: HashMap<&str, Vec<u32>> = HashMap::new();
    for card in strategy.cards_of(kind) {
        let mut way = moves(&card.id, history);
        if way.last().is_none_or(|(_, stage)| *stage != card.stage().word) {
            way.push((now, card.stage().word));
        }
        for (nth, (from, stage)) in way.iter().enumerate() {
            *ever.entry(stage).or_default() += 1;
            let until = way.get(nth + 1).map_or(now, |(week, _)| *week);
            spent.entry(stage).or_default().push(u32::try_from(until.since(*from)).unwrap_or(0));
        }
    }
    let stay = |stage: &'static str| {
        let times = spent.get(stage).filter(|t| !t.is_empty());
        let mean = |t: &Vec<u32>| t.iter().sum::<u32>() / u32::try_from(t.len()).unwrap_or(1);
        Stay {
            stage,
            now: strategy.cards_of(kind).filter(|c| c.stage().word == stage).count(),
            ever: ever.get(stage).copied().unwrap_or(0),
            weeks: times.map(mean),
        }
    };
    kind.row().stages.iter().map(|s| stay(s.word)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::insight::fixture::*;

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
        strategy.cards = vec![idea(2)];
        (stages, strategy)
    }

    #[test]
    fn a_story_tells_the_week_of_each_move() {
        let (history, _) = told();
        assert_eq!(story(&id("rye"), &history), ["2026-W43  suggested", "2026-W45  scored"]);
        assert!(story(&id("nothing"), &history).is_empty());
    }

    #[test]
    fn the_funnel_counts_who_came_how_far_and_for_how_long() {
        let (history, strategy) = told();
        let stays = time_in_stages(Kind::Idea, &strategy, &history, week(NOW));
        let of = |stage: &str| stays.iter().find(|s| s.stage == stage).map(|s| (s.now, s.ever, s.weeks)).unwrap();
        assert_eq!((of("suggested"), of("scored")), ((0, 1, Some(2)), (0, 1, Some(2))));
        assert_eq!((of("trying"), of("adopted")), ((1, 1, Some(0)), (0, 0, None)));
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
