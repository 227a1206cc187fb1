//! What makes no sense in a card although everything that it names is there.

use super::{Card, Side, What, Wrong};
use crate::model::id::CardId;

/// Something in a card that makes no sense, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonsense {
    /// The field, and why it cannot be so.
    pub wrong: Wrong,
    /// What to do about it.
    pub hint: &'static str,
}

impl Card {
    /// Which quarter of the board it stands in, if it stands there.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        if let What::Swot(swot) = &self.what { Some(swot.side) } else { None }
    }

    /// What makes no sense in it; `named` gives the cards that it names. One that is not there is not looked at.
    #[must_use]
    pub fn nonsense<'c>(&self, named: impl Fn(&CardId) -> Option<&'c Card>) -> Vec<Nonsense> {
        let no = |field, why: String, hint| vec![Nonsense { wrong: Wrong { field, why }, hint }];
        match &self.what {
            What::Tows(pair) => {
                let halves = [("inside", &pair.inside, true), ("outside", &pair.outside, false)];
                let odd = halves.into_iter().filter(|(_, id, inside)| {
                    named(id).is_some_and(|card| card.side().is_none_or(|side| side.is_inside() != *inside))
                });
                odd.flat_map(|(field, id, inside)| {
                    let wants =
                        if inside { say!("a strength or a weakness") } else { say!("an opportunity or a threat") };
                    no(field, say!("`{id}` is not {wants}", id, wants), say!("name a card of registers/swot.ron"))
                })
                .collect()
            }
            What::Experiment(e) if e.start.zip(e.end).is_some_and(|(start, end)| end < start) => {
                no("end", say!("it ends before it starts").to_owned(), say!("correct one of the two days"))
            }
            What::Capacity(c) if c.to < c.from => {
                no("to", say!("it ends before it begins").to_owned(), say!("correct one of the two days"))
            }
            What::Capacity(c) if c.amount.get() < 0.0 => {
                no("amount", say!("an amount cannot be below zero").to_owned(), say!("write 0 or more"))
            }
            What::Swot(_)
            | What::Scenario(_)
            | What::Signal(_)
            | What::Idea(_)
            | What::Experiment(_)
            | What::Capacity(_)
            | What::Stakeholder(_)
            | What::Communication(_)
            | What::Waste(_)
            | What::Technology(_)
            | What::Development(_) => Vec::new(),
        }
    }
}
