//! Whether what the cards of registers refer to exists, whether they stand in their own file, and whether they make sense.

use std::collections::HashMap;

use super::refs::{Around, Faults, Known};
use super::syntax::Down::{self, Field, Item};
use crate::model::id::CardId;
use crate::model::register::{Card, Input, Kind, Link};
use crate::model::strategy::Strategy;
use crate::model::workspace::Config;

/// Everything that cards may refer to.
pub(super) struct Beside<'a> {
    people: Known<'a>,
    teams: Known<'a>,
    themes: Known<'a>,
    goals: Known<'a>,
    kpis: Known<'a>,
    cards: Known<'a>,
    /// None where the decisions of all weeks are not at hand.
    decisions: Option<Known<'a>>,
    /// The register in which an id comes up first, and what its card says.
    first: HashMap<&'a CardId, &'a Card>,
}

impl<'a> Beside<'a> {
    pub(super) fn of(strategy: &'a Strategy, around: Around<'a>, decisions: Option<Known<'a>>) -> Self {
        let mut first = HashMap::new();
        for card in &strategy.cards {
            first.entry(&card.id).or_insert(card);
        }
        Self {
            people: Known::of(around.people.iter().map(|p| p.id.as_str())),
            teams: Known::of(around.teams.iter().map(|t| t.id.as_str())),
            themes: Known::of(strategy.north_star.themes.iter().map(|t| t.id.as_str())),
            goals: Known::of(strategy.goals.iter().map(|g| g.id.as_str())),
            kpis: Known::of(strategy.kpis.iter().map(|k| k.id.as_str())),
            cards: Known::of(strategy.cards.iter().map(|c| c.id.as_str())),
            decisions,
            first,
        }
    }

    /// Faults of some cards that stand in one list.
    pub(super) fn list<'c>(&self, cards: impl Iterator<Item = &'c Card> + Clone, faults: &mut Faults) {
        faults.unique(say!("card"), cards.clone().map(|c| c.id.as_str()));
        for (at, card) in cards.enumerate() {
            faults.below(&[Item(at)], |f| self.card(card, f));
        }
    }

    fn card(&self, card: &Card, f: &mut Faults) {
        if let Some(other) = self.first.get(&card.id).filter(|c| c.kind() != card.kind()) {
            let message =
                say!("the card `{id}` is given twice: {file} has it too", id = card.id, file = other.row().file);
            f.add(&[Field("id")], message, say!("give one of the two another id"));
        }
        for (field, who) in [("owner", &card.owner), ("by", &card.by)] {
            if let Some(who) = who {
                f.refer(&[Field(field)], say!("person"), who.as_str(), &self.people);
            }
        }
        for (nth, link) in card.links.iter().enumerate() {
            let input = match link {
                Link::Goal(_) => Input::Goal,
                Link::Kpi(_) => Input::Kpi,
                Link::Card(_) => Input::Card,
                Link::Decision(_) => Input::Decision,
                Link::Theme(_) => Input::Theme,
            };
            self.refer(input, link.parts().1, &[Field("links"), Item(nth)], f);
        }
        for (field, text) in card.fields().filter(|(_, text)| !text.is_empty()) {
            self.refer(field.input, &text, &[Field("what"), Field(field.id)], f);
        }
        self.sense(card, f);
    }

    /// What a text of this kind refers to, if it refers to anything.
    fn refer(&self, input: Input, text: &str, at: &[Down], f: &mut Faults) {
        match input {
            Input::Member => f.refer(at, say!("person"), text, &self.people),
            Input::Team => f.refer(at, say!("team"), text, &self.teams),
            Input::Theme => f.refer(at, say!("theme"), text, &self.themes),
            Input::Goal => f.refer(at, say!("goal"), text, &self.goals),
            Input::Kpi => f.refer(at, say!("KPI"), text, &self.kpis),
            Input::Card => f.refer(at, say!("card"), text, &self.cards),
            Input::Decision => {
                if let Some(decisions) = &self.decisions {
                    f.refer(at, say!("decision"), text, decisions);
                }
            }
            Input::Conditions => {
                for (nth, line) in text.lines().enumerate() {
                    let kpi = line.split(' ').next().unwrap_or_default();
                    let at: Vec<Down> = at.iter().copied().chain([Item(nth), Field("kpi")]).collect();
                    f.refer(&at, say!("KPI"), kpi, &self.kpis);
                }
            }
            Input::Line
            | Input::Text
            | Input::Number
            | Input::Whole
            | Input::OfTen
            | Input::Percent
            | Input::Date
            | Input::Choice(_) => {}
        }
    }

    /// What does not make sense, though everything that it names is there.
    fn sense(&self, card: &Card, f: &mut Faults) {
        if let Some(asks) = card.stage().asks.filter(|_| card.outcome.trim().is_empty()) {
            let message =
                say!("a card that is {card} says so: {asks}", card = card.stage().word, asks = asks.to_lowercase());
            f.add(&[Field("what")], message, say!("write it as outcome: \"…\""));
        }
        for odd in card.nonsense(|id| self.first.get(id).copied()) {
            f.add(&[Field("what"), Field(odd.wrong.field)], odd.wrong.why, odd.hint);
        }
    }
}

/// Cards that stand in another register's file.
pub(super) fn strays(kind: Kind, cards: &[Card]) -> Faults {
    let mut faults = Faults::default();
    for (at, card) in cards.iter().enumerate().filter(|(_, c)| c.kind() != kind) {
        let row = card.row();
        let message = say!("this is a card of {name}, which stand in {file}", name = row.name, file = row.file);
        faults.add(&[Item(at), Field("what")], message, say!("move it there, or correct what it is"));
    }
    faults
}

/// What is wrong with the cards of a strategy that is not written yet, each in a sentence.
#[must_use]
pub fn wrong_cards(strategy: &Strategy, config: &Config) -> Vec<String> {
    let mut faults = Faults::default();
    Beside::of(strategy, Around::from(config), None).list(strategy.cards.iter(), &mut faults);
    faults.found.into_iter().map(|f| format!("{} ({})", f.message, f.hint)).collect()
}
